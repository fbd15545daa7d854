"""Names to put in place of others, in English and Korean, drawn from the marks of our own sentences."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bilingual.training.marks import Mark

_T = TypeVar("_T")
_KOREAN_NAME = 3  # syllables of a Korean surname and given name
_SWAPPED = frozenset({"P", "L"})


@dataclass(frozen=True, slots=True)
class Pools:
    """Distinct names by mark type, and the surnames and given names of Korean names, (English, Korean)."""

    marks: dict[str, tuple[Mark, ...]]
    surnames: tuple[tuple[str, str], ...]
    given: tuple[tuple[str, str], ...]


def gather(found: Iterable[Mark]) -> Pools:
    """The pools of a bitext's marks; surnames keep their frequency, all else counts once."""
    seen = [mark for mark in found if mark.type in _SWAPPED]
    distinct = sorted(set(seen), key=str)
    parts = [part for mark in seen if (part := _korean_name(mark))]
    return Pools(
        {type_: tuple(mark for mark in distinct if mark.type == type_) for type_ in _SWAPPED},
        tuple(surname for surname, _ in parts),
        tuple(sorted({given for _, given in parts})),
    )


def draw(mark: Mark, pools: Pools, rng: random.Random) -> Mark:
    """Another name of the same type; a Korean name gives way to a new Korean name, put together from two."""
    if _korean_name(mark):
        surname, given = _pick(pools.surnames, rng), _pick(pools.given, rng)
        return Mark("P", f"{surname[0]} {given[0]}", surname[1] + given[1])
    return _pick(pools.marks[mark.type], rng)


def _korean_name(mark: Mark) -> tuple[tuple[str, str], tuple[str, str]] | None:
    """Surname and given name as (English, Korean), where the English is written "Wi Sung-lac"."""
    words = mark.source.split(" ")
    written = len(words) == 2 and "-" in words[1] and mark.source.replace("-", "").replace(" ", "").isalpha()  # noqa: PLR2004
    if mark.type != "P" or not written or len(mark.target) != _KOREAN_NAME:
        return None
    return (words[0], mark.target[0]), (words[1], mark.target[1:])


def _pick(values: Sequence[_T], rng: random.Random) -> _T:
    return values[rng.randrange(len(values))]
