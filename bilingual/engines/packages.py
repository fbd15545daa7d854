"""Packages that can translate: those Argos has installed, those that ship with us, and files."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bilingual.engines.archives import missing_files, read_manifest
from bilingual.engines.checksums import model_checksum
from bilingual.engines.folders import argos_folders, bundled_archives, own_cache
from bilingual.engines.manifest import Manifest, parse_manifest
from bilingual.engines.unpacked import unpacked
from bilingual.errors import PackageError


class PackageOrigin(StrEnum):
    """How a package came to be here."""

    INSTALLED = "installed"
    BUNDLED = "bundled"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class InstalledPackage:
    """A package ready to load; checksum is SHA-256 over what the output depends on, size in bytes.

    tokenizer is "sentencepiece" or "bpe", and names the file of the model: `<tokenizer>.model`.
    """

    name: str
    version: str
    from_code: str
    to_code: str
    folder: Path
    checksum: str
    tokenizer: str
    target_prefix: str
    dependencies: tuple[str, ...]
    origin: PackageOrigin
    size: int

    def __str__(self) -> str:
        """Name as it is printed: which package, between which languages, from where."""
        return f"{self.name} {self.version} ({self.from_code} → {self.to_code}, {self.origin})"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A package by its metadata alone; place is its folder, or its file where it is still packed."""

    name: str
    manifest: Manifest
    place: Path
    origin: PackageOrigin


def open_package(candidate: Candidate) -> InstalledPackage:
    """Unpack where needed, see that nothing is missing, and take the checksum; raises PackageError."""
    folder = candidate.place if candidate.place.is_dir() else unpacked(candidate.place, own_cache())
    try:
        paths = package_files(folder)
        if missing := missing_files(set(paths)):
            raise PackageError(
                str(folder), f"{missing} is missing", "remove this package or install it again"
            )
        return describe_package(candidate, folder, model_checksum(folder, paths, own_cache()))
    except OSError as error:
        what = f"its files changed while they were read ({error.strerror})"
        raise PackageError(str(folder), what, "is it being replaced? Give the command again") from error


def describe_package(candidate: Candidate, folder: Path, checksum: str) -> InstalledPackage:
    """Put together what is known of an unpacked package."""
    paths = package_files(folder)
    manifest = candidate.manifest
    return InstalledPackage(
        name=candidate.name,
        version=manifest.version,
        from_code=manifest.from_code,
        to_code=manifest.to_code,
        folder=folder,
        checksum=checksum,
        tokenizer="sentencepiece" if "sentencepiece.model" in paths else "bpe",
        target_prefix=manifest.target_prefix,
        dependencies=manifest.dependencies,
        origin=candidate.origin,
        size=sum((folder / path).stat().st_size for path in paths),
    )


def package_files(folder: Path) -> list[str]:
    """Paths of all files of an unpacked package, relative, with slashes, sorted; hidden ones are left out."""
    paths = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(path for path in paths if not path.startswith("."))


def installed_candidates() -> tuple[list[Candidate], list[PackageError]]:
    """Packages in Argos's folders, and what is wrong with the folders there that cannot be read.

    Raises PackageError where Argos's own folders cannot be used.
    """
    good: list[Candidate] = []
    bad: list[PackageError] = []
    for folder in _folders():
        try:
            good.extend(_read_folder(folder, PackageOrigin.INSTALLED))
        except PackageError as error:
            bad.append(error)
    return good, bad


def bundled_candidates() -> list[Candidate]:
    """Packages that ship with this program."""
    return [_read_archive(archive, PackageOrigin.BUNDLED) for archive in bundled_archives()]


def candidate_at(path: Path) -> Candidate:
    """Read the package in a folder or in an .argosmodel file; raises PackageError."""
    if not path.is_dir():
        return _read_archive(path, PackageOrigin.FILE)
    for candidate in _read_folder(path, PackageOrigin.FILE):
        return candidate
    raise PackageError(str(path), "this package does not translate", "take one of type translate")


def find_folder(name: str) -> Path:
    """Folder of an installed package, whole or damaged; raises PackageError that lists those there are."""
    folders = list(_folders())
    for folder in folders:
        if folder.name == name:
            return folder
    shipped = any(name in {"bundled", candidate.name} for candidate in bundled_candidates())
    what = "ships with the program and stays" if shipped else "no installed package has this name"
    raise PackageError(name, what, f"installed are: {', '.join(folder.name for folder in folders) or 'none'}")


def _folders() -> Iterator[Path]:
    for place in argos_folders().look:
        try:
            yield from sorted(path for path in place.iterdir() if path.is_dir() and path.name[0] != ".")
        except OSError as error:
            what = f"the packages there cannot be listed ({error.strerror})"
            raise PackageError(str(place), what, "check the folder or ARGOS_PACKAGES_DIR") from error


def _read_folder(folder: Path, origin: PackageOrigin) -> Iterator[Candidate]:
    try:
        text = (folder / "metadata.json").read_bytes()
    except OSError as error:
        what = f"no package: metadata.json cannot be read ({error.strerror})"
        raise PackageError(str(folder), what, "remove this folder or install the package again") from error
    if manifest := parse_manifest(text, str(folder)):
        yield Candidate(folder.name, manifest, folder, origin)


def _read_archive(archive: Path, origin: PackageOrigin) -> Candidate:
    name, manifest = read_manifest(archive)
    return Candidate(name, manifest, archive, origin)
