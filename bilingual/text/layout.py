"""A text as lines of an article: marks taken off, wrapped lines joined, Markdown read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bilingual.records import Kind, Markup
from bilingual.text.signs import ends_sentence

_WIDEST_WRAP = 100
_NARROWEST_WRAP = 40
_HABIT = 3  # wrapped lines that are no accident
_LONGEST_FRONT = 100
FRONT = "---"  # mark of what stands above a Markdown text and is no part of it
_HEAD = 400  # no sign of a line's role stands further in than this, so a line of megabytes costs no more

_BULLET = re.compile(r"(?:[•‣◦▪▸►●○■□◆◇▶*+-]|\d{1,3}[.)]|[a-z]\))[ \t]+(?=\S)")
_TEXT_BULLET = re.compile(r"(?:[•‣◦▪▸►●○■□◆◇▶*-]|\d{1,2}[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(?=\S)")
_QUOTE = re.compile(r"(?:>[ \t]?)+(?=\S)")
_RULE = re.compile(r"(?:[-=_*~—–·•][ \t]*){3,}|\f")
_UNDERLINE = re.compile(r"=+|-+")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LINK = re.compile(
    r"(?<![!\\])\[([^\[\]]{0,2000})\]\((?:[^()\s]|\([^()\s]*\)){0,4000}(?:[ \t]\"[^\"]{0,400}\")?\)"
)
_STRONG = re.compile(r"(?<![\w*\\])(\*{1,3}|__)(?=\S)([^*\n]{1,300}?)(?<=[^\s\\])\1(?![\w*])")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading or other line; raw holds the physical lines, number is the first's from 1."""

    number: int
    raw: tuple[str, ...]
    text: str
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    mark: str = ""

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read on the line."""
        return not self.text

    @property
    def rule(self) -> bool:
        """Whether the line only parts what stands above it from what stands below.

        >>> Line(1, ("* * *",), "* * *").rule
        True
        """
        return len(self.text) <= _HEAD and bool(_RULE.fullmatch(self.text))


def read_lines(text: str, markup: Markup) -> list[Line]:
    r"""Cut a text into lines in one pass; every physical line is in the raw of exactly one of them.

    >>> [line.text for line in read_lines("# Title\n\n- one", Markup.MARKDOWN)]
    ['Title', '', 'one']
    """
    raw = text.split("\n")
    if len(raw) > 1 and not raw[-1]:
        raw.pop()
    width = _wrap_width(raw)
    front = _front_matter(raw) if markup is Markup.MARKDOWN else 0
    lines = [_line(number, group, markup) for number, group in _groups(raw, width, front)]
    if front:
        lines.insert(0, Line(1, tuple(raw[:front]), " ".join(raw[:front]), mark=FRONT))
    return _underlined(lines) if markup is Markup.MARKDOWN else lines


def _front_matter(raw: Sequence[str]) -> int:
    """Lines of what a clipper wrote above a Markdown text, between two rows of hyphens."""
    if raw[0].strip() != FRONT:
        return 0
    ends = (i for i in range(1, min(len(raw), _LONGEST_FRONT)) if raw[i].strip() in {FRONT, "..."})
    end = next(ends, 0)
    return end + 1 if end and all(":" in line or line[:1] in " -\t#" for line in raw[1:end]) else 0


def _wrap_width(raw: Sequence[str]) -> int:
    """Column at which the text was wrapped, 0 where lines are paragraphs.

    A line was wrapped if the first word of the next would not have fitted; a text is wrapped if most
    lines that are followed by another were, and most of these break off inside a sentence.
    """
    widths = [len(line.rstrip()) for line in raw if "://" not in line[:_HEAD]]
    width = max(widths, default=0)
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    followed = [(a, b) for a, b in pairwise(raw) if a.strip() and b.strip()]
    tight = [line for line, after in followed if _is_wrapped(line, after, width)]
    torn = sum(not ends_sentence(line) for line in tight)
    habit = len(tight) >= _HABIT and 2 * len(tight) >= len(followed)
    return width if habit and 2 * torn >= len(tight) else 0


def _is_wrapped(line: str, following: str, width: int) -> bool:
    r"""Tell whether the second line goes on with the first.

    >>> _is_wrapped("The ministry said on", "Tuesday that", 24)
    True
    """
    if following[:1].isspace() and not line[:1].isspace():
        return False
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    fits = len(line.rstrip()) + 1 + len(word) <= width
    return bool(word) and not fits and not _TEXT_BULLET.match(following.lstrip())


def _groups(raw: Sequence[str], width: int, start: int) -> Iterator[tuple[int, list[str]]]:
    group: list[str] = []
    for number, line in enumerate(raw[start:], start + 1):
        group.append(line)
        following = raw[number] if number < len(raw) else ""
        if not (width and line.strip() and _is_wrapped(line, following, width)):
            yield number - len(group) + 1, group
            group = []


def _line(number: int, raw: list[str], markup: Markup) -> Line:
    text = raw[0].strip() if len(raw) == 1 else " ".join(part.strip() for part in raw)
    line = Line(number, tuple(raw), text.lstrip("\ufeff\u200b"))
    if markup is Markup.TEXT or line.rule:
        return _item(line, _TEXT_BULLET, raw[0]) if markup is Markup.TEXT else line
    return _plain(_markdown(line, raw[0]))


def _markdown(line: Line, raw: str) -> Line:
    if heading := _HEADING.match(line.text):
        text = line.text[heading.end() :].rstrip("#").rstrip()
        level = len(heading[1])
        return replace(line, text=text, kind=Kind.HEADING, level=level, mark=heading[0])
    if quote := _QUOTE.match(line.text):
        text, mark = line.text[quote.end() :], quote[0]
        return replace(line, text=text, kind=Kind.QUOTE, level=mark.count(">"), mark=mark)
    return _item(line, _BULLET, raw)


def _item(line: Line, pattern: re.Pattern[str], raw: str) -> Line:
    bullet = pattern.match(line.text)
    if not bullet or line.rule:
        return line
    indent = raw[: len(raw) - len(raw.lstrip())].expandtabs(4)
    text = line.text[bullet.end() :]
    return replace(line, text=text, kind=Kind.ITEM, level=len(indent) // 2, mark=indent + bullet[0])


def _plain(line: Line) -> Line:
    """Take inline marks off: links keep their words, emphasis goes."""
    if line.text.startswith(("![", "[![")) or not any(sign in line.text for sign in "[*_\\"):
        return line
    return replace(line, text=_ESCAPE.sub(r"\1", _STRONG.sub(r"\2", unlink(line.text))))


def unlink(text: str) -> str:
    """Write the words of Markdown links in their place.

    >>> unlink("The [ministry](https://example.com/a_(b)) said.")
    'The ministry said.'
    """
    return _LINK.sub(r"\1", text) if "](" in text else text


def without_links(text: str) -> str:
    """Take Markdown links out of a line with their words.

    >>> without_links("[Home](/) | [News](/n)")
    ' | '
    """
    return _LINK.sub("", text)


def _underlined(lines: list[Line]) -> list[Line]:
    """Read a line under which stands a row of = or - as a heading; the row becomes part of it."""
    out: list[Line] = []
    for line in lines:
        above = out[-1] if out else None
        if (
            above
            and above.text
            and above.mark != FRONT
            and above.kind is Kind.PARAGRAPH
            and _UNDERLINE.fullmatch(line.text[:_HEAD])
        ):
            level = 1 if line.text.startswith("=") else 2
            out[-1] = replace(
                above, raw=above.raw + line.raw, kind=Kind.HEADING, level=level, mark="#" * level + " "
            )
        else:
            out.append(line)
    return out
