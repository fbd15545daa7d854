"""Workbooks: one table on the first sheet, every cell text, read whatever Excel or LibreOffice made of it."""

import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from traceback import clear_frames
from typing import IO, TYPE_CHECKING

from bilingual.errors import DocumentError, FormatError
from bilingual.formats.delimited import check_header, named_cells
from bilingual.records import Row

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_ROWS = 1_048_576
_CHARACTERS = 32_767
_UNPACKED = 1 << 28
_RATIO = 200
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a workbook: width in characters, words to choose from, colours (RRGGBB) of its values.

    The colour under "" is that of any text at all.
    """

    name: str
    width: int = 12
    choices: tuple[str, ...] = ()
    colours: Mapping[str, str] = field(default_factory=dict)


def write_xlsx(stream: IO[bytes], columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Write a header that stays in sight and rows as they come, all as wrapped text, never as formulas.

    Raises FormatError for more rows or longer cells than a workbook can hold; then nothing was written.
    """
    from xlsxwriter import Workbook

    with TemporaryFile() as scratch:
        try:
            with Workbook(scratch, {"constant_memory": True}) as book:
                sheet = book.add_worksheet("bilingual")
                _lay_out(book, sheet, columns)
                last = _fill(book, sheet, columns, rows)
                _help(book, sheet, columns, last)
        except BaseException as error:
            # an archive that was left open writes its end when it is freed: now, while scratch can take it
            clear_frames(error.__traceback__)
            raise
        scratch.seek(0)
        copyfileobj(scratch, stream)


def _lay_out(book: "Workbook", sheet: "Worksheet", columns: Sequence[Column]) -> None:
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width, text)


def _fill(
    book: "Workbook", sheet: "Worksheet", columns: Sequence[Column], rows: Iterable[Sequence[str]]
) -> int:
    """Write the header and the rows; how many rows."""
    bold = book.add_format({"bold": True, "valign": "top"})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, bold)
    number = 0
    for number, row in enumerate(rows, start=1):
        if number >= _ROWS:
            what = "is one row more than a workbook can hold; write CSV instead"
            raise FormatError("XLSX", [(number + 1, what)])
        for place, value in enumerate(row):
            if value:
                sheet.write_string(number, place, _fitting(value, number + 1))
    return number


def _fitting(value: str, row: int) -> str:
    if len(value) > _CHARACTERS:
        what = f"has a cell of more than {_CHARACTERS:,} characters; write CSV instead"
        raise FormatError("XLSX", [(row, what)])
    return _ILLEGAL.sub("", value)


def _help(book: "Workbook", sheet: "Worksheet", columns: Sequence[Column], last: int) -> None:
    """Add the filter, the drop-downs and the colours."""
    sheet.autofilter(0, 0, last, len(columns) - 1)
    for place, column in enumerate(columns):
        span = (1, place, max(last, 1), place)
        if column.choices:
            sheet.data_validation(*span, {"validate": "list", "source": list(column.choices)})
        for value, colour in column.colours.items():
            test = (
                {"type": "cell", "criteria": "==", "value": f'"{value}"'} if value else {"type": "no_blanks"}
            )
            sheet.conditional_format(*span, {**test, "format": book.add_format({"bg_color": f"#{colour}"})})


def read_xlsx(path: Path, required: Collection[str] = ()) -> Iterator[Row]:
    """Stream the rows under the header of the first sheet, blank ones left out, numbers as sheets show them.

    Raises DocumentError for a file that is missing or no workbook, FormatError for one that is damaged, too
    big when unpacked, or without the required columns.
    """
    header: list[str] = []
    for number, cells in _cells(path):
        if header:
            yield Row(str(path), number, named_cells(header, cells))
        else:
            header = check_header(str(path), number, cells, required)
    if not header:
        raise DocumentError(str(path), "is empty", "give a table with a header")


def _cells(path: Path) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    _check_size(path)
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            _refuse_beyond(path, number)
            cells = [_text(value) for value in row]
            if any(cell.strip() for cell in cells):
                yield number, cells
        book.close()
    except FormatError:
        raise
    except Exception as error:  # openpyxl lets through whatever a damaged part made fail
        raise FormatError(
            str(path), [(1, f"is a damaged workbook ({error or type(error).__name__})")]
        ) from error


def _refuse_beyond(path: Path, number: int) -> None:
    """Stop at what no sheet has: openpyxl makes up every row before one that says it is number billions."""
    if number > _ROWS:
        raise FormatError(str(path), [(number, "is one row more than a workbook can hold")])


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = [(part.file_size, part.compress_size) for part in archive.infolist()]
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be read") from None
    except (zipfile.BadZipFile, ValueError, RuntimeError):  # also names in no encoding, and odd versions
        raise DocumentError(str(path), "is no workbook, or was cut off", "save it again as .xlsx") from None
    unpacked, packed = sum(size for size, _ in sizes), sum(size for _, size in sizes)
    if unpacked > _UNPACKED and unpacked > _RATIO * packed:
        raise FormatError(
            str(path), [(1, f"would unpack to {unpacked >> 20} MiB, which no honest table does")]
        )


def _text(value: object) -> str:
    """A value as the text a person typed, as near as can be told."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
