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
_PREDICATE = re.compile(
    r"(?:다|다고|다며|다는|라고|라며|라는|으며|하며|면서|지만|는데|[하되있없]는|기로|하고|하기|위해|대해|따라|따르면)[\"'”’.,!?]*$"
)
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


def stretch(
    text: str, share: Sequence[float], free: Sequence[bool], target: str, least: float = LEAST
) -> Stretch | None:
    """The run of free words whose shares rise most above the least, without the particle at its end.

    Predicates are no part of it; words beside it that the target has too are, being half a copy.

    >>> stretch("어제 한 본부가 말했다", [0.1, 0.2, 0.9, 0.8], [True] * 4, "한 본부장")
    Stretch(start=3, end=7, share=0.9)
    """
    at = words(text)
    open_ = [ok and not _PREDICATE.search(text[a:b]) for ok, (a, b) in zip(free, at, strict=True)]
    found = _richest(share, open_, least)
    if found is None:
        return None
    first, last = found
    mass = sum(share[first : last + 1]) / (last + 1 - first)
    halves = [ok and stem(text[a:b]) in target for ok, (a, b) in zip(open_, at, strict=True)]
    while first and halves[first - 1]:
        first -= 1
    while last + 1 < len(at) and halves[last + 1]:
        last += 1
    start, end = at[first][0], at[last][1]
    opened = _OPENED.match(text[start:end])
    start += opened.end() if opened else 0
    return Stretch(start, start + len(stem(text[start:end])), mass)


def _richest(share: Sequence[float], free: Sequence[bool], least: float) -> tuple[int, int] | None:
    """First and last of the free words in a row that have most above the least.

    >>> _richest([0.1, 0.9, 0.8, 0.1], [True] * 4, 0.5)
    (1, 2)
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
    return best
