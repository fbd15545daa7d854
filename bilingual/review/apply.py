"""Taking over what reviewers decided, all of it or a reason a row; two ways to decide one pair are shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from bilingual.records import Origin, Row, Status
from bilingual.review.decisions import Said, judge
from bilingual.review.matching import Finder, Known, Refusal
from bilingual.tables import PAIRS

_CHANGED = ("pair_id", "target", "origin", "status", "reviewer", "reviewed_at", "note")


class Conflict(NamedTuple):
    """A pair that was decided in more than one way; before is the decision of another reviewer, if any."""

    pair_id: str
    source: str
    sides: tuple[Said, ...]
    before: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """The pairs with what was decided of them, the ids of those that changed, and what was not taken over."""

    pairs: pl.DataFrame
    changed: tuple[str, ...]
    refused: tuple[Refusal, ...]
    conflicts: tuple[Conflict, ...]


def apply(pairs: pl.DataFrame, rows: Iterable[Row], *, reviewer: str, at: str) -> Applied:
    """Take over the decisions of rows of one or more files into a frame of PAIRS.

    A row without a decision changes nothing, and a second time nothing changes. at: time of the decisions.
    """
    finder, refused = Finder(pairs), list[Refusal]()
    said: dict[str, list[tuple[Known, Said]]] = {}
    for row in rows:
        pair = finder.find(row)
        judged = judge(row, pair) if isinstance(pair, Known) else pair
        if isinstance(judged, Refusal):
            refused.append(judged)
        elif isinstance(judged, Said) and isinstance(pair, Known):
            said.setdefault(judged.pair_id, []).append((pair, judged))
    conflicts = tuple(_conflicts(said, reviewer))
    settled = said.keys() - {conflict.pair_id for conflict in conflicts}
    changed = tuple(pair_id for pair_id in said if pair_id in settled)
    updates = [_update(said[pair_id], reviewer, at) for pair_id in changed]
    return Applied(_updated(pairs, updates), changed, tuple(refused), conflicts)


def _conflicts(said: dict[str, list[tuple[Known, Said]]], reviewer: str) -> Iterator[Conflict]:
    for pair_id, sides in said.items():
        pair = sides[0][0]
        decisions = [side for _, side in sides if side.status]
        other = pair.status != Status.DRAFT.value and pair.reviewer not in ("", reviewer)
        before = f"{pair.status} by {pair.reviewer}" if other and decisions else ""
        if before or len({side.verdict for side in decisions}) > 1:
            yield Conflict(pair_id, pair.source, tuple(decisions), before)


def _update(sides: Sequence[tuple[Known, Said]], reviewer: str, at: str) -> tuple[str | None, ...]:
    """New values in the order of _CHANGED; nothing where a value stays."""
    pair = sides[0][0]
    decided = next((side for _, side in sides if side.status), None)
    notes = " / ".join(dict.fromkeys(side.note for _, side in sides if side.note)) or None
    if decided is None:
        return pair.pair_id, None, None, None, None, None, notes
    origin = Origin.HUMAN.value if decided.status == Status.EDITED.value else None
    return pair.pair_id, decided.target, origin, decided.status, reviewer, at, notes


def _updated(pairs: pl.DataFrame, updates: Sequence[tuple[str | None, ...]]) -> pl.DataFrame:
    schema = {name: PAIRS[name] for name in _CHANGED}
    return pairs.update(pl.DataFrame(updates, schema=schema, orient="row"), on="pair_id")
