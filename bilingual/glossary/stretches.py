"""Stretches of Korean words and the English names they come with, counted over pairs in bounded memory."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from bilingual.glossary.tokens import words
from bilingual.text.particles import stem

_LONGEST, _KEPT = 3, 200  # words of a stretch; stretches kept of one source
_WORD = re.compile(r"[가-힣]+|[A-Za-z][A-Za-z0-9&]*[가-힣]*|\d\w*|[^\s]")
_NAME = re.compile(r"(?!\d)(?:[가-힣]|\w{2,40})")  # what a stretch goes over: no number, sign or lone letter


def together(
    asked: Iterable[str], pairs: Iterable[tuple[str, str]]
) -> tuple[Counter[str], dict[str, Counter[str]]]:
    """Sentences of each source, and of it with each candidate; of a source's candidates a bounded number."""
    by_words = {key: source for source in asked if (key := tuple(words(source)))}
    lengths: dict[str, set[int]] = {}
    for key in by_words:
        lengths.setdefault(key[0], set()).add(len(key))
    sentences, joint = Counter[str](), dict[str, Counter[str]]()
    for text, target in pairs:
        found = set(_named(words(text), by_words, lengths))
        stretches = candidates(target) if found else set()
        for source in found:
            sentences[source] += 1
            counts = joint.setdefault(source, Counter())
            counts.update(stretches)
            if len(counts) > _KEPT:
                joint[source] = _fewer(counts)
    return sentences, joint


def _named(
    text: Sequence[str], by_words: Mapping[tuple[str, ...], str], lengths: Mapping[str, Collection[int]]
) -> Iterator[str]:
    """Sources in the words of a text, the longest where several begin and none inside another."""
    place = 0
    while place < len(text):
        sizes = sorted(lengths.get(text[place], ()), reverse=True)
        size = next((size for size in sizes if tuple(text[place : place + size]) in by_words), 0)
        if size:
            yield by_words[tuple(text[place : place + size])]
        place += size or 1


def _fewer(counts: Counter[str]) -> Counter[str]:
    """The counts less those of what came once, and half of what may be kept where that is not enough."""
    kept = sorted(((-count, one) for one, count in counts.items() if count > 1))[: _KEPT // 2]
    return Counter({one: -count for count, one in kept})


def candidates(target: str) -> set[str]:
    """Stretches of one to three words of a sentence, the last one without its particle and with it.

    >>> sorted(candidates("마르크 뤼터는."))
    ['뤼터', '뤼터는', '마르크', '마르크 뤼터', '마르크 뤼터는']
    """
    found, before = set[str](), list[str]()
    for word in _WORD.findall(target):
        if not _NAME.fullmatch(word.replace("&", "")):
            before = []
            continue
        short = bare(word)
        for start in range(len(before) + 1):
            found.update(" ".join((*before[start:], last)) for last in (short, word))
        before = [*before, word][1 - _LONGEST :]
    return found


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """The word without its particle and without 들.

    >>> bare("외교관들은"), bare("아들은")
    ('외교관', '아들')
    """
    short = stem(word)
    return short[:-1] if short.endswith("들") and len(short) > 2 else short  # noqa: PLR2004 - 아들
