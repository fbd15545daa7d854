"""Which row of a source is meant: the date and the countries around decide, and doubt is told."""

from collections.abc import Sequence
from typing import NamedTuple

from bilingual.glossary.forms import Form
from bilingual.records import Term, TermType

_BOUND = {TermType.TITLE, TermType.ORGANIZATION}
_POSSESSIVE = {"'", "'s"}
_BETWEEN = _POSSESSIVE | set(
    "the new former acting then top senior deputy first next outgoing incoming late current ex longtime "
    "interim caretaker vice chief".split()
)
_LINKS = {"of", "for", "from", ","}
_LONGEST_GAP = 3


class Span(NamedTuple):
    """Words first to last (not included) of a text, and the forms they may be."""

    first: int
    last: int
    forms: Sequence[Form]


def evidence(spans: Sequence[Span], words: Sequence[str]) -> list[tuple[str, ...]]:
    """Countries named beside each span: "US Commerce Secretary", "Japan's new", "president of France"."""
    found = []
    for number, span in enumerate(spans):
        codes: list[str] = []
        if number and _joins(words[spans[number - 1].last : span.first], before=True):
            codes += _codes(spans[number - 1])
        if number + 1 < len(spans) and _joins(words[span.last : spans[number + 1].first], before=False):
            codes += _codes(spans[number + 1])
        found.append(tuple(codes))
    return found


def _joins(gap: Sequence[str], *, before: bool) -> bool:
    allowed = _BETWEEN | ({","} if before else _LINKS)
    return len(gap) <= _LONGEST_GAP and all(word.lower() in allowed for word in gap)


def _codes(span: Span) -> list[str]:
    rows = [form.term for form in span.forms if form.term.type is not TermType.TITLE]
    return [code for row in rows[:1] for code in _countries(row)]


def _countries(term: Term) -> list[str]:
    """Codes of a row; several are joined with "|"."""
    return [code for code in term.country.split("|") if code]


def choose(
    forms: Sequence[Form], date: str, near: Sequence[str], countries: Sequence[str]
) -> tuple[Term, ...]:
    """The row that is meant, then the rows that are as likely; nothing where every row is ruled out.

    near: countries named beside it, countries: those of the article. A row's dates rule it out; a title or
    organization of another country is out too. Without a date, rows that have ended lose to the others.

    >>> rows = [Term("treasury", "재무부", country="US"), Term("treasury", "국고", country="KR")]
    >>> [row.target for row in choose([Form("treasury", row) for row in rows], "", ["KR"], [])]
    ['국고']
    """
    rows = [form.term for form in forms]
    if len(rows) == 1 and not (rows[0].country or rows[0].valid_from or rows[0].valid_until):
        return tuple(rows)
    rows = _alive(rows, date)
    sure = _of_country(rows, near)
    return _distinct(sure) if sure else _distinct(_likely(rows, near, countries))


def _alive(rows: list[Term], date: str) -> list[Term]:
    if not date:
        return [row for row in rows if not row.valid_until] or rows
    return [row for row in rows if row.valid_from <= date <= (row.valid_until or date)]


def _of_country(rows: Sequence[Term], codes: Sequence[str]) -> list[Term]:
    return next((hits for code in codes if (hits := [row for row in rows if code in _countries(row)])), [])


def _likely(rows: Sequence[Term], near: Sequence[str], countries: Sequence[str]) -> list[Term]:
    """Rows without a country, or of the article's; then what else could be meant."""
    anywhere = [row for row in rows if not row.country]
    if near:
        return anywhere or [row for row in rows if row.type not in _BOUND]
    best = _of_country(rows, countries) or anywhere
    if not best and countries:
        return [row for row in rows if row.type not in _BOUND]
    return best + [row for row in rows if row not in best]


def _distinct(rows: Sequence[Term]) -> tuple[Term, ...]:
    """The first row of each target."""
    return tuple(
        {row.target: row for row in reversed(rows)}[target]
        for target in dict.fromkeys(r.target for r in rows)
    )
