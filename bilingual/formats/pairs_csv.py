"""The reviewer's table of a run as CSV; what a spreadsheet did to it on its way is undone in reading."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from bilingual.errors import FormatError
from bilingual.formats.delimited import read_rows, write_rows
from bilingual.records import Pair, Row

COLUMNS = ("id", "article", "n", "source", "target", "edit", "status", "issues", "terms", "note")
_BREAKS = re.compile("\\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def write_pairs_csv(pairs: Iterable[Pair], stream: TextIO) -> None:
    """Write pairs as they come, each on one line, to a stream of UTF-8 opened with newline=""."""
    write_rows(stream, COLUMNS, pair_cells(pairs))


def read_pairs_csv(path: Path) -> Iterator[Row]:
    """Stream the rows of a reviewed table, whatever its order, encoding, delimiter and further columns.

    Raises DocumentError and FormatError as read_rows does, and FormatError for a table that names no pair.
    """
    for row in read_rows(path, known=COLUMNS):
        if not {"id", "source"} & row.cells.keys():
            raise FormatError(str(path), [(1, "has neither a column 'id' nor a column 'source'")])
        yield row


def pair_cells(pairs: Iterable[Pair]) -> Iterator[list[str]]:
    """Cells of each pair in the order of COLUMNS; n counts the pairs of an article from 1."""
    article, number = ("", ""), 0
    for pair in pairs:
        number = number + 1 if (pair.document, pair.article) == article else 1
        article = (pair.document, pair.article)
        yield [_one_line(cell) for cell in _cells(pair, number)]


def _cells(pair: Pair, number: int) -> tuple[str, ...]:
    issues = "; ".join(f"{issue.code}: {issue.detail}".removesuffix(": ") for issue in pair.issues)
    terms = "; ".join(f"{term.source}→{term.target} {'✓' if term.honoured else '✗'}" for term in pair.terms)
    place = (pair.pair_id, pair.article, str(number))
    return (*place, pair.source, pair.target, "", pair.status.value, issues, terms, pair.note)


def _one_line(text: str) -> str:
    """Text on one line, without characters that no table can show."""
    if text.isprintable():
        return text
    return _CONTROLS.sub("", _BREAKS.sub(" ", text))
