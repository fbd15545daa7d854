"""Package files used as they are: unpacked once into the user's cache, checked each time."""

import atexit
import functools
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bilingual.engines.archives import read_manifest, same_files, unpack
from bilingual.engines.staging import put, staged
from bilingual.errors import PackageError

_PATIENCE = 120.0


def cache_folder(environ: Mapping[str, str], home: Path) -> Path:
    """Folder for what can be made again: XDG_CACHE_HOME, LOCALAPPDATA, else ~/.cache."""
    base = environ.get("XDG_CACHE_HOME") or environ.get("LOCALAPPDATA")
    return (Path(base) if base else home / ".cache") / "bilingual"


def unpacked(archive: Path, cache: Path) -> Path:
    """Folder of a package file, unpacked below `cache` under its SHA-256; a damaged copy is made again.

    A cache that cannot be written is replaced by a folder of this process. Raises PackageError.
    """
    name, _ = read_manifest(archive)
    place = cache / "models" / file_checksum(archive)[:32]
    if same_files(archive, place):
        return place / name
    try:
        return _unpack_once(archive, place, cache / "staging") / name
    except OSError:
        return _unpack_for_now(archive) / name


def file_checksum(path: Path) -> str:
    """SHA-256 of a file, as hex; raises PackageError."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise PackageError(
            str(path), f"cannot be read ({error.strerror})", "check its permissions"
        ) from error


def _unpack_once(archive: Path, place: Path, staging: Path) -> Path:
    """Unpack under the lock, unless another process has done so while this one waited."""
    with staged(staging, place.parent, wait=_PATIENCE) as folder:
        if not same_files(archive, place):
            unpack(archive, folder / "package")
            put(folder / "package", place, staging)
    return place


@functools.cache
def _unpack_for_now(archive: Path) -> Path:
    """Unpack for this process alone; the folder goes when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="bilingual-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        unpack(archive, folder)
    except OSError as error:
        what = f"cannot be unpacked into {folder} ({error.strerror})"
        raise PackageError(str(archive), what, "set XDG_CACHE_HOME to a folder you can write") from error
    return folder
