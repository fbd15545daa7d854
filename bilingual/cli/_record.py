"""What a run leaves besides its windows: the tables, and the record of how they came to be."""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import Any

from bilingual.cli.names import Names, count_names, write_terms_csv
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.pipeline import Progress
from bilingual.plan import Name, label
from bilingual.records import Model
from bilingual.workspace.decisions import write_table
from bilingual.workspace.folder import Workspace
from bilingual.workspace.outputs import (
    count_rows,
    join_windows,
    read_pairs,
    read_texts,
    write_run,
    write_text,
)
from bilingual.workspace.windows import drop_windows

_COUNTED = ("unchanged", "sentences", "translated", "recalled")
Record = dict[str, Any]


def finish(workspace: Workspace, made: Mapping[str, object], ran: Record, found: Names) -> list[Path]:
    """Join the windows, write what follows from them and run.json; gives the files put aside.

    found: names counted on the way, which are taken if they are those of every article of the folder; else
    all are counted.
    """
    join_windows(workspace, [row["name"] for row in ran["inputs"]])
    rows = count_rows(workspace)
    whole = found.tally.articles == rows["articles"] and not found.tally.full
    aside = _write_tables(workspace, found if whole else count_names(_articles(workspace), found.terms))
    counts = {"counts": {"inputs": len(ran["inputs"]), **rows}}
    failed = [row["error"] for row in ran["failed"]]
    run = {"program": made["program"], "inputs": ran["inputs"], "failed": failed, **made, **counts}
    write_run(workspace, run | {"this_run": ran["this_run"]})
    drop_windows(workspace)
    return aside


def is_recorded(workspace: Workspace, ran: Record) -> bool:
    """Whether run.json tells of these very inputs already."""
    try:
        told = json.loads((workspace.root / "run.json").read_bytes())
    except (OSError, ValueError):
        return False
    return (told.get("inputs"), told.get("failed")) == (
        ran["inputs"],
        [row["error"] for row in ran["failed"]],
    )


def made_by(model: Model, settings: Mapping[str, object]) -> dict[str, object]:
    """What decides the content of a run besides its inputs."""
    told = {"name": model.name, "version": model.version, "sha256": model.checksum, "place": model.place}
    return {"program": f"bilingual {version('bilingual')}", "model": told, "settings": settings}


def ran(done: Progress, names: Sequence[Name], seconds: float) -> Record:
    """What was done, in the order of the inputs, whatever the order in which it was done."""
    inputs = [{"name": name, "sha256": digest} for name, digest in done.documents]
    failed = [{"name": error.where, "error": str(error)} for error in done.failed]
    counts = {name: getattr(done, name) for name in _COUNTED}
    return joined([{"inputs": inputs, "failed": failed, "this_run": counts}], names, seconds)


def joined(runs: Sequence[Mapping[str, Any]], names: Sequence[Name], seconds: float) -> Record:
    """What several parts did, as if it had been one run."""
    place = {label(name): number for number, name in enumerate(names)}

    def ordered(key: str) -> list[dict[str, str]]:
        rows = [row for run in runs for row in run[key]]
        return sorted(rows, key=lambda row: place.get(row["name"], len(place)))

    counts = {name: sum(run["this_run"][name] for run in runs) for name in _COUNTED}
    this_run = counts | {"seconds": round(seconds, 1)}
    return {"inputs": ordered("inputs"), "failed": ordered("failed"), "this_run": this_run}


def _write_tables(workspace: Workspace, found: Names) -> list[Path]:
    """Write what is made from the joined windows; gives the files put aside."""
    terms = found.frame(lambda: read_texts(workspace))
    aside = [
        write_table(workspace, write_pairs_csv),
        write_text(workspace, "terms.csv", lambda stream: write_terms_csv(terms, stream)),
    ]
    return [path for path in aside if path]


def _articles(workspace: Workspace) -> Iterator[list[str]]:
    """Sentences of each article that the folder holds."""
    for _, pairs in groupby(read_pairs(workspace), key=lambda pair: (pair.document, pair.article)):
        yield [pair.source for pair in pairs]
