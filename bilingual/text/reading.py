"""How text that is not Hangul ends when a Korean reads it aloud: digits, units, acronyms, Latin words."""

import re
import unicodedata

from bilingual.text.hangul import Ending, ending, is_hangul

DIGITS = "영일이삼사오육칠팔구"
# The last zeros of a number name a power of ten: 20 is 이십, 500,000 is 오십만.
POWERS = ("", "십", "백", "천", *["만"] * 4, *["억"] * 4, *["조"] * 4, *["경"] * 4)
CLOSERS = "\"'”’»」』》〉】>*_`"
BRACKETS = {")": "(", "]": "[", "）": "（", "］": "［", "〕": "〔"}


def _table(rows: str) -> dict[str, str]:
    """Turn a text of pairs into a dictionary.

    >>> _table("kg 킬로그램  t 톤")
    {'kg': '킬로그램', 't': '톤'}
    """
    words = iter(rows.split())
    return dict(zip(words, words, strict=True))


# What is read otherwise than its letters say; after a digit only.
UNITS = _table("""
    kg 킬로그램  g 그램  mg 밀리그램  t 톤  km 킬로미터  m 미터  cm 센티미터  mm 밀리미터  nm 나노미터
    km/h 킬로미터  m/s 초  L 리터  l 리터  ml 밀리리터  mL 밀리리터  kL 킬로리터  ha 헥타르  W 와트
    kW 킬로와트  MW 메가와트  GW 기가와트  Wh 와트시  kWh 킬로와트시  MWh 메가와트시  GWh 기가와트시
    V 볼트  Hz 헤르츠  MHz 메가헤르츠  GHz 기가헤르츠  MB 메가바이트  GB 기가바이트  TB 테라바이트
    Gbps 기가비피에스  dB 데시벨  cal 칼로리  kcal 킬로칼로리  h 시간  oz 온스  lb 파운드  ft 피트
    in 인치  s 초  nt 니트  pt 포인트  bp 비피
""")
SYMBOLS = _table("""
    % 퍼센트  ‰ 퍼밀  ℃ 도  ℉ 도  ° 도  $ 달러  € 유로  £ 파운드  ¥ 엔  ₩ 원  ㎏ 킬로그램  ㎎ 밀리그램
    ㎞ 킬로미터  ㎝ 센티미터  ㎜ 밀리미터  ㎡ 미터  ㎥ 미터  ㎢ 킬로미터  ㎾ 킬로와트  ㎿ 메가와트
    ℓ 리터  ㏊ 헥타르  + 플러스  & 앤드  # 샵  @ 골뱅이  ㈜ 주  ² 제곱  ³ 세제곱  α 알파  β 베타
    γ 감마  δ 델타  ε 엡실론  ο 오미크론  π 파이  Ω 옴  美 미  中 중  日 일  北 북  南 남  韓 한
    英 영  佛 불  獨 독  露 러  印 인  臺 대  與 여  野 야  靑 청  檢 검  軍 군  黨 당  尹 윤  李 이
    文 문  朴 박  金 김  盧 노  安 안  曺 조
""")
WORDLIKE = 4  # capitals that a word needs at least to be said as one
LETTERS = {"L": Ending.RIEUL, "R": Ending.RIEUL, "M": Ending.CONSONANT, "N": Ending.CONSONANT}
# What is said otherwise than the rules below say; a test keeps rows that change nothing out.
WORDS = _table("""
    POSTECH 포스텍  GATT 가트  SWAT 스와트  SMIC 시  york 욕  web 웹  club 클럽  lab 랩  pub 펍
    bob 밥  job 잡  bag 백  big 빅  iraq 이라크  rome 로마  versailles 베르사유
""")

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?$")
_UNIT = re.compile(f"[0-9천만억조] ?({'|'.join(sorted(UNITS, key=len, reverse=True))})$")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ'’&.-]*$")
_SPELT = re.compile(r"[^AEIOU]{3}|^[^AEIOU]{2}[^AEIOULR]|[AEIOU]{3}")


def reading(text: str) -> Ending | None:
    """How the text ends aloud, closing quotes and a bracketed gloss left aside; None where nothing is read.

    >>> [str(reading(text)) for text in ("유럽연합(EU)", "‘나토’", "3.5%", "5G", "20kg", "NATO", "OPEC")]
    ['consonant', 'vowel', 'vowel', 'vowel', 'consonant', 'vowel', 'consonant']
    """
    text = _uncovered(text.rstrip())
    if not text:
        return None
    if is_hangul(text[-1]):
        return ending(text[-1])
    return _unit(text) or _number(text) or _latin(text) or _symbol(text[-1])


def _uncovered(text: str) -> str:
    """Take closing quotes, full stops and a bracket off the end; a bracket with nothing before it is read.

    >>> _uncovered("북대서양조약기구(NATO)”"), _uncovered("(EU)")
    ('북대서양조약기구', 'EU')
    """
    while text and (text[-1] in CLOSERS or text[-1] in ".,!?…~-" or text[-1] in BRACKETS):
        start = text.rfind(BRACKETS[text[-1]]) if text[-1] in BRACKETS else -1
        inside = text[start + 1 : -1] if start >= 0 else ""
        text = text[: start if start >= 0 else -1].rstrip() or inside.rstrip()
    return text


def _unit(text: str) -> Ending | None:
    """Read a unit after a digit: 20kg is 킬로그램, while 5G and 4K are letters.

    >>> _unit("20kg"), _unit("5G")
    (<Ending.CONSONANT: 'consonant'>, None)
    """
    found = _UNIT.search(text)
    return ending(UNITS[found[1]][-1]) if found else None


def _number(text: str) -> Ending | None:
    """Read the last digit in Sino-Korean, or the power of ten that the last zeros name.

    >>> [str(_number(text)) for text in ("7", "10", "1,000", "2.0", "1000000000000", "119")]
    ['rieul', 'consonant', 'consonant', 'consonant', 'vowel', 'vowel']
    """
    found = _NUMBER.search(text)
    if not found:
        return None
    digits = found[0].replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if "." in digits or not zeros or zeros == len(digits):
        return ending(DIGITS[int(digits[-1])])
    return ending(POWERS[min(zeros, len(POWERS) - 1)])


def _latin(text: str) -> Ending | None:
    """Read a Latin word: as listed, letter by letter in capitals, else by its spelling.

    >>> [str(_latin(text)) for text in ("FBI", "IMF", "UN", "Google", "Rutte", "Facebook")]
    ['vowel', 'vowel', 'consonant', 'rieul', 'vowel', 'consonant']
    """
    found = _LATIN.search(text)
    if not found:
        return None
    word = found[0].rstrip(".-'’&").replace("’", "'")
    last = re.split(r"[-.&]", word)[-1].removesuffix("'s")
    for known in (word, last, last.lower()):
        if known in WORDS:
            return ending(WORDS[known][-1])
    if last.isupper() and (len(last) < WORDLIKE or _SPELT.search(_plain(last))):
        return LETTERS.get(_plain(last)[-1], Ending.VOWEL)
    return _spelling(last)


def _plain(word: str) -> str:
    """Take accents off.

    >>> _plain("Škoda")
    'Skoda'
    """
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


# Ends of Latin words as 외래어 표기법 hears them, first match wins.
SPELLINGS = tuple(
    (re.compile(pattern), end)
    for pattern, end in (
        (r"[éèêëáóúíàòù]$", Ending.VOWEL),  # an accented vowel is heard
        (r"(?:[^aeiou]l|[aeiou]l|ll)es?$|ll?$", Ending.RIEUL),  # Google 구글, Apple 애플, Dell 델
        (r"[aeiouy][mn]e$|ng(?:ue)?$|[mn]n?$|[aeiou]hn$", Ending.CONSONANT),  # Chrome 크롬, Biden 바이든
        (r"(?:ee|ea|oa|ai|au|ou|ei|ie)[kpt]$", Ending.VOWEL),  # Kuwait 쿠웨이트, after a long vowel
        (r"(?<![aeiou])[aeiouy][ckptq]$|[aeiouy]ck$|oo[kpt]$|[aeiouy]tt$", Ending.CONSONANT),  # Slack 슬랙
    )
)


def _spelling(word: str) -> Ending:
    """Guess the end of a Latin word by its last letters.

    >>> [str(_spelling(word)) for word in ("Trump", "Intel", "Amazon", "Internet", "Microsoft", "Touré")]
    ['vowel', 'rieul', 'consonant', 'consonant', 'vowel', 'vowel']
    """
    word = word.lower()
    return next((end for pattern, end in SPELLINGS if pattern.search(word)), Ending.VOWEL)


def _symbol(char: str) -> Ending | None:
    """Read a sign, a single Hanja of the headlines, or another digit form.

    >>> _symbol("%"), _symbol("北"), _symbol("…")
    (<Ending.VOWEL: 'vowel'>, <Ending.CONSONANT: 'consonant'>, None)
    """
    if char in SYMBOLS:
        return ending(SYMBOLS[char][-1])
    value = unicodedata.digit(char, None)
    return None if value is None else ending(DIGITS[value])
