"""Numbers of English and Korean text as values, so that 2.63 million and 263만 are the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "b": 10**9,
    "dozen": 12, "bln": 10**9, "mln": 10**6, "trln": 10**12,
}  # fmt: skip


def _counted(words: str, first: int = 1, step: int = 1) -> dict[str, int]:
    """Words by their place.

    >>> _counted("twenty thirty", 20, 10)
    {'twenty': 20, 'thirty': 30}
    """
    return {word: first + step * place for place, word in enumerate(words.split())}


_WORDS = (
    _counted("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen", 0)
    | _counted("fifteen sixteen seventeen eighteen nineteen", 15)
    | _counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
)
_HINTS = (
    _counted("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth")
    | _counted("fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth", 14)
    | _counted("twenties thirties forties fifties sixties seventies eighties nineties", 20, 10)
    | _counted("january february march april may june july august september october november december")
    | _counted("jan feb mar apr may jun jul aug sep oct nov dec")
    | {
        "sept": 9,
        "once": 1,
        "twice": 2,
        "thrice": 3,
        "double": 2,
        "triple": 3,
        "couple": 2,
        "pair": 2,
        "twin": 2,
    }
    | {"both": 2, "half": 50, "quarter": 4, "thirds": 3, "quarters": 4, "fifths": 5, "hour": 60, "day": 24}
    | {
        "decade": 10,
        "decades": 10,
        "dozen": 12,
        "dozens": 10,
        "century": 100,
        "centuries": 100,
        "centenary": 100,
    }
    | {
        "teens": 10,
        "teenager": 10,
        "teenagers": 10,
        "teenage": 10,
        "noon": 12,
        "midnight": 12,
        "fortnight": 14,
    }
    | {
        "hundred": 100,
        "hundreds": 100,
        "hundredth": 100,
        "thousand": 1000,
        "thousands": 1000,
        "thousandth": 1000,
    }
    | {"million": 10**6, "millions": 10**6, "millionth": 10**6, "billion": 10**9, "billions": 10**9}
    | {"pandemic": 19, "coronavirus": 19, "covid": 19}
)
_SHARES = {"half": 30, "quarter": 25, "fifth": 20, "third": 33, "thirds": 67, "quarters": 75, "century": 50}
_UNITS = {"decade": 10, "decades": 10, "dozen": 12, "score": 20, "century": 100, "centuries": 100}
_ROMAN = _counted("II III IV V VI VII VIII IX X XI XII", 2)
_ENGLISH = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:(?P<short>bn|mn|tn|k|m|b)\b"
    r"|[\s-](?P<scale>hundred|thousand|million|billion|trillion|dozen|bln|mln|trln|bn)s?\b)?"
    r"(?P<decade>(?:['’])?s\b)?",
    re.IGNORECASE,
)
_PLACE = "(?:[십백천만억]|조(?![각례직사항합기]))"
_KOREAN = re.compile(
    r"(?<=^제)\d+|(?<=[^가-힣]제)\d+|(?<=[^가-힣]제\s)\d+"
    rf"|(?<![\d.,])(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:\s?{_PLACE}++)*"
    rf"(?:\s?\d[\d,.]*+\s?{_PLACE}++)*(?:(?<=[만억조천])\s?\d{{1,4}}(?![\d.,]*\d))?"
)
_SPLIT = re.compile(r"(\d+)(?:초|달러|유로|파운드|%) ?(\d{1,2})(?!\d)")
_HALF = re.compile(r"half an? (million|billion|trillion)|(?:decade|hour) and a half", re.IGNORECASE)
_SINO = re.compile(r"[일이삼사오육칠팔구십백천만억조]+")
_DIGITS = {digit: value for value, digit in enumerate("일이삼사오육칠팔구", 1)}
_SMALL = {"십": 10, "백": 100, "천": 1000}
_LARGE = {"만": 10**4, "억": 10**8, "조": 10**12}
_NATIVE = {
    int(row.split()[0]): tuple(row.split()[1:])
    for row in """
        1 한 하나 첫 홑 외|2 두 둘 양 쌍 이중 재차|3 세 셋 석 서 삼|4 네 넷 넉 사
        |5 다섯 오|6 여섯 육|7 일곱 칠|8 여덟 팔|9 아홉 구|10 열 십|11 열한 십일
        |12 열두 열둘 십이 다스|13 열세 십삼|14 열네 십사|15 열다섯 십오 보름|16 열여섯 십육|17 열일곱
        |18 열여덟|19 열아홉|20 스무 스물 이십|24 종일 스물네|25 4분의|30 서른 삼십|40 마흔 사십
        |50 쉰 오십 절반 반
        |60 예순 육십|70 일흔 칠십|75 4분의|80 여든 팔십|90 아흔 구십|100 백 세기|1000 천|10000 만
    """.split("|")
}
_TENS = _counted("열 스물 서른 마흔 쉰 예순 일흔 여든 아흔", 10, 10)
_ONES = _counted("한 두 세 네 다섯 여섯 일곱 여덟 아홉")
_TENS_ONES = re.compile(rf"({'|'.join(_TENS)})({'|'.join(_ONES)})")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands in a text, and the values it may have in a translation."""

    text: str
    values: frozenset[Decimal]


def english_numbers(text: str) -> list[Number]:
    """Numbers written in digits; a clock time may be told in 12 or 24 hours, a decade in two digits.

    >>> [(n.text, *map(int, sorted(n.values))) for n in english_numbers("3.5 million in the 1990s")]
    [('3.5 million', 3500000), ('1990s', 90, 1990)]
    """
    return [_english(text, match) for match in _ENGLISH.finditer(text) if not _full_hour(text, match)]


def _full_hour(text: str, match: re.Match[str]) -> bool:
    return match[0] == "00" and text[match.start() - 1 : match.start()] == ":"


def _english(text: str, match: re.Match[str]) -> Number:
    scale = (
        _SCALES[(match["short"] or match["scale"] or "").lower()] if match["short"] or match["scale"] else 1
    )
    value = Decimal(match["number"].replace(",", ""))
    values = {value * scale}
    if match["short"] in {"m", "k", "b"}:
        values.add(value)
    if match["decade"]:
        values.add(value % 100)
    if century := re.search(r"(\d\d)\d\d[-–]$", text[max(0, match.start() - 5) : match.start()]):
        values.add(Decimal(century[1]) * 100 + value)
    if re.match(r"\s?[ap]\.?m\b|:\d\d", text[match.end() :], re.IGNORECASE):
        values |= {value + 12, value - 12, value % 12}
    return Number(match[0].strip(), frozenset(values))


def english_hints(text: str) -> frozenset[Decimal]:
    """Values that words stand for: seventeen, two hundred thousand, May, third, twice, World War II."""
    words = re.findall(r"[a-z]+", text.lower())
    single = {table.get(word) for word in words for table in (_WORDS, _HINTS, _SHARES)}
    single |= {_SCALES.get(match[1] or "", 30) // 2 for match in _HALF.finditer(text.lower())}
    roman = {_ROMAN.get(word) for word in re.findall(r"\b[IVX]+\b", text)}
    return frozenset(Decimal(value) for value in single | roman | set(_spelled(words)) if value is not None)


def _spelled(words: list[str]) -> Iterator[int]:
    """Values of runs of number words, each run whole."""
    total, part, before = 0, 0, ""
    for word in [*words, ""]:
        if word in _WORDS:
            part += _WORDS[word]
        elif word in _UNITS and part:
            part *= _UNITS[word]
        elif word == "hundred":
            part = max(part, 1) * 100
        elif word in {"thousand", "million", "billion", "trillion"}:
            total, part = total + max(part, 1) * _SCALES[word], 0
        elif (word != "and" or before not in _SCALES) and (total or part):
            yield total + part
            total = part = 0
        before = word


def korean_numbers(text: str) -> list[Number]:
    """Numbers that begin with a digit, with 만, 억 and 조 in them counted; a last 만 may be the particle.

    >>> [int(*n.values) for n in korean_numbers("1171조3000억 원, 3만5천 명, 5천만 대, 263만 t")]
    [1171300000000000, 35000, 50000000, 2630000]
    """
    return [_korean(text, match) for match in _KOREAN.finditer(text)]


def _korean(text: str, match: re.Match[str]) -> Number:
    values = {_value(match[0])}
    if re.fullmatch(r"\d{1,2}만", match[0]) and text[match.end() : match.end() + 1].isspace():
        values.add(_value(match[0][:-1]))
    split = _SPLIT.match(text, match.start()) or _SPLIT.search(text[max(0, match.start() - 6) : match.end()])
    return Number(
        match[0].strip(), frozenset(values | ({Decimal(".".join(split.groups()))} if split else set()))
    )


def korean_words(text: str) -> frozenset[Decimal]:
    """Values that Korean words may stand for: 두, 열두, 절반, 이십만; more rather than fewer."""
    sino = {_value(match[0]) for match in _SINO.finditer(text)}
    native = {Decimal(value) for value, words in _NATIVE.items() if any(word in text for word in words)}
    joined = {Decimal(_TENS[match[1]] + _ONES[match[2]]) for match in _TENS_ONES.finditer(text)}
    return frozenset(sino | native | joined)


def _value(text: str) -> Decimal:
    """Value of digits and units, as in 3만5천, 1조 3000억, 백이십만."""
    total = section = Decimal(0)
    number: Decimal | None = None
    for token in re.findall(r"\d+(?:\.\d+)?|\D", text.replace(",", "").replace(" ", "")):
        if token[0].isdigit() or token in _DIGITS:
            section += number or 0
            number = Decimal(token) if token[0].isdigit() else Decimal(_DIGITS[token])
        elif token in _SMALL:
            section, number = section + (1 if number is None else number) * _SMALL[token], None
        elif token in _LARGE:
            section += number or 0
            total, section, number = total + (section or 1) * _LARGE[token], Decimal(0), None
    return total + section + (number or 0)
