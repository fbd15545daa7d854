"""The glossaries that ship, over what CLDR says."""

import pytest

from bilingual.formats.glossaries import base_files, order, read_glossary
from bilingual.glossary.check import problems
from bilingual.glossary.cldr import cldr_terms
from bilingual.glossary.match import Matcher
from bilingual.glossary.merge import layered
from bilingual.records import Term, TermStatus


@pytest.fixture(scope="module")
def rows() -> list[Term]:
    return [row for path in base_files() for row in read_glossary(path)]


@pytest.fixture(scope="module")
def matcher(rows: list[Term]) -> Matcher:
    return Matcher(t for t in layered([cldr_terms(), rows]).terms if t.status is TermStatus.APPROVED)


def test_nothing_is_to_be_doubted_in_them(rows: list[Term]) -> None:
    assert [str(problem) for problem in problems(rows, "2026-11-23")] == []
    assert len(rows) > 8_000


def test_each_file_is_sorted_so_that_a_change_is_one_line() -> None:
    for path in base_files():
        terms = read_glossary(path)
        assert terms == sorted(terms, key=order), path.name


def test_no_row_repeats_what_cldr_says(rows: list[Term]) -> None:
    known = {(term.source, term.target, term.country) for term in cldr_terms()}
    same = [row.source for row in rows if (row.source, row.target, row.country) in known]
    assert [source for source in same if source not in {"Réunion", "Jersey"}] == []


SENTENCES = [
    ("Trade Minister Yeo Han-koo left Seoul.", "통상교섭본부장 여한구 서울"),
    ("US Commerce Secretary Howard Lutnick", "미국 상무장관 하워드 러트닉"),
    ("Japan's Foreign Minister Toshimitsu Motegi", "일본 외무상 모테기 도시미쓰"),
    ("Chinese Foreign Minister Wang Yi", "중국 외교부장 왕이"),
    ("Polish Foreign Minister", "폴란드 외교장관"),
    ("Russian Foreign Minister Sergey Lavrov", "러시아 외무장관 세르게이 라브로프"),
    ("Chinese President Xi Jinping", "중국 국가주석 시진핑"),
    ("Taiwanese President Lai Ching-te", "대만 총통 라이칭더"),
    ("National Security Adviser Wi Sung-lac", "국가안보실장 위성락"),
    ("U.S. national security adviser", "미국 국가안보보좌관"),
    ("The Fed and the Bank of Korea (BOK)", "연준 한국은행"),
    ("Kyiv and Türkiye paid in US dollars", "키이우 튀르키예 달러"),
    ("Georgia state officials", "조지아주"),
    ("Georgian Prime Minister", "조지아 총리"),
    ("The EU and NATO met in the U.S.", "EU 나토 미국"),
    ("A reunion in New Jersey; us, the moon and won", "뉴저지"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_news_names_come_out_as_the_korean_press_writes_them(
    matcher: Matcher, text: str, expected: str
) -> None:
    found = matcher.find(text, date="2026-03-12")
    assert " ".join(match.term.target for match in found) == expected


@pytest.mark.parametrize(("date", "expected"), [("2025-12-01", "기획재정부"), ("2026-03-01", "재정경제부")])
def test_the_finance_ministry_of_seoul_goes_by_the_date(matcher: Matcher, date: str, expected: str) -> None:
    matches = matcher.find("Seoul's finance ministry", date=date)
    assert [match.term.target for match in matches] == ["서울", expected]


def test_languages_are_proposed_and_not_enforced() -> None:
    languages = {term.source: term for term in cldr_terms() if "language" in term.origin}
    assert languages["Korean"].status is TermStatus.PROPOSED
    assert (languages["Korean language"].target, languages["Korean language"].status) == (
        "한국어",
        "approved",
    )
