"""People introduced with their titles: "US Commerce Secretary Howard Lutnick", "Mark Rutte, the NATO chief,".

Each becomes one Korean unit: name, former, country or organisation, title.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bilingual.glossary.honorifics import former
from bilingual.glossary.match import Match
from bilingual.glossary.surnames import korean_surname
from bilingual.records import TermType

_HOME = "KR"
OF = frozenset({TermType.PLACE, TermType.ORGANIZATION})
_POSSESSIVE = r"(?:['’]s?)?"
_BESIDE = re.compile(rf"{_POSSESSIVE}\s(?:(?:former|new|then)[\s-])?")
_COMMA = re.compile(r",\s(?:(?:the|its|his|her|their)\s)?(?:new\s)?")
_HELD = re.compile(r"\s(?:of|at|for)\s(?:the\s)?")
_CLOSED = re.compile(r"(?P<comma>,)(?=\s(?!an?\b|the\b|who|which|[^a-z]))|(?=[,.;:)”\"]|\s(?:said|told)\b|$)")
_OWNED = re.compile(r"(?:(?P<the>\b[Tt]he\s)|\b(?:[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)\s|['’]s?\s)$")
_LOCATED = re.compile(r"\b(?:in|at|near|outside|across|visiting)\s(?:the\s)?$", re.IGNORECASE)
_SHARED = re.compile(r"(?:,\s|\sand\s|,\sand\s)")


@dataclass(frozen=True, slots=True)
class Introduction:
    """A person with a title: matches[first:last] are said by target over text[start:end].

    An end of 0 means that the title is known but stands too far to be joined.
    """

    start: int
    end: int
    name: Match
    title: Match
    target: str


def introductions(text: str, matches: Sequence[Match], own: Collection[str] = ()) -> list[Introduction]:
    """Every person of the sentence that stands beside a title, in order.

    own: Korean names of the readers' country and capital, left unsaid before its own titles.
    """
    found: list[Introduction] = []
    for number, match in enumerate(matches):
        if match.term.type is not TermType.PERSON:
            continue
        row = [fitting(other, match) if other.term.type is TermType.TITLE else other for other in matches]
        new = next(_ways(text, row, number, own), None) or _shared(text, row, number, found)
        if new:
            found.append(new)
    return found


def fitting(title: Match, name: Match) -> Match:
    """The title of the person's country, where its rows differ by country: Koreans have Korean offices.

    >>> from bilingual.records import Term
    >>> rows = [Term("adviser", "보좌관", country="US"), Term("adviser", "실장", country="KR")]
    >>> wi = Match(8, 18, "Wi Sung-lac", Term("Wi Sung-lac", "위성락", TermType.PERSON))
    >>> fitting(Match(0, 7, "adviser", rows[0], (rows[1],)), wi).term.target
    '실장'
    """
    korean = bool(korean_surname(name.term.source, name.term.target))
    rows = (title.term, *title.others)
    fit = next((row for row in rows if (_HOME in row.country.split("|")) == korean), title.term)
    return replace(title, term=fit) if title.others else title


def _ways(text: str, matches: Sequence[Match], number: int, own: Collection[str]) -> Iterator[Introduction]:
    for way in (_before, _first, _after):
        if made := way(text, matches, number, own):
            yield made


def composed(name: str, title: str, of: Sequence[str] = (), past: str = "", own: Collection[str] = ()) -> str:
    """Name, former, whose, title: the Korean order, nothing said twice.

    >>> composed("하워드 러트닉", "상무장관", ["미국"])
    '하워드 러트닉 미국 상무장관'
    >>> composed("여한구", "통상교섭본부장", ["한국"], own={"한국"}), composed("문재인", "대통령", past="전")
    ('여한구 통상교섭본부장', '문재인 전 대통령')
    """
    said = [place for place in of if place not in own and place not in title]
    return " ".join(part for part in (name, past, *said, title.removesuffix("들")) if part)


def _before(text: str, matches: Sequence[Match], number: int, own: Collection[str]) -> Introduction | None:
    """The title stands before the name: "South Korea's former Trade Minister Yeo Han-koo"."""
    name = matches[number]
    if number == 0 or not _titled(text, matches[number - 1], name):
        return None
    title = matches[number - 1]
    start, of, past = led(text, matches, number - 1)
    return Introduction(
        start, name.end, name, title, composed(name.term.target, title.term.target, of, past, own)
    )


def _titled(text: str, title: Match, name: Match) -> bool:
    return title.term.type is TermType.TITLE and text[title.end : name.start] == " "


def led(text: str, matches: Sequence[Match], number: int) -> tuple[int, list[str], str]:
    """Where the words before a title begin that belong to it, whose it is, and whether it is past."""
    start, of = matches[number].start, list[str]()
    past, taken = former(text[:start])
    start -= taken
    for match in reversed(matches[max(0, number - 2) : number]):
        between = text[match.end : start]
        if match.term.type not in OF or not _BESIDE.fullmatch(between):
            break
        if between == " " and _LOCATED.search(text[: match.start]):
            break
        start, of = match.start, [match.term.target, *of]
    earlier, taken = former(text[:start])
    return start - taken, of, past or earlier


def _after(text: str, matches: Sequence[Match], number: int, own: Collection[str]) -> Introduction | None:
    """The title follows: "Annika Lindqvist, the EU's commissioner for trade"."""
    name, rest = matches[number], matches[number + 1 :]
    title = next((match for match in rest[:3] if match.term.type is TermType.TITLE), None)
    if title is None:
        return None
    at = matches.index(title)
    start, of, past = led(text, matches, at)
    first = min(start, *(match.start for match in matches[number + 1 : at + 1]))
    if not _COMMA.fullmatch(text[name.end : first]) or len(of) < at - number - 1:
        return None
    end, more = _held(text, title, matches[at + 1 : at + 2])
    closed = _CLOSED.match(text, end)
    target = composed(name.term.target, title.term.target, [*more, *of], past, own)
    return Introduction(name.start, closed.end() if closed else 0, name, title, target)


def _held(text: str, title: Match, rest: Sequence[Match]) -> tuple[int, list[str]]:
    """Where "of the European Commission" ends after a title, and its Korean."""
    for match in rest:
        if match.term.type in OF and _HELD.fullmatch(text[title.end : match.start]):
            return match.end, [match.term.target]
    return title.end, []


def _first(text: str, matches: Sequence[Match], number: int, own: Collection[str]) -> Introduction | None:
    """The title comes first, with a comma: "its president, Do Kwang-il,"."""
    name = matches[number]
    title = matches[number - 1] if number else None
    if title is None or title.term.type is not TermType.TITLE or text[title.end : name.start] != ", ":
        return None
    start, of, past = led(text, matches, number - 1)
    owned, closed = _OWNED.search(text[:start]), _CLOSED.match(text, name.end)
    if not closed or not (owned or of):
        return None
    start -= len(owned["the"] or "") if owned else 0
    return Introduction(
        start, closed.end(), name, title, composed(name.term.target, title.term.target, of, past, own)
    )


def _shared(
    text: str, matches: Sequence[Match], number: int, found: Sequence[Introduction]
) -> Introduction | None:
    """A title in the plural holds for the next names too: "Presidents Owusu-Ansah and Gnamien"."""
    name = matches[number]
    if not found or number == 0 or found[-1].name is not matches[number - 1] or not _plural(found[-1].title):
        return None
    if not _SHARED.fullmatch(text[matches[number - 1].end : name.start]):
        return None
    title = found[-1].title
    return Introduction(name.start, name.end, name, title, composed(name.term.target, title.term.target))


def _plural(title: Match) -> bool:
    return title.text.split()[0].rstrip(".").endswith("s")
