"""A web page as the lines a reader sees, in Markdown form, so that the articles in it can be found.

A comment says what the words do not: `<!-- article -->` parts articles, `<!-- navigation --> Home` is a
line of the navigation. Scripts, styles and hidden parts leave nothing. What is main text is trafilatura's
judgement (Barbaresi, ACL 2021), asked for every article of the page; our lines keep the order and levels.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from itertools import groupby

from lxml import etree
from lxml.html import Element, HtmlElement, HTMLParser, document_fromstring

from bilingual.formats.visible import Piece, pieces

_SKIPPED = (
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "head", "select", "datalist", "textarea", "map", "dialog", "applet", "frameset",
    "meta", "link", "base",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
# libxml2 compares each attribute of an element with all before it
_CROWDED = re.compile(r"<[a-zA-Z][^\s<>]*+(?:\s++[^\s<>]++){5000}")
_PARAGRAPH = 60  # characters from which a line counts as running text
_ENOUGH = 250  # characters of an element that is worth asking about
_MOST = 40  # elements asked about on one page
_LARGEST = 4_000_000  # characters of a page that is worth asking about; what is larger is no page but a dump
_DEEPEST = 250  # elements inside each other on a page that a person reads


def visible_lines(page: str) -> str:
    """Write the visible lines of a page in Markdown form, with blank lines between them."""
    root = _parse(page)
    if root is None:
        return ""
    regions = [root]
    found = list(pieces(root, regions))
    asked = len(page) <= _LARGEST and _is_shallow(root)
    main = _main_texts(regions, found) if asked else {}
    return "\n\n".join(_written(_judged(found, main))) + "\n" * bool(found)


def _parse(page: str) -> HtmlElement | None:
    """Parse a page and take out what no reader sees; nothing of one that would take the parser hours."""
    if _CROWDED.search(page):
        return None
    parser = HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    etree.strip_elements(root, *_SKIPPED, with_tail=False)
    for element in list(root.iter("*")):
        if _is_hidden(element):
            _drop(element)
    return root


def _drop(element: HtmlElement) -> None:
    """Take an element out and leave the text after it."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is not None and previous is not None:
        previous.tail = (previous.tail or "") + (element.tail or "")
    elif parent is not None:
        parent.text = (parent.text or "") + (element.tail or "")
    if parent is not None:
        parent.remove(element)


def _is_hidden(element: HtmlElement) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    hidden = "hidden" in attributes or attributes.get("aria-hidden") == "true"
    return hidden or bool(_HIDDEN.search(attributes.get("style", "")[:1000]))


def _is_shallow(root: HtmlElement) -> bool:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest <= _DEEPEST


def _main_texts(
    regions: Sequence[HtmlElement], found: Sequence[Piece]
) -> dict[int, tuple[frozenset[str], str]]:
    """Ask what the main text is: of each article, or of the page where it has none."""
    length = [0] * len(regions)
    for piece in found:
        length[piece.region] += len(piece.text)
    asked = range(1, len(regions)) if len(regions) > 1 else range(1)
    chosen = [k for k in asked if length[k] >= _ENOUGH][:_MOST]
    return {k: _main_text(regions[k]) for k in chosen}


def _main_text(region: HtmlElement) -> tuple[frozenset[str], str]:
    """Lines of the main text of an element, and all of it, both without white space."""
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    page = Element("html")
    copy = deepcopy(region)
    copy.tail = None
    page.append(copy if copy.tag == "body" else _body(copy))
    extracted = bare_extraction(page, include_comments=False, favor_recall=True, with_metadata=False)
    body = getattr(extracted, "body", None)
    if body is None:
        return frozenset(), ""
    lines = frozenset(_bare("".join(element.itertext())) for element in body.iter("*"))
    return lines, _bare("".join(body.itertext()))


def _body(element: HtmlElement) -> HtmlElement:
    body = Element("body")
    body.extend(list(element) if element.tag == "html" else [element])
    return body


def _bare(text: str) -> str:
    return "".join(text.split())


def _judged(found: Sequence[Piece], main: Mapping[int, tuple[frozenset[str], str]]) -> list[Piece]:
    """Mark what is not main text between the first and the last line of the main text of its article."""
    judged = list(found)
    for region, (lines, everything) in main.items():
        own = [i for i, piece in enumerate(found) if piece.region == region and not piece.outside]
        said = [i for i in own if _bare(found[i].text) in lines or _bare(found[i].text) in everything]
        running = sum(len(found[i].text) for i in own if len(found[i].text) >= _PARAGRAPH)
        agreed = sum(len(found[i].text) for i in said if len(found[i].text) >= _PARAGRAPH)
        if said and 2 * agreed >= running:
            for i in set(own) - set(said):
                if said[0] < i < said[-1] and not found[i].mark.startswith("#"):
                    judged[i] = replace(found[i], outside="not main text")
    return judged


def _written(judged: Sequence[Piece]) -> Iterator[str]:
    """Write the lines article by article; an article inside another comes after it."""
    parted = any(piece.region for piece in judged)
    outermost = [list(group) for _, group in groupby(judged, key=lambda piece: piece.top)]
    for part in outermost:
        ordered = sorted(part, key=lambda piece: piece.region) if part[0].top else part
        for i, piece in enumerate(ordered):
            if parted and (i == 0 or ordered[i - 1].region != piece.region):
                yield "<!-- article -->"
            yield piece.written()
