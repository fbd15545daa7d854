"""What `bilingual review apply` does: from reviewed files to the memory and everything in OUT."""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import polars as pl
import typer

from bilingual.checks import Known
from bilingual.cli._reviewed import read_reviewed
from bilingual.cli._terms import effective
from bilingual.errors import WorkspaceError
from bilingual.formats.articles import render_article
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.memory import Remembered, open_memory, pair_units, remember
from bilingual.records import Pair, TermStatus
from bilingual.review import Applied, Conflict, apply, recheck
from bilingual.tables import PAIRS, frame_pairs
from bilingual.web.learn import fold_journals
from bilingual.workspace.aside import now_at
from bilingual.workspace.decisions import save_decisions, settle
from bilingual.workspace.folder import Workspace, open_workspace
from bilingual.workspace.outputs import ROWS

STRICT = 3  # exit code for work that is done and has issues, where --strict asks for it


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked for."""

    files: Sequence[Path]
    out: Path
    memory: Path
    reviewer: str


def run_folder(out: Path | None, files: Sequence[Path]) -> Path:
    """The folder of the run that files are about: the one named, or the one the first file lies in."""
    place = out or (files[0].parent if _is_run(files[0].parent) else Path("out"))
    if not _is_run(place):
        raise WorkspaceError(str(place), "holds no run", "name the folder that translate wrote to with --out")
    return place


def _is_run(place: Path) -> bool:
    return (place / "pairs.parquet").exists() or (place / ".bilingual").is_dir()


def run(order: Order) -> int:
    """Apply the files, and say what was taken and what was not; gives the number of things not taken."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with open_workspace(order.out) as workspace:
        aside = settle(workspace, write_pairs_csv).aside
        # what a killed page left is older than these files, and must not come over them later
        aside += fold_journals(workspace, order.memory, at).aside
        files = [now_at(path, aside) for path in order.files]
        before = [_state(path) for path in files]
        applied = _apply(workspace, replace(order, files=files), at)
        decided = _decided(applied)
        _refuse_unsteady(files, before)
        known = _remember(order.memory, applied, decided, at)
        saved = {pair.pair_id: pair for pair in decided}
        aside += save_decisions(workspace, saved, render=render_article, table=write_pairs_csv)
    _tell(applied, decided, known, aside)
    return len(applied.refused) + len(applied.conflicts)


def _state(path: Path) -> bytes:
    """Fingerprint of a file as it is now; of none where it cannot be read, which the reader will tell."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return b""


def _refuse_unsteady(files: Sequence[Path], before: Sequence[bytes]) -> None:
    """Raise WorkspaceError where a file was saved since it was read, of which a half may have been read."""
    for path, state in zip(files, before, strict=True):
        if _state(path) != state:
            what = "was saved while it was being read, and nothing was taken"
            raise WorkspaceError(str(path), what, "give the command again")


def _apply(workspace: Workspace, order: Order, at: str) -> Applied:
    pairs = pl.read_parquet(workspace.pairs).match_to_schema(PAIRS)
    targets = dict(pairs.select("pair_id", "target").iter_rows())
    rows = chain.from_iterable(read_reviewed(path, targets) for path in order.files)
    return apply(pairs, rows, reviewer=order.reviewer, at=at)


def _decided(applied: Applied) -> list[Pair]:
    """Pairs that changed, their terms and issues judged anew."""
    forbidden = tuple(term for term in effective().terms if term.status is TermStatus.FORBIDDEN)
    changed = applied.pairs.filter(pl.col("pair_id").is_in(list(applied.changed)))
    return [recheck(pair, Known(forbidden)) for pair in frame_pairs(changed)]


def _remember(path: Path, applied: Applied, decided: Sequence[Pair], at: str) -> Remembered:
    """Take what was accepted or edited into the memory; before the folder, so that a kill loses nothing."""
    ids = {pair.pair_id for pair in decided if pair.status in ("accepted", "edited")}
    if not ids:
        return Remembered()
    articles = {pair.article for pair in decided}
    around = applied.pairs.filter(pl.col("article").is_in(list(articles)))
    pairs = chain.from_iterable(frame_pairs(part) for part in around.iter_slices(ROWS))
    with open_memory(path) as memory:
        return remember(memory, (unit for unit in pair_units(pairs) if unit.unit_id in ids), at, latest=True)


def _tell(applied: Applied, decided: Sequence[Pair], known: Remembered, aside: Sequence[Path]) -> None:
    for refusal in applied.refused:
        sys.stderr.write(f"bilingual: {refusal.file}:{refusal.row}: not taken: {refusal.reason}\n")
    for conflict in applied.conflicts:
        sys.stderr.write(_conflict(conflict))
    for path in aside:
        sys.stderr.write(
            f"bilingual: {path}: this file had been changed by hand and was put aside under this name\n"
        )
    states = [pair.status.value for pair in decided]
    counts = ", ".join(f"{states.count(name)} {name}" for name in sorted(set(states)))
    typer.echo(
        f"{len(decided)} pairs changed{f' ({counts})' * bool(counts)}, {len(applied.refused)} rows not taken,"
        f" {len(applied.conflicts)} conflicts; memory: {known.added} added, {known.replaced} replaced"
    )


def _conflict(conflict: Conflict) -> str:
    before = f"; it was {conflict.before}" if conflict.before else ""
    head = (
        f"bilingual: conflict about pair {conflict.pair_id} ({conflict.source}){before}: nothing was taken\n"
    )
    return head + "".join(
        f"    {side.file}:{side.row}: {side.status}: {side.target}\n" for side in conflict.sides
    )
