"""Start from a package: its pieces and its weights, freed of int8, as the beginning of a new run."""

import zipfile
from pathlib import Path, PurePosixPath

from torch import Tensor

from bilingual.errors import TrainingError
from bilingual.training import weights
from bilingual.training.network import Network
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


def blended(network: Network, recipe: Recipe, folder: Path) -> Network:
    """The network's weights mixed with those it started from, as the recipe says (Wortsman et al. 2022)."""
    if recipe.schedule.start and recipe.schedule.blend < 1:
        before = weights_of(recipe, folder)
        part = recipe.schedule.blend
        mixed = {name: before[name].lerp(each, part) for name, each in network.state_dict().items()}
        network.load_state_dict(mixed)
    return network


def weights_of(recipe: Recipe, folder: Path) -> dict[str, Tensor]:
    """Weights of the package laid in the folder."""
    return weights.load(folder / _MODEL, recipe.shape)
