"""A worker: tools that stay open, and units translated with them."""

import io
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

import polars as pl

from bilingual.pipeline import Progress, Tools, translate_documents
from bilingual.records import Document
from bilingual.tables import PAIRS, Window, frames_window, window_frames

Packed = dict[str, bytes]
OpenTools = Callable[[Any, Callable[[str], Any]], AbstractContextManager[Tools]]


class Worker:
    """An actor: begin, then translate as often as there is work, then end."""

    def __init__(self) -> None:
        self._close, self._refs = ExitStack(), dict[str, Any]()

    def begin(self, open_tools: OpenTools, cargo: object) -> str:
        """Open the tools and give the version of the program here."""
        self._tools = self._close.enter_context(open_tools(cargo, self._fetch))
        return version("bilingual")

    def translate(self, names: Sequence[str], refs: Sequence[Any]) -> tuple[Progress, list[Packed]]:
        """Translate a unit, of which Ray holds the documents; gives what was done and its windows."""
        self._refs = dict(zip(names, refs, strict=True))
        shelf = Shelf()
        return translate_documents(names, self._tools, shelf), shelf.windows

    def end(self) -> None:
        """Give back what the tools hold."""
        self._close.close()

    def _fetch(self, name: str) -> Any:
        import ray

        return ray.get(self._refs[name])


@dataclass(slots=True)
class Shelf:
    """The store of a worker: windows as Parquet, until they travel."""

    windows: list[Packed] = field(default_factory=list)

    def is_finished(self, document: Document, recipe: str) -> bool:  # noqa: ARG002 - was asked before
        """Whether the document need not be translated: it would not have been sent."""
        return False

    def store(self, window: Window) -> None:
        """Pack a window."""
        self.windows.append({name: _packed(frame) for name, frame in window_frames(window).items()})

    def stash(self, name: str, translations: pl.DataFrame) -> None:
        """Keep nothing: what a worker loses is made again as a whole unit."""

    def stashed(self, name: str) -> pl.DataFrame:  # noqa: ARG002
        """Give nothing, since nothing was kept."""
        return PAIRS.to_frame()


def unpacked(packed: Packed) -> Window:
    """A window as it was before it travelled; raises polars.exceptions.PolarsError for another schema."""
    return frames_window(lambda name: pl.read_parquet(io.BytesIO(packed[name])))


def _packed(frame: pl.DataFrame) -> bytes:
    data = io.BytesIO()
    frame.write_parquet(data)
    return data.getvalue()
