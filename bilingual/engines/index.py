"""The list of packages that can be fetched: Argos's own, in the file where Argos keeps it."""

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bilingual.engines.download import PATIENCE, WEB, Bounds, Quiet, fetch
from bilingual.engines.folders import ArgosFolders
from bilingual.engines.manifest import Manifest, take_manifest
from bilingual.errors import PackageError

_LARGEST = 32 << 20


@dataclass(frozen=True, slots=True)
class Index:
    """Packages on offer; note says why the list is not fresh ("" if it is); schemes of links it may use."""

    packages: tuple[Manifest, ...]
    note: str
    schemes: frozenset[str]


def read_index(folders: ArgosFolders, *, patience: float = PATIENCE) -> Index:
    """Fetch the index and keep it where Argos looks for it; without a network, give the copy kept before.

    Raises PackageError where there is neither, or the index cannot be understood.
    """
    note = ""
    try:
        _refresh(folders, patience)
    except PackageError as error:
        if not folders.index.is_file():
            raise
        note = f"the list of packages is the one kept before ({error.what})"
    packages = parse_index(_kept(folders.index), str(folders.index))
    return Index(packages, note, schemes_for(folders.remote))


def parse_index(text: bytes, where: str) -> tuple[Manifest, ...]:
    """Packages that translate, as an index lists them; raises PackageError that names the wrong entry."""
    try:
        entries = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PackageError(where, f"the index is not JSON ({error})", "check ARGOS_PACKAGE_INDEX") from error
    if not isinstance(entries, list) or not all(isinstance(entry, Mapping) for entry in entries):
        raise PackageError(where, "the index must be a list of packages", "check ARGOS_PACKAGE_INDEX")
    found = (take_manifest(entry, f"{where}, entry {n}") for n, entry in enumerate(entries, start=1))
    return tuple(manifest for manifest in found if manifest)


def offers(index: Index, source: str, target: str) -> Manifest:
    """The highest version on offer for two languages; raises PackageError."""
    fitting = [each for each in index.packages if (each.from_code, each.to_code) == (source, target)]
    if fitting:
        return max(fitting, key=lambda manifest: manifest.order)
    what = f"the index has no package {source} → {target}"
    raise PackageError("models", what, "see `bilingual models available`, or install an .argosmodel file")


def schemes_for(remote: str) -> frozenset[str]:
    """Kinds of link an index may name: files of this machine only if it is such a file itself."""
    return WEB | {"file"} if urlsplit(remote).scheme.lower() == "file" else WEB


def _refresh(folders: ArgosFolders, patience: float) -> None:
    """Replace the kept index with the remote one once that has been understood."""
    try:
        with tempfile.TemporaryDirectory(dir=folders.index.parent, prefix=".index-") as folder:
            half = Path(folder) / "index.json"
            bounds = Bounds(schemes_for(folders.remote), _LARGEST, patience)
            fetch([folders.remote], half, progress=Quiet(), bounds=bounds)
            parse_index(half.read_bytes(), folders.remote)
            half.replace(folders.index)
    except OSError as error:
        what = f"the index cannot be kept ({error.strerror})"
        raise PackageError(str(folders.index), what, "check the folder") from error


def _kept(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackageError(
            str(path), f"cannot be read ({error.strerror})", "check its permissions"
        ) from error
