"""The word lists that the tagger was trained with: known terms, cues and common words."""

from collections.abc import Iterable
from pathlib import Path

from bilingual.glossary.features import Lexicon, lexicon
from bilingual.records import Term


def cues(folder: Path) -> dict[str, str]:
    """What single words speak for: surnames of Korea, given names, and the hand list, which wins."""
    found = {word.lower(): part for word, _, part in table(folder / "english.tsv")}
    korean = ((line[1], float(line[3])) for line in table(folder / "korean.tsv") if line[0] == "surname")
    found.update({roman: "surname" for roman, weight in korean if weight > 1e-4})  # noqa: PLR2004 - rarer are noise
    return found | {row[0]: row[1] for row in table(folder / "cues.tsv")}


def table(path: Path) -> list[list[str]]:
    """Cells of a table without its attribution and its head."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return [line.split("\t") for line in lines[1:]]


def write_common(words: Iterable[str], path: Path) -> None:
    """Common words, one a line."""
    path.write_text("".join(f"{word}\n" for word in words), encoding="utf-8")


def read_lexicon(folder: Path, terms: Iterable[Term]) -> Lexicon:
    """Word lists of a folder of name tables, with the terms of the base glossaries and of CLDR."""
    common = (folder / "common.txt").read_text(encoding="utf-8").split()
    return lexicon(terms, common, cues(folder))
