"""Which pair a row is about: by its id and its source, or by its source alone."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from bilingual.records import Row
from bilingual.review.cells import is_error, letters


class Known(NamedTuple):
    """What has to be known of a pair to judge a row about it."""

    pair_id: str
    article: str
    source: str
    target: str
    status: str
    reviewer: str
    note: str


class Refusal(NamedTuple):
    """A row that could not be taken, and why."""

    file: str
    row: int
    reason: str


class Finder:
    """The pairs of a run, found by id or by source; the index of sources is made when it is first asked."""

    def __init__(self, pairs: pl.DataFrame) -> None:
        rows = pairs.select(Known._fields).iter_rows()
        self._pairs = {row[0]: Known(*row) for row in rows}
        self._sources: dict[str, list[str]] = {}

    def find(self, row: Row) -> Known | Refusal:
        """The pair of a row, or the reason why there is none."""
        source = "" if is_error(row.cells.get("source", "")) else row.cells.get("source", "")
        pair = self._pairs.get(row.cells.get("id", "").strip())
        if pair is None:
            return self._by_source(row, source)
        if source != pair.source and source.strip() and letters(source) != letters(pair.source):
            return _refuse(
                row, f"its source is not that of pair {pair.pair_id}; was one column sorted alone?"
            )
        return pair

    def _by_source(self, row: Row, source: str) -> Known | Refusal:
        name = row.cells.get("id", "").strip() or "none"
        if not letters(source):
            return _refuse(row, f"its id ({name}) is in no pair of this run, and its source says too little")
        found = [self._pairs[pair_id] for pair_id in self._index().get(letters(source), ())]
        here = [pair for pair in found if pair.article == row.cells.get("article", "").strip()]
        if len(here or found) == 1:
            return (here or found)[0]
        if not found:
            return _refuse(row, f"neither its id ({name}) nor its source is in this run")
        return _refuse(
            row, f"its id ({name}) is not in this run, and its source stands in {len(found)} places"
        )

    def _index(self) -> Mapping[str, list[str]]:
        if not self._sources:
            for pair in self._pairs.values():
                self._sources.setdefault(letters(pair.source), []).append(pair.pair_id)
        return self._sources


def _refuse(row: Row, reason: str) -> Refusal:
    return Refusal(row.file, row.number, reason)
