"""People in context: units in Korean order, later mentions, and who is meant, sentence by sentence."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bilingual.glossary.inject import shifted
from bilingual.glossary.match import Matcher
from bilingual.glossary.people import Style, requirements
from bilingual.records import Later, Term, TermStatus, TermType

GOLD = Path(__file__).parent.parent / "gold"
EXPECTED = Path(__file__).parent / "people.tsv"
P, T, G, L = TermType.PERSON, TermType.TITLE, TermType.ORGANIZATION, TermType.PLACE
TERMS = [
    Term("Howard Lutnick", "하워드 러트닉", P),
    Term("Yeo Han-koo", "여한구", P),
    Term("Lee Jae Myung", "이재명", P),
    Term("Moon Jae-in", "문재인", P),
    Term("Wi Sung-lac", "위성락", P),
    Term("Mark Rutte", "마르크 뤼터", P),
    Term("Annika Lindqvist", "안니카 린드크비스트", P),
    Term("Kim Rae-hyuk", "김래혁", P),
    Term("Kim Seo-yeong", "김서영", P),
    Term("Donald Trump", "도널드 트럼프", P),
    Term("Trump", "트럼프", P),
    Term("Putin", "푸틴", P),
    Term("Wang Lihua", "왕리화", P),
    Term("Pieter van der Heijden", "피터르 판데르헤이던", P),
    Term("Do Kwang-il", "도광일", P),
    Term("Commerce Secretary", "상무장관", T),
    Term("Trade Minister", "통상교섭본부장", T),
    Term("National Security Adviser", "국가안보실장", T),
    Term("president", "대통령", T),
    Term("secretary general", "사무총장", T),
    Term("commissioner for trade", "통상 담당 집행위원", T),
    Term("presiding judge", "재판장", T),
    Term("judge", "재판장", T),
    Term("chief executive", "최고경영자", T),
    Term("minister", "장관", T),
    Term("US", "미국", L),
    Term("Seoul", "서울", L),
    Term("South Korea", "한국", L),
    Term("South Korean", "한국", L),
    Term("Olympic Park", "올림픽공원", L),
    Term("NATO", "나토", G),
    Term("EU", "EU", G),
    Term("European Union", "유럽연합", G),
    Term("Fietsen", "피천", G),
]
# sentences of one article, and what each requires
CASES = [
    (
        "US Commerce Secretary Howard Lutnick left.",
        "하워드 러트닉 미국 상무장관",
    ),
    (
        "Trade Minister Yeo Han-koo left.",
        "여한구 통상교섭본부장",
    ),
    (
        "Seoul's Trade Minister Yeo Han-koo left.",
        "여한구 통상교섭본부장",
    ),
    (
        "South Korea’s Trade Minister Yeo Han-koo left.",
        "여한구 통상교섭본부장",
    ),
    (
        "In Seoul Trade Minister Yeo Han-koo left.",
        "서울, 여한구 통상교섭본부장",
    ),
    (
        "President Lee Jae Myung's plan",
        "이재명 대통령",
    ),
    (
        "Former President Moon Jae-in left.",
        "문재인 전 대통령",
    ),
    (
        "South Korea's former President Moon Jae-in",
        "문재인 전 대통령",
    ),
    (
        "Former US President Donald Trump",
        "도널드 트럼프 전 미국 대통령",
    ),
    (
        "Mark Rutte, the NATO secretary general, said so.",
        "마르크 뤼터 나토 사무총장",
    ),
    (
        "Mark Rutte, secretary general of NATO, said so.",
        "마르크 뤼터 나토 사무총장",
    ),
    (
        "with Annika Lindqvist, the EU's commissioner for trade.",
        "안니카 린드크비스트 EU 통상 담당 집행위원",
    ),
    (
        "The president, Lee Jae Myung, left.",
        "이재명 대통령",
    ),
    (
        "Pieter van der Heijden, a chief executive at Fietsen",
        "피터르 판데르헤이던, 최고경영자, 피천",
    ),
    (
        "Presidents Lee Jae Myung and Donald Trump met.",
        "이재명 대통령, 도널드 트럼프 대통령",
    ),
    (
        "National Security Adviser Wi Sung-lac met him. | Wi said so.",
        "위성락 국가안보실장 | 위 실장",
    ),
    (
        "Mark Rutte, the NATO secretary general, left. | Rutte's plan",
        "마르크 뤼터 나토 사무총장 | 뤼터 사무총장",
    ),
    (
        "Rutte to visit | Mark Rutte left.",
        "뤼터 | 마르크 뤼터",
    ),
    (
        "Wang Lihua left. | Wang spoke.",
        "왕리화 | 왕리화",
    ),
    (
        "Pieter van der Heijden left. | But van der Heijden spoke.",
        "피터르 판데르헤이던 | 판데르헤이던",
    ),
    (
        "President Lee Jae Myung left. | Mr. Lee spoke. | President Lee spoke.",
        "이재명 대통령 | 이 대통령 | 이 대통령",
    ),
    (
        "Donald Trump spoke. | US President Trump left.",
        "도널드 트럼프 | 트럼프 미국 대통령",
    ),
    (
        "Kim Rae-hyuk and Presiding Judge Kim Seo-yeong | Judge Kim said Kim lied.",
        "김래혁, 김서영 재판장 | 김 재판장, 김래혁",
    ),
    (
        "Kim Rae-hyuk met Kim Seo-yeong. | Kim left.",
        "김래혁, 김서영 | ",
    ),
    (
        "Moon Jae-in spoke. | The moon rose, Moon said.",
        "문재인 | 문재인",
    ),
    (
        "Do Kwang-il spoke. | Do you know? | “We won,” Do said. | Do said no.",
        "도광일 |  | 도광일 | 도광일",
    ),
    (
        "Lee Jae Myung went to Lee Avenue. | Bruce Lee left.",
        "이재명 | ",
    ),
    (
        "The minister left. | President Lee Jae Myung saw the minister.",
        " | 이재명 대통령",
    ),
    (
        "The European Union (EU) said the EU (EU)",
        "유럽연합(EU), EU(EU)",
    ),
    (
        "Trump to visit | Donald Trump, the US president, said so. | Trump left.",
        "트럼프 대통령 | 도널드 트럼프 미국 대통령 | 트럼프 대통령",
    ),
    (
        "President Lee Jae Myung met US President Donald Trump. | The Trump tariffs hurt the Lee team.",
        "이재명 대통령, 도널드 트럼프 미국 대통령 | 트럼프, 이재명",
    ),
    (
        "President Putin left. | Putin said so.",
        "푸틴 대통령 | 푸틴 대통령",
    ),
    (
        "MOON LEAVES | Moon Jae-in left.",
        " | 문재인",
    ),
]


def targets(sentences: list[str], terms: list[Term] = TERMS, style: Style | None = None) -> list[list[str]]:
    matcher = Matcher(terms)
    found = requirements(sentences, [matcher.find(text) for text in sentences], style=style)
    return [[item.target for item in row] for row in found]


@pytest.mark.parametrize(("article", "expected"), CASES)
def test_people_are_said_in_korean_order_and_by_house_rule(article: str, expected: str) -> None:
    found = targets(article.split(" | "))
    assert " | ".join(", ".join(row) for row in found) == expected


def test_the_house_rule_can_be_switched() -> None:
    article = ["National Security Adviser Wi Sung-lac met Lee Jae Myung.", "Wi and Lee spoke."]
    assert targets(article)[1] == ["위 실장", "이재명"]
    assert targets(article, style=Style(later=Later.NAME))[1] == ["위성락", "이재명"]
    assert targets(article, style=Style(later=Later.OFF))[1] == []
    assert targets(article, style=Style(private="씨"))[1] == ["위 실장", "이 씨"]
    assert targets(["The minister left."], style=Style(bare_titles=True)) == [["장관"]]
    assert targets(["Seoul's Trade Minister Yeo Han-koo"], style=Style(own=frozenset())) == [
        ["여한구 서울 통상교섭본부장"]
    ]


def test_a_korean_has_the_title_of_a_korean_office() -> None:
    titles = [Term("adviser", "보좌관", T, country="US"), Term("adviser", "국가안보실장", T, country="KR")]
    article = ["Adviser Wi Sung-lac met Adviser Mark Rutte.", "Wi and Rutte left."]
    expected = [["위성락 국가안보실장", "마르크 뤼터 보좌관"], ["위 실장", "뤼터 보좌관"]]
    assert targets(article, [*TERMS, *titles]) == expected


def test_a_surname_of_somebody_unknown_is_left_to_the_model() -> None:
    article = ["Wi Sung-lac met Wi Ha-joon.", "Wi left."]
    matches = [Matcher(TERMS).find(text) for text in article]
    found = requirements(article, matches, others=[[(0, 11), (16, 26)], []])
    assert [[item.target for item in row] for row in found] == [["위성락"], []]


def test_rejected_and_forbidden_terms_require_nothing() -> None:
    terms = [
        Term("Mark Rutte", "마르크 루테", P, status) for status in (TermStatus.REJECTED, TermStatus.FORBIDDEN)
    ]
    assert targets(["Mark Rutte left."], terms) == [[]]


def test_units_cover_the_words_they_stand_for() -> None:
    text = (
        "But US Commerce Secretary Howard Lutnick, who left, and Mark Rutte, the NATO secretary general, met."
    )
    (row,) = requirements([text], [Matcher(TERMS).find(text)])
    assert [item.source for item in row] == [
        "US Commerce Secretary Howard Lutnick",
        "Mark Rutte, the NATO secretary general,",
    ]
    assert all(text[item.start : item.end] == item.source for item in row)


PIECES = [
    *(term.source for term in TERMS),
    *"the said , 's and of former Mr. Kim Wi Lee Rutte ( ) . moon".split(),
    "",
]
MATCHER = Matcher(TERMS)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join), max_size=4))
def test_requirements_of_any_text_lie_apart_and_within_it(sentences: list[str]) -> None:
    found = requirements(sentences, [MATCHER.find(text) for text in sentences])
    assert len(found) == len(sentences)
    for text, row in zip(sentences, found, strict=True):
        edges = [edge for item in row for edge in (item.start, item.end)]
        assert edges == sorted(edges)
        assert [text[item.start : item.end] for item in row] == [item.source for item in row]
        sent, spans = shifted(text, row)
        assert [sent[start:end] for start, end in spans] == [item.target for item in row]


def gold(number: str) -> tuple[list[Term], list[str]]:
    terms = [Term(row[0], row[1], TermType(row[2])) for row in rows(GOLD / f"{number}.terms.tsv")]
    return terms, [row[0] for row in rows(GOLD / f"{number}.pairs.tsv")]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ARTICLES = [f"{number:02}" for number in range(1, 21)]


@pytest.mark.parametrize("number", ARTICLES)
def test_people_of_a_whole_article(number: str) -> None:
    terms, sentences = gold(number)
    matcher = Matcher(terms)
    found = requirements(sentences, [matcher.find(text) for text in sentences])
    units = [
        [number, str(place), item.source, item.target]
        for place, row in enumerate(found, 1)
        for item in row
        if item.type is P
    ]
    assert units == [row for row in rows(EXPECTED) if row[0] == number]


def test_every_second_mention_of_the_articles_is_resolved() -> None:
    expected = Counter[tuple[str, str]]()
    for number in ARTICLES:
        people = {row[0] for row in rows(GOLD / f"{number}.terms.tsv") if row[2] == "person"}
        shorts = [row for row in rows(GOLD / f"{number}.short.tsv") if row[1] in people]
        expected.update({(number, row[0]): int(row[2]) for row in shorts})
    units = Counter((row[0], row[2]) for row in rows(EXPECTED))
    assert {key: units[key] for key in expected} == dict(expected)
