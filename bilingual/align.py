"""Sentences of a text and of its existing translation, brought together.

A machine translation of the source is held against the given target: what both share of short character
sequences, numbers and glossary terms, the rarer the more, says how alike two groups of sentences are, and the
best monotone way through both texts is found by dynamic programming. The idea of aligning by a machine
translation is that of Bleualign (Sennrich and Volk 2010).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from bilingual.text.numbers import Number, english_numbers, korean_numbers

SHAPES = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))  # sentences of source and target that a link may join
BAND = 100  # targets looked at on either side of the diagonal of a long text
FREE = 250_000  # pairs of sentences up to which all of them are looked at
_LENGTHS = (1, 2)
_ANCHOR = 3  # what a number or term counts, in character sequences
LEAST = 0.05  # likeness from which two groups are better joined than left alone
GROUPED = 0.2  # cost of taking three sentences together instead of two


Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Link:
    """Sources start:end and targets start:end that say the same; one side is empty where nothing does.

    score: their likeness, 0 to 1.
    """

    sources: tuple[int, int]
    targets: tuple[int, int]
    score: float = 0.0


def align(
    sources: Sequence[str],
    targets: Sequence[str],
    translations: Sequence[str],
    terms: Sequence[Sequence[str]] = (),
) -> list[Link]:
    """Links in order, which together hold every sentence once.

    translations: a machine translation of each source. terms: of each source, the targets that a glossary
    gives for what stands in it.
    """
    known = terms or [()] * len(sources)
    ours = [
        _features(text, english_numbers(source), words)
        for source, text, words in zip(sources, translations, known, strict=True)
    ]
    every = {word for words in known for word in words}
    theirs = [_features(text, korean_numbers(text), (w for w in every if w in text)) for text in targets]
    seen, count = Counter(name for text in (*ours, *theirs) for name in text), len(ours) + len(theirs)
    return _best(_Texts(_weighted(ours, seen, count), _weighted(theirs, seen, count)))


def _features(text: str, numbers: Iterable[Number], words: Iterable[str]) -> Counter[str]:
    """Character sequences, values of numbers and terms, each as often as it counts."""
    line = "".join(text.split())
    found = Counter(line[start : start + size] for size in _LENGTHS for start in range(len(line) - size + 1))
    anchors = {f"#{value}" for number in numbers for value in number.values} | {f"={word}" for word in words}
    return found + Counter(dict.fromkeys(anchors, _ANCHOR))


def _weighted(texts: Sequence[Counter[str]], seen: Counter[str], count: int) -> list[Features]:
    """Features with what they weigh: the fewer sentences of both texts have one, the more."""
    return [{name: times * log((1 + count) / seen[name]) for name, times in text.items()} for text in texts]


@dataclass(slots=True)
class _Texts:
    """Both texts as features, and how heavy each sentence is."""

    ours: list[Features]
    theirs: list[Features]

    def likeness(self, sources: range, targets: range) -> float:
        """What two groups share of all that they have, 0 to 1 (Dice)."""
        one, other = _sum(self.ours, sources), _sum(self.theirs, targets)
        small, large = sorted((one, other), key=len)
        shared = sum(min(weight, large[name]) for name, weight in small.items() if name in large)
        return 2 * shared / (sum(one.values()) + sum(other.values()) or 1)


def _sum(texts: Sequence[Features], places: range) -> Features:
    if len(places) == 1:
        return texts[places[0]]
    total: dict[str, float] = {}
    for place in places:
        for name, weight in texts[place].items():
            total[name] = total.get(name, 0.0) + weight
    return total


def _best(texts: _Texts) -> list[Link]:
    """The way of the greatest gain; each cell holds the gain up to it and the link that ends there."""
    end = (len(texts.ours), len(texts.theirs))
    gains: dict[tuple[int, int], float] = {(0, 0): 0.0}
    last: dict[tuple[int, int], Link] = {}
    for cell in _cells(*end):
        for link in _links(cell, gains, texts):
            gain = gains[link.sources[0], link.targets[0]] + _gain(link)
            if gain > gains.get(cell, float("-inf")):
                gains[cell], last[cell] = gain, link
    links, at = [], end
    while at != (0, 0):
        links.append(last[at])
        at = (last[at].sources[0], last[at].targets[0])
    return links[::-1]


def _cells(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    """Places in both texts, first to last; of long texts those near the diagonal."""
    wide = rows * columns <= FREE
    for row in range(rows + 1):
        middle = round(row * columns / max(rows, 1))
        reach = columns if wide else max(BAND, 2 * columns // max(rows, 1))
        for column in range(max(0, middle - reach), min(columns, middle + reach) + 1):
            yield row, column


def _links(cell: tuple[int, int], gains: Mapping[tuple[int, int], float], texts: _Texts) -> Iterator[Link]:
    """Links that end at a cell and begin where a way leads."""
    row, column = cell
    for ours, theirs in SHAPES:
        if (row - ours, column - theirs) in gains:
            sources, targets = range(row - ours, row), range(column - theirs, column)
            score = texts.likeness(sources, targets) if ours and theirs else 0.0
            yield Link((sources.start, sources.stop), (targets.start, targets.stop), score)


def _gain(link: Link) -> float:
    """What a link adds: likeness above the least, for each sentence that it joins."""
    ours, theirs = (end - start for start, end in (link.sources, link.targets))
    if not ours or not theirs:
        return 0.0
    return (ours + theirs) * (link.score - LEAST) - (GROUPED if ours + theirs > 2 else 0.0)  # noqa: PLR2004
