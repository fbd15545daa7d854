"""Decisions as they are made: one line a batch, on the disk before it is acknowledged, folded in later.

OUT/.bilingual/decisions-000001.jsonl and on; a later line wins. What stands in them is in no table yet. A
last line that a killed process left half-written was never acknowledged and counts for nothing.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from bilingual.atomic import write_bytes
from bilingual.records import Pair
from bilingual.tables import PAIRS, frame_pairs
from bilingual.workspace.decisions import Render, Table, save_decisions
from bilingual.workspace.folder import Workspace, told


@dataclass(frozen=True, slots=True)
class Folded:
    """How many decisions went into the tables, and those about pairs that the folder no longer holds.

    aside: the new places of files that a hand had changed.
    """

    saved: int = 0
    left: Path | None = None
    aside: tuple[Path, ...] = ()


def write_journal(workspace: Workspace, pairs: Sequence[Pair]) -> None:
    """Append a batch of decided pairs; it is on the disk when this returns. Raises WorkspaceError."""
    line = json.dumps([asdict(pair) for pair in pairs], ensure_ascii=False) + "\n"
    with told(workspace.root):
        current = _journals(workspace)[-1:] or [_numbered(workspace, 1)]
        with current[0].open("ab") as file:
            size = file.tell()
            try:
                file.write(line.encode("utf-8", "surrogatepass"))
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                file.truncate(size)
                raise


def rotate(workspace: Workspace) -> list[Path]:
    """Begin a new journal; gives those before it, which nobody writes to any more. Raises WorkspaceError."""
    with told(workspace.root):
        before = _journals(workspace)
        if before:
            _numbered(workspace, 1 + int(before[-1].stem.rpartition("-")[2])).touch()
        return before


def fold(workspace: Workspace, journals: Sequence[Path], *, render: Render, table: Table) -> Folded:
    """Put what journals hold into the tables and articles, then remove them; a kill in between is harmless.

    Decisions about pairs that are gone stay in a file beside, never lost. Raises WorkspaceError.
    """
    decided = {pair.pair_id: pair for path in journals for pair in read_journal(path)}
    known = _known(workspace, decided)
    aside = save_decisions(workspace, known, render=render, table=table) if known else []
    left = [pair for pair_id, pair in decided.items() if pair_id not in known]
    with told(workspace.root):
        place = _keep(workspace, left) if left else None
        for path in journals:
            path.unlink()
    return Folded(len(known), place, tuple(aside))


def read_journal(path: Path) -> Iterator[Pair]:
    """Stream the decided pairs of a journal, oldest first."""
    for line in path.read_bytes().splitlines(keepends=True):
        if line.endswith(b"\n"):
            rows = json.loads(line.decode("utf-8", "surrogatepass"))
            yield from frame_pairs(pl.DataFrame(rows, schema=PAIRS))


def _known(workspace: Workspace, decided: Mapping[str, Pair]) -> dict[str, Pair]:
    if not decided:
        return {}
    table = pl.scan_parquet(workspace.pairs).select("pair_id")
    found = table.filter(pl.col("pair_id").is_in(list(decided))).collect()["pair_id"]
    return {pair_id: decided[pair_id] for pair_id in found}


def _keep(workspace: Workspace, pairs: Sequence[Pair]) -> Path:
    """Put decisions into a file beside, each once however often a kill makes it be done again."""
    path = workspace.ledger / "decisions.left.jsonl"
    before = path.read_bytes().splitlines() if path.exists() else []
    lines = (json.dumps(asdict(pair), ensure_ascii=False).encode("utf-8", "surrogatepass") for pair in pairs)
    write_bytes(path, b"".join(line + b"\n" for line in dict.fromkeys((*before, *lines))))
    return path


def _journals(workspace: Workspace) -> list[Path]:
    return sorted(workspace.ledger.glob("decisions-*.jsonl"))


def _numbered(workspace: Workspace, number: int) -> Path:
    return workspace.ledger / f"decisions-{number:06}.jsonl"
