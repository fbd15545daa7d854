"""What a review came to: states, issues, how far people went from the machine, and how quickly."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bilingual.chrf import corpus_chrf
from bilingual.records import Pair, Status

PAUSE = timedelta(minutes=5)  # a longer gap between two decisions is a break


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of pairs by state, origin and issue; chrF (0 to 100) and word edit rate of machine to human.

    edited: pairs that these two were measured on. words_an_hour: source words of decisions whose time from
    the one before is known and no break, nothing where there are none.
    """

    pairs: int
    states: Mapping[str, int]
    origins: Mapping[str, int]
    issues: Mapping[str, int]
    edited: int
    chrf: float | None
    word_edits: float | None
    words_an_hour: float | None


def review_stats(pairs: Sequence[Pair], drafts: Mapping[str, str]) -> Stats:
    """Count a review; drafts: what the machine had, by the ids of pairs that a person has edited."""
    done = [(drafts[p.pair_id], p.target) for p in pairs if p.status is Status.EDITED and p.pair_id in drafts]
    return Stats(
        len(pairs),
        Counter(pair.status.value for pair in pairs),
        Counter(pair.origin.value for pair in pairs),
        Counter(code for pair in pairs for code in {issue.code for issue in pair.issues}),
        len(done),
        corpus_chrf(done) if done else None,
        word_edit_rate(done) if done else None,
        words_an_hour(pairs),
    )


def word_edit_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Words put in, taken out or replaced from each hypothesis to its reference, a word of the references.

    This is TER (Snover and others 2006) without its shifts of phrases.

    >>> word_edit_rate([("수출이 31% 늘었다.", "수출이 31% 증가했다.")])
    0.3333333333333333
    """
    from rapidfuzz.distance import Levenshtein

    rows = [(hypothesis.split(), reference.split()) for hypothesis, reference in pairs]
    return sum(Levenshtein.distance(*row) for row in rows) / max(1, sum(len(right) for _, right in rows))


def words_an_hour(pairs: Iterable[Pair]) -> float | None:
    """Source words a reviewer decides an hour, by the times of the decisions, breaks left out."""
    by_reviewer: dict[str, list[tuple[datetime, int]]] = {}
    for pair in pairs:
        if pair.reviewed_at and pair.status is not Status.DRAFT:
            moment = datetime.fromisoformat(pair.reviewed_at)
            by_reviewer.setdefault(pair.reviewer, []).append((moment, len(pair.source.split())))
    steps = [
        (later - earlier, words)
        for decisions in by_reviewer.values()
        for (earlier, _), (later, words) in pairwise(sorted(decisions))
        if timedelta() < later - earlier <= PAUSE
    ]
    spent = sum((gap for gap, _ in steps), timedelta())
    return sum(words for _, words in steps) / (spent / timedelta(hours=1)) if spent else None
