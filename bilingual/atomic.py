"""Files that appear whole or not at all."""

import contextlib
import hashlib
import os
import platform
import tempfile
from collections.abc import Iterator
from glob import escape
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A binary file that takes the place of path when the block ends well; raises OSError.

    It is written beside path, so that the last step is a rename within one file system, and is flushed to the
    disk before. Where the block fails nothing of it is left.
    """
    handle, name = tempfile.mkstemp(prefix=f"{_prefix(path)}{os.getpid()}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101 - mkstemp makes files that only their owner may read
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes) -> None:
    """Put data at path at once; raises OSError."""
    with replacing(path) as file:
        file.write(data)


def sweep(path: Path) -> None:
    """Remove what processes of this machine that were killed while they wrote path have left beside it.

    For places that no lock guards; raises OSError.
    """
    for part in path.parent.glob(f"{escape(_prefix(path))}*.part"):
        process = part.name.removeprefix(_prefix(path)).partition(".")[0]
        if process.isdecimal() and not _is_alive(int(process)):
            part.unlink(missing_ok=True)


def _prefix(path: Path) -> str:
    """How the names of unfinished files begin: with what they will be, and the machine."""
    return f".{path.name}.{hashlib.sha256(platform.node().encode()).hexdigest()[:8]}-"


def _is_alive(process: int) -> bool:
    """Whether there is such a process; where it cannot be asked without harm, there is."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
