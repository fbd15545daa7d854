"""The aligned names behind bilingual.text.foreign: names that may ship, letters set against jamo.

python -m bilingual.training.foreign BITEXT GLOSSARIES ENGLISH HANGULIZE OUT
"""

import csv
import math
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilingual.text.foreign import Pairs, decompose, name_parts
from bilingual.training.korean import cut

ATTRIBUTION = """\
# Foreign names, letters set against jamo: weight, then pairs. From names written for this project; CLDR
# (Unicode-3.0, through Babel); the test data of hangulize/hangulize (MIT, (c) Heungsub Lee and contributors)
# and of sublee/hangulize (BSD-3-Clause, (c) Heungsub Lee). Changed: aligned, weighed, some left out.
"""
_MARK = re.compile(r"\{[PLO]:([^{}|]*)\|([^{}|]*)\}")
_HANGUL = re.compile(r"[가-힣]+")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ROUNDS, _MOST_LETTERS, _MOST_JAMO, _WORST = 5, 2, 3, -2.6


@dataclass(frozen=True, slots=True)
class Word:
    """A foreign word with its Hangul; weight is what it counts for."""

    letters: str
    hangul: str
    weight: float = 1.0


def words(rows: Iterable[tuple[str, str]], weight: float = 1.0) -> Iterator[Word]:
    """Words of (name, Hangul) rows that have as many words on both sides; Korean names are left out."""
    for source, target in rows:
        groups, hangul = list(name_parts(source)), target.split()
        if cut(source, target) is None and len(groups) == len(hangul):
            for group, korean in zip(groups, hangul, strict=True):
                letters = "".join(group)
                if _HANGUL.fullmatch(korean) and _LETTERS.fullmatch(letters) and not letters.isupper():
                    yield from _forms(letters.lower().replace("’", "'"), korean, weight)


def _forms(letters: str, hangul: str, weight: float) -> Iterator[Word]:
    """The word, and the word without accents as agencies write it."""
    yield Word(letters, hangul, weight)
    plain = "".join(char for char in unicodedata.normalize("NFD", letters) if not unicodedata.combining(char))
    if plain != letters:
        yield Word(plain, hangul, weight)


def read_marks(folder: Path) -> Iterator[tuple[str, str]]:
    """Names of persons, places and organizations marked in annotated sentences."""
    for path in sorted(folder.glob("*.tsv")):
        yield from _MARK.findall(path.read_text(encoding="utf-8"))


def read_columns(path: Path, delimiter: str = "\t") -> Iterator[tuple[str, str]]:
    """First two cells of each row of a table, its head and comments left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter=delimiter)
        next(rows)
        yield from ((row[0], row[1]) for row in rows if len(row) > 1)


def gather(bitext: Path, glossaries: Path, english: Path, hangulize: Path) -> list[Word]:
    """All words, each once with its highest weight, in the order of the alphabet."""
    found = [
        *words(dict.fromkeys(read_marks(bitext))),
        *words(read_columns(glossaries / "persons.csv", ",")),
        *words(read_columns(glossaries / "places.csv", ",")),
        *words(read_columns(english)),
        *words(_cldr(), 0.7),
        *words(read_columns(hangulize), 0.1),
    ]
    weights: dict[tuple[str, str], float] = {}
    for word in found:
        weights[word.letters, word.hangul] = max(word.weight, weights.get((word.letters, word.hangul), 0.0))
    return [Word(*key, weight) for key, weight in sorted(weights.items())]


def _cldr() -> Iterator[tuple[str, str]]:
    from babel import Locale

    english, korean = Locale("en"), Locale("ko")
    for code, name in sorted(english.territories.items()):
        yield name, korean.territories.get(code, "")
    for zone, names in sorted(korean.time_zones.items()):
        yield zone.rpartition("/")[2].replace("_", " "), names.get("city", "")


Table = Mapping[tuple[str, str], float]


def _chunks(letters: str, jamo: str, place: tuple[int, int]) -> Iterator[tuple[str, str]]:
    one, two = place
    for length in range(1, _MOST_LETTERS + 1):
        if one + length <= len(letters):
            for size in range(min(_MOST_JAMO, len(jamo) - two) + 1):
                yield letters[one : one + length], jamo[two : two + size]


def align(letters: str, jamo: str, table: Table) -> tuple[float, tuple[tuple[str, str], ...]]:
    """Best alignment (log-probability, chunks) of letters and jamo; -inf where there is none."""
    best: dict[tuple[int, int], tuple[float, tuple[str, str] | None]] = {(0, 0): (0.0, None)}
    for one in range(len(letters)):
        for two in range(len(jamo) + 1):
            if (one, two) in best:
                score = best[one, two][0]
                for chunk in _chunks(letters, jamo, (one, two)):
                    _improve(
                        best, (one + len(chunk[0]), two + len(chunk[1])), score + _cost(chunk, table), chunk
                    )
    end = len(letters), len(jamo)
    return (best[end][0], _trace(best, end)) if end in best else (-math.inf, ())


def _cost(chunk: tuple[str, str], table: Table) -> float:
    """Log-probability; before anything is known, short chunks that go with each other's kind."""
    if not table:
        vowels = (
            sum(char in "aeiouy" for char in chunk[0]),
            sum("\u1161" <= char <= "\u1175" for char in chunk[1]),
        )
        return -1.0 - 2.0 * (len(chunk[0]) - 1) - 1.5 * abs(vowels[0] - vowels[1]) - abs(1 - len(chunk[1]))
    return table.get(chunk, -16.0)


def _improve(
    best: dict[tuple[int, int], tuple[float, tuple[str, str] | None]],
    place: tuple[int, int], score: float, chunk: tuple[str, str],
) -> None:  # fmt: skip
    if place not in best or best[place][0] < score:
        best[place] = score, chunk


def _trace(
    best: Mapping[tuple[int, int], tuple[float, tuple[str, str] | None]], place: tuple[int, int]
) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    while (chunk := best[place][1]) is not None:
        found.append(chunk)
        place = place[0] - len(chunk[0]), place[1] - len(chunk[1])
    return tuple(reversed(found))


def estimate(alignments: Iterable[tuple[Word, Sequence[tuple[str, str]]]]) -> dict[tuple[str, str], float]:
    """Log-probabilities of chunks among all that begin with the same letter."""
    counts: Counter[tuple[str, str]] = Counter()
    for word, chunks in alignments:
        for chunk in chunks:
            counts[chunk] += word.weight  # type: ignore[assignment]
    totals: dict[str, float] = defaultdict(float)
    for (letters, _), count in counts.items():
        totals[letters[0]] += count
    return {chunk: math.log(count / totals[chunk[0][0]]) for chunk, count in counts.items()}


def aligned(found: Sequence[Word]) -> list[tuple[float, Pairs]]:
    """Rows (weight, pairs) of the words that align well, by hard EM from vowels set against vowels."""
    table: Table = {}
    rows = [(word, decompose(word.hangul)) for word in found]
    for _ in range(_ROUNDS):
        best = [(word, *align(word.letters, jamo, table)) for word, jamo in rows]
        table = estimate((word, chunks) for word, _, chunks in best if chunks)
    good = [(word, chunks) for word, score, chunks in best if chunks and score / len(word.letters) > _WORST]
    return [(word.weight, tuple(f"{one}:{two}" for one, two in chunks)) for word, chunks in good]


def write(rows: Iterable[tuple[float, Pairs]], path: Path) -> None:
    """Aligned names as a file with its attribution."""
    lines = (f"{weight:g}\t{' '.join(pairs)}\n" for weight, pairs in rows)
    path.write_text(ATTRIBUTION + "".join(lines), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Gather, align and write."""
    bitext, glossaries, english, hangulize, out = map(Path, arguments)
    write(aligned(gather(bitext, glossaries, english, hangulize)), out)


if __name__ == "__main__":
    main(sys.argv[1:])
