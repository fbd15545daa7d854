"""Windows of a run: each is stored by one rename of a folder that holds its pairs, articles and their texts.

The article files follow from it, so a run that is killed in between completes them when it starts again.
"""

import hashlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from bilingual.atomic import write_bytes
from bilingual.records import Document, Pair, Status
from bilingual.tables import ARTICLES, PAIRS, Window, frame_pairs, frames_window, window_frames
from bilingual.workspace.aside import put_over
from bilingual.workspace.folder import Workspace, told


@dataclass(slots=True)
class Ledger:
    """What an output folder already holds: checksum and recipe by document, checksum by article file."""

    workspace: Workspace
    finished: dict[str, tuple[str, str]] = field(default_factory=dict)
    written: dict[str, set[str]] = field(default_factory=dict)
    aside: list[Path] = field(default_factory=list)

    def is_finished(self, document: Document, recipe: str) -> bool:
        """Whether this very document was translated by this very recipe."""
        return self.finished.get(document.name) == (document.checksum, recipe)

    def store(self, window: Window) -> None:
        """Store a window; article files that a hand has changed are put aside first, never lost.

        Raises WorkspaceError.
        """
        number = 1 + max((int(path.name.split("-")[1]) for path in self.workspace.windows), default=0)
        place = self.workspace.ledger / f"window-{number:06}"
        part = place.with_suffix(".part")
        with told(self.workspace.root):
            part.mkdir()
            for name, frame in window_frames(window).items():
                _write_frame(part / f"{name}.parquet", frame)
            part.rename(place)
            self._publish(window)

    def stash(self, name: str, translations: pl.DataFrame) -> None:
        """Keep translations (schema PAIRS) of a window that is too long to be lost as a whole."""
        number = len(self._stash(name))
        with told(self.workspace.root):
            part = self.workspace.ledger / "stash.part"
            _write_frame(part, translations)
            part.rename(self.workspace.ledger / f"stash-{name}-{number:06}.parquet")

    def stashed(self, name: str) -> pl.DataFrame:
        """Translations kept of a window that was not finished, of schema PAIRS."""
        frames = [pl.read_parquet(path).match_to_schema(PAIRS) for path in self._stash(name)]
        return pl.concat([PAIRS.to_frame(), *frames])

    def _stash(self, name: str) -> list[Path]:
        return sorted(self.workspace.ledger.glob(f"stash-{name}-*.parquet"))

    def _publish(self, window: Window) -> None:
        self._learn(window.articles)
        for file, text in window.texts.items():
            self._put(self.workspace.articles / file, text.encode())

    def _put(self, path: Path, data: bytes) -> None:
        if path.exists() and path.read_bytes() == data:
            return
        ours = {checksum(data), *self.written.get(path.name, ())}
        fresh = path.with_name(f".{path.name}.next.part")
        write_bytes(fresh, data)
        self.aside += put_over(path, fresh, lambda found: checksum(found.read_bytes()) in ours)

    def _learn(self, articles: pl.DataFrame) -> None:
        rows = articles.select("document", "checksum", "recipe", "file", "written").iter_rows()
        for document, digest, recipe, file, written in rows:
            self.finished[document] = (digest, recipe)
            self.written.setdefault(file, set()).add(written)


def open_ledger(workspace: Workspace, *, forget: bool = False) -> Ledger:
    """Read what the folder holds, and complete the article files of windows that a killed run stored.

    forget: take nothing for finished, so that all is translated again. Raises WorkspaceError.
    """
    ledger = Ledger(workspace)
    with told(workspace.root):
        joined = workspace.ledger / "articles.parquet"
        if joined.exists() and workspace.pairs.exists():
            ledger._learn(pl.read_parquet(joined).match_to_schema(ARTICLES))  # noqa: SLF001 - same module
        for place in workspace.windows:
            ledger._publish(read_window(place))  # noqa: SLF001
    if forget:
        drop_windows(workspace)
        ledger.finished.clear()
    return ledger


def drop_windows(workspace: Workspace) -> None:
    """Remove the windows, once everything they hold stands in the tables or is to be made anew."""
    with told(workspace.root):
        for place in workspace.windows:
            part = place.with_suffix(".part")
            place.rename(part)
            shutil.rmtree(part)
        for path in workspace.ledger.glob("stash-*"):
            path.unlink()


def decided_pairs(workspace: Workspace) -> dict[str, Pair]:
    """Pairs that a reviewer has decided, by id, those of windows that are not yet joined included."""
    tables = [workspace.pairs, *(place / "pairs.parquet" for place in workspace.windows)]
    undecided = pl.col("status") == Status.DRAFT.value
    frames = (pl.scan_parquet(path).filter(~undecided).collect() for path in tables if path.exists())
    return {pair.pair_id: pair for frame in frames for pair in frame_pairs(frame)}


def checksum(data: bytes) -> str:
    """SHA-256 of data in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_window(place: Path) -> Window:
    """A window as it was stored."""
    return frames_window(lambda name: pl.read_parquet(place / f"{name}.parquet"))


def _write_frame(path: Path, frame: pl.DataFrame) -> None:
    with path.open("wb") as file:
        frame.write_parquet(file)
