"""Doubts about glossaries and the consistency of a run, as `glossary check` shows them."""

from collections.abc import Sequence
from pathlib import Path

import typer

from bilingual.cli import _tables, _terms
from bilingual.formats.glossaries import base_files
from bilingual.formats.term_files import read_terms
from bilingual.glossary.check import problems
from bilingual.glossary.consistency import consistency
from bilingual.glossary.merge import layered

_PLACES = 5  # shown of each rendering


def show_rows(extra: Sequence[Path], *, base: bool) -> int:
    """Show the doubts about the files checked and the conflicts of layers; gives their number."""
    files = [*(base_files() if base else []), *_terms.project_files(), *extra]
    layers = [read_terms(path) for path in files]
    rows = [row for layer in layers for row in layer]
    doubts: list[object] = [*problems(rows, _terms.today()), *layered(layers).conflicts]
    for doubt in doubts:
        typer.echo(str(doubt))
    typer.echo(f"{len(rows)} rows of {len(files)} files, {len(doubts)} doubts", err=True)
    return len(doubts)


def show_run(out: Path) -> int:
    """Show each source of a run with its renderings, counts and places; gives how many have several."""
    rows = consistency(_terms.read_run(out))
    cells = (
        (row.source, text, len(places), f"{row.share:.0%}", " ".join(places[:_PLACES]))
        for row in rows
        for text, places in row.renderings
    )
    _tables.show(("source", "rendering", "count", "consistency", "places"), cells)
    several = sum(len(row.renderings) > 1 for row in rows)
    typer.echo(f"{len(rows)} terms, {several} rendered in several ways", err=True)
    return several
