"""Installing and removing packages where Argos keeps them: whole and working, or not at all.

The functions of argostranslate.package are not called for it: they unpack in place whatever a file holds,
keep downloads in memory and import stanza to remove a folder. What they read afterwards is the same.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bilingual.engines.archives import LIMITS, Limits, read_manifest, unpack
from bilingual.engines.checksums import hash_files
from bilingual.engines.download import PATIENCE, Bounds, Progress, Quiet, fetch
from bilingual.engines.folders import argos_folders
from bilingual.engines.index import offers, read_index
from bilingual.engines.packages import (
    Candidate,
    InstalledPackage,
    PackageOrigin,
    describe_package,
    find_folder,
    open_package,
    package_files,
)
from bilingual.engines.receipts import Receipt, write_receipt
from bilingual.engines.staging import put, staged
from bilingual.engines.trial import SENTENCE, try_package
from bilingual.errors import PackageError

_STAGING = ".bilingual-staging"


@dataclass(frozen=True, slots=True)
class _Workplace:
    """A folder for this process, the one it lies in, and the one of the packages."""

    folder: Path
    root: Path
    packages: Path


def install_pair(
    source: str,
    target: str,
    *,
    progress: Progress | None = None,
    patience: float = PATIENCE,
    limits: Limits = LIMITS,
) -> InstalledPackage:
    """Fetch the best package of the index for two languages and install it; raises PackageError.

    patience: seconds without a byte after which a link has failed.
    """
    watcher = progress or Quiet()
    index = read_index(argos_folders(), patience=patience)
    if index.note:
        watcher.note(index.note)
    links = offers(index, source, target).links
    bounds = Bounds(index.schemes, patience=patience)
    with _workplace() as here:
        archive = here.folder / f"translate-{source}_{target}.argosmodel"
        link = fetch(links, archive, progress=watcher, bounds=bounds)
        return _install(archive, link, here, limits)


def install_file(archive: Path, *, limits: Limits = LIMITS) -> InstalledPackage:
    """Install an .argosmodel file; raises PackageError where it is damaged, unsafe or does not work."""
    read_manifest(archive, limits)
    with _workplace() as here:
        return _install(archive, str(archive.resolve()), here, limits)


def remove_package(name: str) -> Path:
    """Remove an installed package, whole or damaged, and give the folder it was in; raises PackageError."""
    place = find_folder(name)
    with _workplace() as here:
        place.rename(here.folder / place.name)
    return place


def _install(archive: Path, came_from: str, here: _Workplace, limits: Limits) -> InstalledPackage:
    """Unpack, try, then rename into place: what is there is replaced only by what works."""
    name, manifest = read_manifest(archive, limits)
    new = unpack(archive, here.folder / "unpacked", limits)
    candidate = Candidate(name, manifest, new, PackageOrigin.FILE)
    checksum = hash_files(new, package_files(new))
    try_package(describe_package(candidate, new, checksum), SENTENCE)
    write_receipt(new, Receipt(came_from, checksum))
    put(new, here.packages / name, here.root)
    return open_package(Candidate(name, manifest, here.packages / name, PackageOrigin.INSTALLED))


@contextmanager
def _workplace() -> Iterator[_Workplace]:
    """A place to work in, for one process at a time; what the disk refuses becomes a PackageError."""
    packages = argos_folders().install
    try:
        root = _staging_root(packages)
        with staged(root, packages) as folder:
            yield _Workplace(folder, root, packages)
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        raise PackageError(str(packages), what, "free some space or check its permissions") from error


def _staging_root(packages: Path) -> Path:
    """A folder on the disk of `packages`, beside it if possible: Argos takes what is inside for packages."""
    packages.mkdir(parents=True, exist_ok=True)
    beside, inside = packages.parent / _STAGING, packages / _STAGING
    try:
        beside.mkdir(exist_ok=True)
        if beside.stat().st_dev == packages.stat().st_dev:
            return beside
    except OSError:
        pass  # the folder above is not ours to write in: work inside
    inside.mkdir(exist_ok=True)
    (inside / "metadata.json").write_text(json.dumps({"type": "staging"}), encoding="utf-8")
    return inside
