"""What may be wrong with a pair, found without a model; each check is one small function in CHECKS.

A check takes a pair and what is known besides, and yields the evidence of each doubt in a few words.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bilingual.records import Issue, Pair, Term
from bilingual.text.numbers import Number, english_hints, english_numbers, korean_numbers, korean_words
from bilingual.text.particles import disagreements
from bilingual.text.protect import blanked, protected_spans
from bilingual.text.repair import length_suspect, lone_marks, loops

_MEASURES = frozenset(
    re.findall(
        r"\w+",
        """km cm mm nm kg mg ml kw kwh mw gw mwh twh hz khz mhz ghz kb mb gb tb bps kbps mbps gbps mph kph rpm
        ppm ppb psi mpa hpa bpm dpi fps sq ft lb oz vs pm am feat etc""",
    )
)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ](?:[A-Za-zÀ-ɏ'’-]|[\u0300-\u036f])*")
_GARBLED = re.compile("[\ufffd\u2047]|<unk>|▁|&(?:quot|apos|amp|lt|gt|#\\d+);")
_WINDOW = re.compile(r".{1,500}(?!\S)|.{1,500}", re.DOTALL)  # what a particle hangs on stands near
_TOO_SMALL = 10  # numbers up to here come and go with the grammar: 1인당, 2차, 한 달
_RUN = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What checks lean on besides the pair: forbidden terms, and Korean words whose end is certain."""

    forbidden: tuple[Term, ...] = ()
    words: frozenset[str] = frozenset()


Check = Callable[[Pair, Known], Iterator[str]]


def check_pair(pair: Pair, known: Known | None = None) -> tuple[Issue, ...]:
    """Doubts about a pair in the order of CHECKS; code is the name of the check, detail its evidence."""
    if not pair.source.strip():
        return ()
    if not pair.target.strip():
        return (Issue("empty"),)
    with_known = known or Known()
    return tuple(Issue(code, detail) for code, check in CHECKS for detail in check(pair, with_known))


def terms(pair: Pair, _: Known) -> Iterator[str]:
    """Terms that the glossary requires and the target lacks."""
    return (f"{term.source} → {term.target}" for term in pair.terms if not term.honoured)


def forbidden(pair: Pair, known: Known) -> Iterator[str]:
    """Translations that the glossary forbids, where the term is in the source."""
    for term in known.forbidden:
        if term.target in pair.target and re.search(rf"(?<!\w){re.escape(term.source)}(?!\w)", pair.source):
            yield f"{term.source} → {term.target}"


def numbers(pair: Pair, _: Known) -> Iterator[str]:
    """Numbers of the source that the target lacks, and larger ones that it made up, its terms aside."""
    source, target = _besides_terms(pair)
    wanted, found = english_numbers(blanked(source)), korean_numbers(blanked(target))
    lost, made = _without(wanted, found), [n for n in _without(found, wanted) if min(n.values) > _TOO_SMALL]
    words = korean_words(pair.target) if lost else frozenset()
    hints = english_hints(pair.source) if made else frozenset()
    yield from (number.text for number in lost if not number.values & words)
    yield from (f"+{number.text}" for number in made if not number.values & hints)


def _besides_terms(pair: Pair) -> tuple[str, str]:
    """Source and target less the terms that hold and have digits: Korean War, 6·25전쟁."""
    source, target = pair.source, pair.target
    for term in pair.terms:
        if term.honoured and any(map(str.isdigit, term.source + term.target)):
            source, target = source.replace(term.source, " "), target.replace(term.target, " ")
    return source, target


def _without(numbers: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """Numbers that have no value in common with the others."""
    values = {value for number in others for value in number.values}
    return [number for number in numbers if values.isdisjoint(number.values)]


def leftover(pair: Pair, _: Known) -> Iterator[str]:
    """English in the target: common words, or runs of words, that are no gloss in brackets and no unit."""
    text = _BRACKETS.sub(" ", blanked(pair.target))
    words = list(_LATIN.finditer(text))
    common = [word[0] for word in words if word[0].islower() and len(word[0]) > 1]
    yield from (word for word in common if word not in _MEASURES)
    run = 1
    for before, word in pairwise(words):
        run = run + 1 if text[before.end() : word.start()] == " " else 1
        if run == _RUN:
            yield f"{before[0]} {word[0]}"


def protected(pair: Pair, _: Known) -> Iterator[str]:
    """Addresses, handles, hashtags, emoji and code of the source that the target does not have as often."""
    spans = {pair.source[span.start : span.end] for span in protected_spans(pair.source)}
    return (span for span in sorted(spans) if pair.target.count(span) < pair.source.count(span))


def particles(pair: Pair, known: Known) -> Iterator[str]:
    """Particles that do not fit the word before them."""
    found = (wrong for window in _WINDOW.findall(pair.target) for wrong in disagreements(window, known.words))
    for wrong in found:
        if not wrong.word.endswith((".", ",", "!", "?")):  # after a stop without a space, 이 is "this"
            yield f"{wrong.word}{wrong.found} → {wrong.fitting}"


def marks(pair: Pair, _: Known) -> Iterator[str]:
    """Double quotes and brackets that have lost their partner, unless the source has them so."""
    lost = lone_marks(pair.target) - lone_marks(pair.source)
    return iter(sorted(lost))


def repeated(pair: Pair, _: Known) -> Iterator[str]:
    """Words or syllables that go round in a loop."""
    if loops(pair.target) and not loops(pair.source):
        yield ""


def length(pair: Pair, _: Known) -> Iterator[str]:
    """A target much too short or too long for its source, in characters."""
    if length_suspect(pair.source, pair.target):
        yield f"{len(pair.source)} → {len(pair.target)}"


def garbled(pair: Pair, _: Known) -> Iterator[str]:
    """Replacement characters, unknown-word marks and entities that the source does not have."""
    return (mark for mark in sorted(set(_GARBLED.findall(pair.target))) if mark not in pair.source)


CHECKS: tuple[tuple[str, Check], ...] = (
    ("term", terms),
    ("forbidden", forbidden),
    ("number", numbers),
    ("leftover", leftover),
    ("protected", protected),
    ("particle", particles),
    ("marks", marks),
    ("loop", repeated),
    ("length", length),
    ("garbled", garbled),
)


def check_pairs(pairs: Sequence[Pair], known: Known | None = None) -> list[tuple[Issue, ...]]:
    """Doubts about each pair, in order: those of check_pair, then "inconsistent" with another target."""
    ways = _ways((pair.source, pair.target) for pair in pairs)
    return [(*check_pair(pair, known), *_inconsistent(pair, ways[_key(pair.source)])) for pair in pairs]


def _ways(rows: Iterator[tuple[str, str]]) -> dict[str, set[str]]:
    ways: dict[str, set[str]] = defaultdict(set)
    for source, target in rows:
        ways[_key(source)].add(target.strip())
    return ways


def _key(source: str) -> str:
    return " ".join(source.split())


def _inconsistent(pair: Pair, ways: set[str]) -> Iterator[Issue]:
    others = sorted(ways - {pair.target.strip(), ""})
    if others and pair.target.strip():
        yield Issue("inconsistent", others[0])
