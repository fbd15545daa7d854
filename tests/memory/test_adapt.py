from dataclasses import dataclass

import pytest

from bilingual.memory.adapt import Change, adapt, mask
from bilingual.records import Term, TermType

TERMS = {
    term.source: term
    for term in (
        Term("NATO", "나토", TermType.ORGANIZATION),
        Term("the EU", "유럽연합", TermType.ORGANIZATION),
        Term("Cho Hyun", "조현", TermType.PERSON),
        Term("Article 5", "제5조", TermType.LAW),
    )
}


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    term: Term


def find(text: str) -> list[Found]:
    return [
        Found(text.index(source), text.index(source) + len(source), term)
        for source, term in TERMS.items()
        if source in text
    ]


@pytest.mark.parametrize(
    ("old", "target", "new", "expected", "changes"),
    [
        ("Up 31 percent.", "31% 올랐다.", "Up 2.5 percent.", "2.5% 올랐다.", [("31", "2.5", True)]),
        ("NATO agreed.", "나토는 동의했다.", "the EU agreed.", "유럽연합은 동의했다.",
         [("NATO", "the EU", True)]),
        ("the EU met NATO.", "유럽연합은 나토와 만났다.", "NATO met the EU.", "나토는 유럽연합과 만났다.",
         [("the EU", "NATO", True), ("NATO", "the EU", True)]),
        ("From 10 to 20.", "10에서 20으로.", "From 20 to 30.", "20에서 30으로.",
         [("10", "20", True), ("20", "30", True)]),
        ("10,000 won", "1만 원", "20,000 won", "1만 원", [("10,000", "20,000", False)]),
        ("On March 3, 3 died.", "3월 3일 3명이 숨졌다.", "On March 4, 4 died.", "3월 3일 3명이 숨졌다.",
         [("3", "4", False)]),
        ("5 of 10 in 10 days", "10일에 10명 중 5명", "5 of 12 in 9 days", "10일에 10명 중 5명",
         [("10", "12", False), ("10", "9", False)]),
        ("Article 5 of 1949", "1949년 제5조", "Article 5 of 1950", "1950년 제5조", [("1949", "1950", True)]),
        ("Up 3.", "3 올랐다.", "Up 3.", "3 올랐다.", []),
        ("Up 3 in 2024.", "2024년 3 올랐다.", "Up 4.", "2024년 3 올랐다.", [("3", "4", False)]),
    ],
)  # fmt: skip
def test_what_differs_is_put_right_where_it_is_beyond_doubt(
    old: str, target: str, new: str, expected: str, changes: list[tuple[str, str, bool]]
) -> None:
    adapted, made = adapt(target, mask(old, find), mask(new, find))
    assert adapted == expected
    assert made == tuple(Change(*change) for change in changes)


def test_a_person_does_not_pass_for_an_organization() -> None:
    assert mask("NATO agreed.", find).text == mask("the EU agreed.", find).text
    assert mask("NATO agreed.", find).text != mask("Cho Hyun agreed.", find).text
