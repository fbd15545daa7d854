import re
from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import pytest

from bilingual.records import Origin, Pair, Row, Status
from bilingual.review import Refusal, apply
from bilingual.tables import PAIRS, frame_pairs, pairs_frame

AT = "2026-03-12T09:00:00+09:00"
FIRST = Pair("p1", "a.txt", "a.ko", 0, 0, "“Exports” rose 31 percent.", "수출이 31% 늘었다.")
SECOND = Pair("p2", "a.txt", "a.ko", 0, 1, "He agreed.", "그는 동의했다.")
THIRD = Pair("p3", "b.txt", "b.ko", 0, 0, "He agreed.", "그가 합의했다.", note="see p2")
PAIRS_OF_RUN = (FIRST, SECOND, THIRD)


def row(number: int = 2, file: str = "pairs.csv", **cells: str) -> Row:
    return Row(file, number, cells)


def given(pair: Pair, **cells: str) -> Row:
    whole = {
        "id": pair.pair_id,
        "source": pair.source,
        "target": pair.target,
        "status": pair.status,
        "note": pair.note,
    }
    return row(**{**whole, "edit": "", **cells})


def taken(*rows: Row, pairs: Sequence[Pair] = PAIRS_OF_RUN, reviewer: str = "kim") -> dict[str, Pair]:
    """Pairs that changed, when nothing was refused."""
    applied = apply(pairs_frame(pairs), rows, reviewer=reviewer, at=AT)
    assert (applied.refused, applied.conflicts) == ((), ())
    after = {pair.pair_id: pair for pair in frame_pairs(applied.pairs)}
    changed = {pair.pair_id: after[pair.pair_id] for pair in pairs if after[pair.pair_id] != pair}
    assert set(applied.changed) == set(changed)
    return changed


def refused(*rows: Row, pairs: Sequence[Pair] = PAIRS_OF_RUN) -> list[Refusal]:
    frame = pairs_frame(pairs)
    applied = apply(frame, rows, reviewer="kim", at=AT)
    assert applied.pairs.equals(frame)
    return list(applied.refused)


EDITED = replace(
    SECOND,
    target="그는 뜻을 같이했다.",
    origin=Origin.HUMAN,
    status=Status.EDITED,
    reviewer="kim",
    reviewed_at=AT,
)
ACCEPTED = replace(SECOND, status=Status.ACCEPTED, reviewer="kim", reviewed_at=AT)
REJECTED = replace(SECOND, status=Status.REJECTED, reviewer="kim", reviewed_at=AT)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"edit": "그는 뜻을 같이했다."}, EDITED),
        ({"edit": "  그는\n뜻을 같이했다.\r\n", "status": "edited"}, EDITED),
        ({"edit": "그는 뜻을 같이했다.", "target": "other"}, EDITED),
        ({"edit": SECOND.target}, ACCEPTED),
        ({"status": "Accepted "}, ACCEPTED),
        ({"status": "승인"}, ACCEPTED),
        ({"status": "accepted", "target": "#NAME?"}, ACCEPTED),
        ({"status": "rejected", "source": ""}, REJECTED),
        ({"note": "check the name"}, replace(SECOND, note="check the name")),
        ({"status": "반려", "note": "a\nb"}, replace(REJECTED, note="a b")),
    ],
)
def test_a_decision_reaches_its_pair(change: dict[str, str], expected: Pair) -> None:
    assert taken(given(SECOND, **change)) == {"p2": expected}


@pytest.mark.parametrize(
    ("pair", "change"),
    [
        (SECOND, {}),
        (SECOND, {"status": ""}),
        (THIRD, {"note": ""}),
        (ACCEPTED, {"status": "draft"}),
        (EDITED, {"status": "draft", "target": SECOND.target}),
        (EDITED, {"status": "accepted"}),
        (EDITED, {"edit": EDITED.target, "target": SECOND.target, "status": "draft"}),
        (ACCEPTED, {"edit": ACCEPTED.target}),
        (replace(SECOND, target="3/4"), {"target": "2026-03-04"}),
    ],
)
def test_a_row_that_says_nothing_new_changes_nothing(pair: Pair, change: dict[str, str]) -> None:
    assert taken(given(pair, **change), pairs=(FIRST, pair)) == {}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"edit": "#NAME?"}, "edit holds the spreadsheet error #NAME?"),
        ({"status": "maybe"}, "status 'maybe' is none of"),
        ({"edit": "x", "status": "rejected"}, "it has an edit and is rejected"),
        ({"status": "edited"}, "edit is empty"),
        ({"target": "그는 동의하지 않았다."}, "write corrections into edit"),
        ({"status": "accepted", "target": "옛 번역."}, "not what the pair has now"),
        ({"status": "rejected", "target": "옛 번역."}, "not what the pair has now"),
        ({"source": "Exports rose 31 percent."}, "its source is not that of pair p2"),
        ({"": "left over", "edit": "x"}, "cells beyond the header"),
        ({"id": "1.2E+10"}, r"its id \(1.2E\+10\) is not in this run, and its source stands in 2 places"),
        ({"id": "", "source": "Who?"}, r"neither its id \(none\) nor its source"),
        ({"id": "", "source": "#NAME?", "edit": "x"}, "its source says too little"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_taken_is_told_with_its_reason(change: dict[str, str], reason: str) -> None:
    (told,) = refused(given(SECOND, **change))
    assert (told.file, told.row) == ("pairs.csv", 2)
    assert re.search(reason, told.reason)


def test_a_row_without_its_id_is_known_by_its_source() -> None:
    assert set(taken(row(id="12", source='"exports" rose 31 percent', status="accepted"))) == {"p1"}
    assert set(taken(row(source="He agreed.", article="b.ko", status="accepted"))) == {"p3"}


def test_applying_a_second_time_changes_nothing() -> None:
    rows = [given(FIRST, edit="수출이 31% 증가했다.", note="n"), given(SECOND, status="accepted")]
    once = apply(pairs_frame(PAIRS_OF_RUN), rows, reviewer="kim", at=AT)
    twice = apply(once.pairs, rows, reviewer="kim", at="later")
    assert once.changed == ("p1", "p2")
    assert twice.changed == ()
    assert twice.refused == ()
    assert twice.pairs.equals(once.pairs)


def test_two_reviewers_are_merged() -> None:
    changed = taken(given(FIRST, status="accepted"), replace(given(SECOND, edit="새 번역."), file="b.csv"))
    assert {name: pair.status for name, pair in changed.items()} == {
        "p1": Status.ACCEPTED,
        "p2": Status.EDITED,
    }
    same = taken(given(SECOND, edit="새 번역.", note="a"), given(SECOND, edit=" 새 번역. ", note="b"))
    assert same["p2"].note == "a / b"


def test_a_pair_decided_in_two_ways_is_shown_and_left() -> None:
    rows = [
        given(FIRST, status="accepted"),
        replace(given(SECOND, edit="하나."), file="a.csv"),
        replace(given(SECOND, status="rejected"), file="b.csv", number=7),
    ]
    applied = apply(pairs_frame(PAIRS_OF_RUN), rows, reviewer="kim", at=AT)
    (conflict,) = applied.conflicts
    assert [(side.file, side.row, side.status, side.target) for side in conflict.sides] == [
        ("a.csv", 2, "edited", "하나."),
        ("b.csv", 7, "rejected", SECOND.target),
    ]
    assert applied.changed == ("p1",)
    assert frame_pairs(applied.pairs)[1] == SECOND


def test_what_another_reviewer_decided_before_is_not_overwritten() -> None:
    frame = pairs_frame([ACCEPTED])
    applied = apply(frame, [given(ACCEPTED, edit="다른 번역.")], reviewer="lee", at=AT)
    assert applied.conflicts[0].before == "accepted by kim"
    assert applied.pairs.equals(frame)
    assert set(taken(given(ACCEPTED, edit="다른 번역."), pairs=[ACCEPTED], reviewer="kim")) == {"p2"}


def test_the_frame_keeps_its_schema_order_and_evidence() -> None:
    frame = pairs_frame(PAIRS_OF_RUN)
    after = apply(frame, [given(SECOND, edit="x")], reviewer="kim", at=AT).pairs
    assert after.schema == PAIRS
    assert after["pair_id"].to_list() == ["p1", "p2", "p3"]
    unchanged = pl.exclude("target", "origin", "status", "reviewer", "reviewed_at")
    assert after.select(unchanged).equals(frame.select(unchanged))
