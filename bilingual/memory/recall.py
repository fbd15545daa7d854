"""Finding a sentence again: with the same neighbours, the same, or nearly the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest
from math import log
from typing import Any

from rapidfuzz.distance import Levenshtein

from bilingual.memory.adapt import Change, Finder, Masked, adapt, mask
from bilingual.memory.grams import fold, tokens
from bilingual.memory.remember import direction, key, rank
from bilingual.memory.store import FIELDS, Memory, told, unit
from bilingual.records import Unit

_SAME = f"SELECT id, {', '.join(FIELDS)} FROM entry WHERE key = ?"  # noqa: S608 - the names are ours
_CAP = 1_000
_TRIED = 48
_HAVE = "SELECT rowid FROM gram WHERE gram MATCH ? LIMIT ?"


class Kind(StrEnum):
    """How well an entry fits: the same sentence between the same neighbours, the same, or a near one."""

    CONTEXT = "context"
    EXACT = "exact"
    FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True)
class Query:
    """A sentence that is looked for, with the sentences before and after it."""

    source: str
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that fits a sentence; target has the numbers and terms of the sentence where changes are done.

    percent: 100 for exact matches; below that the share of characters that need no editing, one point less
    for each slot that was adapted and five for each that could not be.
    """

    kind: Kind
    percent: int
    target: str
    unit: Unit
    number: int
    changes: tuple[Change, ...] = ()


def queries(sources: Sequence[str]) -> Iterator[Query]:
    """Sentences of an article as queries, each with its neighbours."""
    padded = ["", *sources, ""]
    return (Query(*trio) for trio in zip(sources, padded, padded[2:], strict=False))


def recall(
    memory: Memory,
    query: Query,
    *,
    source_lang: str = "en",
    target_lang: str = "ko",
    find: Finder | None = None,
    least: int = 70,
    limit: int = 3,
) -> list[Match]:
    """Entries for a sentence, best first; near ones of at least so many percent only where none is exact.

    find: the terms of a text, which may differ as numbers may. Raises WorkspaceError.
    """
    pair = direction(source_lang, target_lang)
    with told(memory.path):
        return (_exact(memory, query, pair) or _near(memory, query, pair, find, least))[:limit]


def _exact(memory: Memory, query: Query, pair: str) -> list[Match]:
    rows = memory.connection.execute(_SAME, (key(query.source, pair),))
    units = [(number, unit(tuple(row))) for number, *row in rows]
    same = [(number, item) for number, item in units if fold(item.source) == fold(query.source)]
    matches = [Match(_kind(item, query), 100, item.target, item, number) for number, item in same]
    return sorted(matches, key=_merit, reverse=True)


def _kind(item: Unit, query: Query) -> Kind:
    near = fold(item.previous), fold(item.next)
    return Kind.CONTEXT if any(near) and near == (fold(query.previous), fold(query.next)) else Kind.EXACT


def _merit(match: Match) -> tuple[bool, bool, int, int, str]:
    """What a person looked at comes first, then the context, the percent, the person, the newer."""
    weight = rank(match.unit)
    return weight > 0, match.kind is Kind.CONTEXT, match.percent, weight, match.unit.created_at


def _near(memory: Memory, query: Query, pair: str, find: Finder | None, least: int) -> list[Match]:
    masked = mask(fold(query.source), find)
    sources = _rows(memory, "id, source", _candidates(memory, tokens(query.source, pair)))
    old = {number: mask(fold(source), find) for number, source in sources}
    shares = {number: _share(other, masked, least) for number, other in old.items()}
    rows = _rows(memory, f"id, {', '.join(FIELDS)}", [number for number, share in shares.items() if share])
    matches = [_match(number, unit(tuple(row)), shares[number], old[number], masked) for number, *row in rows]
    best = sorted(matches, key=lambda match: (match.percent, _merit(match)), reverse=True)
    return [match for match in best if match.percent >= least]


def _rows(memory: Memory, columns: str, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    marks = ",".join("?" * len(numbers))
    return memory.connection.execute(f"SELECT {columns} FROM entry WHERE id IN ({marks})", numbers)  # noqa: S608


def _share(old: Masked, new: Masked, least: int) -> float:
    """Share of characters that need no editing, 0 below the least."""
    return Levenshtein.normalized_similarity(old.text, new.text, score_cutoff=least / 100)


def _match(number: int, item: Unit, share: float, old: Masked, new: Masked) -> Match:
    target, changes = adapt(item.target, old, new)
    cost = sum(1 if change.done else 5 for change in changes)
    return Match(Kind.FUZZY, min(99, int(share * 100)) - cost, target, item, number, changes)


def _candidates(memory: Memory, wanted: Sequence[str]) -> list[int]:
    """Entries that share most with the sentence, a gram counting the more the fewer have it."""
    shares: dict[int, float] = {}
    for token in wanted:
        found = memory.connection.execute(_HAVE, (f'"{token}"', _CAP)).fetchall()
        weight = 1 / log(len(found) + 2)
        for (number,) in found:
            shares[number] = shares.get(number, 0.0) + weight
    return nlargest(_TRIED, shares, key=shares.__getitem__)
