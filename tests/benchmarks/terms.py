"""Terms over the twenty articles: honoured by rung, consistency, chrF with and without, a control, the cost.

Run: uv run python tests/benchmarks/terms.py [PACKAGE]
The gold names and titles of each article are approved. The control gives every term the Korean of another of
its type: as many are said, and the text must be worse for it. Cost is CPU time, matching included.
"""

import csv
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from sacrebleu.metrics.chrf import CHRF

from bilingual.engines.argos import ArgosTranslator
from bilingual.engines.choice import choose_package
from bilingual.glossary.inject import Requirement, unmet
from bilingual.glossary.match import Matcher
from bilingual.glossary.obey import Obeyed, obey, sound
from bilingual.glossary.people import Style, requirements
from bilingual.records import Term, TermType
from bilingual.sentences import WholeTranslator
from bilingual.translator import Translator

T = TypeVar("T")
SCORE = CHRF()
Needs = Sequence[Sequence[Requirement]]
ROOT = Path(__file__).parent.parent.parent
GOLD = ROOT / "tests/gold"


@dataclass(frozen=True, slots=True)
class Text:
    """An article: its terms, sentences and references."""

    terms: list[Term]
    sources: list[str]
    references: list[str]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def articles() -> list[Text]:
    texts = []
    for path in sorted(GOLD.glob("*.pairs.tsv")):
        pairs = rows(path)
        terms = [
            Term(row[0], row[1], TermType(row[2]))
            for row in rows(path.with_name(f"{path.name[:2]}.terms.tsv"))
        ]
        texts.append(Text(terms, [row[0] for row in pairs], [row[1] for row in pairs]))
    return texts


def base() -> list[Term]:
    """The glossaries that ship, rows of types that no term has left out."""
    types = {item.value for item in TermType}
    found = []
    for path in sorted((ROOT / "glossaries").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            found += [
                Term(row["source"], row["target"], TermType(row["type"]), country=row["country"])
                for row in csv.DictReader(file)
                if row["type"] in types
            ]
    return found


def required(
    texts: Sequence[Text], style: Style | None = None, shared: Matcher | None = None
) -> list[list[Requirement]]:
    found = []
    for text in texts:
        matcher = shared or Matcher(text.terms)
        found += requirements(text.sources, [matcher.find(source) for source in text.sources], style=style)
    return found


def shuffled(texts: Sequence[Text], seed: int = 5) -> list[Text]:
    """Every term with the Korean of another of its type."""
    dice = random.Random(seed)
    pool = defaultdict(list)
    for text in texts:
        for term in text.terms:
            pool[term.type].append(term.target)
    for targets in pool.values():
        dice.shuffle(targets)
    return [
        replace(text, terms=[replace(t, target=pool[t.type].pop()) for t in text.terms]) for text in texts
    ]


def timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def rate(outputs: Sequence[str], needs: Needs) -> float:
    """Share of requirements that stand in the outputs, by maximal exclusive matching."""
    total = sum(map(len, needs))
    missed = sum(
        len(unmet(output, [item.target for item in row])) for output, row in zip(outputs, needs, strict=True)
    )
    return (total - missed) / total


def mentions(texts: Sequence[Text], outputs: Sequence[str]) -> float:
    """The same for the rows of the gold by themselves, each mention counted."""
    rest = iter(outputs)
    total = missed = 0
    for text in texts:
        matcher = Matcher(text.terms)
        for source in text.sources:
            targets = [match.term.target for match in matcher.find(source)]
            total += len(targets)
            missed += len(unmet(next(rest), targets))
    return (total - missed) / total


def consistency(texts: Sequence[Text], outputs: Sequence[str], needs: Needs) -> float:
    """Over terms met several times in an article: the share of mentions said as the glossary has it."""
    rest: Iterator[tuple[str, Sequence[Requirement]]] = iter(zip(outputs, needs, strict=True))
    shares = []
    for text in texts:
        said: dict[str, list[bool]] = defaultdict(list)
        for _ in text.sources:
            output, row = next(rest)
            left = unmet(output, [item.target for item in row])
            for number, item in enumerate(row):
                said[item.source].append(number not in left)
        shares += [sum(marks) / len(marks) for marks in said.values() if len(marks) > 1]
    return sum(shares) / len(shares)


def harm(
    sources: Sequence[str], references: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> str:
    """How many sentences loop or lose their length, and how many have come nearer to the reference."""
    gains = [
        SCORE.sentence_score(new, [right]).score - SCORE.sentence_score(old, [right]).score
        for old, new, right in zip(before, after, references, strict=True)
    ]
    loops = [sum(not sound(*pair) for pair in zip(sources, texts, strict=True)) for texts in (before, after)]
    short = sum(len(new) < len(old) / 2 for old, new in zip(before, after, strict=True))
    return (
        f"unsound: {loops[0]} without, {loops[1]} with; half as long as without: {short}; chrF up by 5 in "
        f"{sum(gain > 5 for gain in gains)} sentences, down by 5 in {sum(gain < -5 for gain in gains)}"
    )


def line(name: str, texts: Sequence[Text], outputs: Sequence[str], needs: Needs, cost: float) -> str:
    references = [reference for text in texts for reference in text.references]
    score = SCORE.corpus_score(list(outputs), [references]).score
    return (
        f"{name:<26} honoured {rate(outputs, needs):.3f}  gold mentions {mentions(texts, outputs):.3f}  "
        f"consistency {consistency(texts, outputs, needs):.3f}  chrF {score:.1f}  cost {cost:.2f}"
    )


def rungs(done: Sequence[Obeyed]) -> str:
    counts = Counter(item.rung or "failed" for row in done for item in row.honoured)
    return "  by rung: " + ", ".join(f"{rung} {count}" for rung, count in counts.most_common())


def main() -> None:
    """Print what was measured."""
    texts = articles()
    with ArgosTranslator(
        choose_package("en", "ko", name=sys.argv[1] if sys.argv[1:] else "bundled")
    ) as model:
        report(texts, WholeTranslator(model))
    print(f"sentences of {len(texts)} articles; {SCORE.get_signature()}")


def report(texts: Sequence[Text], model: Translator) -> None:
    sources = [source for text in texts for source in text.sources]
    references = [reference for text in texts for reference in text.references]
    model.translate(sources[:8])
    hypotheses, alone = timed(lambda: model.translate(sources))
    plain = [hypothesis.text for hypothesis in hypotheses]
    needs, every, shared = required(texts), Style(bare_titles=True), Matcher(base())
    print(f"{model.model}: {len(sources)} sentences, {alone:.1f} CPU s without terms")
    print(f"{sum(map(len, needs))} requirements in {sum(map(bool, needs))} sentences")
    print(line("references", texts, references, needs, 0))
    print(line("without terms", texts, plain, needs, 1))
    asked: list[tuple[str, Callable[[], Needs]]] = [
        ("with terms", lambda: required(texts)),
        ("with bare titles too", lambda: required(texts, every)),
        ("control: terms shuffled", lambda: required(shuffled(texts))),
        ("with the base glossaries", lambda: required(texts, shared=shared)),
    ]
    for name, ask in asked:
        done, took = timed(lambda ask=ask: obey(sources, ask(), model))  # type: ignore[misc]
        outputs = [item.hypothesis.text for item in done]
        print(line(name, texts, outputs, ask(), took / alone))
        print(rungs(done))
        print("  " + harm(sources, references, plain, outputs))


if __name__ == "__main__":
    main()
