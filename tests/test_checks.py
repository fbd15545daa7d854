import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.checks import CHECKS, Known, check_pair, check_pairs
from bilingual.records import Honoured, Issue, Pair, Term, TermStatus, TermType
from bilingual.text.numbers import english_hints, english_numbers, korean_numbers, korean_words

ISSUES = [
    ("empty", "He left.", "", [""]),
    ("empty", "He left.", " \n", [""]),
    ("empty", "", "", []),
    ("empty", "He left.", "그는 떠났다.", []),
    # numbers that are right though rewritten
    ("number", "The fund holds 1,171.3 trillion won.", "기금 규모는 1171조3000억 원이다.", []),
    ("number", "They may ship 2.63 million tons a year.", "연간 263만 t까지 수출할 수 있다.", []),
    ("number", "It cost $3.5 billion.", "35억 달러가 들었다.", []),
    ("number", "About 35,000 people came.", "3만5천 명가량이 왔다.", []),
    ("number", "Over 99,700 Japanese are 100.", "100세 일본인이 9만9천700명을 넘는다.", []),
    ("number", "The bank fined it 12.4 bln won.", "은행은 과징금 124억 원을 물렸다.", []),
    ("number", "A burger costs $5.80.", "햄버거는 5달러 80센트다.", []),
    ("number", "She finished in 52.41 seconds.", "그는 52초41로 들어왔다.", []),
    ("number", "The 2 men and 3 women left.", "남자 두 명과 여자 세 명이 떠났다.", []),
    ("number", "He is 26.", "그는 스물여섯 살이다.", []),
    ("number", "It fell 50 percent.", "절반으로 줄었다.", []),
    ("number", "It opens at 8 p.m. on Sept. 8.", "9월 8일 20시에 연다.", []),
    ("number", "The fire began at 11:00.", "화재는 11시에 났다.", []),
    ("number", "in the 1990s and 1995-96", "90년대와 1995~1996년에", []),
    ("number", "Two dozen ships and half a million people", "배 24척과 50만 명", []),
    ("number", "two hundred and fifty thousand voters", "유권자 25만 명", []),
    ("number", "for three decades and two centuries", "30년, 200년 동안", []),
    ("number", "World War II ended.", "제2차 세계대전이 끝났다.", []),
    ("number", "Article 247 of the law", "법 제247조", []),
    ("number", "Article 247 applies.", "제247조를 적용한다.", []),
    ("number", "Two decades ago, and 3 more", "20년 전, 그리고 3", []),
    ("number", "It got a third of that.", "그중 3분의 1만 받았다.", []),
    ("number", "It broke into 29 pieces.", "29조각으로 깨졌다.", []),
    ("number", "the pandemic", "코로나19 대유행", []),
    ("number", "COVID-19 and the F-16", "코로나19와 F-16", []),
    ("number", "See https://a.kr/123 for more.", "자세한 내용은 https://a.kr/123 참조.", []),
    # numbers that are wrong
    ("number", "exports of 2.8 million barrels", "28만 배럴 수출", ["2.8 million", "+28만"]),
    ("number", "It turned over 10 billion euros.", "매출은 100억 유로다.", []),
    ("number", "US$14.7 billion", "1470억 달러", ["14.7 billion", "+1470억"]),
    ("number", "It fell 3.4 percent.", "3.5% 하락했다.", ["3.4"]),
    ("number", "He scored 17 goals.", "그는 골을 넣었다.", ["17"]),
    ("number", "He scored goals.", "그는 17골을 넣었다.", ["+17"]),
    ("number", "on March 12, 2026", "2025년 3월 12일", ["2026", "+2025"]),
    # leftover
    ("leftover", "He runs the company.", "그는 company를 운영한다.", ["company"]),
    ("leftover", "Stardust's manager Tom Duxbury", "Tom Duxbury Stardust 관리자", ["Duxbury Stardust"]),
    ("leftover", "The cell is small.", "세포(cell)는 작다.", []),
    ("leftover", "The EU and NATO agreed.", "EU와 NATO는 합의했다.", []),
    ("leftover", "Erkoç and Gürses", "Erkoç와 Gürses", []),
    ("leftover", "at 5 km and 3 kWh", "5 km, 3 kWh에서", []),
    ("leftover", "Use iPhone or `rm x`.", "iPhone이나 `rm x`를 쓴다.", []),
    ("leftover", "Mail a@b.kr", "a@b.kr로 보낸다", []),
    # protected
    ("protected", "See https://a.kr/b.", "참조.", ["https://a.kr/b"]),
    ("protected", "Won 🎉🎉", "이겼다 🎉", ["🎉🎉"]),
    ("protected", "#Seoul by @kim", "@kim의 #Seoul", []),
    # particle
    ("particle", "NATO agreed.", "NATO은 합의했다.", ["NATO은 → 는"]),
    ("particle", "It rose 50%.", "50%을 올랐다.", ["50%을 → 를"]),
    ("particle", "OPEC agreed.", "OPEC은 합의했다.", []),
    ("particle", "They moved. This route is open.", "그들은 이동했습니다.이 노선은 열려 있다.", []),
    ("particle", "They left the bank.", "그들은 은행을 떠났다.", []),
    # marks
    ("marks", '"Go," he said.', '"가라고 그는 말했다.', ['"']),
    ("marks", "He left (today).", "그는 (오늘 떠났다.", ["("]),
    ("marks", "“Go,” he said.", "“가라”고 그는 말했다.", []),
    ("marks", '"Go.', '"가라.', []),
    ("marks", "1) Go.", "1) 가라.", []),
    ("marks", "He said so.", '그는 "그렇다"고 했다.', []),
    # loop
    ("loop", "The investigation began.", "조사에 대한 조사에 대한 조사에 대한 조사가 시작됐다.", [""]),
    ("loop", "Ha ha ha ha, he said.", "하하하하, 그는 말했다.", []),
    ("loop", "go go go go go", "가자 가자 가자 가자 가자", []),
    # length
    (
        "length",
        "The committee met on Tuesday and adopted the budget without a vote. " * 3,
        "끝.",
        ["204 → 2"],
    ),
    ("length", "Yes.", "그렇다.", []),
    ("length", "IMF", "국제통화기금(IMF)", []),
    # garbled
    ("garbled", 'He said "go".', "그는 &quot;가라&quot;고 했다.", ["&quot;"]),
    ("garbled", "The name is Zoë.", "이름은 조\ufffd다.", ["\ufffd"]),
    ("garbled", "R&amp;D rose.", "R&amp;D가 늘었다.", []),
]


def pair(source: str, target: str, **more: object) -> Pair:
    return Pair("", "", "", 0, 0, source, target, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "source", "target", "details"), ISSUES)
def test_a_check_fires_on_what_is_wrong_and_on_nothing_else(
    code: str, source: str, target: str, details: list[str]
) -> None:
    assert [issue.detail for issue in check_pair(pair(source, target)) if issue.code == code] == details


def test_every_check_has_cases_that_fire_and_cases_that_do_not() -> None:
    fired = {code for code, _, _, details in ISSUES if details}
    quiet = {code for code, _, _, details in ISSUES if not details}
    elsewhere = {"term", "forbidden"}
    assert {code for code, _ in CHECKS} - elsewhere <= fired & quiet


def test_terms_that_are_missing_and_terms_that_are_forbidden_are_named() -> None:
    terms = (
        Honoured("NATO", "나토", TermType.ORGANIZATION, honoured=True),
        Honoured("Kyiv", "키이우", TermType.PLACE, honoured=False),
    )
    known = Known(forbidden=(Term("Kyiv", "키예프", status=TermStatus.FORBIDDEN), Term("yiv", "예프")))
    issues = check_pair(pair("NATO met in Kyiv.", "나토는 키예프에서 만났다.", terms=terms), known)
    assert issues == (Issue("term", "Kyiv → 키이우"), Issue("forbidden", "Kyiv → 키예프"))


def test_digits_of_a_term_are_no_numbers_of_the_sentence() -> None:
    terms = (Honoured("Korean War", "6·25전쟁", TermType.EVENT, honoured=True),)
    assert check_pair(pair("The Korean War ended.", "6·25전쟁이 끝났다.", terms=terms)) == ()
    lost = pair("The Korean War took 53 of them.", "6·25전쟁 때 그들을 잃었다.", terms=terms)
    assert check_pair(lost) == (Issue("number", "53"),)


def test_known_words_let_particles_be_checked_after_hangul() -> None:
    known = Known(words=frozenset({"이재명"}))
    assert check_pair(pair("Lee came.", "이재명가 왔다."), known) == (Issue("particle", "이재명가 → 이"),)
    assert check_pair(pair("Lee came.", "이재명가 왔다.")) == ()


def test_one_source_translated_in_two_ways_is_named_on_both_pairs() -> None:
    pairs = [
        pair("He  left.", "그는 떠났다."),
        pair("He left.", "그가 갔다."),
        pair("She left.", "그가 갔다."),
    ]
    assert check_pairs(pairs) == [
        (Issue("inconsistent", "그가 갔다."),),
        (Issue("inconsistent", "그는 떠났다."),),
        (),
    ]
    assert check_pairs([pairs[0], pairs[0]]) == [(), ()]
    assert check_pairs([pairs[0], pair("He left.", "")]) == [(), (Issue("empty"),)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("3.5 million and 4bn", [3_500_000, 4_000_000_000]),
        ("1,234.5", [Decimal("1234.5")]),
        ("the 19th of 2026", [19, 2026]),
        ("no numbers", []),
        ("1.2.3.4", [Decimal("1.2")]),
    ],
)
def test_english_numbers_have_their_values(text: str, values: list[float]) -> None:
    assert [max(number.values) for number in english_numbers(text)] == values


def test_words_hint_at_values() -> None:
    assert {250_000, 3, 19} <= english_hints("two hundred fifty thousand, the third, nineteen")
    assert {20, 12} <= english_hints("two decades and a dozen")
    assert {2, 12, 120_000} <= korean_words("두 명, 열두 명, 십이만 명")


@given(st.text())
def test_any_text_can_be_checked(text: str) -> None:
    check_pair(pair(text, text))
    assert [issue for issue in check_pair(pair("a", text or " ")) if not issue.code] == []


@given(st.integers(1, 10**15))
def test_a_number_written_in_korean_units_is_the_number(value: int) -> None:
    units = ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, ""))
    digits = [(value // unit % 10**4, name) for unit, name in units]
    digits[0] = (value // 10**12, "조")
    text = "".join(f"{count}{name}" for count, name in digits if count)
    assert value in {found for number in korean_numbers(text) for found in number.values}


@pytest.mark.parametrize("seed", ["1,", "1만", "(", "a b ", "가 ", "1.", "한", "x(", "3 ", " ", "국은"])
def test_time_grows_with_length_and_no_faster(seed: str) -> None:
    def seconds(size: int) -> float:
        text = (seed * size)[:size]
        began = time.process_time()
        check_pair(pair(text, text))
        return time.process_time() - began

    assert seconds(16_000) < 8 * 4 * max(seconds(2_000), 0.005)
