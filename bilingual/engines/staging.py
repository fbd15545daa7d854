"""Folders that appear whole or not at all: made beside their place, then renamed into it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bilingual.errors import PackageError

_ASIDE = "aside"
_LOCK = "lock"


@contextmanager
def staged(root: Path, home: Path, *, wait: float = 0) -> Iterator[Path]:
    """An empty folder below `root`, on the disk of `home`, for one process at a time, gone afterwards.

    What a killed process left is cleared first. Raises PackageError when another process holds it for
    longer than `wait` seconds, OSError where the folders cannot be made.
    """
    root.mkdir(parents=True, exist_ok=True)
    home.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(root / _LOCK, timeout=wait):
            _clear(root, home)
            folder = Path(tempfile.mkdtemp(dir=root))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)
    except Timeout as error:
        what = "another process is installing or removing packages"
        raise PackageError(str(home), what, "wait until it is done") from error


def put(folder: Path, place: Path, root: Path) -> None:
    """Rename `folder` to `place` under the lock of `staged`; what stood there goes once it is replaced."""
    aside = set_aside(place, root)
    try:
        folder.rename(place)
    except OSError:
        if aside.exists():
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def set_aside(place: Path, root: Path) -> Path:
    """Move what stands at `place` below `root`, whence a later run restores it if its place stayed empty."""
    aside = root / _ASIDE / place.name
    aside.parent.mkdir(exist_ok=True)
    if place.exists():
        place.rename(aside)
    return aside


def _clear(root: Path, home: Path) -> None:
    """Finish what a killed process began: put back what has lost its place, drop all that is half-made."""
    for aside in _children(root / _ASIDE):
        if not (home / aside.name).exists():
            aside.rename(home / aside.name)
    for leftover in _children(root):
        if leftover.is_dir():
            shutil.rmtree(leftover)


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []
