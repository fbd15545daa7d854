"""Hangul syllables: whether one closes with a consonant decides the form of the particle after it."""

from enum import StrEnum

FIRST, LAST = "가", "힣"
FINALS = 28
RIEUL = 8


class Ending(StrEnum):
    """How a word ends when it is read aloud."""

    VOWEL = "vowel"
    RIEUL = "rieul"
    CONSONANT = "consonant"


def is_hangul(char: str) -> bool:
    """Tell whether the character is a whole Hangul syllable.

    >>> is_hangul("한"), is_hangul("ㄱ"), is_hangul("A")
    (True, False, False)
    """
    return FIRST <= char <= LAST


def ending(syllable: str) -> Ending:
    """How one Hangul syllable ends.

    >>> ending("나"), ending("을"), ending("한")
    (<Ending.VOWEL: 'vowel'>, <Ending.RIEUL: 'rieul'>, <Ending.CONSONANT: 'consonant'>)
    """
    final = (ord(syllable) - ord(FIRST)) % FINALS
    if final == 0:
        return Ending.VOWEL
    return Ending.RIEUL if final == RIEUL else Ending.CONSONANT
