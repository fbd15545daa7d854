"""SHA-256 of a package, remembered while no file of it changes, since a model may have 500 MB."""

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bilingual.atomic import write_bytes
from bilingual.errors import PackageError

_IDLE = ("README", "LICENSE", "LICENCE")
_Stamps = list[list[str | int]]


def model_checksum(folder: Path, paths: Sequence[str], cache: Path) -> str:
    """Give hash_files, remembered below `cache` by the sizes and times of the files; raises PackageError."""
    stamps = _stamps(folder, paths)
    memo = _memo(folder, cache)
    if checksum := _recalled(memo, stamps):
        return checksum
    checksum = hash_files(folder, paths)
    _remember(memo, stamps, checksum)
    return checksum


def is_unchanged(folder: Path, paths: Sequence[str], cache: Path, checksum: str) -> bool:
    """Whether the files of a package still have a checksum; they are read again where times differ."""
    try:
        memo = _memo(folder, cache)
        return (_recalled(memo, _stamps(folder, paths)) or hash_files(folder, paths)) == checksum
    except (OSError, PackageError):
        return False  # a file is gone, or cannot be read any more


def hash_files(folder: Path, paths: Sequence[str]) -> str:
    """SHA-256, as hex, over the name and the SHA-256 of each file; raises PackageError.

    paths: relative, sorted; what says nothing of the output (a README, a licence) is left out.
    """
    whole = hashlib.sha256()
    for path in (path for path in paths if not path.upper().startswith(_IDLE)):
        try:
            with (folder / path).open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            what = f"cannot be read ({error.strerror})"
            raise PackageError(
                str(folder / path), what, "check its permissions or install it again"
            ) from error
        whole.update(f"{path}\0{digest}\n".encode())
    return whole.hexdigest()


def _memo(folder: Path, cache: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    return cache / "checksums" / f"{name}.json"


def _stamps(folder: Path, paths: Sequence[str]) -> _Stamps:
    states = [(path, (folder / path).stat()) for path in paths]
    return [[path, state.st_size, state.st_mtime_ns] for path, state in states]


def _recalled(memo: Path, stamps: _Stamps) -> str:
    try:
        kept = json.loads(memo.read_bytes())
        return str(kept["checksum"]) if kept["stamps"] == stamps else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""  # nothing remembered, or nothing that can be read: it is counted anew


def _remember(memo: Path, stamps: _Stamps, checksum: str) -> None:
    """Keep a checksum; where the cache cannot be written it is counted again the next time."""
    with suppress(OSError):
        memo.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(memo, json.dumps({"stamps": stamps, "checksum": checksum}).encode())
