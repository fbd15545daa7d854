"""The lines of a web page that a reader sees, each with its mark and the part of the page it stands in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from lxml import etree
from lxml.html import HtmlElement

_BLOCKS = frozenset((
    "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "h1", "h2", "h3",
    "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "figure",
    "figcaption", "form", "table", "tr", "td", "th", "thead", "tbody", "caption", "hr", "br",
    "address", "body", "html", "fieldset", "button", "details", "summary", "center", "time", "img",
    "label", "legend",
))  # fmt: skip
_OUTSIDE = {
    "nav": "navigation",
    "footer": "footer",
    "form": "form",
    "button": "button",
    "figcaption": "caption",
    "caption": "caption",
    "aside": "aside",
}
_ROLES = {
    "navigation": "navigation",
    "banner": "banner",
    "contentinfo": "footer",
    "search": "form",
    "complementary": "aside",
    "dialog": "dialog",
    "menu": "navigation",
    "toolbar": "button",
}
_CLASSES: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (label, re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])", re.IGNORECASE))
    for label, words in (
        ("comments", r"comments?|disqus|replies|respond"),
        ("promotion", r"newsletters?|subscribe|subscription|sign-?up|paywall|promos?|cookies?|consent"),
        ("share", r"share|sharing|social|sns"),
        ("navigation", r"breadcrumbs?|pagination|navbar|skip-link|menu|tags?|tag-list"),
        ("advertisement", r"ads?|advert|advertisement|sponsored|banner"),
        ("caption", r"caption|photo-?credit"),
    )
)
_INLINE = ("a", "span")  # such elements right after each other stand apart on the screen
_SIGN = re.compile(r"(?:#{1,6}|>|[-+*]|<!--|\d{1,3}(?=[.)]\s))|(?:[-=_*~] ?){3,}$")
_MARKUP = re.compile(r"([\\*_\[\]`])")


@dataclass(frozen=True, slots=True)
class Piece:
    """A visible line: its Markdown mark, the part outside the text it is in, its article, the outer one."""

    text: str
    mark: str = ""
    outside: str = ""
    region: int = 0
    top: int = 0

    def written(self) -> str:
        """Write the line in Markdown form; what only looks like Markdown is escaped."""
        if self.outside:
            return f"<!-- {self.outside} --> {self.text}"
        text = _MARKUP.sub(r"\\\1", self.text)
        sign = _SIGN.match(text)
        if sign and not self.mark.startswith("#"):
            at = sign.end() if sign[0].isdigit() else 0
            text = f"{text[:at]}\\{text[at:]}"
        return self.mark + text


@dataclass(frozen=True, slots=True)
class _Place:
    """What the open elements say of the text inside them."""

    mark: str = ""
    outside: str = ""
    region: int = 0
    top: int = 0
    depth: int = 0
    linked: bool = False
    live: bool = False
    numbers: "count[int] | None" = None


def pieces(root: HtmlElement, regions: list[HtmlElement]) -> Iterator[Piece]:
    """Walk once through a page without hidden parts; article elements are added to regions."""
    places = [_Place()]
    words: list[tuple[str, bool]] = []
    previous = ""
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _line(words, places[-1])
            words = []
        if event == "start":
            if element.tag in _INLINE and previous in _INLINE and words and not words[-1][0]:
                words.append((" ", False))
            places.append(_enter(element, places[-1], regions))
            words.append((element.text or "", places[-1].linked))
        else:
            places.pop()
            words.append((element.tail or "", places[-1].linked))
        previous = str(element.tag) if event == "end" else ""
    yield from _line(words, places[-1])


def _line(words: Sequence[tuple[str, bool]], place: _Place) -> Iterator[Piece]:
    text = " ".join("".join(word for word, _ in words).split())
    if not text:
        return
    linked = all(link or not word.strip(" \t\n|·•,-") for word, link in words)
    outside = place.outside or ("link" if linked and not place.mark.startswith("#") else "")
    yield Piece(text, place.mark, outside, place.region, place.top)


def _enter(element: HtmlElement, place: _Place, regions: list[HtmlElement]) -> _Place:
    tag = str(element.tag)
    if tag == "article" and place.outside in {"", "aside"} and not _label(element):
        return _region(element, place, regions)
    if tag in {"ul", "ol"}:
        return replace(place, depth=place.depth + 1, numbers=count(1) if tag == "ol" else None)
    outside = place.outside or _outside(element, tag)
    linked = place.linked or tag == "a"
    return replace(place, mark=_mark(tag, place), outside=outside, linked=linked)


def _region(element: HtmlElement, place: _Place, regions: list[HtmlElement]) -> _Place:
    if place.live:
        return place
    regions.append(element)
    number = len(regions) - 1
    live = "live" in f"{element.get('class', '')} {element.get('itemtype', '')}".lower()
    return _Place(region=number, top=place.top or number, live=live)


def _mark(tag: str, place: _Place) -> str:
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":  # noqa: PLR2004 h1 to h6
        return "#" * int(tag[1]) + " "
    if tag == "li":
        sign = f"{next(place.numbers)}." if place.numbers else "-"
        return "  " * max(0, place.depth - 1) + sign + " "
    return "> " if tag in {"blockquote", "q-block"} else place.mark


def _outside(element: HtmlElement, tag: str) -> str:
    label = _OUTSIDE.get(tag) or _ROLES.get(element.get("role", "")) or _label(element)
    holds = label and tag in {"html", "body", "main", "article", "form"}
    return "" if holds or (label and element.find(".//h1") is not None) else label


def _label(element: HtmlElement) -> str:
    names = f"{element.get('class', '')} {element.get('id', '')}"[:400]
    return next((label for label, words in _CLASSES if words.search(names)), "") if names != " " else ""
