"""Units as CSV and TSV: any table with a source and a target column, and any of two columns."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from typing import IO

from bilingual.errors import FormatError
from bilingual.formats.delimited import column_name, read_cells, write_rows
from bilingual.records import Origin, Status, Unit

COLUMNS = tuple(field.name for field in fields(Unit) if field.name != "place")
_NAMES = {
    "source": ("source", "english", "en", "원문", "영어"),
    "target": ("target", "korean", "ko", "translation", "번역", "번역문", "한국어"),
    "unit_id": ("unit_id", "id"),
}


def write_units(units: Iterable[Unit], stream: IO[bytes], delimiter: str = ",") -> None:
    """Write every field of each unit under its name, as they come."""
    text = TextIOWrapper(stream, encoding="utf-8", errors="ignore", newline="")
    write_rows(text, COLUMNS, ([getattr(unit, name) for name in COLUMNS] for unit in units), delimiter)
    text.detach()


def read_units(path: Path, source_lang: str = "en", target_lang: str = "ko") -> Iterator[Unit]:
    """Stream the units of a table; without a header the first two columns are source and target.

    Rows without a source and target are passed over. Raises DocumentError, and FormatError for a table of one
    column and, after the good rows, for those with a status or origin that does not exist.
    """
    rows = read_cells(path, known=set(chain(COLUMNS, *_NAMES.values())))
    first = list(islice(rows, 1))
    columns = _columns(first[0][1]) if first else {}
    problems: list[tuple[int, str]] = []
    if not columns:
        columns, rows = {"source": 0, "target": 1}, chain(first, rows)
        if first and len(first[0][1]) < len(columns):
            raise FormatError(
                str(path), [(first[0][0], "has one column, where source and target were expected")]
            )
    for number, cells in rows:
        row = {name: cells[place] for name, place in columns.items() if place < len(cells)}
        if row.get("source", "").strip() and row.get("target", "").strip():
            yield from _unit(row, number, path, (source_lang, target_lang), problems)
    if problems:
        raise FormatError(str(path), problems)


def _columns(header: Iterable[str]) -> dict[str, int]:
    """Where each field stands, if this is a header that names source and target."""
    names = [column_name(cell) for cell in header]
    places = {
        field: next((names.index(name) for name in _NAMES.get(field, (field,)) if name in names), -1)
        for field in COLUMNS
    }
    found = {field: place for field, place in places.items() if place >= 0}
    return found if {"source", "target"} <= found.keys() else {}


def _unit(
    row: dict[str, str], number: int, path: Path, languages: tuple[str, str], problems: list[tuple[int, str]]
) -> Iterator[Unit]:
    status, origin = row.pop("status", "") or Status.DRAFT.value, row.pop("origin", "") or Origin.HUMAN.value
    if status not in list(Status) or origin not in list(Origin):
        problems.append(
            (number, f"has status {status!r} and origin {origin!r}, and one of them does not exist")
        )
        return
    row["source_lang"] = row.get("source_lang") or languages[0]
    row["target_lang"] = row.get("target_lang") or languages[1]
    place = f"{path}:{number}"
    yield Unit(**row, status=Status(status), origin=Origin(origin), place=place)
