"""The reviewer's table of a run as a workbook."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from bilingual.errors import FormatError
from bilingual.formats.delimited import unguard
from bilingual.formats.pairs_csv import COLUMNS, pair_cells
from bilingual.formats.xlsx import Column, read_xlsx, write_xlsx
from bilingual.records import Pair, Row, Status

_AMBER, _GREEN, _BLUE, _RED = "FFE699", "C6E0B4", "BDD7EE", "F8CBAD"
_COLOURS = {"accepted": _GREEN, "edited": _BLUE, "rejected": _RED}
_WIDTHS = {"id": 19, "article": 18, "n": 5, "source": 60, "target": 50, "edit": 50, "issues": 28, "terms": 30}
_CHOICES = {"status": tuple(Status)}
_MARKED = {"status": _COLOURS, "issues": {"": _AMBER}}
_LAYOUT = tuple(
    Column(name, _WIDTHS.get(name, 14), _CHOICES.get(name, ()), _MARKED.get(name, {})) for name in COLUMNS
)


def write_pairs_xlsx(pairs: Iterable[Pair], stream: IO[bytes]) -> None:
    """Write pairs with a drop-down for the status and colours for statuses and issues; raises FormatError."""
    write_xlsx(stream, _LAYOUT, pair_cells(pairs))


def read_pairs_xlsx(path: Path) -> Iterator[Row]:
    """Stream the rows of a reviewed workbook, also of one that a spreadsheet made of the CSV.

    Raises DocumentError and FormatError as read_pairs_csv does.
    """
    for row in read_xlsx(path):
        if not {"id", "source"} & row.cells.keys():
            raise FormatError(str(path), [(1, "has neither a column 'id' nor a column 'source'")])
        yield replace(row, cells={name: unguard(cell) for name, cell in row.cells.items()})
