"""Where packages are: the folders and index of Argos, and the packages that ship with this program."""

import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from bilingual.engines.unpacked import cache_folder
from bilingual.errors import PackageError


@dataclass(frozen=True, slots=True)
class ArgosFolders:
    """Settings of Argos: where it installs, where it looks, its copy of the index and the address of that."""

    install: Path
    look: tuple[Path, ...]
    index: Path
    remote: str


def argos_folders() -> ArgosFolders:
    """Ask Argos for its settings, from the environment and its settings.json; raises PackageError.

    Argos makes its folders when its settings are imported, so this is asked only when packages are needed.
    """
    try:
        from argostranslate import settings
    except (OSError, ValueError, KeyError, AssertionError, RuntimeError) as error:
        remedy = (
            "set XDG_DATA_HOME, XDG_CONFIG_HOME and XDG_CACHE_HOME to folders you can write, check the"
            " ARGOS_ variables and settings.json, or use the shipped model with --model bundled"
        )
        raise PackageError("Argos", f"its folders and settings cannot be used ({error})", remedy) from error
    index = f"{settings.package_index.rstrip('/')}/index.json"
    look = tuple(dict.fromkeys(Path(folder) for folder in settings.package_dirs))
    return ArgosFolders(settings.package_data_dir, look, settings.local_package_index, index)


def bundled_archives() -> tuple[Path, ...]:
    """Package files that ship with this program."""
    folder = Path(str(files("bilingual"))) / "data" / "models"
    return tuple(sorted(folder.glob("*.argosmodel")))


def own_cache() -> Path:
    """Our folder in the user's cache."""
    return cache_folder(os.environ, Path("~").expanduser())
