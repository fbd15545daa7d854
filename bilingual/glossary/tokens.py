"""Words of a text as terms are compared with them: folded, each with its place."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_HYPHENS = "\u2010\u2011\u2012\u2013\u2212-"  # "-" last, so that it stands for itself in a class
_ACCENTS, _UNSEEN = "\u0300-\u036f", "\u00ad\u200b-\u200d\u2060\ufeff"
_DROPPED = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
HYPHENS = frozenset(_HYPHENS)
_QUOTES = str.maketrans("\u2018\u2019\u02bc\u2032\u00b4`\u201c\u201d\u00ab\u00bb", "''''''\"\"\"\"")
_TOKEN = (
    r"(?:[^\W\d_]\.(?=[^\W_]\b))+[^\W\d_](?:\.|\b)"  # U.S., U.S.A, a.m.
    rf"|\w+(?:[{_ACCENTS}]+\w*|[{_UNSEEN}]+\w+)*"
    r"(?:['\u2019\u02bc](?!(?:[smdtSMDT]|re|ll|ve|RE|LL|VE)\b)\w+)*"  # O'Brien, Xi'an
    r"(?:[.,](?=\d)\w+|\.(?=[a-z]\w)\w+)*"  # 2.5, 1,000, example.com
    r"|['\u2019\u02bc][sS]\b"
    rf"|[^\w\s{_ACCENTS}{_UNSEEN}{_HYPHENS}]"
    rf"|[{_HYPHENS}](?!\w)|(?<!\S)[{_HYPHENS}]"  # a hyphen between words only joins them
)
_TOKENS = re.compile(_TOKEN)
_ADDRESSED = re.compile(rf"(?:https?://|www\.)\S+|[\w.+-]+@[\w.-]+|{_TOKEN}")  # an address is one word
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")


class Tokens(NamedTuple):
    """Words and signs of a text in order, without accents and dots, in their own case, with their spans."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def tokenize(text: str) -> Tokens:
    """Words and signs of a text; spaces, and hyphens between words, are gaps.

    >>> tokenize("Seoul’s U.S.-led talks, O’Brien said").words
    ['Seoul', "'s", 'US', 'led', 'talks', ',', "O'Brien", 'said']
    """
    pattern = _ADDRESSED if "@" in text or "://" in text or "www." in text else _TOKENS
    words, starts, ends = [], [], []
    for found in pattern.finditer(text):
        words.append(fold(found[0]))
        starts.append(found.start())
        ends.append(found.end())
    return Tokens(words, starts, ends)


def words(text: str) -> list[str]:
    """Words and signs of a text, without their places."""
    return text.replace("-", " ").split(" ") if _PLAIN.fullmatch(text) else tokenize(text).words


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """One word without accents, acronym dots and invisible signs, with straight quotes; "&" is "and".

    >>> fold("Erdoğan"), fold("U.S."), fold("&")
    ('Erdogan', 'US', 'and')
    """
    if word.isascii() and word.isalnum():
        return word
    parts = unicodedata.normalize("NFD", word.translate(_QUOTES).translate(_DROPPED))
    plain = unicodedata.normalize("NFC", "".join(c for c in parts if not "\u0300" <= c <= "\u036f"))
    if re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", plain):
        plain = plain.replace(".", "")
    return {"&": "and"}.get(plain, "-" if plain in _HYPHENS and plain else plain)
