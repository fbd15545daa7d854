"""A Korean article as a file: the blocks of the English one, in the same order and markup."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from urllib.parse import unquote, urlsplit

from bilingual.records import Article, Block, Kind, Markup

_EXTENSIONS = {Markup.TEXT: ".txt", Markup.MARKDOWN: ".md", Markup.HTML: ".html"}
_STEM = 40
_TITLE = 60
_SIGN = re.compile(r"(?:#{1,6} |>|[-+*] |(?:\d{1,9})[.)] )")
_PAGE = """<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
</head>
<body>
<article>
{body}
</article>
</body>
</html>
"""


def article_name(article: Article) -> str:
    """Name the file of an article: input, number, title, and eight digits that tell equal names apart.

    The name is safe on every file system: letters, digits and hyphens, at most 125 bytes and the extension.
    """
    digest = hashlib.sha256(article.document.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    stem = _slug(_stem(article.document), _STEM) or "document"
    parts = (stem, str(article.number), _slug(article.title, _TITLE), digest)
    return "-".join(part for part in parts if part) + _EXTENSIONS[article.markup]


def render_article(article: Article, targets: Sequence[str]) -> str:
    """Write an article with one target for each of its blocks; an empty target leaves its block out.

    Raises:
        ValueError: there are more or fewer targets than blocks.
    """
    filled = [
        (block, target) for block, target in zip(article.blocks, targets, strict=True) if target.strip()
    ]
    if article.markup is Markup.HTML:
        return _html(filled, article)
    return "".join(_plain(filled, article)) + "\n"


def _stem(name: str) -> str:
    if name == "-":
        return "standard-input"
    if name.lower().startswith(("http://", "https://")):
        parts = urlsplit(name)
        last = unquote(parts.path).rstrip("/").rpartition("/")[2]
        return f"{parts.hostname or ''}-{last}"
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    return last.rpartition(".")[0] or last


def _slug(text: str, longest: int) -> str:
    """Keep letters and digits, at most so many bytes of UTF-8.

    >>> _slug("S. Korea, EU agree: 2.5%", 60)
    's-korea-eu-agree-2-5'
    """
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text[: 4 * longest]).lower()).strip("-")
    data = words.encode("utf-8", "ignore")
    cut = data[:longest].decode("utf-8", "ignore")
    whole = len(data) <= longest or "-" not in cut
    return (cut if whole else cut.rpartition("-")[0]).strip("-")


def _plain(filled: Sequence[tuple[Block, str]], article: Article) -> Iterator[str]:
    above: Block | None = None
    for block, target in filled:
        if above:
            tight = article.markup is Markup.MARKDOWN and above.kind is block.kind is Kind.ITEM
            yield "\n" if tight else article.separator
        bare = article.markup is Markup.MARKDOWN and not block.mark and _SIGN.match(target)
        yield block.mark + ("\\" if bare else "") + target.strip()
        above = block


def _html(filled: Sequence[tuple[Block, str]], article: Article) -> str:
    parts: list[str] = []
    for listed, group in groupby(filled, key=lambda pair: pair[0].kind is Kind.ITEM):
        pairs = list(group)
        parts += _list(pairs) if listed else [_element(block, target) for block, target in pairs]
    titled = filled and filled[0][0].kind is Kind.TITLE
    title = filled[0][1].strip() if titled else article.document
    return _PAGE.format(title=escape(title), body="\n".join(parts))


def _element(block: Block, target: str) -> str:
    text = escape(target.strip(), quote=False)
    if block.kind is Kind.TITLE:
        return f"<h1>{text}</h1>"
    if block.kind is Kind.HEADING:
        level = min(6, max(2, block.level))
        return f"<h{level}>{text}</h{level}>"
    return f"<blockquote><p>{text}</p></blockquote>" if block.kind is Kind.QUOTE else f"<p>{text}</p>"


def _list(items: Sequence[tuple[Block, str]]) -> list[str]:
    """Write items as lists inside lists, as their levels say."""
    lines: list[str] = []
    open_lists: list[tuple[int, str]] = []
    for block, target in items:
        while open_lists and open_lists[-1][0] > block.level:
            lines.append(f"</li></{open_lists.pop()[1]}>")
        if open_lists and open_lists[-1][0] == block.level:
            lines.append("</li>")
        else:
            open_lists.append((block.level, "ol" if block.mark.strip()[:1].isdigit() else "ul"))
            lines.append(_opening(block, open_lists[-1][1]))
        lines.append(f"<li>{escape(target.strip(), quote=False)}")
    return lines + [f"</li></{tag}>" for _, tag in reversed(open_lists)]


def _opening(block: Block, tag: str) -> str:
    number = block.mark.strip().rstrip(".)")
    return f'<ol start="{int(number)}">' if tag == "ol" and number.isdigit() and number != "1" else f"<{tag}>"
