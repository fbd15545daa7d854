"""Doubts about the rows of a glossary: duplicates, conflicts, targets that cannot be right, old rows."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bilingual.glossary.merge import identity
from bilingual.records import Term, TermStatus

_HANGUL = re.compile("[가-힣]")
_WRITTEN = re.compile(r"[A-Z0-9][A-Za-z0-9&+./ -]*|[A-Za-z]{2,3}")  # EU, 5G, bp stay in Latin letters
_ALWAYS = re.compile("[가-힣](?:를|에게|께서|에서|으로|부터|까지|에는|에도|이라고)$")
_PARTICLE = re.compile("([가-힣]{2,})(?:은|는|이|을|와|과)$")  # other particles end too many nouns
_ENDS = {TermStatus.APPROVED, TermStatus.PROPOSED}


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt about a row: code, the row with its place (origin), and what is doubted in one sentence."""

    code: str
    term: Term
    detail: str

    def __str__(self) -> str:
        """Place, code and detail, as compilers write them."""
        return f"{self.term.origin or '-'}: {self.code}: {self.detail}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of all rows before each is judged; today is YYYY-MM-DD."""

    today: str
    sources: Mapping[str, Sequence[Term]]
    targets: Mapping[str, Sequence[Term]]


def problems(terms: Iterable[Term], today: str) -> list[Problem]:
    """All doubts, row by row in their order; today as YYYY-MM-DD."""
    rows = list(terms)
    sources: dict[str, list[Term]] = {}
    targets: dict[str, list[Term]] = {}
    for row in rows:
        sources.setdefault(identity(row.source), []).append(row)
        targets.setdefault(row.target, []).append(row)
    known = Known(today, sources, targets)
    return [
        Problem(check.__name__.strip("_").replace("_", "-"), row, detail)
        for row in rows
        for check in CHECKS
        for detail in check(row, known)
    ]


def _duplicate(row: Term, known: Known) -> Iterator[str]:
    for other in _before(row, known):
        if _where(other) == _where(row) and (other.target, other.status) == (row.target, row.status):
            yield f"{row.source!r} stands already at {other.origin}"


def _conflict(row: Term, known: Known) -> Iterator[str]:
    if row.status is not TermStatus.APPROVED:
        return
    for other in _before(row, known):
        approved = other.status is TermStatus.APPROVED
        if approved and other.target != row.target and row.country == other.country and _overlap(row, other):
            yield f"{row.source!r} is {row.target!r} here and {other.target!r} at {other.origin}"


def _before(row: Term, known: Known) -> Iterator[Term]:
    for other in known.sources[identity(row.source)]:
        if other is row:
            return
        yield other


def _where(row: Term) -> tuple[str, str, str]:
    return row.country, row.valid_from, row.valid_until


def _overlap(one: Term, two: Term) -> bool:
    end = "9999"
    return one.valid_from <= (two.valid_until or end) and two.valid_from <= (one.valid_until or end)


def _shared_target(row: Term, known: Known) -> Iterator[str]:
    """Two sources with one target, of which neither is said to be a variant of the other."""
    if row.status is not TermStatus.APPROVED or row.variant_of:
        return
    for other in known.targets[row.target]:
        if other is row:
            return
        if _rival(row, other):
            yield f"{row.source!r} and {other.source!r} ({other.origin}) are both {row.target!r}"
            return


def _rival(row: Term, other: Term) -> bool:
    alike = (other.status, other.type, other.country) == (row.status, row.type, row.country)
    return alike and not other.variant_of and identity(other.source) != identity(row.source)


def _forbidden_target(row: Term, known: Known) -> Iterator[str]:
    if row.status is TermStatus.APPROVED:
        for other in known.sources[identity(row.source)]:
            if other.status is TermStatus.FORBIDDEN and other.target == row.target:
                yield f"{row.target!r} is forbidden for {row.source!r} at {other.origin}"


def _expired(row: Term, known: Known) -> Iterator[str]:
    """A row that ended and has no successor leaves its source without a translation."""
    if row.status in _ENDS and "" < row.valid_until < known.today:
        rows = known.sources[identity(row.source)]
        if not any((other.valid_until or "9999") >= known.today for other in rows):
            yield f"{row.source!r} ended on {row.valid_until} and nothing follows it"


def _particle(row: Term, known: Known) -> Iterator[str]:
    found = _PARTICLE.search(row.target)
    if _ALWAYS.search(row.target) or (found and row.target[: found.end(1)] in known.targets):
        yield f"{row.target!r} seems to end in a particle"


def _no_hangul(row: Term, known: Known) -> Iterator[str]:  # noqa: ARG001 - all checks are called alike
    foreign = not _HANGUL.search(row.target) and not _WRITTEN.fullmatch(row.target)
    if row.target and row.status in _ENDS and foreign and row.target != row.source:
        yield f"{row.target!r} holds no Hangul"


def _variant_lost(row: Term, known: Known) -> Iterator[str]:
    if row.variant_of and identity(row.variant_of) not in known.sources:
        yield f"{row.variant_of!r}, of which {row.source!r} is a variant, stands nowhere"


def _cycle(row: Term, known: Known) -> Iterator[str]:
    seen, name = {identity(row.source)}, identity(row.variant_of) if row.variant_of else ""
    while name and name not in seen:
        seen.add(name)
        following = [other.variant_of for other in known.sources.get(name, ()) if other.variant_of]
        name = identity(following[0]) if following else ""
    if name:
        yield f"{row.source!r} is a variant of itself"


CHECKS = (
    _duplicate,
    _conflict,
    _shared_target,
    _forbidden_target,
    _expired,
    _particle,
    _no_hangul,
    _variant_lost,
    _cycle,
)
