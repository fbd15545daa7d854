"""Names, titles, organizations, places and terms in a sentence, found by a conditional random field."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bilingual.errors import PackageError
from bilingual.glossary.features import Lexicon, Token, features, tokens
from bilingual.records import TermType

LABELS = {
    "P": TermType.PERSON,
    "T": TermType.TITLE,
    "O": TermType.ORGANIZATION,
    "L": TermType.PLACE,
    "M": TermType.TERM,
    "W": TermType.EVENT,
}


class _Model(Protocol):
    def tag(self, rows: Sequence[Sequence[str]]) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A name or term in a text; start and end count characters."""

    start: int
    end: int
    type: TermType


@dataclass(frozen=True, slots=True)
class Tagger:
    """A loaded model with the word lists that it was trained with."""

    model: _Model
    lexicon: Lexicon


def load(path: Path, known: Lexicon) -> Tagger:
    """Tagger of a model file; raises PackageError where the file is missing or damaged."""
    import pycrfsuite

    model = pycrfsuite.Tagger()
    try:
        checked = path.read_bytes()[:4] == b"lCRF"
        if checked:
            model.open(str(path))
    except (OSError, ValueError) as error:
        raise PackageError(
            str(path), f"the tagger cannot be read ({error})", "install bilingual again"
        ) from error
    if not checked:
        raise PackageError(str(path), "not a model of the tagger", "install bilingual again")
    return Tagger(model, known)


def tag(text: str, tagger: Tagger) -> list[Span]:
    """Spans of one sentence from left to right, none overlapping."""
    found = tokens(text)
    if not found:
        return []
    labels = tagger.model.tag(features([token.text for token in found], tagger.lexicon))
    spans = (Span(found[one].start, found[end - 1].end, LABELS[kind]) for one, end, kind in chunks(labels))
    return [span for span in (_trimmed(span, text) for span in spans) if span.start < span.end]


def _trimmed(span: Span, text: str) -> Span:
    """A span without the signs that it begins or ends with, the dot of an abbreviation kept."""
    start, end = span.start, span.end
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "."):
        end -= 1
    return Span(start, end, span.type)


def tag_all(texts: Iterable[str], tagger: Tagger) -> Iterator[list[Span]]:
    """Spans of each sentence, in order."""
    return (tag(text, tagger) for text in texts)


def chunks(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Runs of BIO labels as (start, end, type).

    >>> list(chunks(["B-T", "I-T", "B-P", "O", "B-L"]))
    [(0, 2, 'T'), (2, 3, 'P'), (4, 5, 'L')]
    """
    start = -1
    for number, label in enumerate([*labels, "O"]):
        if start >= 0 and not label.startswith("I-"):
            yield start, number, labels[start][2:]
            start = -1
        if label.startswith("B-") or (start < 0 and label.startswith("I-")):
            start = number


def sequence(found: Sequence[Token], spans: Iterable[tuple[int, int, str]]) -> list[str]:
    """BIO labels of tokens for spans (start, end, letter) in characters.

    >>> sequence(tokens("Wi Sung-lac said"), [(0, 11, "P")])
    ['B-P', 'I-P', 'I-P', 'I-P', 'O']
    """
    labels = ["O"] * len(found)
    for start, end, kind in spans:
        inside = [n for n, token in enumerate(found) if token.start < end and token.end > start]
        for number in inside:
            labels[number] = f"I-{kind}"
        if inside:
            labels[inside[0]] = f"B-{kind}"
    return labels
