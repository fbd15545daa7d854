"""What a sentence must say, and putting its Korean into the English before it is translated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bilingual.records import TermType
from bilingual.text.particles import PAIRS, stem


@dataclass(frozen=True, slots=True)
class Requirement:
    """source[start:end] of a sentence must come out as target."""

    start: int
    end: int
    source: str
    target: str
    type: TermType


def shifted(text: str, requirements: Sequence[Requirement]) -> tuple[str, list[tuple[int, int]]]:
    """Put the Korean of every requirement in its place, and tell where each stands then.

    >>> rutte = Requirement(4, 9, "Rutte", "뤼터", TermType.PERSON)
    >>> shifted("But Rutte's plan failed.", [rutte])
    ("But 뤼터's plan failed.", [(4, 6)])
    """
    made, spans, at = "", [], 0
    for item in requirements:
        made += text[at : item.start]
        spans.append((len(made), len(made) + len(item.target)))
        made, at = made + item.target, item.end
    return made + text[at:], spans


_GLOSS = re.compile(r"\s?\((?P<inside>[A-Z][A-Za-z0-9&.-]{1,11})\)")


def glossed(text: str, items: Sequence[Requirement]) -> list[Requirement]:
    """Join a name and the short form in brackets after it: "European Union (EU)" is 유럽연합(EU).

    >>> union = Requirement(0, 14, "European Union", "유럽연합", TermType.ORGANIZATION)
    >>> [item.target for item in glossed("European Union (EU) said", [union])]
    ['유럽연합(EU)']
    """
    known = {(item.start, item.end): item.target for item in items}
    made: list[Requirement] = []
    for item in items:
        found = _GLOSS.match(text, item.end) if item.type is TermType.ORGANIZATION else None
        if found:
            target = f"{item.target}({known.get(found.span('inside'), found['inside'])})"
            item = replace(item, end=found.end(), source=text[item.start : found.end()], target=target)  # noqa: PLW2901
        if not made or item.start >= made[-1].end:
            made.append(item)
    return made


def unmet(text: str, targets: Sequence[str]) -> list[int]:
    """Numbers of the targets that find no place of their own (see places).

    >>> unmet("한국과 북한", ["한국", "북한", "한국"]), unmet("본부장관은 EEU에서", ["본부장", "EU"])
    ([2], [0, 1])
    """
    found = places(text, targets)
    return [number for number in range(len(targets)) if number not in found]


def places(text: str, targets: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Where each target stands that finds a place, by its number: longest first, no two overlap.

    >>> places("한국과 북한, 한국", ["한국", "북한", "한국"])
    {0: (0, 2), 1: (4, 6), 2: (8, 10)}
    """
    taken = bytearray(len(text))
    found: dict[int, tuple[int, int]] = {}
    for number in sorted(range(len(targets)), key=lambda number: (-len(targets[number]), number)):
        spans = (place.span() for place in re.finditer(_whole(targets[number]), text))
        free = next((span for span in spans if not any(taken[slice(*span)]) and _ends(text, span[1])), None)
        if free is not None:
            found[number] = free
            taken[slice(*free)] = b"\1" * (free[1] - free[0])
    return found


def _whole(target: str) -> str:
    """Pattern of a target that is no part of a longer Latin word."""
    return rf"(?<![A-Za-z0-9]){re.escape(target)}" if target[:1].isascii() else re.escape(target)


# One syllable that may follow a name and leave it what it is: 나토군, 한국인, 의원들, 서울발.
_SUFFIXES = frozenset("들측식산계발형인군행내간당제적별급시도령용권촌댁씨님전후차상하외초말중")
_AFTER = re.compile("[가-힣]*")


def _ends(text: str, end: int) -> bool:
    """Whether a word may end here: no letter follows, but a particle, a suffix, or another word.

    >>> _ends("나토군은", 2), _ends("한국어", 2), _ends("한국정부", 2), _ends("NATOX", 4)
    (True, False, True, False)
    """
    if text[end - 1].isascii() and text[end : end + 1].isascii() and text[end : end + 1].isalnum():
        return False
    run = _AFTER.match(text, end)
    after = run[0] if run else ""
    rest = stem("가" + after)[1:]
    return len(rest) != 1 or after in PAIRS or rest in _SUFFIXES
