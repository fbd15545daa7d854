"""What lies in a folder, compared: whole after a fault, and the same once the next run has finished."""

import hashlib
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import polars as pl

_PASSING = ("-wal", "-shm", "-journal", ".lock")  # SQLite's own, which it plays back or passes over
Tree = dict[str, bytes]


def files(root: Path) -> Tree:
    """What a person sees in a folder: no hidden files, no memory, nothing of the harness's own."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if path.is_file() and not hidden and not name.endswith((".part", ".db", *_PASSING)):
            found[name] = _lasting(name, path.read_bytes())
    return found


def waiting(root: Path) -> Tree:
    """Files under the hidden name that they have while another is put in their place, by their own name."""
    found = {}
    for ending in (".bilingual-taken", ".bilingual-old"):
        for path in root.rglob(f".*{ending}"):
            place = path.with_name(path.name.removesuffix(ending)[1:])
            found[place.relative_to(root).as_posix()] = path.read_bytes()
    return found


def _lasting(name: str, data: bytes) -> bytes:
    """Bytes of a file without what is about one run alone."""
    if not name.endswith("run.json"):
        return data
    run = json.loads(data)
    run.pop("this_run", None)
    run["model"].pop("place", None)  # the folder of the harness
    return json.dumps(run, sort_keys=True).encode()


def records(root: Path) -> dict[str, object]:
    """Our own records: ledger and drafts as tables, the memory's entries, and what ought to be gone."""
    found: dict[str, object] = {}
    for name in ("articles.parquet", "drafts.parquet"):
        path = root / "out" / ".bilingual" / name
        if path.exists():
            frame = pl.read_parquet(path)
            found[name] = frame.sort(frame.columns[0], maintain_order=True).to_dicts()
    if (root / "memory.db").exists():
        found["memory"] = entries(root / "memory.db")
    found["litter"] = litter(root)
    return found


def litter(root: Path) -> list[str]:
    """Files that no finished run leaves."""
    ledger = root / "out" / ".bilingual"
    passing = [path for path in ledger.glob("*") if path.name.startswith(("window-", "stash-"))]
    passing += [path for path in ledger.glob("decisions-*.jsonl") if path.stat().st_size]
    passing += [path for path in root.rglob("*") if path.name.endswith((".part", "-taken", "-old"))]
    return sorted(path.relative_to(root).as_posix() for path in passing)


def entries(path: Path) -> list[tuple[object, ...]]:
    """Entries of a memory without their numbers; raises AssertionError for one that is damaged."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the memory is damaged"
        names = [row[1] for row in connection.execute("PRAGMA table_info(entry)")]
        kept = ", ".join(name for name in names if name not in ("id", "used", "created_at"))
        found = connection.execute(f"SELECT {kept} FROM entry").fetchall()  # noqa: S608 - names of our own
        connection.execute("INSERT INTO gram (gram) VALUES ('integrity-check')")
    connection.close()
    assert len({row[:2] for row in found}) == len(found), "an entry stands twice"
    return sorted(found)


def faults_of(now: Mapping[str, bytes], *allowed: Mapping[str, bytes]) -> list[str]:
    """Files that are neither as they were nor as they are to be, and those that lasted and are missing."""
    bad = []
    for name, data in now.items():
        if all(tree.get(name) != data for tree in allowed):
            bad += [f"{name} is half-made or wrong ({_told(name, data)})"]
    lasting = set(allowed[0]).intersection(*allowed)
    return bad + [f"{name} is gone" for name in sorted(lasting - now.keys())]


def _told(name: str, data: bytes) -> str:
    what = f"{len(data)} bytes, {hashlib.sha256(data).hexdigest()[:8]}"
    if name.endswith(".parquet"):
        try:
            what += f", {pl.read_parquet(io.BytesIO(data)).height} rows"
        except Exception as error:  # noqa: BLE001 - whatever is wrong with it is what is told
            what += f", unreadable: {error}"
    return what


def differences(now: Mapping[str, object], wanted: Mapping[str, object]) -> list[str]:
    """Names of what differs between two trees or records."""
    names = sorted(now.keys() | wanted.keys())
    return [
        f"{name} differs{_detail(now.get(name), wanted.get(name))}"
        for name in names
        if now.get(name) != wanted.get(name)
    ]


def _detail(now: object, wanted: object) -> str:
    if now is None or wanted is None:
        return " (missing)" if now is None else " (not expected)"
    if isinstance(now, list) and isinstance(wanted, list):
        more, less = [row for row in now if row not in wanted], [row for row in wanted if row not in now]
        return f" (+{str(more)[:200]} -{str(less)[:200]})"
    if isinstance(now, bytes) and isinstance(wanted, bytes):
        here, there = (
            now.decode("utf-8", "replace").splitlines(),
            wanted.decode("utf-8", "replace").splitlines(),
        )
        line = next((pair for pair in zip(here, there, strict=False) if pair[0] != pair[1]), ("", ""))
        return f" ({len(here)} lines, not {len(there)}; {line[0][:120]!r}, not {line[1][:120]!r})"
    return ""


def copy(start: Path, place: Path) -> Path:
    """A copy of a start folder; hard links are not used, since a fault writes in place."""
    shutil.copytree(start, place, symlinks=True)
    return place


def age(root: Path, seconds: float) -> None:
    """Set the times of all files of a folder."""
    for path in root.rglob("*"):
        if path.is_file():
            os.utime(path, (seconds, seconds))
