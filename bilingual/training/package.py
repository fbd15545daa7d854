"""A checkpoint as an Argos package, with its model card."""

import json
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

import polars as pl

from bilingual.training import loop, start, weights
from bilingual.training.network import Network
from bilingual.training.prepare import BITEXT, PIECES, REPORT
from bilingual.training.recipe import Recipe

_CARD = Path(__file__).with_name("card.md")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of every zip entry, so that equal models make equal files


def export(recipe: Recipe, folder: Path, out: Path, notes: str = "") -> Path:
    """Write OUT/translate-en_ko-VERSION.argosmodel from the averaged weights of a run, and return it.

    notes: Markdown for the card, such as scores and experiments. Raises TrainingError without a checkpoint.
    """
    import sentencepiece

    state = loop.read_checkpoint(loop.checkpoint(folder))
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / PIECES))
    network = Network(recipe.shape, pieces.pad_id()).eval()
    network.load_state_dict(state["weights"])
    start.blended(loop.averaged(network, state["average"]), recipe, folder)
    name = f"translate-en_ko-{recipe.version.replace('.', '_')}"
    staging = out / f".{name}"
    shutil.rmtree(staging, ignore_errors=True)
    place = staging / name
    weights.save(network, [pieces.id_to_piece(n) for n in range(pieces.get_piece_size())], place / "model")
    shutil.copyfile(folder / PIECES, place / PIECES)
    (place / "metadata.json").write_text(json.dumps(metadata(recipe), indent=1), encoding="utf-8")
    (place / "README.md").write_text(card(recipe, folder, network, state, notes), encoding="utf-8")
    packed = _pack(staging, out / f"{name}.argosmodel")
    shutil.rmtree(staging)
    return packed


def metadata(recipe: Recipe) -> dict[str, object]:
    """What Argos reads of a package."""
    return {
        "package_version": recipe.version,
        "argos_version": "1.9",
        "from_code": "en",
        "from_name": "English",
        "to_code": "ko",
        "to_name": "Korean",
        "links": [],
    }


def card(recipe: Recipe, folder: Path, network: Network, state: Mapping[str, Any], notes: str) -> str:
    """The model card: data with licences, sizes, how it was trained, scores, limits."""
    bitext = pl.read_parquet(folder / BITEXT)
    report = pl.read_csv(folder / REPORT)
    marked = [group.name for group in recipe.data.groups if group.marked]
    ours = bitext.filter(pl.col("group").is_in(marked))["origin"].unique().sort()
    origins = bitext.group_by("origin").len("pairs").sort("pairs", descending=True)
    return Template(_CARD.read_text(encoding="utf-8")).substitute(
        version=recipe.version,
        parameters=f"{network.size()['parameters'] / 1e6:.1f}",
        updates=f"{state['updates']:,}",
        tokens=f"{state['tokens'] / 1e6:.1f}",
        hours=f"{state['seconds'] / 3600:.1f}",
        start=_began(recipe),
        pairs=f"{len(bitext):,}",
        shape="\n".join(f"| {key} | {value} |" for key, value in network.size().items()),
        ours=", ".join(ours),
        origins="\n".join(f"| {origin} | {pairs} |" for origin, pairs in origins.iter_rows()),
        dropped="\n".join(f"| {rule} | {pairs} |" for rule, pairs in _dropped(report).iter_rows()),
        notes=notes,
    )


def _began(recipe: Recipe) -> str:
    if not recipe.schedule.start:
        return ""
    mixed = f", {recipe.schedule.blend:.0%} of it in the mean with what it began with"
    return f", begun from {Path(recipe.schedule.start).stem}" + (mixed if recipe.schedule.blend < 1 else "")


def _dropped(report: pl.DataFrame) -> pl.DataFrame:
    rules = report.drop_nulls("rule").filter(pl.col("rule") != "")
    return rules.group_by("rule").agg(pl.col("pairs").sum()).sort("pairs", descending=True)


def _pack(folder: Path, file: Path) -> Path:
    """The folder's files as a zip, in one step."""
    part = file.with_name(f"{file.name}.part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    os.replace(part, file)  # noqa: PTH105 — a rename over the old file, on Windows too
    return file
