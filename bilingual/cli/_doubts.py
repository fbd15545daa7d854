"""Doubts about translations and counts of a review, as `review check` and `review stats` show them."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import typer

from bilingual.checks import Known, check_pairs
from bilingual.cli import _tables
from bilingual.cli._reviewed import WORKBOOKS
from bilingual.cli._terms import effective, read_run
from bilingual.errors import FormatError
from bilingual.formats.exchange import read_units
from bilingual.formats.pairs_xlsx import read_pairs_xlsx
from bilingual.records import Pair, TermStatus
from bilingual.review import Stats, review_stats
from bilingual.workspace.decisions import read_drafts
from bilingual.workspace.folder import Workspace


def show_doubts(file: Path) -> int:
    """Show each doubt with its place; gives their number."""
    places, pairs = zip(*_pairs(file), strict=True)
    forbidden = tuple(term for term in effective().terms if term.status is TermStatus.FORBIDDEN)
    found = list(zip(places, pairs, check_pairs(pairs, Known(forbidden)), strict=True))
    rows = [(place, i.code, i.detail, p.source, p.target) for place, p, issues in found for i in issues]
    _tables.show(("place", "issue", "detail", "source", "target"), rows)
    counts = Counter(row[1] for row in rows)
    summary = ", ".join(f"{count} {code}" for code, count in counts.most_common())
    typer.echo(f"{len(pairs)} pairs, {len(rows)} doubts{f': {summary}' * bool(summary)}", err=True)
    return len(rows)


def _pairs(file: Path) -> Iterator[tuple[str, Pair]]:
    """Pairs with the places they are shown under; raises FormatError for a file without any."""
    if file.is_dir():
        found = [(pair.pair_id, pair) for pair in read_run(file)]
    elif file.suffix.casefold() in WORKBOOKS:
        rows = ((row, row.cells) for row in read_pairs_xlsx(file))
        found = [
            (f"{row.file}:{row.number}", _pair(cells.get("source", ""), cells.get("target", "")))
            for row, cells in rows
        ]
    else:
        found = [(unit.place, _pair(unit.source, unit.target)) for unit in read_units(file)]
    if not found:
        raise FormatError(str(file), [(1, "holds no pairs of source and target")])
    return iter(found)


def _pair(source: str, target: str) -> Pair:
    return Pair("", "", "", 0, 0, source, target)


def show_stats(out: Path) -> None:
    """Show the counts of a run's review."""
    pairs = read_run(out)
    _tables.show(("what", "count"), _rows(review_stats(pairs, read_drafts(Workspace(out)))))


def _rows(stats: Stats) -> Iterator[tuple[str, object]]:
    yield "pairs", stats.pairs
    for kind, counts in (("status", stats.states), ("origin", stats.origins), ("issue", stats.issues)):
        yield from ((f"{kind} {name}", count) for name, count in sorted(counts.items()))
    yield "edited, draft known", stats.edited
    yield "chrF of machine to human", _number(stats.chrf, "{:.1f}")
    yield "word edits a word (TER without shifts)", _number(stats.word_edits, "{:.2f}")
    yield "words an hour", _number(stats.words_an_hour, "{:.0f}")


def _number(value: float | None, form: str) -> str:
    return "not known" if value is None else form.format(value)
