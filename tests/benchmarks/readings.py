"""Korean and foreign names read back, each tenth by tables made from the other nine.

    python tests/benchmarks/readings.py korean NAMES SURNAMES BITEXT      # kor_persons.tsv, kor_surnames.tsv
    python tests/benchmarks/readings.py foreign BITEXT HANGULIZE          # hangulize_gold.tsv

The source tables are no part of this repository; only what was counted from those that may ship is.
"""

import hashlib
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bilingual.text import foreign, romanization
from bilingual.training import foreign as foreign_recipe
from bilingual.training import korean as recipe

ROOT = Path(__file__).parents[2]
PERSONS = ROOT / "glossaries" / "persons.csv"
ENGLISH = ROOT / "bilingual" / "data" / "names" / "english.tsv"
UNLICENSED = frozenset({"kbo_x", "kbo_y", "kmdb_movie"})


def tenth(text: str) -> int:
    """Part of ten that a name belongs to."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10


def tell(name: str, counts: Counter[str]) -> None:
    """One line of scores."""
    total = counts["all"]
    first, five = counts["first"] / total, counts["five"] / total
    print(f"{name:40}{total:6}  first {first:.3f}  in five {five:.3f}")


def count(counts: Counter[str], wanted: set[str], found: Sequence[str]) -> None:
    """Count one name."""
    counts["all"] += 1
    counts["first"] += bool(found) and found[0] in wanted
    counts["five"] += bool(wanted & set(found))


def is_korean(name: str, hangul: str, surnames: set[tuple[str, str]]) -> bool:
    """Whether a row is a Korean name of two or three words without initials, its surname a Korean one."""
    words = name.lower().replace(".", "").split()
    if not re.fullmatch("[가-힣]{2,4}", hangul) or not 2 <= len(words) <= 3 or min(map(len, words)) < 2:
        return False
    return any((word, hangul[:size]) in surnames for word in (words[0], words[-1]) for size in (1, 2))


def korean(people: Path, surnames: Path, bitext: Path) -> None:
    """Ten folds over the rows that may ship; the unlicensed are measured by the table of all of those."""
    groups = {
        "Assembly, EveryPolitician, kpopnet": recipe.read_names(people),
        "glossaries/persons.csv": recipe.read_glossary(PERSONS),
        "annotated sentences": recipe.read_marks(bitext),
    }
    weights = recipe.read_surnames(surnames)
    known = set(weights) | {(row.split()[0], row.split()[1]) for row in recipe.SURNAMES.split(", ")}
    origin = {
        row: group for group, rows in reversed(groups.items()) for row in rows if is_korean(*row, known)
    }
    others = recipe.inventory(path.read_text(encoding="utf-8") for path in sorted(bitext.glob("*.tsv")))
    counts = {group: Counter[str]() for group in (*groups, "all")}
    for part in range(10):
        kept = recipe.names(row for row in origin if tenth(row[1]) != part)
        table = read_back(recipe.table(kept, weights, others))
        for row in (row for row in origin if tenth(row[1]) == part):
            count(counts[origin[row]], {row[1]}, read(row[0], table))
            count(counts["all"], {row[1]}, read(row[0], table))
    for group, seen in counts.items():
        tell(group, seen)
    table = read_back(recipe.table(recipe.names(origin), weights, others))
    outside = Counter[str]()
    for row in dict.fromkeys(recipe.read_names(people, UNLICENSED)):
        if is_korean(*row, known):
            count(outside, {row[1]}, read(row[0], table))
    tell("players and actors, measured only", outside)


def read_back(rows: Sequence[recipe.Row]) -> romanization.Syllables:
    """A table as a program loads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "korean.tsv"
        recipe.write(rows, path)
        return romanization.load(path)


def read(name: str, table: romanization.Syllables) -> list[str]:
    """Readings of a name."""
    return [one.hangul for one in romanization.korean(name, table)]


def sounded(bitext: Path, hangulize: Path) -> None:
    """Single words of names that align, of a tenth that no table has seen in any name."""
    words = foreign_recipe.gather(bitext, ROOT / "glossaries", ENGLISH, hangulize)
    chains = foreign.learn(foreign_recipe.aligned([word for word in words if tenth(word.letters)]))
    named = {word.lower() for name, _ in foreign_recipe.read_marks(bitext) for word in name.split()}
    named |= {word.lower() for name, _ in recipe.read_glossary(PERSONS) for word in name.split()}
    wanted: dict[str, set[str]] = {}
    for _, pairs in foreign_recipe.aligned([word for word in words if not tenth(word.letters)]):
        parts = [pair.split(":") for pair in pairs]
        letters, jamo = ("".join(part[side] for part in parts) for side in (0, 1))
        if letters in named:
            wanted.setdefault(letters, set()).add(foreign.compose(jamo))
    counts = Counter[str]()
    for letters, hangul in wanted.items():
        count(counts, hangul, [one.hangul for one in foreign.transcribe(letters, chains)])
    tell("foreign words, language unknown", counts)


if __name__ == "__main__":
    {"korean": korean, "foreign": sounded}[sys.argv[1]](*map(Path, sys.argv[2:]))
