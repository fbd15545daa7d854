"""Whether a text is Korean already."""

import re

_HANGUL = re.compile("[가-힣ㄱ-ㆎ\u1100-\u11ff]")
_SAMPLE = 20_000
_KOREAN = 0.5


def hangul_share(text: str) -> float:
    """Share of Hangul among the letters of a text (its first 20,000 characters), 0 where there are none.

    >>> hangul_share("한국 NATO")
    0.3333333333333333
    """
    letters = sum(map(str.isalpha, text[:_SAMPLE]))
    return len(_HANGUL.findall(text, 0, _SAMPLE)) / letters if letters else 0.0


def looks_korean(text: str) -> bool:
    """Tell a text that is mostly Korean, and so needs no translation.

    >>> [looks_korean(t) for t in ("정부는 목요일 합의했다.", "Wi (위성락) met Rutte.", "12:30")]
    [True, False, False]
    """
    return hangul_share(text) >= _KOREAN
