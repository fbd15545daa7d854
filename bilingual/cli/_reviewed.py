"""Reviewed files of any kind as rows about pairs: tables, workbooks and exchange files."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bilingual.formats.exchange import read_units
from bilingual.formats.pairs_csv import read_pairs_csv
from bilingual.formats.pairs_xlsx import read_pairs_xlsx
from bilingual.records import Row, Status, Unit
from bilingual.review.cells import plain

TABLES = (".csv", ".tsv", ".tab", ".txt")
WORKBOOKS = (".xlsx", ".xlsm")


def read_reviewed(path: Path, targets: Mapping[str, str]) -> Iterator[Row]:
    """Rows of a file that came back from a reviewer; targets: what each pair has now, by id.

    Raises DocumentError and FormatError.
    """
    ending = path.suffix.casefold()
    if ending in TABLES:
        return read_pairs_csv(path)
    if ending in WORKBOOKS:
        return read_pairs_xlsx(path)
    return (_row(unit, targets) for unit in read_units(path))


def _row(unit: Unit, targets: Mapping[str, str]) -> Row:
    """A unit as a row; another target than the pair has is an edit, whatever state the tool left it in."""
    file, _, line = unit.place.rpartition(":")
    cells = {"id": unit.unit_id, "source": unit.source, "note": unit.note}
    now = targets.get(unit.unit_id)
    if unit.status is Status.REJECTED:
        cells |= {"status": unit.status.value, "target": unit.target}
    elif unit.status is not Status.DRAFT or (now is not None and plain(now) != plain(unit.target)):
        cells["edit"] = unit.target
    return Row(file, int(line) if line.isdigit() else 0, cells)
