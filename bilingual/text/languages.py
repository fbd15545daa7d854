"""Which language a name comes from, by its letters: Korean, Chinese, Japanese or another."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_SIZE, _SMOOTH, _KINDS = 3, 0.3, 4000


@dataclass(frozen=True, slots=True)
class Letters:
    """How often each three letters stand in names of each language, and how many names there were."""

    counts: Mapping[str, Mapping[str, float]]
    totals: Mapping[str, float]
    names: Mapping[str, float]


def learn(rows: Iterable[tuple[str, str, float]]) -> Letters:
    """Model of rows (language, three letters or nothing for the number of names, count)."""
    counts: dict[str, dict[str, float]] = {}
    names: dict[str, float] = {}
    for language, letters, count in rows:
        if letters:
            counts.setdefault(language, {})[letters] = count
        else:
            names[language] = count
    return Letters(counts, {language: sum(seen.values()) for language, seen in counts.items()}, names)


def count(names: Iterable[tuple[str, str]]) -> list[tuple[str, str, float]]:
    """Rows for learn from (language, name) pairs."""
    found: Counter[tuple[str, str]] = Counter()
    for language, name in names:
        found[language, ""] += 1
        found.update((language, letters) for letters in _letters(name))
    return sorted((*key, float(number)) for key, number in found.items())


def _letters(name: str) -> list[str]:
    padded = f"  {name.lower().replace('-', ' - ')} "
    return [padded[place : place + _SIZE] for place in range(len(padded) - _SIZE + 1)]


def languages(name: str, letters: Letters) -> dict[str, float]:
    """Probability of each language (naive Bayes over three letters).

    >>> learned = learn(count([("ko", "Kim Min-su"), ("ja", "Taro Tanaka")]))
    >>> languages("Kim Ji-su", learned)["ko"] > 0.9
    True
    """
    scores = {language: math.log(number) for language, number in letters.names.items()}
    for language in scores:
        seen, total = letters.counts[language], letters.totals[language] + _SMOOTH * _KINDS
        scores[language] += sum(math.log((seen.get(part, 0.0) + _SMOOTH) / total) for part in _letters(name))
    best = max(scores.values())
    weights = {language: math.exp(score - best) for language, score in scores.items()}
    return {language: weight / sum(weights.values()) for language, weight in weights.items()}
