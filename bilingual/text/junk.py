"""What a line is when it stands alone: running text, a short line, or furniture of a page and which."""

from collections.abc import Callable
from enum import Enum, auto

from bilingual.records import Kind
from bilingual.text import phrases, signs
from bilingual.text.layout import FRONT, Line, without_links


class Role(Enum):
    """What a line does on a page; only PROSE and SHORT can be part of an article."""

    BLANK = auto()
    PROSE = auto()
    SHORT = auto()
    META = auto()  # a time, byline or source: stands at the head of an article
    JUNK = auto()  # furniture that says nothing of where it stands
    SOFT = auto()  # furniture that may also stand inside an article
    LIST = auto()  # heads a list of other stories
    COMMENTS = auto()  # heads what readers wrote
    END = auto()  # furniture that stands after an article
    RULE = auto()  # parts two things
    START = auto()  # an article of a web page begins


Tag = tuple[Role, str]
_LONGEST = 2_000  # characters of the longest furniture
_TIME = 90
_NOTE = 200
_PROMOTION = 240
_BUTTON = 60
_NAV_WORDS = 4
_NAV_PARTS = 3
_LIST_WORDS = 5
_HEADER_WORDS = 9
_TIME_WORDS = 3  # words beside a time that still make no sentence
_TIMED_WORDS = 7
_PROMOTED_WORDS = 25
_LABELS = frozenset(
    ("sort by", "font size", "text size", "share", "tags", "topics", "filed under", "section", "category")
)
_PICTURES = ("![", "[![", "<img ", "[image", "[Image", "[photo", "[cid:")
_CAPTION = "caption or credit of a picture"


def judge(line: Line) -> Tag:
    """Say what a line is by itself, with the reason in plain words where it is furniture.

    >>> judge(Line(1, ("3 hours ago",), "3 hours ago"))
    (<Role.META: 4>, 'time or age')
    """
    if line.blank:
        return Role.BLANK, "blank"
    for test in (
        _TESTS if len(line.text) <= _PROMOTION else _LONG_TESTS if len(line.text) < _LONGEST else (_outside,)
    ):
        if found := test(line):
            return found
    return (Role.PROSE, "") if signs.is_prose(line.text) else (Role.SHORT, "")


def _outside(line: Line) -> Tag | None:
    if line.mark == FRONT:
        return Role.JUNK, "front matter"
    if marked := signs.OUTSIDE.match(line.text):
        start = marked[1] == "article"
        return (
            (Role.START, "start of an article") if start else (Role.JUNK, f"outside the text ({marked[1]})")
        )
    return None


def _rule(line: Line) -> Tag | None:
    return (Role.RULE, "dividing line") if line.rule else None


def _picture(line: Line) -> Tag | None:
    shown = line.text.startswith(_PICTURES) and line.text.endswith((")", "]", ">"))
    return (Role.SOFT, "picture") if shown else None


def _links(line: Line) -> Tag | None:
    raw = line.raw[0].strip()
    if line.kind is not Kind.HEADING and "](" in raw and not signs.WORD.search(without_links(raw)):
        return Role.SOFT, "link"
    words = line.text[: signs.HEAD].split()
    return (Role.SOFT, "link") if all(signs.URL.fullmatch(word) for word in words) else None


def _tags(line: Line) -> Tag | None:
    text = line.text[: signs.HEAD]
    if all(signs.HASHTAG.fullmatch(word) for word in text.split()):
        return Role.END, "hashtags"
    named = signs.ADDRESS.fullmatch(text) or signs.HANDLE.fullmatch(text)
    return (Role.META, "address") if named else None


def _time(line: Line) -> Tag | None:
    text = line.text.strip("()[]|·• -")
    return (Role.META, "time or age") if len(text) <= _TIME and _is_time(text) else None


def _is_time(text: str) -> bool:
    whole = (signs.AGE, signs.READ, signs.WEEKDAY)
    if any(sign.fullmatch(text) for sign in whole) or signs.is_row(text):
        return True
    beside = signs.WHEN.sub("", text)
    words = len(beside.split())
    dated = beside != text and not signs.is_prose(beside.replace(".", ""))
    timed = bool(signs.TIMED.match(text))
    return (dated and words <= (_TIMED_WORDS if timed else _TIME_WORDS)) or (
        timed and words <= _TIMED_WORDS and bool(signs.AGE.search(text))
    )


def _byline(line: Line) -> Tag | None:
    if signs.is_byline(line.text):
        return Role.META, "byline"
    credit = signs.REPORTED.match(line.text) if len(line.text) <= _NOTE else None
    if not credit or signs.sentences(line.text) > 1:
        return None
    named = all(word[:1].isupper() or word in {"and", "of", "the"} for word in credit[1].split())
    return (Role.SOFT, "credit or correction") if named else None


def _wire(line: Line) -> Tag | None:
    text = line.text
    if len(text) > _NOTE:
        return None
    if signs.END.fullmatch(text):
        return Role.END, "end mark"
    if signs.MORE.fullmatch(text):
        return Role.JUNK, "page mark of a wire"
    if any(sign.fullmatch(text) for sign in (signs.NOTE, signs.SLUG, signs.PRIORITY)):
        return Role.META, "slug or note to editors"
    return (Role.META, "mail header") if signs.MAIL.fullmatch(text) else None


def _heads(line: Line) -> Tag | None:
    folded = signs.fold(line.text)
    words = folded.split() or [""]
    if len(words) > _HEADER_WORDS:
        return None
    kinds = words[0] in phrases.LIST_FIRST and not phrases.LIST_LAST.isdisjoint(words[1:])
    kinds = (kinds and len(words) <= _LIST_WORDS) or any(phrase in folded for phrase in phrases.LIST_WITHIN)
    kinds = kinds and not signs.is_prose(line.text)
    started = folded.startswith(phrases.LIST_STARTS) and not signs.is_prose(line.text)
    if folded in phrases.LISTS or kinds or started:
        return Role.LIST, "heads other stories"
    said = folded in phrases.COMMENTS or phrases.COMMENT_COUNT.fullmatch(folded)
    return (Role.COMMENTS, "heads comments") if said else None


def _button(line: Line) -> Tag | None:
    text = line.text
    label, colon, _ = signs.fold(text).partition(":")
    if signs.is_button(text) or (colon and label in _LABELS and not signs.is_prose(text)):
        return Role.SOFT, "button or label of the page"
    counted = len(text) <= _BUTTON and (signs.VOTES.fullmatch(text) or signs.COUNT.fullmatch(text))
    return (Role.SOFT, "count") if counted else None


def _navigation(line: Line) -> Tag | None:
    text = line.text
    if len(text) > signs.HEAD or signs.is_prose(text):
        return None
    parts = [part for part in signs.PARTS.split(text) if part]
    known = sum(signs.is_button(part) for part in parts)
    short = all(len(part.split()) <= _NAV_WORDS for part in parts) and "," not in text
    if short and (len(parts) >= _NAV_PARTS or (len(parts) > 1 and known)):
        return Role.SOFT, "navigation"
    words = signs.fold(text).split()
    pressed = sum(word in phrases.BUTTONS for word in words)
    return (Role.SOFT, "navigation") if pressed > 1 and pressed >= len(words) - 1 else None


def _promotion(line: Line) -> Tag | None:
    head = " ".join(line.text[: signs.HEAD].replace("’", "'").lower().split())
    if len(head) >= _PROMOTION:
        return None
    few = len(head.split()) <= _PROMOTED_WORDS
    if head.startswith(phrases.PROMOTED) and few:
        return Role.SOFT, "points to another story"
    if head.startswith(phrases.PROMO):
        return Role.SOFT, "promotion"
    if (head.startswith(phrases.CAPTIONED) and few) or signs.is_owned(line.text):
        return Role.SOFT, _CAPTION
    if head.startswith(phrases.CREDITED) or any(phrase in head for phrase in phrases.CREDITED_WITHIN):
        return Role.SOFT, "credit or correction"
    closed = head.startswith(phrases.CLOSING) or any(phrase in head for phrase in phrases.CLOSING_WITHIN)
    return (Role.END, "copyright") if closed else None


def _remark(line: Line) -> Tag | None:
    return (Role.SOFT, "remark in brackets") if signs.is_enclosed(line.text) else None


_LONG_TESTS: tuple[Callable[[Line], Tag | None], ...] = (_outside, _picture, _links, _tags, _navigation)
_TESTS: tuple[Callable[[Line], Tag | None], ...] = (
    _outside,
    _rule,
    _picture,
    _links,
    _tags,
    _time,
    _heads,
    _byline,
    _wire,
    _button,
    _navigation,
    _promotion,
    _remark,
)
