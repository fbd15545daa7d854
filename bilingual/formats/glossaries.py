"""Glossaries as CSV and TSV: one row a term, sorted, and nothing of the file lost that a person put there."""

import csv
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path

from filelock import FileLock, Timeout

from bilingual.errors import DocumentError, GlossaryError, WorkspaceError
from bilingual.formats.delimited import BOM, guard, read_cells, read_rows
from bilingual.records import Row, Term, TermStatus, TermType

COLUMNS = ("source", "target", "type", "status", "variant_of", "country", "valid_from", "valid_until", "note")
_LONGEST = 500  # characters of a cell of source or target
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
    problems = [(row.number, what) for row in rows for what in _faults(row.cells)]
    if problems:
        raise GlossaryError(str(path), problems)
    header = next((cells for _, cells in read_cells(path, known=COLUMNS)), [])
    columns = tuple(cell.strip().strip(BOM).casefold() for cell in header if cell.strip())
    terms = tuple(_term(row) for row in rows)
    more = ({name: cell for name, cell in row.cells.items() if name not in COLUMNS} for row in rows)
    extras = {term.origin: cells for term, cells in zip(terms, more, strict=True) if cells}
    return Sheet(path, terms, extras, columns, _checksum(data), *_shape(path, data))


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


def _faults(cells: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a row, one sentence each."""
    for name in ("source", "target"):
        text = cells[name].strip()
        if not text and (name == "source" or cells.get("status", "").strip() != "rejected"):
            yield f"has no {name}"
        if len(text) > _LONGEST:
            yield f"has a {name} of {len(text)} characters, where {_LONGEST} are allowed"
    if any(character < " " and not character.isspace() for cell in cells.values() for character in cell):
        yield "holds a control character"
    for name, values in (("type", TermType), ("status", TermStatus)):
        if (value := cells.get(name, "").strip().lower()) and value not in set(values):
            yield f"has {name} {value!r}, where one of {', '.join(values)} is expected"
    yield from _faults_of_validity(cells)


def _faults_of_validity(cells: Mapping[str, str]) -> Iterator[str]:
    for name in ("valid_from", "valid_until"):
        if (value := cells.get(name, "").strip()) and not _is_day(value):
            yield f"has {name} {value!r}, where a day as YYYY-MM-DD is expected"
    if "" < cells.get("valid_until", "").strip() < cells.get("valid_from", "").strip():
        yield "ends before it begins (valid_until, valid_from)"
    codes = cells.get("country", "").strip().split("|")
    if any(code and not (len(code) == 2 and code.isascii() and code.isalpha()) for code in codes):  # noqa: PLR2004
        yield f"has country {'|'.join(codes)!r}, where codes of two letters as KR or GB|US are expected"
    if "" in cells:
        yield f"has more cells than the header ({cells['']!r})"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _term(row: Row) -> Term:
    cells = {name: " ".join(row.cells.get(name, "").split()) for name in COLUMNS}
    return Term(
        source=cells["source"],
        target=cells["target"],
        type=TermType(cells["type"].lower() or TermType.TERM),
        status=TermStatus(cells["status"].lower() or TermStatus.APPROVED),
        variant_of=cells["variant_of"],
        country=cells["country"].upper(),
        valid_from=cells["valid_from"],
        valid_until=cells["valid_until"],
        note=cells["note"],
        origin=f"{row.file}:{row.number}",
    )


def edit_glossary(path: Path, change: Callable[[Sequence[Term]], Iterable[Term]]) -> Sheet:
    """Read a glossary (or begin one), change its terms and write it, while nobody else does.

    Raises what read_sheet and write_sheet raise, and WorkspaceError if another process holds the file.
    """
    with _locked(path):
        sheet = read_sheet(path) if path.exists() else _new(path)
        return write_sheet(sheet, change(sheet.terms))


def _new(path: Path) -> Sheet:
    return Sheet(path, delimiter="\t" if path.suffix == ".tsv" else ",")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE):
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
    found = _checksum(sheet.path.read_bytes()) if sheet.path.exists() else ""
    if found != sheet.checksum:
        raise WorkspaceError(str(sheet.path), "was changed by another hand since it was read", "try again")
    columns = sheet.columns + tuple(name for name in COLUMNS if name not in sheet.columns)
    rows = [_cells(term, sheet.extras.get(term.origin, {}), columns) for term in sorted(terms, key=order)]
    text = (BOM if sheet.bom else "") + _text([list(columns), *rows], sheet)
    replace_file(sheet.path, text.encode())
    return read_sheet(sheet.path)


def order(term: Term) -> tuple[str, ...]:
    """What the rows of a glossary are sorted by."""
    return (term.source.casefold(), term.source, term.country, term.valid_from, term.target)


def _cells(term: Term, extra: Mapping[str, str], columns: Sequence[str]) -> list[str]:
    own = {name: str(getattr(term, name)) for name in COLUMNS}
    return [guard(own.get(name, extra.get(name, ""))) for name in columns]


def _text(rows: Iterable[Sequence[str]], sheet: Sheet) -> str:
    stream = StringIO(newline="")
    csv.writer(stream, delimiter=sheet.delimiter, lineterminator=sheet.newline).writerows(rows)
    return stream.getvalue()


def replace_file(path: Path, data: bytes) -> None:
    """Put a file in place whole or not at all; raises WorkspaceError."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _take_mode(path, Path(stream.name))
        Path(stream.name).replace(path)
    except OSError as error:
        raise WorkspaceError(str(path), error.strerror or "cannot be written") from None


def _take_mode(path: Path, fresh: Path) -> None:
    """A temporary file is private; the new one keeps the old one's mode, or has that of any new file."""
    fresh.chmod(path.stat().st_mode if path.exists() else 0o644)


def base_files() -> list[Path]:
    """The glossaries that ship: in an installed package beside its code, in a checkout at its top."""
    package = Path(__file__).parent.parent
    folders = (package / "data" / "glossaries", package.parent / "glossaries")
    return next((files for folder in folders if (files := folder_files(folder))), [])


def folder_files(folder: Path) -> list[Path]:
    """Glossary files of a folder (CSV and TSV, no hidden ones) by name."""
    files = (path for path in folder.glob("*") if path.suffix.lower() in {".csv", ".tsv"})
    return sorted(path for path in files if not path.name.startswith("."))
