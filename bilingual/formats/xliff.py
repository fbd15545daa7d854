"""Exchange with translation tools as XLIFF 1.2, 2.0 and 2.1: states mapped, ids and notes kept."""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from lxml import etree

from bilingual.errors import FormatError
from bilingual.formats import _xliff1, _xliff2
from bilingual.formats._xml import local, read_elements, same_language
from bilingual.records import Unit

_READERS = {"trans-unit": _xliff1.read_unit, "unit": _xliff2.read_unit}


def write_xliff(units: Iterable[Unit], stream: IO[bytes], version: str = "2.1") -> None:
    """Write units of one language pair as they come, a file for each document; version is 1.2 or 2.1.

    Raises FormatError for a unit of another language pair than the first.
    """
    source = iter(units)
    first = next(source, Unit("", ""))
    alike = _alike(first, chain((first,) if first.source else (), source))
    writer = _xliff1.write_document if version == "1.2" else _xliff2.write_document
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        writer(file, first, alike)


def _alike(first: Unit, units: Iterable[Unit]) -> Iterator[Unit]:
    languages = first.source_lang, first.target_lang
    for number, unit in enumerate(units, start=1):
        if (unit.source_lang, unit.target_lang) != languages:
            here, there = f"{unit.source_lang}>{unit.target_lang}", ">".join(languages)
            what = f"unit {unit.unit_id} is {here}, where the file is {there}"
            raise FormatError("XLIFF", [(number, what)])
        yield unit


def read_xliff(path: Path, source_lang: str = "en", target_lang: str = "ko") -> Iterator[Unit]:
    """Stream the units; a unit of several segments gives one for each, with ids like "unit#segment".

    The languages stand for those that the file does not name. Raises DocumentError, FormatError (after the
    good units where single ones are wrong), and FormatError for a file of other languages or without units.
    """
    problems: list[tuple[int, str]] = []
    count, other = 0, ""
    for element in read_elements(path, _READERS, "xliff"):
        read = _READERS[local(element)]
        try:
            for unit in read(element, path, (source_lang, target_lang)):
                if _fits(unit, source_lang, target_lang):
                    count += 1
                    yield unit
                else:
                    other = f"{unit.source_lang} and {unit.target_lang}"
        except FormatError as error:
            problems += error.problems
    if not count and not problems:
        what = f"is in {other}, not {source_lang} and {target_lang}" if other else "has no unit with text"
        problems.append((1, what))
    if problems:
        raise FormatError(str(path), problems)


def _fits(unit: Unit, source_lang: str, target_lang: str) -> bool:
    return same_language(unit.source_lang, source_lang) and same_language(unit.target_lang, target_lang)
