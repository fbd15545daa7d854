"""The recipe of the tagger: annotated sentences in, a model, its list of common words and its scores out.

python -m bilingual.training.tagger [--bitext seeds/bitext] [--glossaries glossaries] [--out bilingual/data]
"""

import argparse
import csv
import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bilingual.glossary.cldr import cldr_terms
from bilingual.glossary.features import Lexicon, features, tokens
from bilingual.glossary.gazetteer import read_lexicon, table, write_common
from bilingual.glossary.tag import chunks, sequence
from bilingual.records import Term, TermType

_MARK = re.compile(r"\{([PTOLMW]):([^{}|]*)\|[^{}|]*\}")
_BEFORE = re.compile(r"(?:[Tt]he|[Aa]n?|Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Dame)\.? (?=\S)")
_SMALL = frozenset("a an and as at but by for from in into of on or over the to with".split())
# Titles that are common nouns more often than titles.
_NOUNS = frozenset("boss chair chairs head heads king leader leaders prince queen staff".split())
# What invented companies are called, so that a name before it is learnt as theirs.
_COMPANIES = (
    "Bank Group Motors Electronics Resources Pharmaceutical Chemical Energy Holdings Systems News Foods"
    " Airlines Securities Steel Shipping Foundation Institute University Hospital AG Corp. Inc. Ltd."
    " Technologies Partners"
).split()
_TITLES = frozenset(
    "minister ministers lawmakers governor governors prosecutors judge engineer researcher".split()
)
_FOLDS, _SWAP, _UPPER, _TITLE = 5, 1, 5, 4


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence with its spans (start, end, letter of the type) in characters."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


class _Labeller(Protocol):
    def __call__(self, rows: Sequence[Sequence[str]], words: Sequence[str]) -> Sequence[str]: ...


def parse(marked: str) -> Annotated:
    """Sentence of a marked one; an article or a Mr before a name is not part of it, a letter is no name.

    >>> parse("{O:The Bank|은행} met {P:Mr Wi|위} and {P:A|A}.")
    Annotated(text='The Bank met Mr Wi and A.', spans=((4, 8, 'O'), (16, 18, 'P')))
    """
    text, spans, place = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[place : match.start()]
        before = _BEFORE.match(match[2])
        if len(match[2]) > 1:
            spans.append((len(text) + (before.end() if before else 0), len(text) + len(match[2]), match[1]))
        text, place = text + match[2], match.end()
    return Annotated(text + marked[place:], tuple(spans))


def base(folder: Path) -> list[Term]:
    """Terms of the base glossaries of a folder and of CLDR, whatever their status."""
    found = list(cldr_terms())
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [
                Term(row["source"], row["target"], TermType(row["type"])) for row in csv.DictReader(file)
            ]
    return found


def read(folder: Path) -> list[Annotated]:
    """English sides of all annotated files, each sentence once, in order of file and line."""
    lines = (
        line
        for path in sorted(folder.glob("*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
    )
    return [parse(line.split("\t")[0]) for line in dict.fromkeys(lines)]


def fold(text: str, folds: int = _FOLDS) -> int:
    """Part that a sentence belongs to, the same on every machine."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") % folds


def unmarked(sentences: Iterable[Annotated], glossary: Iterable[Term]) -> dict[str, str]:
    """What is to be marked wherever it stands: lower-case titles marked somewhere, known organizations.

    The annotation leaves some of both; each comes with the letter of its type, longest first.
    """
    terms = list(glossary)
    marked = {row.text[one:end] for row in sentences for one, end, kind in row.spans if kind == "T"}
    titles = marked & {term.source for term in terms if term.type is TermType.TITLE and term.source.islower()}
    found = dict.fromkeys((titles | _TITLES) - _NOUNS, "T")
    found.update((term.source, "O") for term in terms if _is_full_name(term))
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


def _is_full_name(term: Term) -> bool:
    words = [word for word in term.source.split() if word not in _SMALL]
    capitals = all(word[0].isupper() for word in words) and (len(words) > 1 or words[0].isupper())
    return term.type is TermType.ORGANIZATION and capitals and len(term.source) > 1


def completed(row: Annotated, found: Mapping[str, str]) -> Annotated:
    """A sentence with those terms marked too that its annotation left."""
    spans = list(row.spans)
    for term in (term for term in found if term in row.text):
        for match in re.finditer(rf"\b{re.escape(term)}\b", row.text):
            if all(match.end() <= one or match.start() >= end for one, end, _ in spans):
                spans.append((match.start(), match.end(), found[term]))
    return Annotated(row.text, tuple(sorted(spans)))


def augmented(rows: Sequence[Annotated], pools: Mapping[str, Sequence[str]]) -> Iterator[Annotated]:
    """Each sentence; some again with other names, in capitals or as a headline, chosen by their letters."""
    for row in rows:
        yield row
        if row.spans and fold(row.text + "swap", _SWAP) == 0:
            yield swapped(row, pools)
        if fold(row.text + "upper", _UPPER) == 0:
            yield Annotated(upper(row.text), row.spans)
        if fold(row.text + "title", _TITLE) == 0:
            yield Annotated(headline(row.text), row.spans)


def swapped(row: Annotated, pools: Mapping[str, Sequence[str]]) -> Annotated:
    """A sentence with each name replaced by another of its type, so that more is learnt than words."""
    text, spans, place = "", [], 0
    for start, end, kind in sorted(row.spans):
        old, pool = row.text[start:end], pools.get(kind, ())
        new = pool[fold(f"{row.text}{start}", len(pool))] if pool and old[0].isupper() else old
        if kind == "P" and " " not in old:
            new = new.split()[0 if "-" in new else -1]
        text += row.text[place:start]
        spans.append((len(text), len(text) + len(new), kind))
        text, place = text + new, end
    return Annotated(text + row.text[place:], tuple(spans))


def pools(
    rows: Iterable[Annotated], glossary: Iterable[Term], english: Iterable[Sequence[str]]
) -> dict[str, list[str]]:
    """Names to swap in: of the sentences, of the glossary, and English given and family names combined."""
    found: dict[str, set[str]] = {"P": set(), "O": set(), "L": set()}
    for row in rows:
        for one, end, kind in row.spans:
            if kind in found and row.text[one].isupper():
                found[kind].add(row.text[one:end])
    letters = {TermType.PERSON: "P", TermType.ORGANIZATION: "O"}
    for term in glossary:
        if term.type in letters and term.source[0].isupper():
            found[letters[term.type]].add(term.source)
    given, family = ([row[0] for row in english if row[2] == part] for part in ("given", "family"))
    found["O"].update(f"{name} {_COMPANIES[fold(name, len(_COMPANIES))]}" for name in family)
    found["P"].update(f"{given[fold(name, len(given))]} {name}" for name in family)
    return {kind: sorted(names) for kind, names in found.items()}


def upper(text: str) -> str:
    """Text in capitals, of the same length."""
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in text)


def headline(text: str) -> str:
    """Text capitalised as American headlines are, its full stop kept so that places do not move.

    >>> headline("Seoul vows to answer the minister's letter.")
    "Seoul Vows to Answer the Minister's Letter."
    """
    return re.sub(r"(?<![\w'’])[a-z]\w*", lambda match: _capital(match[0]), text)


def _capital(word: str) -> str:
    return word if word in _SMALL else word[0].upper() + word[1:]


def common_words(rows: Iterable[Annotated], least: int = 3) -> list[str]:
    """Words that stand in lower case outside names, often enough to be words of the language."""
    counts: Counter[str] = Counter()
    for row in rows:
        inside = [(one, end) for one, end, kind in row.spans if kind not in "TM"]
        for token in tokens(row.text):
            if token.text.islower() and not any(one <= token.start < end for one, end in inside):
                counts[token.text] += 1
    return sorted(word for word, count in counts.items() if count >= least and len(word) > 1)


def train(rows: Iterable[Annotated], known: Lexicon, path: Path, iterations: int = 110) -> None:
    """Fit a model by L-BFGS with both penalties and write it."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.15, "c2": 0.02, "max_iterations": iterations, "feature.minfreq": 2})
    for row in rows:
        found = tokens(row.text)
        trainer.append(features([token.text for token in found], known), sequence(found, row.spans))
    trainer.train(str(path))


@dataclass(frozen=True, slots=True)
class Score:
    """Whole spans of one type: how many the annotation has, how many were found, how many agree."""

    gold: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the annotated that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        return 2 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def evaluate(rows: Iterable[Annotated], known: Lexicon, label: _Labeller) -> dict[str, Score]:
    """Scores by letter of the type, exact spans only."""
    gold: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        words = tokens(row.text)
        texts = [token.text for token in words]
        wanted = set(chunks(sequence(words, row.spans)))
        got = set(chunks(label(features(texts, known), texts)))
        for counter, spans in ((gold, wanted), (found, got), (right, wanted & got)):
            counter.update(kind for _, _, kind in spans)
    return {kind: Score(gold[kind], found[kind], right[kind]) for kind in "PTOLMW"}


def main(arguments: Sequence[str]) -> None:
    """Train on all but the held-out fifth, and write model and common words."""
    options = argparse.ArgumentParser(prog="python -m bilingual.training.tagger")
    options.add_argument("--bitext", type=Path, default=Path("seeds/bitext"))
    options.add_argument("--glossaries", type=Path, default=Path("glossaries"))
    options.add_argument("--out", type=Path, default=Path("bilingual/data"))
    chosen = options.parse_args(arguments)
    rows = [row for row in read(chosen.bitext) if fold(row.text) != 0]
    glossary, names = base(chosen.glossaries), chosen.out / "names"
    found = unmarked(rows, glossary)
    rows = [completed(row, found) for row in rows]
    write_common(common_words(rows), names / "common.txt")
    known = read_lexicon(names, glossary)
    more = augmented(rows, pools(rows, glossary, table(names / "english.tsv")))
    train(more, known, chosen.out / "tagger.crfsuite")


if __name__ == "__main__":
    main(sys.argv[1:])
