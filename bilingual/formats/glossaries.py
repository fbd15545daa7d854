"""Glossaries as CSV and TSV: one row a term, sorted, and nothing of the file lost that a person put there."""

import csv
import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from filelock import FileLock, Timeout

from bilingual.atomic import sweep, write_bytes
from bilingual.errors import DocumentError, WorkspaceError
from bilingual.formats.delimited import BOM, guard, read_cells, read_rows
from bilingual.formats.term_rows import COLUMNS, cells_of, make_terms
from bilingual.records import Term

_PATIENCE = 10  # seconds that a second writer waits for the first


@dataclass(frozen=True, slots=True)
class Sheet:
    """A glossary file as it was read, and how it is written; extras are further cells of a row, by origin."""

    path: Path
    terms: tuple[Term, ...] = ()
    extras: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    columns: tuple[str, ...] = COLUMNS
    checksum: str = ""
    delimiter: str = ","
    newline: str = "\n"
    bom: bool = False


def read_glossary(path: Path) -> list[Term]:
    """Terms of a CSV or TSV in its order, origin "file:line"; raises as read_sheet does."""
    return list(read_sheet(path).terms)


def read_sheet(path: Path) -> Sheet:
    """Read a glossary with all that is needed to write it again.

    Raises GlossaryError with every broken row, DocumentError for a file that cannot be read as text and
    FormatError for one without the columns source and target.
    """
    data, rows = _bytes(path), list(read_rows(path, known=COLUMNS, required=("source", "target")))
    terms = make_terms(rows)
    header = next((cells for _, cells in read_cells(path, known=COLUMNS)), [])
    columns = tuple(cell.strip().strip(BOM).casefold() for cell in header if cell.strip())
    more = ({name: cell for name, cell in row.cells.items() if name not in COLUMNS} for row in rows)
    extras = {term.origin: cells for term, cells in zip(terms, more, strict=True) if cells}
    return Sheet(path, tuple(terms), extras, columns, _checksum(data), *_shape(path, data))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be read") from None


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _shape(path: Path, data: bytes) -> tuple[str, str, bool]:
    """Delimiter, line end and mark to write the file with; what is not UTF-8 gets the mark Excel needs."""
    plain = _is_utf8(data)
    text = data.decode("utf-8", "replace") if plain else ""
    head = text.partition("\n")[0]
    delimiter = max(",;\t|", key=head.count) if plain else "\t" if path.suffix == ".tsv" else ","
    return delimiter, "\r\n" if b"\r\n" in data else "\n", not plain or text.startswith(BOM)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def edit_glossary(path: Path, change: Callable[[Sequence[Term]], Iterable[Term]]) -> Sheet:
    """Read a glossary (or begin one), change its terms and write it, while no other process does.

    Raises what read_sheet and write_sheet raise, and WorkspaceError if another process holds the file.
    """
    with _locked(path):
        sheet = read_sheet(path) if path.exists() else _new(path)
        return write_sheet(sheet, change(sheet.terms))


def _new(path: Path) -> Sheet:
    return Sheet(path, delimiter="\t" if path.suffix == ".tsv" else ",")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Keep other processes off a glossary; the lock lies among temporary files, not in the user's folder."""
    place = _checksum(str(path.resolve()).encode())[:16]
    with _told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(Path(tempfile.gettempdir(), f"bilingual-{place}.lock"), timeout=_PATIENCE, mode=0o666)
        with lock:
            sweep(path)
            yield


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except Timeout:
        raise WorkspaceError(str(path), "is being written by another process", "try again") from None
    except OSError as error:
        raise WorkspaceError(str(path), error.strerror or "cannot be written") from None


def write_sheet(sheet: Sheet, terms: Iterable[Term]) -> Sheet:
    """Write terms over the file they were read from, sorted, and give the file as it is now.

    Further cells of rows that stay are kept. Raises WorkspaceError, and writes nothing, if the file was
    changed since it was read or cannot be written.
    """
    found = _checksum(_bytes(sheet.path)) if sheet.path.exists() else ""
    if found != sheet.checksum:
        raise WorkspaceError(str(sheet.path), "was changed by another hand since it was read", "try again")
    with _told(sheet.path):
        write_bytes(sheet.path, sheet_bytes(sheet, terms))
    return read_sheet(sheet.path)


def sheet_bytes(sheet: Sheet, terms: Iterable[Term]) -> bytes:
    """A glossary file with these terms, sorted, written as the sheet was; further cells go by origin."""
    columns = sheet.columns + tuple(name for name in COLUMNS if name not in sheet.columns)
    rows = [_cells(term, sheet.extras.get(term.origin, {}), columns) for term in sorted(terms, key=order)]
    return ((BOM if sheet.bom else "") + _text([list(columns), *rows], sheet)).encode()


def order(term: Term) -> tuple[str, ...]:
    """What the rows of a glossary are sorted by."""
    return (term.source.casefold(), term.source, term.country, term.valid_from, term.target)


def _cells(term: Term, extra: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    own = dict(zip(COLUMNS, cells_of(term), strict=True))
    return [guard(own.get(name, extra.get(name, ""))) for name in columns]


def _text(rows: Iterable[Sequence[str]], sheet: Sheet) -> str:
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=sheet.delimiter, lineterminator=sheet.newline).writerows(rows)
    return stream.getvalue()


def base_files() -> list[Path]:
    """The glossaries that ship: in an installed package beside its code, in a checkout at its top."""
    package = Path(__file__).parent.parent
    folders = (package / "data" / "glossaries", package.parent / "glossaries")
    return next((files for folder in folders if (files := folder_files(folder))), [])


def folder_files(folder: Path) -> list[Path]:
    """Glossary files of a folder (CSV and TSV, no hidden ones) by name."""
    files = (path for path in folder.glob("*") if path.suffix.lower() in {".csv", ".tsv"})
    return sorted(path for path in files if not path.name.startswith("."))
