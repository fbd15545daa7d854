"""What the check doubts in a glossary, and what it leaves alone."""

import pytest

from bilingual.glossary.check import problems
from bilingual.glossary.consistency import consistency
from bilingual.records import Honoured, Pair, Term, TermStatus, TermType

FORBIDDEN = TermStatus.FORBIDDEN


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([Term("Seoul", "서울"), Term("Seoul", "서울")], ["duplicate"]),
        ([Term("U.S.", "미국"), Term("US", "미합중국")], ["conflict"]),
        ([Term("minister", "장관"), Term("minister", "상", country="JP")], []),
        (
            [
                Term("ministry", "가부", valid_until="2025-09-30"),
                Term("ministry", "나부", valid_from="2025-10-01"),
            ],
            [],
        ),
        (
            [
                Term("ministry", "가부", valid_until="2025-10-05"),
                Term("ministry", "나부", valid_from="2025-10-01"),
            ],
            ["conflict"],
        ),
        ([Term("Fed", "연준"), Term("Federal Reserve", "연준")], ["shared-target"]),
        ([Term("Fed", "연준"), Term("Federal Reserve", "연준", variant_of="Fed")], []),
        ([Term("Fed", "연준", TermType.ORGANIZATION), Term("feed", "연준")], []),
        ([Term("East Sea", "일본해"), Term("East Sea", "일본해", status=FORBIDDEN)], ["forbidden-target"]),
        ([Term("ministry", "가부", valid_until="2025-09-30")], ["expired"]),
        ([Term("ministry", "가부", valid_until="2027-09-30")], []),
        ([Term("US", "미국"), Term("America", "미국은")], ["particle"]),
        ([Term("to Seoul", "서울에서")], ["particle"]),
        (
            [
                Term("meeting", "회의"),
                Term("Geoje Island", "거제도"),
                Term("Geoje", "거제"),
                Term("effect", "효과"),
            ],
            [],
        ),
        ([Term("summit", "summit talks")], ["no-hangul"]),
        ([Term("European Union", "EU"), Term("xAI", "xAI")], []),
        ([Term("the Fed", "연준", variant_of="Fed")], ["variant-lost"]),
        ([Term("a", "가", variant_of="b"), Term("b", "나", variant_of="a")], ["cycle", "cycle"]),
    ],
)
def test_each_doubt_has_its_code(rows: list[Term], expected: list[str]) -> None:
    assert [problem.code for problem in problems(rows, "2026-11-23")] == expected


def test_a_doubt_tells_the_place_of_its_row_and_of_the_other() -> None:
    rows = [Term("Seoul", "서울", origin="a.csv:2"), Term("Seoul", "서을", origin="b.csv:5")]
    (problem,) = problems(rows, "2026-11-23")
    assert str(problem) == "b.csv:5: conflict: 'Seoul' is '서을' here and '서울' at a.csv:2"


def pair(position: int, target: str, *terms: Honoured) -> Pair:
    return Pair("id", "doc", "doc/1", 3, position, "", target, terms=terms)


def named(source: str, target: str, *, honoured: bool = True) -> Honoured:
    return Honoured(source, target, TermType.PLACE, honoured)


def test_consistency_counts_renderings_with_their_places() -> None:
    kiev, missed, old = (
        named("Kyiv", "키이우"),
        named("Kyiv", "키이우", honoured=False),
        named("Kyiv", "키예프"),
    )
    rows = consistency(
        [
            pair(0, "키이우에서", kiev),
            pair(1, "키이우로", kiev, named("Seoul", "서울")),
            pair(2, "키예프는", old),
            pair(3, "키예프가", missed),
            pair(4, "수도가", missed),
        ]
    )
    assert [(row.source, row.count, row.share) for row in rows] == [("Kyiv", 5, 0.4), ("Seoul", 1, 1.0)]
    assert rows[0].renderings == (
        ("키예프", ("doc/1:3.2", "doc/1:3.3")),
        ("키이우", ("doc/1:3.0", "doc/1:3.1")),
        ("?", ("doc/1:3.4",)),
    )
