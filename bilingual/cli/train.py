"""`bilingual train`: train a model by a recipe, and export it as an Argos package."""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.errors import TrainingError

if TYPE_CHECKING:
    from bilingual.training.recipe import Recipe

_Config = Annotated[Path, typer.Argument(help="Recipe in TOML, such as bilingual/training/configs/cpu.toml.")]
_Corpora = Annotated[Path, typer.Option(help="Folder of the open corpora that the recipe calls corpora/.")]
_Out = Annotated[
    Path, typer.Option("--out", "-o", help="Folder of the run: bitext, checkpoint, log, package.")
]
_Export = Annotated[
    bool, typer.Option("--export", help="Write the package of the last checkpoint; do not train.")
]
_Notes = Annotated[Path | None, typer.Option(help="Markdown file put at the end of the model card.")]


def train(
    config: _Config,
    corpora: _Corpora = Path("corpora"),
    out: _Out = Path("out/train"),
    export: _Export = False,  # noqa: FBT002 — a flag of the command line
    notes: _Notes = None,
) -> None:
    """Train a model, or go on with a run that was stopped, or export its package.

    Example: bilingual train bilingual/training/configs/cpu.toml --corpora ~/corpora -o run
    """
    from bilingual.training.recipe import read_recipe

    recipe = read_recipe(config)
    _require_torch()
    try:
        out.mkdir(parents=True, exist_ok=True)
        told = notes.read_text(encoding="utf-8") if notes else ""
        _run(recipe, corpora, out, told if export else None)
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingError(
            str(out), f"cannot be worked in ({error})", "make room or name another"
        ) from error


def _run(recipe: "Recipe", corpora: Path, out: Path, notes: str | None) -> None:
    """Train, or export with these notes on the card."""
    from bilingual.training import package, session

    if notes is None:
        session.train(recipe, corpora, out, typer.echo)
    else:
        typer.echo(str(package.export(recipe, out, out, notes)))


def _require_torch() -> None:
    if importlib.util.find_spec("torch") is None:
        raise TrainingError("torch", "is not installed", "pip install 'bilingual[train]'")
