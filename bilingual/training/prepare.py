"""From a recipe to clean bitext on disk, its report and a vocabulary."""

import csv
import glob
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bilingual.errors import TrainingError
from bilingual.training import corpus, marks
from bilingual.training.marks import Mark
from bilingual.training.recipe import Data, Recipe

PIECES = "sentencepiece.model"
BITEXT, REPORT = "bitext.parquet", "dropped.csv"
_LETTERS = {str(type_): letter for letter, type_ in marks.TYPES.items()} | dict.fromkeys(("law", "work"), "W")
_SHORTEST = (4, 2)  # characters of a dictionary's English and Korean, below which matches are chance


@dataclass(frozen=True, slots=True)
class Prepared:
    """Clean, marked bitext (schema BITEXT), and what each rule dropped."""

    bitext: pl.DataFrame
    report: pl.DataFrame


def prepare(data: Data, corpora: Path) -> Prepared:
    """Read, clean and mark the recipe's bitext; raises TrainingError."""
    frame = corpus.read_bitext(data.groups, corpora)
    ours = pl.col("group").is_in([group.name for group in data.groups if group.marked])
    good, report = corpus.clean(frame, data, _excluded(data.excluded, corpora))
    dictionary = read_dictionary(data.dictionaries)
    for source in good.filter(ours)["source"]:
        for mark in marks.marks(source):
            _enter(dictionary, mark)
    return Prepared(_marked(good, dictionary, ours), report)


def _excluded(patterns: Sequence[str], corpora: Path) -> frozenset[str]:
    """Keys of every column of the files that no training pair may equal."""
    lines = [
        marks.plain(cell)
        for file in corpus.files(patterns, corpora)
        for line in file.read_text(encoding="utf-8").splitlines()
        for cell in line.split("\t")
    ]
    return corpus.keys(
        pl.DataFrame({"plain": lines, "target": lines}, {"plain": pl.String, "target": pl.String})
    )


def _marked(frame: pl.DataFrame, dictionary: Mapping[str, Sequence[Mark]], ours: pl.Expr) -> pl.DataFrame:
    """The frame with dictionary marks in the prose that has none."""
    rows = frame.with_columns(ours.alias("ours")).iter_rows(named=True)
    marked = [
        row["source"] if row["ours"] else marks.mark_terms(row["source"], row["target"], dictionary)
        for row in rows
    ]
    return frame.with_columns(pl.Series("source", marked, pl.String))


def read_dictionary(patterns: Sequence[str]) -> dict[str, list[Mark]]:
    """Marks by English term from glossary CSVs (source, target, type); raises TrainingError on others."""
    found: dict[str, list[Mark]] = {}
    for path in (name for pattern in patterns for name in sorted(glob.glob(pattern))):  # noqa: PTH207 — as corpus
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.DictReader(stream)
            if missing := {"source", "target", "type"} - set(rows.fieldnames or ()):
                raise TrainingError(
                    path, f"lacks columns {', '.join(sorted(missing))}", "give a glossary CSV"
                )
            for row in rows:
                _enter(found, Mark(_LETTERS.get(row["type"], "M"), row["source"], row["target"]))
    return found


def _enter(dictionary: dict[str, list[Mark]], mark: Mark) -> None:
    rows = dictionary.setdefault(mark.source, [])
    if all(len(side) >= least for side, least in zip((mark.source, mark.target), _SHORTEST, strict=True)):
        rows.extend([] if mark in rows else [mark])


def write(prepared: Prepared, recipe: Recipe, folder: Path) -> None:
    """Write bitext, report and, unless it is there, the vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    prepared.bitext.write_parquet(folder / BITEXT)
    prepared.report.write_csv(folder / REPORT)
    if not (folder / PIECES).exists():
        _learn_pieces(prepared.bitext, recipe.shape.vocabulary, folder)


def _learn_pieces(bitext: pl.DataFrame, size: int, folder: Path) -> None:
    """SentencePiece unigrams (Kudo 2018) shared by both languages, bytes for what is rare."""
    import sentencepiece

    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([*bitext["plain"], *bitext["target"]]),
            model_prefix=str(folder / PIECES.removesuffix(".model")),
            vocab_size=size,
            character_coverage=0.9998,
            byte_fallback=True,
            pad_id=3,
            model_type="unigram",
            input_sentence_size=600_000,
            shuffle_input_sentence=True,
            normalization_rule_name="nmt_nfkc",
            minloglevel=2,
        )
    except RuntimeError as error:
        raise TrainingError(
            str(folder), f"no vocabulary of {size} pieces ({error})", "choose another size"
        ) from error
