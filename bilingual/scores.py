"""Scores of a system on a test set; a score carries its signature, so no number travels without its source.

Overlap with a reference is sacreBLEU's (extra `evaluate`). The other measures look at the translation alone,
or at the terms it must keep.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl

from bilingual.errors import EvaluationError
from bilingual.glossary.inject import Requirement, unmet
from bilingual.tables import SCORES
from bilingual.text import particles

if TYPE_CHECKING:
    from sacrebleu.metrics.base import Metric

_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’.-]+")
_LOWER_WORD = re.compile(r"(?<![A-Za-z0-9@/.#_-])[a-z]{2,}(?![A-Za-z0-9@/:_-]|\.[a-z])")
_LOOP = re.compile(r"(.{2,30}?)\1{3,}|(\b\S+(?: \S+){0,3})(?: \2){2,}")
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?:{_NUMBER}\s?천?[천만억조]\s?)+(?:{_NUMBER})?|{_NUMBER}(?:[ -](?:thousand|[mbtr]+illion))?"
)
_PART = re.compile(rf"({_NUMBER})[ -]?(천?)(천|만|억|조|thousand|million|billion|trillion)?")
_SCALES = {"": 1.0, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12}
_SCALES |= {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}


@dataclass(frozen=True, slots=True)
class Score:
    """A value with what it measures and the settings under which; shares are of 100."""

    metric: str
    value: float
    signature: str
    system: str
    test_set: str


@dataclass(frozen=True, slots=True)
class Trial:
    """Sentences with references and the terms required of each; all three are as long."""

    name: str
    sources: tuple[str, ...]
    references: tuple[str, ...]
    terms: tuple[tuple[Requirement, ...], ...] = ()


Measure = Callable[[Trial, Sequence[str]], tuple[float, str]]
"""(test set, hypotheses) → value and signature."""


def score(trial: Trial, system: str, hypotheses: Sequence[str]) -> list[Score]:
    """Every measure of one system; raises EvaluationError where lines are missing or sacreBLEU is."""
    if len(hypotheses) != len(trial.sources):
        raise EvaluationError(
            system, f"has {len(hypotheses)} lines for {len(trial.sources)} sentences", "give one line each"
        )
    overlap = {name: _overlap(metric) for name, metric in _metrics().items()}
    measures = {**overlap, **MEASURES, **(TERM_MEASURES if any(trial.terms) else {})}
    found = ((name, *measure(trial, hypotheses)) for name, measure in measures.items())
    return [Score(name, value, signature, system, trial.name) for name, value, signature in found]


def frame(scores: Iterable[Score]) -> pl.DataFrame:
    """Scores as a frame of schema SCORES."""
    return pl.DataFrame([asdict(each) for each in scores], schema=SCORES)


def _metrics() -> "dict[str, Metric]":
    """The three metrics as they are published for Korean."""
    try:
        from sacrebleu.metrics.bleu import BLEU
        from sacrebleu.metrics.chrf import CHRF
    except ImportError as error:
        raise EvaluationError("sacrebleu", "is not installed", "pip install 'bilingual[evaluate]'") from error
    return {"BLEU": BLEU(tokenize="ko-mecab"), "chrF2": CHRF(), "chrF2++": CHRF(word_order=2)}


def _overlap(metric: "Metric") -> Measure:
    def measure(trial: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
        value = metric.corpus_score(list(hypotheses), [list(trial.references)]).score
        return value, str(metric.get_signature())

    return measure


def compare(
    trial: Trial, systems: Mapping[str, Sequence[str]], samples: int = 1000
) -> list[tuple[str, str, float, float]]:
    """Paired bootstrap (Koehn 2004) of each system against the first: (system, metric, difference, p).

    p is the chance of a difference as large were the two alike, as sacreBLEU computes it.
    """
    metrics = _metrics()
    from sacrebleu.significance import PairedTest, Result

    named: list[tuple[str, Sequence[str]]] = [(name, list(lines)) for name, lines in systems.items()]
    _, found = PairedTest(named, metrics, [list(trial.references)], "bs", n_samples=samples)()
    rows = []
    for metric in metrics:
        first, *others = [result for result in found[metric] if isinstance(result, Result)]
        for (name, lines), result in zip(named[1:], others, strict=True):
            chance = 1.0 if lines == named[0][1] else float(result.p_value or 0.0)
            rows.append((name, metric, result.score - first.score, chance))
    return rows


def _outcomes(trial: Trial, hypotheses: Sequence[str]) -> list[tuple[Requirement, bool]]:
    found: list[tuple[Requirement, bool]] = []
    for terms, hypothesis in zip(trial.terms, hypotheses, strict=True):
        missing = set(unmet(hypothesis, [term.target for term in terms]))
        found.extend((term, number not in missing) for number, term in enumerate(terms))
    return found


def honoured(trial: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
    """Share of required terms whose Korean stands in the translation."""
    kept = [kept for _, kept in _outcomes(trial, hypotheses)]
    return _share(kept), f"n:{len(kept)}|match:exclusive,longest"


def consistent(trial: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
    """Of the terms required several times and honoured at least once, the share honoured on average."""
    by_term: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for term, kept in _outcomes(trial, hypotheses):
        by_term[term.source, term.target].append(kept)
    repeated = [kept for kept in by_term.values() if len(kept) > 1 and any(kept)]
    mean = sum(map(_share, repeated)) / len(repeated) if repeated else 0.0
    return mean, f"n:{len(repeated)}|of:terms required twice or more, honoured once or more"


def agreeing(trial: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
    """Share of lines in which no particle disagrees with what it follows."""
    wanted = trial.terms or ((),) * len(hypotheses)
    good = [
        not particles.disagreements(line, {term.target for term in terms})
        for terms, line in zip(wanted, hypotheses, strict=True)
    ]
    return _share(good), f"n:{len(good)}|unit:line"


def residue(_: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
    """Share of lines with an English word in small letters, which is nearly always untranslated."""
    return _share([bool(_LOWER_WORD.search(line)) for line in hypotheses]), f"n:{len(hypotheses)}|unit:line"


def latin(trial: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
    """Latin words in the translations for each hundred in the sources."""
    written = sum(len(_LATIN_WORD.findall(line)) for line in hypotheses)
    there = sum(len(_LATIN_WORD.findall(line)) for line in trial.sources)
    return 100 * written / max(there, 1), f"n:{there}|unit:word"


def numbers(trial: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
    """Share of lines with digits whose every amount stands again, if need be in Korean scales (120만)."""
    kept = [
        values(source) <= values(line)
        for source, line in zip(trial.sources, hypotheses, strict=True)
        if values(source)
    ]
    return _share(kept), f"n:{len(kept)}|unit:line with digits"


def values(text: str) -> set[float]:
    """Amounts written in digits, with their scale words.

    >>> sorted(values("1.2 million of 3,400")), sorted(values("1171조3000억 원, 5천만 명"))
    ([3400.0, 1200000.0], [50000000.0, 1171300000000000.0])
    """
    return {round(sum(map(_value, _PART.findall(amount))), 2) for amount in _AMOUNT.findall(text)}


def _value(part: tuple[str, str, str]) -> float:
    number, thousand, scale = part
    return float(number.replace(",", "")) * _SCALES[thousand] * _SCALES[scale]


def empty(_: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
    """Share of lines without a word."""
    return _share([not re.search(r"\w", line) for line in hypotheses]), f"n:{len(hypotheses)}|unit:line"


def looping(_: Trial, hypotheses: Sequence[str]) -> tuple[float, str]:
    """Share of lines that say the same three times or more in a row."""
    return _share([bool(_LOOP.search(line)) for line in hypotheses]), f"n:{len(hypotheses)}|unit:line"


def _share(outcomes: Sequence[bool]) -> float:
    return 100 * sum(outcomes) / len(outcomes) if outcomes else 0.0


MEASURES: dict[str, Measure] = {
    "particles agree": agreeing,
    "numbers kept": numbers,
    "English left": residue,
    "Latin words": latin,
    "empty": empty,
    "looping": looping,
}
TERM_MEASURES: dict[str, Measure] = {"terms honoured": honoured, "consistency": consistent}
