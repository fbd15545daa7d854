"""Foreign names in Hangul: a joint-sequence model of letters and jamo, read from aligned names.

Bisani and Ney, "Joint-sequence models for grapheme-to-phoneme conversion" (2008): a name is a chain
of pairs of letters and jamo, each judged by those before it (Witten-Bell smoothing); a beam finds the best.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bilingual.text.romanization import Reading

ORDER = 4
_EDGE = "#"
_BEAM, _OPTIONS = 12, 12
_LONGEST = 40
Pairs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chains:
    """Counts of pairs ("letters:jamo") after each history, and the pairs of each spelling."""

    follows: Mapping[Pairs, Mapping[str, float]]
    totals: Mapping[Pairs, float]
    pairs: Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Path:
    score: float
    jamo: str
    history: Pairs


def load(path: Path) -> Chains:
    """Model of a file of aligned names: a weight, then the pairs of one name; # begins its attribution."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return learn(_row(line) for line in lines if line and not line.startswith("#"))


def _row(line: str) -> tuple[float, Pairs]:
    weight, pairs = line.split("\t")
    return float(weight), tuple(pairs.split(" "))


def learn(rows: Iterable[tuple[float, Pairs]]) -> Chains:
    """Model of (weight, pairs) rows."""
    follows: dict[Pairs, dict[str, float]] = defaultdict(dict)
    for weight, pairs in rows:
        chain = (_EDGE,) * (ORDER - 1) + pairs + (_EDGE,)
        for place in range(ORDER - 1, len(chain)):
            for length in range(ORDER):
                counts = follows[chain[place - length : place]]
                counts[chain[place]] = counts.get(chain[place], 0.0) + weight
    totals = {history: sum(counts.values()) for history, counts in follows.items()}
    return Chains(dict(follows), totals, _by_letters(follows[()]))


def _by_letters(counts: Mapping[str, float]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in sorted(counts, key=lambda pair: (-counts[pair], pair)):
        letters, _, jamo = pair.partition(":")
        if pair != _EDGE and len(found[letters]) < _OPTIONS:
            found[letters].append((pair, jamo))
    return dict(found)


def transcribe(word: str, chains: Chains, limit: int = 5) -> list[Reading]:
    """Hangul of one foreign word, best first with probabilities; none where its letters are unknown."""
    letters = known_letters(word, chains)
    found = _weights(letters, chains) or _weights(_plain(letters), chains)
    total = sum(found.values())
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:limit]
    return [Reading(hangul, weight / total) for hangul, weight in best]


def _weights(letters: str, chains: Chains) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    if 0 < len(letters) <= _LONGEST:
        for path in _search(letters, chains):
            hangul = compose(path.jamo)
            if hangul:
                weights[hangul] += math.exp(path.score)
    return weights


def _plain(letters: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", letters) if not unicodedata.combining(char))


def known_letters(word: str, chains: Chains) -> str:
    """Lower-case letters of a word, accents dropped where the model never saw them."""
    lower = unicodedata.normalize("NFC", word.lower().replace("’", "'"))
    return "".join(_known(char, chains) for char in lower)


def _known(char: str, chains: Chains) -> str:
    if char in chains.pairs:
        return char
    plain = unicodedata.normalize("NFD", char)[0]
    return plain if plain in chains.pairs else ""


def _search(letters: str, chains: Chains) -> list[_Path]:
    lattice: list[dict[tuple[str, Pairs], _Path]] = [{} for _ in range(len(letters) + 1)]
    start = _Path(0.0, "", (_EDGE,) * (ORDER - 1))
    lattice[0]["", start.history] = start
    for place in range(len(letters)):
        for path in _best(lattice[place]):
            levels = _levels(path.history, chains)
            for end in (place + 1, place + 2)[: len(letters) - place]:
                options = chains.pairs.get(letters[place:end], ())
                _extend(lattice[end], path, options, levels)
    return [_step(path, _EDGE, "", _levels(path.history, chains)) for path in _best(lattice[-1])]


def _best(paths: Mapping[tuple[str, Pairs], _Path]) -> list[_Path]:
    return sorted(paths.values(), key=lambda path: (-path.score, path.jamo))[:_BEAM]


def _extend(
    reached: dict[tuple[str, Pairs], _Path],
    path: _Path,
    options: Iterable[tuple[str, str]],
    levels: "_Levels",
) -> None:
    for pair, jamo in options:
        made = _step(path, pair, jamo, levels)
        key = made.jamo, made.history
        if key not in reached or reached[key].score < made.score:
            reached[key] = made


def _step(path: _Path, pair: str, jamo: str, levels: "_Levels") -> _Path:
    score = path.score + math.log(probability(pair, levels))
    return _Path(score, path.jamo + jamo, (*path.history[1:], pair))


_Levels = Sequence[tuple[Mapping[str, float], float, float]]


def _levels(history: Pairs, chains: Chains) -> _Levels:
    """Counts after each known ending of a history, shortest first, with what they and the shorter weigh."""
    found = []
    for length in range(len(history) + 1):
        seen = history[len(history) - length :]
        counts = chains.follows.get(seen)
        if counts is None:
            break
        whole = chains.totals[seen] + len(counts)
        found.append((counts, 1.0 / whole, len(counts) / whole))
    return found


def probability(pair: str, levels: _Levels) -> float:
    """P(pair | history), Witten-Bell: a longer history is trusted the more, the fewer kinds follow it."""
    chance = 1e-6
    for counts, own, shorter in levels:
        chance = counts.get(pair, 0.0) * own + shorter * chance
    return chance


# Foreign words end a syllable in one of seven finals (외래어 표기법, 제3항).
_BLOCK = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8\u11ab\u11af\u11b7\u11b8\u11ba\u11bc]?")


def compose(jamo: str) -> str:
    r"""Jamo as whole syllables; nothing where they do not make syllables that a foreign word may have.

    >>> compose(decompose("러트닉")), compose("\u1100")
    ('러트닉', '')
    """
    return unicodedata.normalize("NFC", jamo) if _BLOCK.sub("", jamo) == "" else ""


def decompose(hangul: str) -> str:
    """Syllables as jamo.

    >>> len(decompose("닉"))
    3
    """
    return unicodedata.normalize("NFD", hangul)


_PARTICLES = frozenset(
    "van der den de la las los del della di da do dos das von zu el al bin ibn le du ter ten y".split()
)


def name_parts(name: str) -> Iterator[tuple[str, ...]]:
    """Words that are written together in Korean: a hyphenated name, a particle with what it leads.

    >>> list(name_parts("Pieter van der Heijden")), list(name_parts("Jean-Baptiste Gnamien"))
    ([('Pieter',), ('van', 'der', 'Heijden')], [('Jean', 'Baptiste'), ('Gnamien',)])
    """
    waiting: list[str] = []
    words = name.split()
    for number, word in enumerate(words):
        waiting.extend(part for part in re.split(r"[-‐–]", word) if part)
        if word.lower() not in _PARTICLES or number == len(words) - 1:
            yield tuple(waiting)
            waiting = []
