"""Glossaries put over each other, and decisions taken over: what is later wins, conflicts are told."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace

from bilingual.glossary.tokens import words
from bilingual.records import Term, TermStatus

_COUNTED = [field.name for field in fields(Term) if field.name not in {"note", "origin"}]
_LIVE = {TermStatus.APPROVED, TermStatus.PROPOSED}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two rows that cannot both hold: taken won over left; each knows its file and line (origin)."""

    taken: Term
    left: Term

    def __str__(self) -> str:
        """Both rows with their places, as they are told to a user."""
        return (
            f"{self.taken.source}: {self.taken.target} ({self.taken.origin or 'here'}) "
            f"instead of {self.left.target or '-'} ({self.left.origin or 'before'})"
        )


@dataclass(frozen=True, slots=True)
class Merged:
    """Terms that hold when all layers are put over each other, and the conflicts between the layers."""

    terms: tuple[Term, ...]
    conflicts: tuple[Conflict, ...] = ()


def identity(source: str) -> str:
    """What makes two sources one: words and case, not quotes, dots, dashes or accents.

    >>> identity("U.S.–led  “talks”") == identity('US-led "talks"')
    True
    """
    return " ".join(words(source))


def layered(layers: Iterable[Iterable[Term]]) -> Merged:
    """Put layers over each other, the last on top.

    A row takes the place of the rows below it of the same source: of all where it names no country and no
    date, else of those of its country. A rejected row takes away the target it names, a forbidden one too
    and stays. Rows of one layer leave each other alone; check finds their conflicts.
    """
    held: dict[str, list[Term]] = {}
    conflicts: list[Conflict] = []
    for layer in layers:
        fresh: dict[str, list[Term]] = {}
        for term in layer:
            fresh.setdefault(identity(term.source), []).append(term)
        for key, rows in fresh.items():
            stay, lost = _under(held.get(key, []), rows)
            conflicts += lost
            held[key] = stay + [row for row in rows if row.status is not TermStatus.REJECTED]
    return Merged(tuple(term for rows in held.values() for term in rows), tuple(conflicts))


def _under(below: Sequence[Term], above: Sequence[Term]) -> tuple[list[Term], list[Conflict]]:
    pairs = [(old, next((new for new in above if _displaces(new, old)), None)) for old in below]
    conflicts = [Conflict(new, old) for old, new in pairs if new and _differ(new, old)]
    return [old for old, new in pairs if new is None], conflicts


def _displaces(new: Term, old: Term) -> bool:
    if new.status not in _LIVE:
        return new.target in ("", old.target)
    if new.status is TermStatus.PROPOSED and old.status is not TermStatus.PROPOSED:
        return False
    anywhere = not (new.country or new.valid_from or new.valid_until)
    return anywhere or (new.country, new.valid_from, new.valid_until) == (
        old.country,
        old.valid_from,
        old.valid_until,
    )


def _differ(new: Term, old: Term) -> bool:
    return new.target != old.target or (new.status in _LIVE) != (old.status in _LIVE)


def glossary_fingerprint(terms: Iterable[Term]) -> str:
    """16 hex digits that change when a term does; order, notes and places do not count."""
    rows = sorted([str(getattr(term, name)) for name in _COUNTED] for term in terms)
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def names(term: Term, source: str, target: str = "") -> bool:
    """Whether a row is of a source, and of a target if one is given."""
    return identity(term.source) == identity(source) and target in ("", term.target)


def unknown(rows: Iterable[Term], held: Iterable[Term]) -> list[Term]:
    """Rows that do not stand in the glossary yet; one without a country stands there with any."""
    known = {key for term in held for key in (_decision(term), _decision(replace(term, country="")))}
    return [row for row in rows if _decision(row) not in known]


def take_over(held: Iterable[Term], rows: Sequence[Term]) -> list[Term]:
    """Put rows into one glossary, where they replace those that they displace (see layered)."""
    same: dict[str, list[Term]] = {}
    for row in rows:
        same.setdefault(identity(row.source), []).append(row)
    stay = [
        term for term in held if not any(_displaces(new, term) for new in same.get(identity(term.source), ()))
    ]
    return [*stay, *rows]


def _decision(term: Term) -> tuple[str, str, str, str, str]:
    return identity(term.source), term.target, term.status, term.country, term.type
