"""Likeness of texts by the characters they share: chrF (Popović 2015), as sacreBLEU has it by default."""

from collections import Counter
from collections.abc import Iterable

ORDER = 6
BETA = 2

Grams = tuple[Counter[str], ...]


def grams(text: str, order: int = ORDER) -> Grams:
    """Counts of the character n-grams of each length from 1, white space left out."""
    line = "".join(text.split())
    return tuple(
        Counter(line[start : start + size] for start in range(len(line) - size + 1))
        for size in range(1, order + 1)
    )


def likeness(hypothesis: Grams, reference: Grams) -> float:
    """The chrF of one hypothesis, 0 to 1."""
    return _score(_counts(hypothesis, reference))


def corpus_chrf(pairs: Iterable[tuple[str, str]], order: int = ORDER) -> float:
    """The chrF of hypotheses with their references as one corpus, 0 to 100."""
    totals = [(0, 0, 0)] * order
    for hypothesis, reference in pairs:
        counts = _counts(grams(hypothesis, order), grams(reference, order))
        totals = [(a + x, b + y, c + z) for (a, b, c), (x, y, z) in zip(totals, counts, strict=True)]
    return 100 * _score(totals)


def _counts(hypothesis: Grams, reference: Grams) -> list[tuple[int, int, int]]:
    """Of each length: n-grams of the hypothesis, where the reference has some; of the reference; of both."""
    return [
        (ours.total() if theirs else 0, theirs.total(), (ours & theirs).total())
        for ours, theirs in zip(hypothesis, reference, strict=True)
    ]


def _score(counts: Iterable[tuple[int, int, int]]) -> float:
    """F score of mean precision and recall over the lengths that both sides have."""
    parts = [(both / ours, both / theirs) for ours, theirs, both in counts if ours and theirs]
    if not parts:
        return 0.0
    precision = sum(part[0] for part in parts) / len(parts)
    recall = sum(part[1] for part in parts) / len(parts)
    weighted = BETA**2 * precision + recall
    return (1 + BETA**2) * precision * recall / weighted if weighted else 0.0
