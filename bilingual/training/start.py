"""Start from a package: its pieces and its weights, freed of int8, as the beginning of a new run."""

import zipfile
from pathlib import Path, PurePosixPath

from torch import Tensor

from bilingual.errors import TrainingError
from bilingual.training import weights
from bilingual.training.prepare import PIECES
from bilingual.training.recipe import Recipe

_MODEL = "start.bin"


def lay(recipe: Recipe, folder: Path) -> None:
    """Put the pieces and weights of the package that the recipe starts from into the run's folder."""
    if not recipe.schedule.start:
        return
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with zipfile.ZipFile(recipe.schedule.start) as archive:
            entries = {PurePosixPath(name).name: name for name in archive.namelist()}
            for inside, outside in ((PIECES, PIECES), ("model.bin", _MODEL)):
                (folder / outside).write_bytes(archive.read(entries[inside]))
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise TrainingError(
            recipe.schedule.start, f"cannot be started from ({error})", "give a package"
        ) from error


def weights_of(recipe: Recipe, folder: Path) -> dict[str, Tensor]:
    """Weights of the package laid in the folder."""
    return weights.load(folder / _MODEL, recipe.shape)
