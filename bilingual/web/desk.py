"""The pairs on the reviewer's desk: decided one by one or many at once, taken back, never overwritten."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import NamedTuple

import polars as pl

from bilingual.checks import Known
from bilingual.records import Origin, Pair, Status
from bilingual.review.cells import one_line
from bilingual.review.recheck import recheck
from bilingual.tables import frame_pairs, pairs_frame
from bilingual.text.particles import refit
from bilingual.web.queries import Filter, matching
from bilingual.web.views import version

_PIECES = 200  # of a frame, before it is made whole again


class Decision(NamedTuple):
    """What a reviewer says of a pair as it was at a version; none says nothing of it."""

    pair_id: str
    version: str
    status: Status | None = None
    target: str | None = None
    note: str | None = None


class Swap(NamedTuple):
    """Words to be replaced in the targets of the pairs asked for; particles: refit those that follow."""

    find: str
    put: str
    asked: Filter = Filter()
    particles: bool = True


class Stale(Exception):  # noqa: N818 - an answer to the browser, not a failure of the program
    """Pairs have been decided otherwise since the reviewer saw them; holds them as they are now."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.pairs = pairs
        super().__init__(f"{len(pairs)} pairs have changed")


class Refused(Exception):  # noqa: N818 - an answer to the browser, not a failure of the program
    """A decision that cannot be taken; the sentence is for the reviewer."""


class Batch(NamedTuple):
    """What was decided at once: its number, and the pairs before and after."""

    number: int
    before: tuple[Pair, ...]
    after: tuple[Pair, ...]


@dataclass(slots=True)
class Desk:
    """The pairs of a run (schema PAIRS) under review; keep puts a batch on the disk before it counts."""

    pairs: pl.DataFrame
    keep: Callable[[Sequence[Pair]], None]
    clock: Callable[[], str]
    reviewer: str = ""
    known: Known = Known()  # noqa: RUF009 - frozen
    batches: list[Batch] = field(default_factory=list)
    lock: RLock = field(default_factory=RLock)
    _rows: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rows = {pair_id: number for number, pair_id in enumerate(self.pairs["pair_id"])}

    def number(self, pair_id: str) -> int:
        """Place of a pair, from 0; raises Refused for one that is not here."""
        if pair_id not in self._rows:
            raise Refused("이 문장은 이제 없습니다. 다시 번역했다면 검토 화면을 새로 여십시오.")
        return self._rows[pair_id]

    def look(self, numbers: Sequence[int]) -> Sequence[Pair]:
        """Pairs at the given places, in that order."""
        return frame_pairs(self.pairs[list(numbers)]) if numbers else ()

    def decide(self, decisions: Sequence[Decision]) -> Batch:
        """Take decisions, all or none. Raises Stale, Refused, and what keep raises."""
        with self.lock:
            before = self.look([self.number(decision.pair_id) for decision in decisions])
            pairs = list(zip(before, decisions, strict=True))
            _refuse_stale([pair for pair, said in pairs if version(pair) != said.version])
            at = self.clock()
            return self._put(before, [self._decided(pair, said, at) for pair, said in pairs])

    def undo(self, number: int) -> Batch:
        """Take a batch back, where its pairs are still as it left them. Raises Stale, Refused."""
        with self.lock:
            if not 0 <= number < len(self.batches):
                raise Refused("되돌릴 수 없습니다.")
            batch = self.batches[number]
            now = self.look([self.number(pair.pair_id) for pair in batch.after])
            _refuse_stale([pair for pair, left in zip(now, batch.after, strict=True) if pair != left])
            return self._put(now, batch.before)

    def preview(self, swap: Swap) -> tuple[Sequence[tuple[Pair, str]], str]:
        """Pairs that a swap changes with their new targets, and a stamp that names just these."""
        numbers = matching(self.pairs, swap.asked)
        open_ = (
            self.pairs[numbers]
            .with_columns(number=numbers)
            .filter(
                pl.col("target").str.contains(swap.find, literal=True),
                pl.col("status") != Status.REJECTED.value,
            )
        )
        pairs = self.look(open_["number"].to_list())
        found = [(pair, swapped(pair.target, swap)) for pair in pairs]
        changed = [(pair, target) for pair, target in found if target.strip() and target != pair.target]
        names = "".join(pair.pair_id + version(pair) for pair, _ in changed)
        return changed, hashlib.blake2b(names.encode(), digest_size=8).hexdigest()

    def swap(self, swap: Swap, stamp: str) -> Batch:
        """Replace words in all the pairs of a preview; raises Stale where they are no longer the same."""
        with self.lock:
            changed, now = self.preview(swap)
            if now != stamp:
                raise Stale([])
            said = [Decision(pair.pair_id, version(pair), Status.EDITED, target) for pair, target in changed]
            return self.decide(said)

    def _put(self, before: Sequence[Pair], after: Sequence[Pair]) -> Batch:
        changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
        batch = Batch(len(self.batches), tuple(old for old, _ in changed), tuple(new for _, new in changed))
        if changed:
            self.keep(batch.after)
            self.pairs = _with(self.pairs, {self._rows[pair.pair_id]: pair for pair in batch.after})
        self.batches.append(batch)
        return batch

    def _decided(self, pair: Pair, said: Decision, at: str) -> Pair:
        target = pair.target if said.target is None else one_line(said.target)
        note = pair.note if said.note is None else one_line(said.note)
        edited = target != pair.target
        if edited and not target:
            raise Refused("번역문이 비어 있습니다. 쓰지 않을 번역이면 반려하십시오.")
        status = Status.EDITED if edited else _status(pair, said.status)
        if status is pair.status and not edited:
            return replace(pair, note=note)
        by, when = ("", "") if status is Status.DRAFT else (self.reviewer, at)
        judged = replace(pair, target=target, status=status, note=note, reviewer=by, reviewed_at=when)
        return recheck(replace(judged, origin=Origin.HUMAN), self.known) if edited else judged


def swapped(text: str, swap: Swap) -> str:
    """Text with words replaced, from its end, and the particles after them refitted where that is asked.

    >>> swapped("미국은 미국을", Swap("미국", "나토"))
    '나토는 나토를'
    """
    if not swap.particles:
        return text.replace(swap.find, swap.put)
    end = len(text)
    while (start := text.rfind(swap.find, 0, end)) >= 0:
        text = refit(text, start, start + len(swap.find), swap.put)
        end = start
    return text


def _refuse_stale(pairs: Sequence[Pair]) -> None:
    if pairs:
        raise Stale(pairs)


def _status(pair: Pair, said: Status | None) -> Status:
    """New status of a pair whose target stays: what a person wrote counts as edited when it is accepted."""
    if said is None or (said is Status.EDITED and pair.origin is not Origin.HUMAN):
        return pair.status
    return Status.EDITED if said is Status.ACCEPTED and pair.origin is Origin.HUMAN else said


def _with(pairs: pl.DataFrame, changed: dict[int, Pair]) -> pl.DataFrame:
    """The frame with other rows at the given places; what lies between is shared with the old one."""
    numbers = sorted(changed)
    fresh = pairs_frame(changed[number] for number in numbers)
    pieces, done = list[pl.DataFrame](), 0
    for place, number in enumerate(numbers):
        pieces += [pairs[done:number], fresh[place : place + 1]]
        done = number + 1
    whole = pl.concat([piece for piece in [*pieces, pairs[done:]] if len(piece)], rechunk=False)
    return whole.rechunk() if whole.n_chunks() > _PIECES else whole
