"""What the matcher takes for a term in a sentence, and what it leaves."""

import itertools
import random

import pytest

from bilingual.glossary.match import Matcher
from bilingual.records import Term, TermType

TITLE, PLACE, PERSON, ORGANIZATION = TermType.TITLE, TermType.PLACE, TermType.PERSON, TermType.ORGANIZATION
TERMS = [
    Term("US", "미국", PLACE, country="US"),
    Term("U.N. Security Council", "유엔 안전보장이사회", ORGANIZATION),
    Term("moon", "달"),
    Term("tariff", "관세"),
    Term("free trade agreement", "자유무역협정"),
    Term("Seoul", "서울", PLACE, country="KR"),
    Term("Korea", "한국", PLACE, country="KR"),
    Term("South Korea", "한국", PLACE, country="KR"),
    Term("S. Korea", "한국", PLACE, country="KR"),
    Term("Han", "한", PLACE),
    Term("the Fed", "연준", ORGANIZATION),
    Term("official", "당국자", TITLE),
    Term("minister", "장관", TITLE),
    Term("secretary of state", "국무장관", TITLE),
    Term("foreign ministry", "외교부", ORGANIZATION),
    Term("Yeo Han-koo", "여한구", PERSON),
    Term("Erdogan", "에르도안", PERSON),
    Term("O'Brien", "오브라이언", PERSON),
    Term("Korea Iron & Steel Association", "한국철강협회", ORGANIZATION),
    Term("Ministry of Trade, Industry and Resources", "산업통상부", ORGANIZATION),
]
MATCHER = Matcher(TERMS)
FOUND = [
    ("U.S. officials told us so.", ["U.S.", "officials"]),
    ("They met in the U.S.", ["U.S"]),
    ("The US-led talks", ["US"]),
    ("Moon said the moon was full.", ["moon"]),
    ("Tariffs rose; the Tariff Song did not.", ["Tariffs"]),
    ("Seoul's plan, Seoul’s plan and the officials' pay", ["Seoul", "Seoul", "officials"]),
    ("The ministers and the Secretaries of State", ["ministers", "Secretaries of State"]),
    ("the vice-minister, the ex-minister, a minister-level meeting", ["minister", "minister"]),
    ("The Fed and the Fed", ["The Fed", "the Fed"]),
    ("SEOUL (Reuters) - A FREE TRADE AGREEMENT", ["SEOUL", "FREE TRADE AGREEMENT"]),
    ("US CUTS TARIFF AS SEOUL WAITS", ["US", "TARIFF", "SEOUL"]),
    ("Seoul Calls for Lower Tariff in Talks with Foreign Ministry", ["Seoul", "Tariff", "Foreign Ministry"]),
    ("Yeo Han\u2011koo and Yeo  Han\u2013koo", ["Yeo Han\u2011koo", "Yeo  Han\u2013koo"]),
    ("Song Han-gil crossed the Han on Monday.", ["Han"]),
    (
        "a free-trade agreement, a free\u00a0trade\nagreement",
        ["free-trade agreement", "free\u00a0trade\nagreement"],
    ),
    ("S. Korea, S Korea and South Korea–U.S. ties", ["S. Korea", "S Korea", "South Korea", "U.S."]),
    ("Erdoğan, Erdog\u0306an and O’Brien", ["Erdoğan", "Erdog\u0306an", "O’Brien"]),
    ("the Korea Iron and Steel Association", ["Korea Iron and Steel Association"]),
    ("the Ministry of Trade, Industry and Resources said", ["Ministry of Trade, Industry and Resources"]),
    ("“Seoul” ‘Seoul’ (Seoul) Seoul/Seoul", ["Seoul"] * 5),
    ("Seoulites, OSeoul, Seoul_x, a@Seoul.kr and https://Seoul.kr/US", []),
    ("the UN Security Council", ["UN Security Council"]),
    ("", []),
    ("한국 Seoul\u200b 서울", ["Seoul"]),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_terms_are_found_as_they_stand_in_the_text(text: str, expected: list[str]) -> None:
    matches = MATCHER.find(text)
    assert [match.text for match in matches] == expected
    assert [text[match.start : match.end] for match in matches] == expected


@pytest.mark.parametrize(
    ("sources", "text", "expected"),
    [
        (["Korea", "South Korea"], "South Korea and Korea", ["South Korea", "Korea"]),
        (["Bank of Korea", "Korea Exchange", "Bank"], "the Bank of Korea Exchange", ["Bank of Korea"]),
        (["South Korea", "Korea Trade Promotion"], "South Korea Trade Promotion", ["Korea Trade Promotion"]),
        (["A B", "B C", "C D"], "A B C D", ["A B", "C D"]),
        (["A B C", "B"], "A B C B", ["A B C", "B"]),
        (["A B C"], "A B", []),
        (["A", "A A"], "A A A", ["A A", "A"]),
    ],
)
def test_overlapping_terms_are_taken_longest_first(
    sources: list[str], text: str, expected: list[str]
) -> None:
    found = Matcher(Term(source, "x", PLACE) for source in sources).find(text)
    assert [match.text for match in found] == expected


MINISTERS = [
    Term("foreign minister", "외교부 장관", TITLE, country="KR"),
    Term("foreign minister", "외교부장", TITLE, country="CN"),
    Term("foreign minister", "외무장관", TITLE),
    Term("Ministry of Economy and Finance", "기획재정부", ORGANIZATION, valid_until="2026-01-01"),
    Term("Ministry of Economy and Finance", "재정경제부", ORGANIZATION, valid_from="2026-01-02"),
    Term("Seoul", "서울", PLACE, country="KR"),
    Term("Chinese", "중국", PLACE, country="CN"),
    Term("Japan", "일본", PLACE, country="JP"),
    Term("Cho Hyun", "조현", PERSON, country="KR"),
    Term("unification minister", "통일부 장관", TITLE, country="KR"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seoul's foreign minister", "외교부 장관"),
        ("the Chinese Foreign Minister", "외교부장"),
        ("Japan's new foreign minister", "외무장관"),
        ("Foreign Minister Cho Hyun", "외교부 장관"),
        ("Cho Hyun, the foreign minister,", "외교부 장관"),
        ("the foreign ministers of Japan", "외무장관"),
    ],
)
def test_the_country_beside_a_title_decides_its_row(text: str, expected: str) -> None:
    match = next(match for match in Matcher(MINISTERS).find(text) if match.term.type is TITLE)
    assert (match.term.target, match.others) == (expected, ())


def test_without_a_country_beside_it_the_articles_countries_decide_and_doubt_is_told() -> None:
    (match,) = Matcher(MINISTERS).find("The foreign minister left.", countries=["CN", "KR"])
    assert match.term.target == "외교부장"
    assert [row.target for row in match.others] == ["외교부 장관", "외무장관"]


def test_the_countries_of_an_article_are_those_it_names_most() -> None:
    texts = ["Seoul and Japan", "Cho Hyun left Seoul.", "The foreign minister"]
    assert Matcher(MINISTERS).countries(texts) == ["KR", "JP"]


def test_a_title_of_one_country_is_not_given_to_another() -> None:
    assert [m.text for m in Matcher(MINISTERS).find("Japan's unification minister")] == ["Japan"]
    assert [m.text for m in Matcher(MINISTERS).find("the unification minister")] == ["unification minister"]


@pytest.mark.parametrize(
    ("date", "expected"), [("2025-12-30", "기획재정부"), ("2026-01-02", "재정경제부"), ("", "재정경제부")]
)
def test_the_date_of_the_article_decides_between_official_names(date: str, expected: str) -> None:
    for rows in (MINISTERS, MINISTERS[::-1]):
        (match,) = Matcher(rows).find("the Ministry of Economy and Finance", date=date)
        assert match.term.target == expected


def test_every_term_is_found_among_many_and_only_where_it_stands() -> None:
    dice = random.Random(3)
    words = ["".join(dice.choices("bdgklmnrst", k=3)).title() for _ in range(400)]
    sources = sorted({" ".join(dice.choices(words, k=dice.randint(1, 3))) for _ in range(2_000)})
    matcher = Matcher(Term(source, "x", PERSON) for source in sources)
    for source in sources[::7]:
        assert [match.text for match in matcher.find(f"(zz {source} zz)")] == [source]


def test_matches_never_overlap_and_come_in_order() -> None:
    dice = random.Random(5)
    matcher = Matcher(
        Term(" ".join(dice.choices("ABCD", k=dice.randint(1, 4))), "x", PLACE) for _ in range(60)
    )
    for _ in range(200):
        matches = matcher.find(" ".join(dice.choices("ABCD", k=12)))
        assert all(a.end < b.start for a, b in itertools.pairwise(matches))
