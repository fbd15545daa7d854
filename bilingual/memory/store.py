"""The memory as one SQLite file that several processes may use at once (write-ahead log)."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bilingual.errors import WorkspaceError
from bilingual.records import Origin, Status, Unit

_APPLICATION = 0x62696C6D
_VERSION = 1
_WAIT = 20_000
_PAUSE = 10  # milliseconds between two tries
_FIELDS = (
    "source",
    "target",
    "source_lang",
    "target_lang",
    "unit_id",
    "status",
    "origin",
    "previous",
    "next",
)
FIELDS = (*_FIELDS, "reviewer", "created_at", "note", "document")
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS entry (
  id INTEGER PRIMARY KEY, key INTEGER NOT NULL, slot INTEGER NOT NULL, rank INTEGER NOT NULL,
  {", ".join(f"{name} TEXT NOT NULL" for name in FIELDS)},
  used INTEGER NOT NULL DEFAULT 0, UNIQUE (key, slot));
CREATE VIRTUAL TABLE IF NOT EXISTS gram
  USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii');
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {_VERSION};
COMMIT;
"""


@dataclass(frozen=True, slots=True)
class Memory:
    """An open memory; open_memory opens and closes it."""

    path: Path
    connection: sqlite3.Connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that no other process writes into; undone whole where anything fails."""
        with told(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
            except BaseException:
                self.connection.rollback()
                raise
            self.connection.commit()


@contextmanager
def open_memory(path: Path, *, new: bool = True, wait: int = _WAIT) -> Iterator[Memory]:
    """Open a memory, made where there is none unless new is false; several processes may have it open.

    wait: milliseconds to wait for another process that writes. Raises WorkspaceError for a file that is no
    memory, of a newer version, damaged, read-only or locked for longer than that.
    """
    if not new and not path.exists():
        raise WorkspaceError(
            str(path), "there is no memory here", "name another file, or import into this one"
        )
    # a run looks up in a thread of its own, and nobody else uses the connection meanwhile
    opened = partial(sqlite3.connect, timeout=wait / 1000, isolation_level=None, check_same_thread=False)
    with told(path), closing(opened(path)) as connection:
        _prepare(path, connection, wait)
        yield Memory(path, connection)


def _prepare(path: Path, connection: sqlite3.Connection, wait: int) -> None:
    application, version, filled = _read_header(connection)
    if filled and application != _APPLICATION:
        raise WorkspaceError(str(path), "is a database of another program", "name another file")
    if version > _VERSION:
        raise WorkspaceError(str(path), f"is a memory of version {version}", "bring bilingual up to date")
    connection.execute("PRAGMA synchronous = NORMAL")
    if version < _VERSION:
        _write_ahead(connection, wait)
        connection.executescript(_SCHEMA)


def _write_ahead(connection: sqlite3.Connection, wait: int) -> None:
    """Turn the log on, for which SQLite itself does not wait until other processes have let go."""
    for left in range(wait // _PAUSE, -1, -1):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not left:
                raise
            time.sleep(_PAUSE / 1000)
        else:
            return


def _read_header(connection: sqlite3.Connection) -> tuple[int, int, bool]:
    """Whose the file is, of which version, and whether it has tables: as they stood at one moment."""
    connection.execute("BEGIN")  # else another process may make the tables between one read and the next
    application, version = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")
    )
    filled = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
    connection.execute("COMMIT")
    return application, version, filled


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Translate what SQLite says into a WorkspaceError that names the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise WorkspaceError(str(path), *_sentence(error)) from error


def _sentence(error: sqlite3.Error) -> tuple[str, str]:
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    return _SENTENCES.get(code, (f"cannot be used as a memory ({error})", "name another file"))


_SENTENCES = {
    sqlite3.SQLITE_BUSY: ("is being written by another program", "try again when it is done"),
    sqlite3.SQLITE_LOCKED: ("is being written by another program", "try again when it is done"),
    sqlite3.SQLITE_READONLY: ("cannot be written to", "copy it to a folder of your own"),
    sqlite3.SQLITE_CANTOPEN: ("cannot be opened or made", "does its folder exist, and is it yours?"),
    sqlite3.SQLITE_FULL: ("cannot grow, the disk is full", "make room and try again"),
    sqlite3.SQLITE_CORRUPT: ("is damaged", "restore it from a copy or from an export"),
    sqlite3.SQLITE_NOTADB: ("is no memory", "name another file"),
}


def unit(row: tuple[str, ...]) -> Unit:
    """A row of FIELDS as a record."""
    values = dict(zip(FIELDS, row, strict=True))
    status, origin = Status(values.pop("status")), Origin(values.pop("origin"))
    return Unit(**values, status=status, origin=origin)
