"""From windows to the tables a person opens: pairs.parquet, pairs.csv, terms.csv and run.json."""

import hashlib
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TextIO

import polars as pl

from bilingual.atomic import replacing, write_bytes
from bilingual.records import Pair
from bilingual.tables import ARTICLES, PAIRS, frame_pairs
from bilingual.workspace.aside import put_over
from bilingual.workspace.folder import Workspace, told
from bilingual.workspace.windows import checksum

ROWS = 4096  # of a row group, and so pairs that are in memory at once


@dataclass(frozen=True, slots=True)
class _Place:
    """Rows of a table file, from start up to end."""

    path: Path
    start: int
    end: int


def join_windows(workspace: Workspace, documents: Sequence[str]) -> None:
    """Make pairs.parquet and the ledger of articles from the windows and what stood there before.

    Documents of this run come first and in their order, then those of earlier runs in theirs. The windows
    stay until drop_windows, so that a kill in between only repeats the work. Raises WorkspaceError.
    """
    with told(workspace.root):
        ledger = workspace.ledger / "articles.parquet"
        before = pl.read_parquet(ledger) if ledger.exists() else ARTICLES.to_frame()
        _join(workspace, workspace.pairs, PAIRS, documents).replace(workspace.pairs)
        part = _join(workspace, ledger, ARTICLES, documents)
        _drop_orphans(workspace, before, pl.read_parquet(part))  # while the ledger still knows them
        part.replace(ledger)


def _join(workspace: Workspace, path: Path, schema: pl.Schema, documents: Sequence[str]) -> Path:
    """The table of all documents in order, written beside path a few at a time, so that memory stays flat."""
    tables = _tables(workspace, path)
    order = [name for name in dict.fromkeys(documents) if name in tables]
    listed = set(order)
    order += [name for name in tables if name not in listed]
    parts, part = path.with_name(f"{path.name}.parts.part"), path.with_name(f"{path.name}.part")
    shutil.rmtree(parts, ignore_errors=True)
    parts.mkdir()
    for number, group in enumerate(_groups(order, tables)):
        _rows(group, tables, schema).write_parquet(parts / f"{number:09}.parquet")
    pl.scan_parquet(sorted(parts.iterdir())).sink_parquet(part, row_group_size=ROWS)
    shutil.rmtree(parts)
    return part


def _groups(order: Sequence[str], tables: Mapping[str, _Place]) -> Iterator[list[str]]:
    """Documents of ROWS rows or just more together; one empty group where there is none."""
    taken, rows = list[str](), 0
    for name in order:
        taken.append(name)
        rows += tables[name].end - tables[name].start
        if rows >= ROWS:
            yield taken
            taken, rows = [], 0
    if taken or not order:
        yield taken


def _tables(workspace: Workspace, path: Path) -> dict[str, _Place]:
    """Where the rows of each document stand: in the newest window, or else in the table at path."""
    places = [path] if path.exists() else []
    places += [window / path.name for window in workspace.windows]
    return {name: rows for place in places for name, rows in _documents(place).items()}


def _documents(place: Path) -> dict[str, _Place]:
    """The rows of each document of a table, in the order of the table; they stand together."""
    runs = pl.read_parquet(place, columns=["document"])["document"].rle().struct.unnest()
    ends = runs["len"].cum_sum()
    rows = zip(runs["value"], ends - runs["len"], ends, strict=True)
    return {document: _Place(place, start, end) for document, start, end in rows}


def _rows(documents: Sequence[str], tables: Mapping[str, _Place], schema: pl.Schema) -> pl.DataFrame:
    """Rows of some documents in order, each table read once."""
    wanted: dict[Path, list[str]] = {}
    for document in documents:
        wanted.setdefault(tables[document].path, []).append(document)
    frames = [schema.to_frame(), *(_read(path, found, tables) for path, found in wanted.items())]
    number = {document: number for number, document in enumerate(documents)}
    key = pl.col("document").replace_strict(number, return_dtype=pl.Int64)
    return pl.concat(frames).sort(key, maintain_order=True)


def _read(path: Path, documents: Sequence[str], tables: Mapping[str, _Place]) -> pl.DataFrame:
    places = [tables[document] for document in documents]
    start, end = min(place.start for place in places), max(place.end for place in places)
    rows = pl.scan_parquet(path).slice(start, end - start).collect()
    return rows.filter(pl.col("document").is_in(documents))


def _drop_orphans(workspace: Workspace, before: pl.DataFrame, after: pl.DataFrame) -> None:
    """Remove article files that their document no longer gives, but none that a hand has changed."""
    for file, written in before.join(after, on="file", how="anti").select("file", "written").iter_rows():
        path = workspace.articles / file
        if path.exists() and checksum(path.read_bytes()) == written:
            path.unlink()


def read_pairs(workspace: Workspace) -> Iterator[Pair]:
    """All pairs in order, a few in memory at a time."""
    for frame in _parts(workspace):
        yield from frame_pairs(frame)


def read_texts(workspace: Workspace) -> Iterator[tuple[str, str]]:
    """Source and target of all pairs in order."""
    for frame in _parts(workspace, "source", "target"):
        yield from frame.iter_rows()


def _parts(workspace: Workspace, *columns: str) -> Iterator[pl.DataFrame]:
    table = pl.scan_parquet(workspace.pairs).select(columns or PAIRS.names())
    for start in range(0, table.select(pl.len()).collect().item(), ROWS):
        yield table.slice(start, ROWS).collect()


def count_rows(workspace: Workspace) -> dict[str, int]:
    """Documents, articles, sentences, and distinct sources among them, that the folder holds."""
    columns = {"documents": "document", "articles": "article", "distinct": "source"}
    counts = [pl.col(column).n_unique().alias(name) for name, column in columns.items()]
    return (
        pl.scan_parquet(workspace.pairs)
        .select(pl.len().alias("sentences"), *counts)
        .collect()
        .row(0, named=True)
    )


def write_output(workspace: Workspace, name: str, write: Callable[[IO[bytes]], None]) -> Path | None:
    """Write OUT/name; a file that a hand has changed since is put aside first, and its place returned."""
    path, note = workspace.root / name, workspace.ledger / f"{name}.written"
    with told(workspace.root):
        ours = note.read_text().split() if note.exists() else []
        fresh = path.with_name(f".{name}.next.part")
        with replacing(fresh) as file:
            write(file)
        known = [*ours, _digest(fresh)]
        write_bytes(note, "\n".join(known[-2:]).encode())
        aside = put_over(path, fresh, lambda found: _digest(found) in known)
    return aside[-1] if aside else None


def write_text(workspace: Workspace, name: str, write: Callable[[TextIO], None]) -> Path | None:
    """Write OUT/name as text, as write_output does, to a stream of UTF-8 opened with newline=""."""

    def write_bytes(file: IO[bytes]) -> None:
        stream = io.TextIOWrapper(file, encoding="utf-8", newline="")
        write(stream)
        stream.detach()  # flushes, and leaves the file to its owner

    return write_output(workspace, name, write_bytes)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_run(workspace: Workspace, run: object) -> None:
    """Write run.json."""
    with told(workspace.root):
        write_bytes(workspace.root / "run.json", json.dumps(run, ensure_ascii=False, indent=1).encode())
