"""Units in and out of any exchange format, by the ending of the file's name."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from bilingual.errors import DocumentError
from bilingual.formats import po, tmx, unit_tables, xliff
from bilingual.records import Unit

Reader = Callable[[Path, str, str], Iterator[Unit]]
Writer = Callable[[Iterable[Unit], IO[bytes]], None]

_READERS: dict[str, Reader] = {
    ".tmx": tmx.read_tmx,
    **dict.fromkeys((".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"), xliff.read_xliff),
    **dict.fromkeys((".po", ".pot"), po.read_po),
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt"), unit_tables.read_units),
}
_WRITERS: dict[str, Writer] = {
    ".tmx": tmx.write_tmx,
    ".xlf": partial(xliff.write_xliff, version="2.1"),
    ".xliff": partial(xliff.write_xliff, version="2.1"),
    ".po": po.write_po,
    ".csv": unit_tables.write_units,
    ".tsv": partial(unit_tables.write_units, delimiter="\t"),
}


def read_units(path: Path, source_lang: str = "en", target_lang: str = "ko") -> Iterator[Unit]:
    """Stream the units of a file; raises DocumentError for an ending that is not known, and FormatError."""
    return _READERS[_ending(path, _READERS)](path, source_lang, target_lang)


def writer(path: Path) -> Writer:
    """What writes units in the format that the path's ending names; raises DocumentError for another."""
    return _WRITERS[_ending(path, _WRITERS)]


def _ending(path: Path, known: Iterable[str]) -> str:
    ending = path.suffix.casefold()
    if ending not in known:
        raise DocumentError(
            str(path), "has an ending that names no exchange format", f"use {', '.join(known)}"
        )
    return ending
