"""Files of ours that a person may have open: ours give way, theirs are put aside, whoever saves when.

What stands at a place is renamed before it is looked at, and the new file is linked there, which fails over
one that was saved in between. So no save is lost; what a kill in between leaves is made good by restore.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

_TAKEN = ".bilingual-taken"  # not yet looked at
_OLD = ".bilingual-old"  # ours, to be removed
_ASIDE = re.compile(r"\.edited-\d+(?=(\.[^.]*)?$)")


def put_over(path: Path, fresh: Path, is_ours: Callable[[Path], bool]) -> list[Path]:
    """Give a file the name path; what stood there is put aside unless it is ours. Gives the new places."""
    aside: list[Path] = []
    while True:
        aside += _cleared(path, is_ours)
        if _link(fresh, path):
            fresh.unlink(missing_ok=True)
            _hidden(path, _OLD).unlink(missing_ok=True)
            return aside


def _cleared(path: Path, is_ours: Callable[[Path], bool]) -> list[Path]:
    taken = _hidden(path, _TAKEN)
    try:
        path.rename(taken)
    except FileNotFoundError:
        return []
    if is_ours(taken):
        taken.replace(_hidden(path, _OLD))
        return []
    return [_put_aside(taken, path)]


def _link(fresh: Path, path: Path) -> bool:
    """Give fresh the name path unless a file has it."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return False
    except OSError:  # a disk without links: as good as can be had there
        if path.exists():
            return False
        fresh.rename(path)
    return True


def restore(folder: Path) -> None:
    """Make good what a process that was killed in put_over left in a folder."""
    for taken in folder.glob(f".*{_TAKEN}"):
        path = _shown(taken, _TAKEN)
        if path.exists():
            _put_aside(taken, path)
        else:
            taken.rename(path)
    for old in folder.glob(f".*{_OLD}"):
        with suppress(FileExistsError):
            os.link(old, _shown(old, _OLD))
        old.unlink()


def _hidden(path: Path, ending: str) -> Path:
    return path.with_name(f".{path.name}{ending}")


def _shown(path: Path, ending: str) -> Path:
    return path.with_name(path.name.removesuffix(ending)[1:])


def _put_aside(taken: Path, path: Path) -> Path:
    """Rename a file that a hand has changed to a free name beside path; gives the new place."""
    return taken.rename(next(place for place in _numbered(path) if not place.exists()))


def _numbered(path: Path) -> Iterator[Path]:
    number = 1
    while True:
        yield path.with_name(f"{path.stem}.edited-{number}{path.suffix}")
        number += 1


def now_at(path: Path, aside: list[Path]) -> Path:
    """Where a file is that may have been put aside: the last of its new places, or path itself."""
    real = os.path.realpath(path)
    moved = [
        place for place in aside if os.path.realpath(place.with_name(_ASIDE.sub("", place.name))) == real
    ]
    return moved[-1] if moved else path
