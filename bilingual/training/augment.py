"""What a marked pair can become: Korean inline for its terms, other names with particles refitted."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bilingual.text import particles
from bilingual.training import marks, names
from bilingual.training.marks import Mark
from bilingual.training.names import Pools
from bilingual.training.recipe import Augment


@dataclass(frozen=True, slots=True)
class Varied:
    """A pair without marks, and the Korean terms that stand inline in its source."""

    source: str
    target: str
    inline: tuple[str, ...] = ()


def vary(
    source: str, target: str, *, marked: bool, pools: Pools, chances: Augment, rng: random.Random
) -> Varied:
    """One variant of a pair: names swapped, some or all terms inline, or the plain pair itself.

    marked: the marks were made by hand, so that names may be swapped; else they are dictionary matches.
    """
    if marked:
        source, target = _swap(source, target, pools, chances, rng)
    if rng.random() >= (chances.inline if marked else chances.inline_unmarked):
        return Varied(marks.plain(source), target)
    part = rng.choice((0.5, 1.0, 1.0) if marked else (0.3, 0.7))
    if rng.random() < part:
        source = marks.join_units(source, target)
    chosen = [mark for mark in marks.marks(source) if rng.random() < part]
    return Varied(
        marks.inline(source, lambda mark: mark in chosen), target, tuple(mark.target for mark in chosen)
    )


def _swap(source: str, target: str, pools: Pools, chances: Augment, rng: random.Random) -> tuple[str, str]:
    """Swap each person and place at its chance, where its Korean stands exactly once and alone."""
    found = marks.marks(source)
    for mark in found:
        chance = {"P": chances.swap_person, "L": chances.swap_place}.get(mark.type, 0.0)
        if rng.random() < chance and _alone(mark, found, target):
            new = names.draw(mark, pools, rng)
            at = target.index(mark.target)
            target = particles.refit(target, at, at + len(mark.target), new.target)
            source = source.replace(str(mark), str(new))
    return source, target


def _alone(mark: Mark, found: Sequence[Mark], target: str) -> bool:
    """Whether no other mark's Korean contains this one's, and the sentence has it once."""
    inside = [other for other in found if mark.target in other.target]
    return inside == [mark] and target.count(mark.target) == 1
