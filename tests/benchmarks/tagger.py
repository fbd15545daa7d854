"""Precision, recall and F1 of the tagger by type on the fifth of the sentences that it never saw.

Beside them what the word lists alone find, the same in capitals and as headlines, and words a CPU second.

    python tests/benchmarks/tagger.py [FOLDER of annotated sentences, else seeds/bitext]
"""

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from bilingual.glossary.features import Lexicon, gazetteer
from bilingual.glossary.gazetteer import read_lexicon
from bilingual.glossary.tag import LABELS, load, tag
from bilingual.training.tagger import (
    Annotated,
    Score,
    base,
    completed,
    evaluate,
    fold,
    headline,
    read,
    unmarked,
    upper,
)

ROOT = Path(__file__).parents[2]
DATA = ROOT / "bilingual" / "data"
LETTERS = {kind.value: letter for letter, kind in LABELS.items()}
LETTERS |= dict.fromkeys(("law", "work", "product"), "W")


def looked_up(words: Sequence[str], known: Lexicon) -> list[str]:
    """Labels of the longest known terms alone."""
    labels = ["O"] * len(words)
    for start, end, kind in gazetteer(words, known):
        labels[start:end] = [f"B-{LETTERS[kind]}", *[f"I-{LETTERS[kind]}"] * (end - start - 1)]
    return labels


def show(name: str, scores: dict[str, Score]) -> None:
    """One line a type."""
    for letter, score in scores.items():
        figures = f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"
        print(f"{name:10}{LABELS[letter].value:14}{score.gold:6}  {figures}")


def raised(rows: Iterable[Annotated], case: str) -> list[Annotated]:
    """Sentences in capitals, or as headlines."""
    change = upper if case == "upper" else headline
    return [Annotated(change(row.text), row.spans) for row in rows]


def main(folder: Path) -> None:
    """Print the scores and the speed."""
    terms = base(ROOT / "glossaries")
    known = read_lexicon(DATA / "names", terms)
    tagger = load(DATA / "tagger.crfsuite", known)
    rows = read(folder)
    seen, held_out = [row for row in rows if fold(row.text)], [row for row in rows if not fold(row.text)]
    found = unmarked(seen, terms)
    whole = [completed(row, found) for row in held_out]
    print(f"{len(seen)} sentences seen, {len(held_out)} held out")
    for name, tested in (("as marked", held_out), ("completed", whole)):
        show(name, evaluate(tested, known, lambda features, _: tagger.model.tag(features)))
    show("lists", evaluate(whole, known, lambda _, words: looked_up(words, known)))
    for case in ("upper", "title"):
        scores = evaluate(raised(whole, case), known, lambda features, _: tagger.model.tag(features))
        show(case, scores)
    start = time.process_time()
    for row in rows:
        tag(row.text, tagger)
    words = sum(len(row.text.split()) for row in rows)
    print(f"{words / (time.process_time() - start):.0f} words a CPU second")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds" / "bitext")
