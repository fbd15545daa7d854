"""Package files: an .argosmodel is a zip of one folder, and is trusted with nothing."""

import errno
import re
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path, PurePosixPath

from bilingual.engines.manifest import Manifest, parse_manifest
from bilingual.errors import PackageError

CHUNK = 1 << 20
_PAPER = 1 << 20  # bytes of metadata, which is read as a whole
_DAMAGE = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, RuntimeError, ValueError)
_TOKENIZERS = ("sentencepiece.model", "bpe.model")
_UNSAFE = re.compile(r"[\\:\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a package may hold: entries, bytes unpacked, and bytes unpacked for each byte of the file.

    Argos packages have some ten files, 50 to 500 MB, and shrink to half at best; the ratio counts
    only past `small` bytes, since a vocabulary alone may shrink well.
    """

    entries: int = 10_000
    size: int = 8 << 30
    ratio: int = 50
    small: int = 64 << 20


LIMITS = Limits()


def read_manifest(archive: Path, limits: Limits = LIMITS) -> tuple[str, Manifest]:
    """Name and metadata of a package file; raises PackageError for what is damaged, unsafe or no package."""
    with _opened(archive) as file:
        name = _checked(archive, file, limits)
        text = file.read(f"{name}/metadata.json")
    manifest = parse_manifest(text, str(archive))
    if manifest is None:
        raise PackageError(str(archive), "this package does not translate", "take one of type translate")
    return name, manifest


def unpack(archive: Path, folder: Path, limits: Limits = LIMITS) -> Path:
    """Unpack a package file into a new folder inside `folder`, and give that; every checksum is compared.

    Raises PackageError for what is damaged or unsafe, OSError where `folder` cannot take it.
    """
    with _opened(archive) as file:
        name = _checked(archive, file, limits)
        for entry in file.infolist():
            _unpack_entry(file, entry, folder.joinpath(*PurePosixPath(entry.filename).parts))
    return folder / name


def same_files(archive: Path, folder: Path) -> bool:
    """Tell whether `folder` holds each file of the archive, by size and CRC-32."""
    with _opened(archive) as file:
        entries = [entry for entry in file.infolist() if not entry.is_dir()]
    return all(_same_file(entry, folder.joinpath(*PurePosixPath(entry.filename).parts)) for entry in entries)


def _same_file(entry: zipfile.ZipInfo, path: Path) -> bool:
    if not path.is_file() or path.stat().st_size != entry.file_size:
        return False
    found = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            found = zlib.crc32(chunk, found)
    return found == entry.CRC


def _unpack_entry(file: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> None:
    if entry.is_dir():
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with file.open(entry) as packed, path.open("xb") as unpacked:
        while chunk := packed.read(CHUNK):
            unpacked.write(chunk)


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    """Open the zip; what zipfile says of damage becomes one sentence."""
    if not archive.is_file():
        raise PackageError(str(archive), "no such file", "give the path of an .argosmodel file")
    if not archive.stat().st_size:
        raise PackageError(str(archive), "the file is empty", "copy or download it again")
    try:
        with zipfile.ZipFile(archive) as file:
            yield file
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place in the file that cannot be: before its beginning
            raise
        raise PackageError(str(archive), "not a whole zip file", "copy or download it again") from error
    except _DAMAGE as error:
        what = f"not a whole zip file ({str(error).rstrip('.')})"
        raise PackageError(str(archive), what, "copy or download it again") from error


def _checked(archive: Path, file: zipfile.ZipFile, limits: Limits) -> str:
    """Give the name of the one folder inside; raise PackageError for anything a package has no need of."""
    entries = file.infolist()
    problem = (
        _too_much(entries, archive.stat().st_size, limits)
        or next(filter(None, map(_unsafe, entries)), "")
        or _doubled(entries)
        or _incomplete(entries)
    )
    if problem:
        raise PackageError(
            str(archive), problem, "nothing was unpacked; take a package from a source you trust"
        )
    return PurePosixPath(entries[0].filename).parts[0]


def _too_much(entries: Sequence[zipfile.ZipInfo], packed: int, limits: Limits) -> str:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > limits.entries:
        return f"{len(entries):,} files inside, no package has more than {limits.entries:,}"
    if total > limits.size:
        return f"{total / 1e6:,.0f} MB unpacked, more than the {limits.size / 1e6:,.0f} MB allowed"
    if total > limits.small and total > packed * limits.ratio:
        return f"{packed / 1e6:,.1f} MB would unpack to {total / 1e6:,.0f} MB: a zip bomb"
    return ""


def _unsafe(entry: zipfile.ZipInfo) -> str:
    parts = entry.filename.rstrip("/").split("/")
    if _UNSAFE.search(entry.orig_filename) or any(part.strip(" .") == "" for part in parts):
        return f"unsafe path {entry.orig_filename[:80]!r} inside"
    if (kind := stat.S_IFMT(entry.external_attr >> 16)) and kind not in {stat.S_IFREG, stat.S_IFDIR}:
        return f"{entry.filename[:80]!r} is a link or a device"
    return f"{entry.filename[:80]!r} is encrypted" if entry.flag_bits & 1 else ""


def _doubled(entries: Sequence[zipfile.ZipInfo]) -> str:
    counts = Counter(entry.filename.casefold() for entry in entries)
    return next((f"{name[:80]!r} is inside more than once" for name, n in counts.items() if n > 1), "")


def _incomplete(entries: Sequence[zipfile.ZipInfo]) -> str:
    files = {entry.filename for entry in entries if not entry.is_dir()}
    roots = {entry.filename.split("/", maxsplit=1)[0] for entry in entries}
    if len(roots) != 1 or files & roots:
        return "not a package: all files must lie in one folder"
    if both := files & {str(above) for name in files for above in PurePosixPath(name).parents}:
        return f"{min(both)[:80]!r} is inside as a file and as a folder"
    large = [
        entry for entry in entries if entry.filename.endswith("/metadata.json") and entry.file_size > _PAPER
    ]
    if large:
        return f"its metadata.json has {large[0].file_size:,} bytes, no package needs more than {_PAPER:,}"
    missing = missing_files({name.split("/", maxsplit=1)[1] for name in files})
    return f"not a package: {missing} is missing" if missing else ""


def missing_files(names: set[str]) -> str:
    """Say which file of a package is missing among paths in its folder ("" if none)."""
    for needed in ("metadata.json", "model/model.bin"):
        if needed not in names:
            return needed
    return "" if names.intersection(_TOKENIZERS) else " or ".join(_TOKENIZERS)
