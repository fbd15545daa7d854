"""Glossaries in any of their formats, told by the ending of the file's name."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO

from bilingual.atomic import sweep, write_bytes
from bilingual.errors import FormatError, WorkspaceError
from bilingual.formats.glossaries import Sheet, read_glossary, sheet_bytes
from bilingual.formats.tbx import read_tbx, write_tbx
from bilingual.formats.term_rows import COLUMNS, cells_of, make_terms
from bilingual.formats.xlsx import Column, read_xlsx, write_xlsx
from bilingual.records import Term, TermStatus


def _read_workbook(path: Path) -> list[Term]:
    return make_terms(read_xlsx(path, required=("source", "target")))


def _write_workbook(terms: Iterable[Term], stream: IO[bytes]) -> None:
    wide = {"source": 40, "target": 30, "note": 50}
    choices = {"status": tuple(TermStatus)}
    columns = [Column(name, wide.get(name, 14), choices.get(name, ())) for name in COLUMNS]
    write_xlsx(stream, columns, map(cells_of, terms))


READERS = {
    ".csv": read_glossary,
    ".tsv": read_glossary,
    ".txt": read_glossary,
    ".xlsx": _read_workbook,
    ".tbx": read_tbx,
    ".xml": read_tbx,
}
WRITERS = {".xlsx": _write_workbook, ".tbx": write_tbx}


def read_terms(path: Path) -> list[Term]:
    """Terms of a CSV, TSV, XLSX or TBX file; raises DocumentError, FormatError or GlossaryError."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise _unknown(path, READERS)
    return reader(path)


def write_terms(path: Path, terms: Sequence[Term]) -> None:
    """Write terms in the format that the ending asks for, whole or not at all.

    Raises FormatError for an ending without a writer, WorkspaceError if the file cannot be written.
    """
    suffix, stream = path.suffix.lower(), BytesIO()
    if suffix in WRITERS:
        WRITERS[suffix](terms, stream)
    elif suffix in {".csv", ".tsv"}:
        stream.write(sheet_bytes(Sheet(path, delimiter="\t" if suffix == ".tsv" else ",", bom=True), terms))
    else:
        raise _unknown(path, [".csv", ".tsv", *WRITERS])
    try:
        sweep(path)
        write_bytes(path, stream.getvalue())
    except OSError as error:
        raise WorkspaceError(str(path), error.strerror or "cannot be written") from None


def _unknown(path: Path, endings: Iterable[str]) -> FormatError:
    return FormatError(str(path), [(1, f"is not one of the formats of a glossary ({', '.join(endings)})")])
