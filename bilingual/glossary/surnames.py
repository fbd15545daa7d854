"""Family names: which Korean one a person has, and what stands for a foreigner's in Hangul."""

import re
import unicodedata

from bilingual.text.hangul import is_hangul

DOUBLE = frozenset({"남궁", "제갈", "독고", "황보", "선우", "사공", "서문", "동방"})
SINGLE = frozenset(
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변"
    "염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예봉경사부가복태목형계피두감음빈동온호범좌팽승"
    "간상갈단견당화창주옹"
)
_INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
_MEDIALS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()
_SAME = str.maketrans(
    {"l": "r", "v": "b", "f": "p", "c": "k", "q": "k", "z": "j", "d": "t", "g": "k", "b": "p"}
)


def korean_surname(source: str, target: str) -> str:
    """Family name in Hangul of a Korean's name, "" for a foreigner's.

    A Korean's given name is spelt a syllable a part (Han Kyu-sang), or has one syllable; a Chinese one is
    not (Wang Lihua). Source: the conventions of romanised names in Korean news.

    >>> korean_surname("Han Kyu-sang", "한규상"), korean_surname("Namgung Hwan", "남궁환")
    ('한', '남궁')
    >>> korean_surname("Wang Lihua", "왕리화"), korean_surname("Mark Rutte", "마르크 뤼터")
    ('', '')
    """
    if not all(map(is_hangul, target)):
        return ""
    surname = target[:2] if target[:2] in DOUBLE and len(target) > len("남궁") else target[:1]
    parts = re.split(r"[\s-]+", source.strip())
    given = len(parts) - 1
    fits = given == len(target) - len(surname) > 0
    return surname if fits and (surname in DOUBLE or surname in SINGLE) else ""


def aligned(part: str, source: str, target: str) -> str:
    """What in the Hangul name stands for one part of the name.

    Spaced names are compared part by part; in unspaced ones every beginning and end is tried.

    >>> aligned("Hayasaka", "Takumi Hayasaka", "하야사카 다쿠미")
    '하야사카'
    >>> aligned("Lan", "Nguyen Thi Bich Lan", "응우옌티빅란")
    '란'
    """
    parts = target.split()
    if part == source:
        return target
    if len(parts) == 1:
        parts = [target[:n] for n in range(1, len(target))] + [target[n:] for n in range(1, len(target))]
    place = source.split().index(part) / max(1, len(source.split()) - 1) if part in source.split() else 1.0
    order = {text: number / max(1, len(parts) - 1) for number, text in enumerate(parts)}
    return max(
        parts or [target], key=lambda text: _likeness(part, text) - 0.1 * abs(order.get(text, 0) - place)
    )


def _likeness(latin: str, hangul: str) -> float:
    """How alike two spellings sound, from 0 to 1."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(_sound(latin), _sound(romanized(hangul).replace("eu", "")))


def _sound(latin: str) -> str:
    plain = unicodedata.normalize("NFD", latin.lower())
    return "".join(char for char in plain if char.isalpha() and char.isascii()).translate(_SAME)


def romanized(hangul: str) -> str:
    """Letters of Hangul syllables by the Revised Romanisation, unjoined.

    >>> romanized("하야사카"), romanized("란")
    ('hayasaka', 'ran')
    """
    letters = []
    for char in hangul:
        if is_hangul(char):
            initial, rest = divmod(ord(char) - ord("가"), len(_MEDIALS) * len(_FINALS))
            medial, final = divmod(rest, len(_FINALS))
            letters += [_INITIALS[initial], _MEDIALS[medial], _FINALS[final]]
    return "".join(letters).replace("-", "")
