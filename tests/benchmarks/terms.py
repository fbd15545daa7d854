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
from bilingual.glossary.obey import Obeyed, obey
from bilingual.glossary.people import Style, requirements
from bilingual.records import Term, TermType

T = TypeVar("T")
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


def rate(outputs: Sequence[str], needs: Sequence[Sequence[Requirement]]) -> float:
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


def consistency(
    texts: Sequence[Text], outputs: Sequence[str], needs: Sequence[Sequence[Requirement]]
) -> float:
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


def main() -> None:
    """Print what was measured."""
    texts = articles()
    sources = [source for text in texts for source in text.sources]
    references = [reference for text in texts for reference in text.references]
    chrf = CHRF()
    with ArgosTranslator(
        choose_package("en", "ko", name=sys.argv[1] if sys.argv[1:] else "bundled")
    ) as translator:
        translator.translate(sources[:8])
        hypotheses, plain_time = timed(lambda: translator.translate(sources))
        plain = [hypothesis.text for hypothesis in hypotheses]
        print(f"{translator.model}: {len(sources)} sentences, {plain_time:.1f} CPU s without terms")

        def run(given: Sequence[Text], style: Style | None = None) -> tuple[list[Obeyed], float]:
            return timed(lambda: obey(sources, required(given, style), translator))

        def show(
            name: str, outputs: Sequence[str], needs: Sequence[Sequence[Requirement]], cost: float
        ) -> None:
            score = chrf.corpus_score(list(outputs), [references])
            print(
                f"{name:<28} honoured {rate(outputs, needs):.3f}  gold mentions {mentions(texts, outputs):.3f}  "
                f"consistency {consistency(texts, outputs, needs):.3f}  chrF {score.score:.1f}  cost {cost:.2f}"
            )

        needs = required(texts)
        print(f"{sum(map(len, needs))} requirements in {sum(map(bool, needs))} sentences")
        show("references", references, needs, 0)
        show("without terms", plain, needs, 1)
        done, took = run(texts)
        show("with terms", [item.hypothesis.text for item in done], needs, took / plain_time)
        print(
            "  by rung:",
            dict(Counter(h.rung or "failed" for item in done for h in item.honoured).most_common()),
        )
        every = Style(bare_titles=True)
        more, took = run(texts, every)
        show(
            "with bare titles too",
            [item.hypothesis.text for item in more],
            required(texts, every),
            took / plain_time,
        )
        wrong = shuffled(texts)
        control, took = run(wrong)
        show(
            "control: terms shuffled",
            [item.hypothesis.text for item in control],
            required(wrong),
            took / plain_time,
        )
        shared = Matcher(base())
        asked = required(texts, shared=shared)
        based, took = timed(lambda: obey(sources, required(texts, shared=shared), translator))
        show("with the base glossaries", [item.hypothesis.text for item in based], asked, took / plain_time)
        print("  by rung:", dict(Counter(h.rung or "failed" for item in based for h in item.honoured)))
    print(chrf.get_signature())


if __name__ == "__main__":
    main()
