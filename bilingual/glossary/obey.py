"""Making every sentence say its terms: a ladder of ways, each verified before the next is tried.

inline     the Korean stands in the source and is copied ("plain" where it stood there anyway)
replaced   the words that attention aligns with the term are replaced
prefix     decoded again from the place where the term belongs, the term and its particle given
likely     as replaced, with less attention asked
careful    decoded again so that nothing is repeated, aligned words replaced
restart    the English itself is translated and its aligned words are replaced
lead       decoded again with the term as the topic of the sentence
What still fails is an Issue "term". A way that loses a clause or runs in a loop is not taken.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bilingual.glossary.align import shares, stretch, words
from bilingual.glossary.inject import Requirement, places, shifted, unmet
from bilingual.records import Honoured, Hypothesis, Issue, TermType
from bilingual.text.particles import attach, refit, repaired
from bilingual.text.repair import length_suspect, loops
from bilingual.translator import Translator

SURE, LIKELY, POSSIBLE = 0.4, 0.15, 0.05
KEPT = 0.6  # of the length before; what is shorter has lost a clause
Sane = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Obeyed:
    """A translation with what it had to say; text is the hypothesis' with particles refitted."""

    hypothesis: Hypothesis
    honoured: tuple[Honoured, ...]
    issues: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence on its way: sent as it was put to the model, items standing at spans of it."""

    source: str
    sent: str
    items: tuple[Requirement, ...]
    spans: tuple[tuple[int, int], ...]
    hypothesis: Hypothesis
    text: str
    rungs: tuple[str, ...]

    @property
    def missing(self) -> list[int]:
        """Numbers of the items that no rung has brought yet."""
        return [number for number, rung in enumerate(self.rungs) if not rung]


def obey(
    sources: Sequence[str],
    requirements: Sequence[Sequence[Requirement]],
    translator: Translator,
    *,
    sane: Sane | None = None,
    inline: bool = True,
) -> list[Obeyed]:
    """Translate sentences so that each says its requirements.

    sane: tells of a source and its translation whether the latter is free of loops and loss. inline: whether
    the model is fit to be given Korean in the source. Raises EngineError.
    """
    sane = sane or sound
    drafts = _start(sources, requirements, translator, inline=inline)
    for rung, climb in LADDER:
        failing = [number for number, draft in enumerate(drafts) if draft.missing]
        if not failing:
            break
        for number, new in zip(failing, climb([drafts[n] for n in failing], translator), strict=True):
            drafts[number] = _better(drafts[number], _judged(drafts[number], new, rung), sane)
    return [_obeyed(draft) for draft in drafts]


def _start(
    sources: Sequence[str],
    requirements: Sequence[Sequence[Requirement]],
    translator: Translator,
    *,
    inline: bool,
) -> list[_Draft]:
    """Translate everything once; sentences that require nothing are done with that."""
    sent = [
        shifted(text, items) if inline else (text, [(item.start, item.end) for item in items])
        for text, items in zip(sources, requirements, strict=True)
    ]
    made = translator.translate([text for text, _ in sent], attention=any(requirements))
    drafts = []
    for source, items, (text, spans), hypothesis in zip(sources, requirements, sent, made, strict=True):
        rungs = ("",) * len(items)
        draft = _Draft(source, text, tuple(items), tuple(spans), hypothesis, hypothesis.text, rungs)
        drafts.append(_judged(draft, draft, "plain" if text == source else "inline"))
    return drafts


def _judged(old: _Draft, new: _Draft, rung: str) -> _Draft:
    """Name the rung of every item that the new text says and the old did not."""
    if not new.items:
        return new
    left = set(unmet(new.text, [item.target for item in new.items]))
    rungs = ("" if n in left else was or rung for n, was in enumerate(old.rungs))
    return replace(new, rungs=tuple(rungs))


def _better(old: _Draft, new: _Draft, sane: Sane) -> _Draft:
    """The new draft where it says more and is no worse otherwise."""
    if len(new.missing) >= len(old.missing) or len(new.text) < KEPT * len(old.text):
        return old
    return new if sane(new.source, new.text) or not sane(old.source, old.text) else old


def sound(source: str, text: str) -> bool:
    """Whether a translation is of a likely length and does not repeat itself.

    >>> [sound("He left.", text) for text in ("그는 떠났다.", "그는 그는 그는 그는", "")]
    [True, False, False]
    """
    return bool(text.strip()) and not loops(text) and not length_suspect(source, text)


def _changes(draft: _Draft, least: float) -> list[tuple[int, int, str]]:
    """Where in the hypothesis the missing items belong, the best aligned first to choose."""
    text, items = draft.hypothesis.text, draft.items
    stand = places(text, [item.target for item in items])
    left = [number for number in range(len(items)) if number not in stand]
    table = shares(draft.sent, draft.hypothesis, draft.spans)
    free = [True] * len(words(text))
    for start, end in stand.values():
        _take(free, text, start, end)
    found = []
    for number in sorted(left, key=lambda number: -max(table[number], default=0.0)):
        if part := stretch(text, table[number], free, items[number].target, least):
            _take(free, text, part.start, part.end)
            found.append((part.start, part.end, items[number].target))
    return sorted(found)


def _take(free: list[bool], text: str, start: int, end: int) -> None:
    for number, (first, last) in enumerate(words(text)):
        if first < end and start < last:
            free[number] = False


def _pasted(draft: _Draft, least: float) -> _Draft:
    text = draft.hypothesis.text
    for start, end, target in reversed(_changes(draft, least)):
        text = refit(text, start, end, target)
    return replace(draft, text=text)


def _replaced(least: float) -> "_Climb":
    def climb(drafts: Sequence[_Draft], _: Translator) -> list[_Draft]:
        return [_pasted(draft, least) for draft in drafts]

    return climb


def _again(
    drafts: Sequence[_Draft], prefixes: Sequence[str], translator: Translator, least: float
) -> list[_Draft]:
    """Decode once more those that have a prefix, and replace what is still missing."""
    numbers = [number for number, prefix in enumerate(prefixes) if prefix]
    made = translator.translate(
        [drafts[n].sent for n in numbers], prefixes=[prefixes[n] for n in numbers], attention=True
    )
    new = list(drafts)
    for number, hypothesis in zip(numbers, made, strict=True):
        new[number] = _pasted(replace(drafts[number], hypothesis=hypothesis, text=hypothesis.text), least)
    return new


def _prefixed(drafts: Sequence[_Draft], translator: Translator) -> list[_Draft]:
    """Give the model the translation up to the first missing term, with the term and its particle."""
    return _again(drafts, [_prefix(draft) for draft in drafts], translator, SURE)


def _prefix(draft: _Draft) -> str:
    for start, end, target in _changes(draft, LIKELY)[:1]:
        changed = refit(draft.hypothesis.text, start, end, target)
        stop = re.compile(r"\s|$").search(changed, start + len(target))
        return changed[: stop.start() if stop else None]
    return ""


def _restarted(drafts: Sequence[_Draft], translator: Translator) -> list[_Draft]:
    """Translate the English as it stands, and replace what is missing."""
    made = translator.translate([draft.source for draft in drafts], attention=True)
    new = []
    for draft, hypothesis in zip(drafts, made, strict=True):
        spans = tuple((item.start, item.end) for item in draft.items)
        new.append(_pasted(replace(draft, sent=draft.source, spans=spans, hypothesis=hypothesis), LIKELY))
    return new


def _careful(drafts: Sequence[_Draft], translator: Translator) -> list[_Draft]:
    """Decode so that nothing is said twice, which leaves room for what was not said."""
    made = translator.translate([draft.sent for draft in drafts], attention=True, careful=True)
    return [
        _pasted(replace(draft, hypothesis=hypothesis), LIKELY)
        for draft, hypothesis in zip(drafts, made, strict=True)
    ]


def _led(drafts: Sequence[_Draft], translator: Translator) -> list[_Draft]:
    return _again(drafts, [_lead(draft) for draft in drafts], translator, POSSIBLE)


_PLACED = re.compile(r"\b(?:in|at|near|across|throughout|outside)\s(?:the\s)?$", re.IGNORECASE)


def _lead(draft: _Draft) -> str:
    """A beginning of the sentence that says what is missing: places where, the rest as topic."""
    left = [draft.items[number] for number in draft.missing]
    where = [
        item for item in left if item.type is TermType.PLACE and _PLACED.search(draft.source[: item.start])
    ]
    topics = [item.target for item in left if item not in where]
    topic = attach("·".join(topics), "은") if topics else ""
    return " ".join(part for part in (*(item.target + "에서" for item in where), topic) if part)


_Climb = Callable[[Sequence[_Draft], Translator], list[_Draft]]
LADDER: tuple[tuple[str, _Climb], ...] = (
    ("replaced", _replaced(SURE)),
    ("prefix", _prefixed),
    ("likely", _replaced(LIKELY)),
    ("careful", _careful),
    ("restart", _restarted),
    ("lead", _led),
    ("lead", _led),
    ("likely", _replaced(POSSIBLE)),
)


def verified(text: str, items: Sequence[Requirement], rung: str) -> tuple[Honoured, ...]:
    """Which requirements a text says that came otherwise, from the memory or a reviewer.

    >>> rutte = Requirement(0, 5, "Rutte", "뤼터", TermType.PERSON)
    >>> [(item.honoured, item.rung) for item in verified("뤼터가 말했다", [rutte], "memory")]
    [(True, 'memory')]
    """
    left = set(unmet(text, [item.target for item in items]))
    return tuple(
        Honoured(item.source, item.target, item.type, n not in left, "" if n in left else rung)
        for n, item in enumerate(items)
    )


def _obeyed(draft: _Draft) -> Obeyed:
    targets = [item.target for item in draft.items]
    text = repaired(draft.text, set(targets))
    honoured = tuple(
        Honoured(item.source, item.target, item.type, bool(rung), rung)
        for item, rung in zip(draft.items, draft.rungs, strict=True)
    )
    issues = tuple(Issue("term", f"{item.source} → {item.target}") for item in honoured if not item.honoured)
    return Obeyed(replace(draft.hypothesis, text=text, attention=()), honoured, issues)
