"""Glossaries as workbooks: the first sheet, its first row the header."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import IO

from bilingual.errors import DocumentError, FormatError
from bilingual.formats._xml import legal
from bilingual.formats.delimited import check_header, guard, unguard
from bilingual.formats.term_rows import COLUMNS, cells_of, make_terms
from bilingual.records import Row, Term

_LARGEST = 300_000_000  # bytes of the parts of a workbook, unpacked
_WIDEST = 200  # columns


def write_xlsx(terms: Iterable[Term], stream: IO[bytes]) -> None:
    """Write terms as a workbook with one sheet."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("glossary")
    sheet.append(COLUMNS)
    for term in terms:
        sheet.append([guard(legal(cell)) for cell in cells_of(term)])
    book.save(stream)


def read_xlsx(path: Path) -> list[Term]:
    """Terms of the first sheet of a workbook, origin "file:row".

    Raises DocumentError for a file that cannot be read, FormatError for one that is no workbook, unpacks to
    too much or lacks the columns source and target, GlossaryError for broken rows.
    """
    rows = ((number, cells) for number, cells in enumerate(_cells(path), start=1) if any(cells))
    first = next(rows, None)
    if first is None:
        raise DocumentError(str(path), "is empty", "give a sheet with a header")
    header = check_header(str(path), *first, required=("source", "target"))
    return make_terms(Row(str(path), number, _named(header, cells)) for number, cells in rows)


def _named(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(header, cells, strict=False) if name}


def _cells(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _check_size(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield [_text(value) for value in islice(row, _WIDEST)]
        book.close()
    except (InvalidFileException, KeyError, IndexError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise FormatError(str(path), [(1, f"is no workbook that can be read ({error})")]) from None


def _check_size(path: Path) -> None:
    """A workbook is a zip archive; one that unpacks to more than a glossary can be is refused unread."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        raise FormatError(str(path), [(1, "is no workbook (XLSX)")]) from None
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be read") from None
    if size > _LARGEST:
        raise FormatError(str(path), [(1, f"unpacks to {size:,} bytes, where {_LARGEST:,} are allowed")])


def _text(value: object) -> str:
    """A cell as text; a spreadsheet turns 2026-01-02 into a moment at midnight."""
    return "" if value is None else unguard(str(value).removesuffix(" 00:00:00"))
