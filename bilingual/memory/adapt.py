"""What may differ in a near match, numbers and glossary terms, and putting it right in the translation."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from bilingual.memory.grams import NUMBER
from bilingual.records import Term
from bilingual.text.particles import refit


class Found(Protocol):
    """A term found in a text, from start to end."""

    @property
    def start(self) -> int:
        """Offset of its first character."""
        ...

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        ...

    @property
    def term(self) -> Term:
        """What was found."""
        ...


Finder = Callable[[str], Sequence[Found]]


class Slot(NamedTuple):
    """A number or term of a source: what stands there and how the target would have it."""

    kind: str
    source: str
    target: str


class Masked(NamedTuple):
    """A source with one sign in the place of each slot."""

    text: str
    slots: tuple[Slot, ...]


class Change(NamedTuple):
    """A slot that differs: what the memory has, what the sentence has, and whether the target was adapted."""

    before: str
    after: str
    done: bool


def mask(text: str, find: Finder | None) -> Masked:
    """Set a sign for each number and each term that is found."""
    spans = [(found.start, found.end, found.term) for found in (find(text) if find else ())]
    inside = [(start, end) for start, end, _ in spans]
    places = [(start, end, Slot(str(term.type), text[start:end], term.target)) for start, end, term in spans]
    places += [
        (*match.span(), Slot("number", match[0], match[0]))
        for match in NUMBER.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in inside)
    ]
    return _replaced(text, sorted(places))


def _replaced(text: str, places: Sequence[tuple[int, int, Slot]]) -> Masked:
    pieces, at = [], 0
    for start, end, slot in places:
        pieces += [text[at:start], _sign(slot.kind)]
        at = end
    return Masked("".join([*pieces, text[at:]]), tuple(slot for *_, slot in places))


def _sign(kind: str) -> str:
    """A private character for each kind, so that a person does not pass for a place."""
    return chr(0xE000 + sum(kind.encode()) % 0x1000)


def adapt(target: str, old: Masked, new: Masked) -> tuple[str, tuple[Change, ...]]:
    """Put the slots of a new source into the target of an old one, particles refitted.

    A slot is adapted where its old form stands in the target as often as in the source, and so beyond doubt;
    the others are told as not done.
    """
    pairs = list(dict.fromkeys(zip(old.slots, new.slots, strict=False)))
    differing = [(before, after) for before, after in pairs if before.source != after.source]
    if len(old.slots) != len(new.slots):
        return target, tuple(Change(a.source, b.source, done=False) for a, b in differing)
    sure = [
        (before, after)
        for before, after in differing
        if _clear(before, old.slots, target) and sum(before == other for other, _ in pairs) == 1
    ]
    changes = tuple(Change(a.source, b.source, (a, b) in sure) for a, b in differing)
    return _put(target, {before.target: after.target for before, after in sure}), changes


def _clear(slot: Slot, slots: Sequence[Slot], target: str) -> bool:
    return bool(slot.target) and len(_places(slot.target, target)) == slots.count(slot)


def _places(form: str, target: str) -> list[re.Match[str]]:
    return list(
        re.finditer(
            rf"(?<![\d.,]){re.escape(form)}(?![.,]?\d)" if form[0].isdigit() else re.escape(form), target
        )
    )


def _put(target: str, forms: dict[str, str]) -> str:
    """Replace from the end on, so that what was put in is not replaced again and offsets stay right."""
    places = sorted(
        (
            (place.start(), place.end(), after)
            for before, after in forms.items()
            for place in _places(before, target)
        ),
        reverse=True,
    )
    for start, end, after in places:
        target = refit(target, start, end, after)
    return target
