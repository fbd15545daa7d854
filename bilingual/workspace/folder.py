"""The folder itself: taken by one run at a time, and swept of what a killed one left half-written."""

import contextlib
import errno
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from polars.exceptions import PolarsError

from bilingual.errors import WorkspaceError
from bilingual.workspace.aside import restore

LEDGER = ".bilingual"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An output folder that is ours for as long as open_workspace holds it."""

    root: Path

    @property
    def pairs(self) -> Path:
        """The table of pairs."""
        return self.root / "pairs.parquet"

    @property
    def articles(self) -> Path:
        """The folder of Korean articles."""
        return self.root / "articles"

    @property
    def ledger(self) -> Path:
        """The folder of our own records."""
        return self.root / LEDGER

    @property
    def windows(self) -> list[Path]:
        """Folders of the windows that a run has stored and not yet joined, in order."""
        return sorted(path for path in self.ledger.glob("window-*") if path.suffix != ".part")


@contextlib.contextmanager
def open_workspace(root: Path) -> Iterator[Workspace]:
    """Take the folder for one run, made if need be; raises WorkspaceError where it cannot be used."""
    from filelock import FileLock, Timeout

    workspace = Workspace(root)
    with told(root):
        _make(workspace)
        lock = FileLock(workspace.ledger / "lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise WorkspaceError(
                str(root), "another run is writing here", "wait for it, or choose another folder with -o"
            ) from None
    try:
        with told(root):
            _sweep(workspace)
        yield workspace
    finally:
        lock.release()


@contextlib.contextmanager
def told(root: Path) -> Iterator[None]:
    """Turn the errors of a file system into a WorkspaceError that says what to do."""
    try:
        yield
    except (OSError, PolarsError) as error:
        number, plain = _number(error), getattr(error, "strerror", None) or str(error)
        what, remedy = _REASONS.get(number, (plain, "choose another folder with -o"))
        place = None if number in {errno.ENOTDIR, errno.EEXIST} else getattr(error, "filename", None)
        raise WorkspaceError(str(place or root), what, remedy) from error


def _number(error: OSError | PolarsError) -> int:
    """Number of an error of the file system; Polars gives it in words."""
    if isinstance(error, OSError):
        return error.errno or 0
    told = re.search(r"os error (\d+)", str(error))
    return int(told[1]) if told else 0


_REASONS = {
    errno.ENOSPC: ("the disk is full", "make room and run the same command again: what is done is kept"),
    errno.EDQUOT: (
        "the disk quota is used up",
        "make room and run the same command again: what is done is kept",
    ),
    errno.EROFS: ("the folder is read-only", "choose another folder with -o"),
    errno.EACCES: ("writing here is not permitted", "choose another folder with -o"),
    errno.EPERM: ("writing here is not permitted", "choose another folder with -o"),
    errno.ENOTDIR: ("this is a file, not a folder", "choose another folder with -o"),
    errno.EEXIST: ("this is a file, not a folder", "choose another folder with -o"),
}


def _make(workspace: Workspace) -> None:
    workspace.articles.mkdir(parents=True, exist_ok=True)
    workspace.ledger.mkdir(exist_ok=True)


def _sweep(workspace: Workspace) -> None:
    """Remove what a killed run left half-written, and put back what it was about to replace."""
    for folder in (workspace.root, workspace.articles):
        restore(folder)
    for folder in (workspace.root, workspace.articles, workspace.ledger):
        for path in folder.glob("*.part"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
