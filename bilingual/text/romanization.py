"""Korean personal names read back from Latin letters, in every habit of spelling.

A name is a noisy channel: how common the surname and the syllables of the given name are, times how often
such a syllable is written with these letters. The table of both is data; this module weighs and combines it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

_ONSET = r"(?:kk|gg|kh|k|gh|g|c(?!h)|n|tt|th|t|d|rh|r|l|m|pp|ph|p|b|ss|sh|s|ch|jj|jh|j|z|f|wh|h)?"
_VOWEL = (
    r"(?:wae|yae|yeo|ieu|you|yoo|yea|woo|weo|woe|eui|wa|we|wi|wo|wu|ya|ye|yi|yo|yu|ae|ai|ay|aa|ah|eo|eu|ea|ee|ei|ey"
    r"|ie|iu|io|ia|oe|oi|oo|ou|oh|ow|ui|ue|ua|uh|a|e|i|o|u|y)h?"
)
_CODA = r"(?:ng|ck|k|c(?!h)|g|n|m|ll|l|r|p|b|t)?"
_SYLLABLE = re.compile(rf"({_ONSET})({_VOWEL})({_CODA})")
_NAME = re.compile(rf"(?:{_ONSET}{_VOWEL}{_CODA}){{1,2}}")
_LETTERS = re.compile(r"[^a-z]+")
_BEST = 8
_FLOOR = 1e-7
_REVERSED = 0.1  # how often the surname comes last, as against first
_SOFT = 0.6  # the parts of a name are not as independent as the product of their weights says


@dataclass(frozen=True, slots=True)
class Syllables:
    """Joint weights of Hangul by its letters for surnames and both places of a given name, and of pairs."""

    surname: Mapping[str, Mapping[str, float]]
    first: Mapping[str, Mapping[str, float]]
    second: Mapping[str, Mapping[str, float]]
    pairs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """A Hangul name with its probability among the readings of one romanised name."""

    hangul: str
    probability: float


def reads_korean(word: str) -> bool:
    """Whether lower-case letters can be one or two Korean syllables.

    >>> [word for word in ("sung", "taehyun", "yeol", "smith", "mark", "chey") if reads_korean(word)]
    ['sung', 'taehyun', 'yeol', 'chey']
    """
    return _NAME.fullmatch(word) is not None


def parts(syllable: str) -> tuple[str, str, str] | None:
    """Onset, vowel and coda of one romanised syllable; nothing where it is none.

    >>> parts("kwang"), parts("sook"), parts("rhee"), parts("xi")
    (('k', 'wa', 'ng'), ('s', 'oo', 'k'), ('rh', 'ee', ''), None)
    """
    found = _SYLLABLE.fullmatch(syllable)
    return (found[1], found[2], found[3]) if found else None


def load(path: Path) -> Syllables:
    """Table of a file of (kind, roman, hangul, weight); lines that begin with # are its attribution."""
    kinds: dict[str, dict[str, dict[str, float]]] = {"surname": {}, "first": {}, "second": {}, "pair": {}}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "kind\t")):
            kind, roman, hangul, weight = line.split("\t")
            kinds[kind].setdefault(roman, {})[hangul] = float(weight)
    pairs = kinds.pop("pair").get("", {})
    return Syllables(**kinds, pairs=pairs)


def korean(name: str, table: Syllables, limit: int = 5) -> list[Reading]:
    """Readings of a whole name, best first, all probabilities summing to one; none where it is not Korean.

    The surname comes first, less often last ("Tae-won Chey").
    """
    words = [_LETTERS.sub(" ", word).strip() for word in name.lower().split()]
    weights: dict[str, float] = {}
    for share, (surname, given) in zip(
        (1.0, _REVERSED), _orders([word for word in words if word]), strict=False
    ):
        for hangul, weight in _whole(surname, given, table):
            weights[hangul] = max(weight * share, weights.get(hangul, 0.0))
    return _normalised(weights, limit)


def given(letters: str, table: Syllables, limit: int = 5) -> list[Reading]:
    """Readings of a given name alone ("Sung-lac", "Jae Myung", "Seokjin"), best first."""
    return _normalised(dict(_given(_LETTERS.sub(" ", letters.lower()).split(), table)), limit)


def surname(letters: str, table: Syllables, limit: int = 5) -> list[Reading]:
    """Readings of a surname alone, best first."""
    return _normalised(dict(table.surname.get(_LETTERS.sub("", letters.lower()), {})), limit)


def _orders(words: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    if len(words) > 1:
        yield words[0], " ".join(words[1:]).split()
        yield words[-1], " ".join(words[:-1]).split()


def _whole(surname: str, rest: Sequence[str], table: Syllables) -> list[tuple[str, float]]:
    family = table.surname.get(surname.replace(" ", ""), {})
    if not family or not rest:
        return []
    names = _given(rest, table)
    return [(one + two, weight * more) for (one, weight), (two, more) in product(family.items(), names)]


def _given(syllables: Sequence[str], table: Syllables) -> list[tuple[str, float]]:
    found: dict[str, float] = {}
    for one, two in _splits(syllables):
        firsts = table.first.get(one, {})
        seconds = table.second.get(two, {}) if two else {"": _FLOOR * 1e4}
        for (a, weight), (b, more) in product(_top(firsts), _top(seconds)):
            bonus = 1.0 + table.pairs.get(a + b, 0.0)
            found[a + b] = found.get(a + b, 0.0) + weight * more * bonus
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _splits(syllables: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(syllables) == 2:  # noqa: PLR2004 - a given name has one or two syllables
        yield syllables[0], syllables[1]
    elif len(syllables) == 1:
        whole = syllables[0]
        yield whole, ""
        yield from ((whole[:at], whole[at:]) for at in range(1, len(whole)))


def _top(weights: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_BEST]


def _normalised(weights: Mapping[str, float], limit: int) -> list[Reading]:
    softened = {hangul: weight**_SOFT for hangul, weight in weights.items()}
    total = sum(softened.values())
    return [Reading(hangul, weight / total) for hangul, weight in _top(softened)[:limit]]
