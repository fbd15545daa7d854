"""Layers of glossaries, decisions taken over, and the fingerprint."""

import pytest

from bilingual.glossary.merge import glossary_fingerprint, layered, take_over, unknown
from bilingual.records import Term, TermStatus, TermType

APPROVED, PROPOSED = TermStatus.APPROVED, TermStatus.PROPOSED
REJECTED, FORBIDDEN = TermStatus.REJECTED, TermStatus.FORBIDDEN


def term(
    source: str, target: str, status: TermStatus = APPROVED, country: str = "", origin: str = ""
) -> Term:
    return Term(source, target, TermType.TITLE, status, country=country, origin=origin)


@pytest.mark.parametrize(
    ("below", "above", "expected"),
    [
        ([term("Kiev", "키예프")], [term("Kiev", "키이우")], ["키이우"]),
        ([term("U.S.", "미합중국")], [term("US", "미국")], ["미국"]),
        ([term("US", "미국")], [term("us", "우리")], ["미국", "우리"]),
        (
            [term("minister", "장관"), term("minister", "상", country="JP")],
            [term("minister", "부장")],
            ["부장"],
        ),
        (
            [term("minister", "장관"), term("minister", "상", country="JP")],
            [term("minister", "대신", country="JP")],
            ["장관", "대신"],
        ),
        ([term("talks", "회담")], [term("talks", "회담", REJECTED)], []),
        ([term("talks", "회담")], [term("talks", "협상", REJECTED)], ["회담"]),
        ([term("talks", "회담")], [term("talks", "회담", FORBIDDEN)], ["회담"]),
        ([term("talks", "회담")], [term("talks", "협의", PROPOSED)], ["회담", "협의"]),
        ([term("talks", "협의", PROPOSED)], [term("talks", "회담")], ["회담"]),
    ],
)
def test_a_later_layer_wins_over_rows_of_the_same_source(
    below: list[Term], above: list[Term], expected: list[str]
) -> None:
    assert [row.target for row in layered([below, above]).terms] == expected


def test_conflicts_name_both_places() -> None:
    merged = layered([[term("Kiev", "키예프", origin="a.csv:3")], [term("Kiev", "키이우", origin="b.csv:7")]])
    assert [str(conflict) for conflict in merged.conflicts] == [
        "Kiev: 키이우 (b.csv:7) instead of 키예프 (a.csv:3)"
    ]
    assert layered([[term("Kiev", "키이우")], [term("Kiev", "키이우")]]).conflicts == ()


def test_rows_of_one_layer_leave_each_other_alone() -> None:
    rows = [term("Fed", "연준"), term("Fed", "연방준비제도")]
    assert layered([rows]).terms == tuple(rows)


def test_only_rows_that_do_not_stand_yet_are_taken_over() -> None:
    held = [term("Wi", "위"), term("Yeo", "여")]
    rows = [term("Wi", "위"), term("Yeo", "여", REJECTED), term("Cho", "조")]
    assert unknown(rows, held) == rows[1:]
    assert take_over(held, rows[1:]) == [held[0], *rows[1:]]


def test_the_fingerprint_changes_with_terms_and_with_nothing_else() -> None:
    rows = [term("Wi", "위", origin="a:1"), term("Yeo", "여")]
    same = glossary_fingerprint([rows[1], term("Wi", "위", origin="b:9")])
    assert same == glossary_fingerprint(rows)
    assert glossary_fingerprint([rows[0]]) != same
    assert len(same) == 16
