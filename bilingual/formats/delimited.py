"""Tables as text: CSV and TSV as spreadsheets write them, and as they must find them to do no harm."""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, zip_longest
from pathlib import Path
from typing import TextIO

from bilingual.errors import DocumentError, FormatError
from bilingual.formats._encoding import text_encoding
from bilingual.records import Row

BOM = "\ufeff"
_DELIMITERS = (",", "\t", ";", "|")
_FORMULA = re.compile("'*[\\s\u200b\u2060\ufeff]*[=+\\-@\t\r＝＋－＠]")
_HEAD = 1 << 16


def guard(cell: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula, by an apostrophe before it; unguard undoes it.

    Source: OWASP, CSV injection. Cells that already look guarded get one more, so nothing is lost.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Undo guard."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell, 1) else cell


def write_rows(
    stream: TextIO, columns: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ","
) -> None:
    """Write a header and rows by RFC 4180, with BOM and CRLF, to a stream of UTF-8 opened with newline=""."""
    stream.write(BOM)
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([guard(cell) for cell in row] for row in rows)


def read_rows(path: Path, known: Collection[str] = (), required: Collection[str] = ()) -> Iterator[Row]:
    """Stream the rows under the header, blank ones left out; encoding and delimiter are found out.

    known: column names that help to find the delimiter. Raises DocumentError for a file that is missing,
    empty or no text, FormatError for a header that lacks a required column and for quotes that do not close.
    """
    header: list[str] = []
    for number, cells in read_cells(path, known):
        if header:
            yield Row(str(path), number, named_cells(header, cells))
        else:
            header = check_header(str(path), number, cells, required)
    if not header:
        raise DocumentError(str(path), "is empty", "give a table with a header")


def read_cells(path: Path, known: Collection[str] = ()) -> Iterator[tuple[int, list[str]]]:
    """Stream all rows that are not blank with their numbers, cells unguarded; raises as read_rows does."""
    try:
        with path.open(encoding=text_encoding(path), newline="") as stream:
            for number, cells in enumerate(_records(stream, path, known), start=1):
                if any(cell.strip() for cell in cells):
                    yield number, [unguard(cell) for cell in cells]
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be read") from None


def _records(stream: TextIO, path: Path, known: Collection[str]) -> Iterator[list[str]]:
    head = stream.read(_HEAD)
    delimiter, skip = _delimiter(head, known)
    start = StringIO(head[skip:] + stream.readline(), newline="")
    plain = delimiter == "\t" and not _quoted(path, stream.encoding)
    reader = csv.reader(
        chain(start, stream),
        delimiter=delimiter,
        strict=True,
        quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL,
    )
    try:
        yield from reader
    except csv.Error as error:
        what = f"cannot be split into cells ({error}); does a quotation mark not close?"
        raise FormatError(str(path), [(reader.line_num, what)]) from None


def _delimiter(head: str, known: Collection[str]) -> tuple[str, int]:
    """Delimiter, and the length of the "sep=;" line by which Excel may name it."""
    named = re.match(r"sep=(.)\r?\n", head)
    if named:
        return named[1], named.end()
    lines = [line for line in head.splitlines() if line.strip()][:1]
    return max(_DELIMITERS, key=lambda delimiter: _fit(lines, delimiter, known)), 0


def _fit(lines: list[str], delimiter: str, known: Collection[str]) -> tuple[int, int]:
    cells = next(csv.reader(lines, delimiter=delimiter), [])
    return len({column_name(cell) for cell in cells} & set(known)), len(cells)


def _quoted(path: Path, encoding: str) -> bool:
    """Whether quotation marks of a tab-separated file enclose cells, as spreadsheets write them."""
    try:
        with path.open(encoding=encoding, newline="") as stream:
            for _ in csv.reader(stream, delimiter="\t", strict=True):
                pass
    except csv.Error:
        return False
    return True


def column_name(cell: str) -> str:
    """Name of a column as it is compared."""
    return cell.strip(f" \t\r\n{BOM}\u200b'\"").casefold()


def check_header(where: str, number: int, cells: Iterable[str], required: Collection[str] = ()) -> list[str]:
    """Column names of a header; raises FormatError for one that lacks a column or names one twice."""
    names = [column_name(cell) for cell in cells]
    if names[0].startswith("ï»¿"):  # the mark of UTF-8, taken for three letters and saved as such
        what = "was opened in another encoding and then saved; open the original again as UTF-8"
        raise FormatError(where, [(number, what)])
    problems = [(number, f"has no column {name!r}") for name in required if name not in names]
    problems += [
        (number, f"has column {n!r} twice") for n in dict.fromkeys(names) if n and names.count(n) > 1
    ]
    if problems:
        raise FormatError(where, problems)
    return names


def named_cells(header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Cells by column; a short row is filled up, what stands beyond the header is kept under ""."""
    named = {name: cell for name, cell in zip_longest(header, cells[: len(header)], fillvalue="") if name}
    beyond = " ".join(cells[len(header) :]).strip()
    return {**named, "": beyond} if beyond else named
