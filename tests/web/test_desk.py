"""The desk and its questions, without a server."""

from dataclasses import replace

import pytest

from bilingual.records import Origin, Pair, Status
from bilingual.tables import pairs_frame
from bilingual.web.desk import Decision, Desk
from bilingual.web.queries import Filter, articles, counts, matching, page_of
from bilingual.web.views import version


def said(desk: Desk, pair_id: str, **values: object) -> Pair:
    """The pair after a decision at its present version."""
    now = desk.look([desk.number(pair_id)])[0]
    desk.decide([Decision(pair_id, version(now), **values)])  # type: ignore[arg-type]
    return desk.look([desk.number(pair_id)])[0]


@pytest.mark.parametrize(
    ("steps", "status", "origin"),
    [
        ([{"status": Status.ACCEPTED}], Status.ACCEPTED, Origin.MACHINE),
        ([{"status": Status.REJECTED}], Status.REJECTED, Origin.MACHINE),
        ([{"target": "새로."}], Status.EDITED, Origin.HUMAN),
        ([{"target": "새로."}, {"status": Status.ACCEPTED}], Status.EDITED, Origin.HUMAN),
        (
            [{"target": "새로."}, {"status": Status.REJECTED}, {"status": Status.ACCEPTED}],
            Status.EDITED,
            Origin.HUMAN,
        ),
        ([{"status": Status.EDITED}], Status.DRAFT, Origin.MACHINE),
        ([{"note": "확인"}], Status.DRAFT, Origin.MACHINE),
    ],
)
def test_decisions_lead_to_their_status(
    desk: Desk, steps: list[dict[str, object]], status: Status, origin: Origin
) -> None:
    for step in steps:
        pair = said(desk, "p0", **step)
    assert (pair.status, pair.origin) == (status, origin)
    assert pair.reviewer == ("" if status is Status.DRAFT else "kim")


def test_a_draft_again_has_no_reviewer(desk: Desk) -> None:
    said(desk, "p0", status=Status.ACCEPTED)
    assert said(desk, "p0", status=Status.DRAFT).reviewed_at == ""


def test_undo_gives_back_the_very_pair(desk: Desk) -> None:
    before = desk.look([1])[0]
    said(desk, "p1", target="다른 말\n둘째 줄", note="메모")
    assert desk.look([1])[0].target == "다른 말 둘째 줄"
    desk.undo(0)
    assert desk.look([1])[0] == before


def test_one_stale_decision_stops_all(desk: Desk, kept: list[Pair]) -> None:
    right = version(desk.look([0])[0])
    decisions = [Decision("p0", right, Status.ACCEPTED), Decision("p1", "old", Status.ACCEPTED)]
    with pytest.raises(Exception, match="1 pairs have changed"):
        desk.decide(decisions)
    assert kept == []


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (Filter(), [0, 1, 2, 3]),
        (Filter(article="b.txt"), [3]),
        (Filter(status="draft", search="RUTTE"), [1]),
        (Filter(search="미국"), [0, 3]),
        (Filter(search="{{ 7*7 }}"), [2]),
        (Filter(issue="any"), [1]),
        (Filter(issue="term"), [1]),
        (Filter(issue="number"), []),
        (Filter(status="nonsense"), []),
    ],
)
def test_filters_find_their_pairs(desk: Desk, asked: Filter, numbers: list[int]) -> None:
    assert matching(desk.pairs, asked).to_list() == numbers


def test_pages_go_by_numbers_so_none_is_passed_over(desk: Desk) -> None:
    numbers = matching(desk.pairs, Filter())
    assert page_of(numbers, size=2).numbers == (0, 1)
    assert page_of(numbers, after=1, size=2).numbers == (2, 3)
    assert page_of(numbers.slice(2), after=1, size=2).numbers == (2, 3)
    assert page_of(numbers, before=3, size=2) == (page_of(numbers, after=0, size=2))


def test_counts_and_articles_are_told(desk: Desk) -> None:
    said(desk, "p0", status=Status.ACCEPTED)
    assert counts(desk.pairs, Filter()) == {
        "status": {"": 4, "accepted": 1, "draft": 3},
        "issue": {"any": 1, "term": 1},
    }
    told = articles(desk.pairs)
    assert [(row["article"], row["total"], row["open"]) for row in told["articles"]] == [
        ("a-0.txt", 3, 2),
        ("b.txt", 1, 1),
    ]
    assert articles(desk.pairs, "B.TXT")["total"] == 1


def test_a_rejected_pair_is_not_replaced(desk: Desk) -> None:
    frame = pairs_frame([replace(desk.look([0])[0], status=Status.REJECTED), *desk.look([1, 2, 3])])
    from bilingual.web.desk import Swap

    rejected = Desk(frame, desk.keep, desk.clock)
    assert [pair.pair_id for pair, _ in rejected.preview(Swap("미국", "나토"))[0]] == ["p100"]
