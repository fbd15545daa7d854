"""A pair as the page shows it: plain data, its texts cut where a term stands, nothing marked up."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bilingual.glossary.inject import places
from bilingual.records import Pair
from bilingual.web.words import ORIGINS, STATUSES, TERMS, issue_sentence

Part = tuple[str, int]


def version(pair: Pair) -> str:
    """Name of what a reviewer has decided of a pair so far; another decision has another name."""
    said = (pair.target, pair.status.value, pair.note, pair.reviewer, pair.reviewed_at)
    return hashlib.blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def view(pair: Pair, number: int) -> Mapping[str, Any]:
    """A pair as JSON takes it; number is its place among all pairs, from 0."""
    return {
        "id": pair.pair_id,
        "number": number,
        "version": version(pair),
        "article": pair.article,
        "source": cut(pair.source, _source_places(pair)),
        "target": pair.target,
        "parts": cut(pair.target, places(pair.target, [term.target for term in pair.terms])),
        "status": pair.status.value,
        "state": STATUSES[pair.status],
        "origin": ORIGINS[pair.origin],
        "reviewer": pair.reviewer,
        "note": pair.note,
        "terms": [
            {"source": t.source, "target": t.target, "type": TERMS[t.type], "honoured": t.honoured}
            for t in pair.terms
        ],
        "issues": [{"code": issue.code, "text": issue_sentence(issue)} for issue in pair.issues],
    }


def cut(text: str, spans: Mapping[int, tuple[int, int]]) -> Sequence[Part]:
    """Text in parts, each with the number of the term that it is, or -1.

    >>> cut("한국과 북한", {0: (4, 6)})
    [('한국과 ', -1), ('북한', 0)]
    """
    parts, done = list[Part](), 0
    for number, (start, end) in sorted(spans.items(), key=lambda item: item[1]):
        parts += [(text[done:start], -1), (text[start:end], number)]
        done = end
    return [part for part in [*parts, (text[done:], -1)] if part[0]]


def _source_places(pair: Pair) -> dict[int, tuple[int, int]]:
    return dict(_found(pair.source, [term.source for term in pair.terms]))


def _found(text: str, words: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Where each of the words stands, longest first, no two on the same letters."""
    taken = bytearray(len(text))
    for number in sorted(range(len(words)), key=lambda number: (-len(words[number]), number)):
        for match in re.finditer(rf"(?<!\w){re.escape(words[number])}(?!\w)", text, re.IGNORECASE):
            start, end = match.span()
            if start < end and not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield number, (start, end)
                break
