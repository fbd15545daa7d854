"""What two similar sentences have in common: pairs of neighbouring words, numbers set aside."""

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import normalize
from zlib import crc32

_NUMBER = r"\d+(?:[.,:]\d+)*"
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff"
_WORD = re.compile(f"{_NUMBER}|[{_UNSPACED}]|[^\\W\\d{_UNSPACED}]+")
NUMBER = re.compile(_NUMBER)


def fold(text: str) -> str:
    """Text as exact matches compare it: NFC, runs of white space as one space."""
    return " ".join(normalize("NFC", text).split())


def grams(text: str) -> Iterator[str]:
    """Pairs of neighbouring words, the edges of the sentence being words too.

    "Sales rose 3 percent." gives ^ sales, sales rose, rose 0, 0 percent, percent $. A character of a script
    that puts no spaces is a word.
    """
    words = (match[0].casefold() for match in _WORD.finditer(text))
    numberless = ("0" if word[0].isdecimal() else word for word in words)
    return (f"{first} {second}" for first, second in pairwise(("^", *numberless, "$")))


def tokens(text: str, pair: str) -> list[str]:
    """Distinct grams of a text as short index tokens of one language pair, such as "en>ko".

    Pairs of words of at most three ASCII letters ("of the") are in every second sentence and say little; they
    are left out where others remain.
    """
    all_grams = list(dict.fromkeys(grams(text)))
    telling = [gram for gram in all_grams if not _SHORT.fullmatch(gram)]
    return [f"{crc32(f'{pair} {gram}'.encode()):x}" for gram in telling or all_grams]


_SHORT = re.compile("[a-z^$0]{1,3} [a-z^$0]{1,3}")
