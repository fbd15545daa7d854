"""Which words of a translation stand for a span of the source, by the model's own attention.

Attention of the last decoder layer is soft and often a token late, so whole words are compared.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bilingual.records import Hypothesis
from bilingual.text.particles import stem

_MARKS = "▁ "
_OPENED = re.compile(r"[\"'“‘(\[《〈「『<]*")
_SPELT = 0.8  # share of tokens that must stand in the text; unknown letters may not
LEAST = 0.35  # share of a word's attention on the span that makes the word a part of it


@dataclass(frozen=True, slots=True)
class Stretch:
    """text[start:end] of a translation, and the share of its attention that lies on the span."""

    start: int
    end: int
    share: float


def offsets(text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    """Where each token stands in the text; spaces and word marks count for nothing.

    >>> offsets("뤼터 사무총장", ["▁뤼", "터", "▁사무", "총장"])
    [(0, 1), (1, 2), (3, 5), (5, 7)]
    """
    places, at = [], 0
    for token in tokens:
        piece = token.replace("@@", "").strip(_MARKS)
        found = text.find(piece, at) if piece else -1
        start = found if 0 <= found <= at + len(piece) + 2 else at
        at = min(len(text), start + len(piece))
        places.append((start, at))
    return places


def spells(tokens: Sequence[str], text: str) -> bool:
    """Whether tokens are those of the text, as they are not behind another language or a placeholder.

    >>> spells(["▁Rutte", "▁left", "."], "Rutte left."), spells(["▁뤼터"], "Rutte left.")
    (True, False)
    """
    pieces = [piece for token in tokens if (piece := token.replace("@@", "").strip(_MARKS))]
    found = sum(piece in text for piece in pieces)
    return bool(pieces) and found >= _SPELT * len(pieces)


def words(text: str) -> list[tuple[int, int]]:
    """Where the words between spaces stand.

    >>> words("뤼터 사무총장은")
    [(0, 2), (3, 8)]
    """
    edges = [-1, *(at for at, char in enumerate(text) if char.isspace()), len(text)]
    return [(left + 1, right) for left, right in pairwise(edges) if right > left + 1]


def shares(source: str, hypothesis: Hypothesis, spans: Sequence[tuple[int, int]]) -> list[list[float]]:
    """For each span, the share of every target word's attention that lies on it, of shape (spans, words)."""
    if not spells(hypothesis.source_tokens, source):
        return [[0.0] * len(words(hypothesis.text)) for _ in spans]
    source_at = offsets(source, hypothesis.source_tokens)
    target_at = offsets(hypothesis.text, hypothesis.tokens)
    members = [
        [n for n, (a, b) in enumerate(source_at) if a < end and start < max(b, a + 1)] for start, end in spans
    ]
    rows = list(zip(target_at, hypothesis.attention, strict=False))
    table = []
    for start, end in words(hypothesis.text):
        inside = [row for (a, b), row in rows if start <= a < end and b > a]
        total = sum(sum(row) for row in inside) or 1.0
        table.append([sum(row[n] for row in inside for n in own if n < len(row)) / total for own in members])
    return [list(column) for column in zip(*table, strict=True)] if table else [[] for _ in spans]


def stretch(text: str, share: Sequence[float], free: Sequence[bool], least: float = LEAST) -> Stretch | None:
    """The run of free words whose shares rise most above the least, without the particle at its end.

    >>> stretch("어제 루테가 말했다", [0.1, 0.9, 0.2], [True, True, True])
    Stretch(start=3, end=5, share=0.9)
    """
    best, gain = None, 0.0
    for first in range(len(share)):
        total = 0.0
        for last in range(first, len(share)):
            if not free[last]:
                break
            total += share[last] - least
            if total > gain:
                best, gain = (first, last), total
    if best is None:
        return None
    places = words(text)
    start, end = places[best[0]][0], places[best[1]][1]
    mass = sum(share[best[0] : best[1] + 1]) / (best[1] - best[0] + 1)
    start += len(_OPENED.match(text[start:end])[0])  # type: ignore[index]  # matches always
    return Stretch(start, start + len(stem(text[start:end])), mass)
