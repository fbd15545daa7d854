"""Writing a run in the format that was asked for."""

import io
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import IO

import typer

from bilingual.atomic import replacing, sweep
from bilingual.cli._review import run_folder
from bilingual.errors import DocumentError
from bilingual.formats import po, tbx, tmx, unit_tables, xliff
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.formats.pairs_xlsx import write_pairs_xlsx
from bilingual.memory import pair_units
from bilingual.records import Pair, Status, Term, TermStatus, Unit
from bilingual.workspace.decisions import settle
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.outputs import read_pairs, write_output

_UNITS: dict[str, tuple[str, Callable[[Iterable[Unit], IO[bytes]], None]]] = {
    "tmx": ("tmx", tmx.write_tmx),
    "xliff": ("xlf", partial(xliff.write_xliff, version="2.1")),
    "xliff1": ("xlf", partial(xliff.write_xliff, version="1.2")),
    "po": ("po", po.write_po),
    "tsv": ("tsv", partial(unit_tables.write_units, delimiter="\t")),
}


def export_run(out: Path, to: str, file: Path | None, *, decided: bool) -> None:
    """Write the pairs of a run, or its terms; a file in the folder that a hand has changed is put aside."""
    with open_workspace(run_folder(out, [])) as workspace:
        settle(workspace, write_pairs_csv)
        write = partial(_write, read_pairs(workspace), to, _wanted(decided=decided))
        if file:
            _write_elsewhere(file, write)
        else:
            file = out / ("terms.tbx" if to == "tbx" else f"pairs.{_UNITS[to][0] if to in _UNITS else to}")
            _told_aside(write_output(workspace, file.name, write))
    typer.echo(f"{file}: written")


def _told_aside(aside: Path | None) -> None:
    if aside:
        sys.stderr.write(f"bilingual: {aside}: had been changed by hand and was put aside under this name\n")


def _write_elsewhere(file: Path, write: Callable[[IO[bytes]], None]) -> None:
    try:
        sweep(file)
        with replacing(file) as stream:
            write(stream)
    except OSError as error:
        raise DocumentError(str(file), f"cannot be written ({error.strerror})") from None


def _wanted(*, decided: bool) -> set[Status]:
    """All states, or those of pairs that a person stands behind."""
    return {Status.ACCEPTED, Status.EDITED} if decided else set(Status)


def _write(pairs: Iterable[Pair], to: str, wanted: set[Status], stream: IO[bytes]) -> None:
    if to in _UNITS:  # neighbours first, so that each unit has its own whatever is left out
        _UNITS[to][1]((unit for unit in pair_units(pairs) if unit.status in wanted), stream)
        return
    chosen = (pair for pair in pairs if pair.status in wanted)
    if to == "xlsx":
        write_pairs_xlsx(chosen, stream)
    elif to == "tbx":
        tbx.write_tbx(_terms(chosen), stream)
    else:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        write_pairs_csv(chosen, text)
        text.detach()


def _terms(pairs: Iterable[Pair]) -> list[Term]:
    """The terms that the glossary gave to the sentences of the run, each once."""
    seen = {(term.source, term.target): term.type for pair in pairs for term in pair.terms}
    rows = sorted((*words, kind) for words, kind in seen.items())
    return [Term(source, target, kind, TermStatus.APPROVED) for source, target, kind in rows]
