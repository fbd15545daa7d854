"""F1 of alignments beside those by length alone: uv run python tests/benchmarks/align.py [PACKAGE].

tests/gold/align/*.tsv hold a link a line, English and Korean, sentences of one side joined by " ‖ "; a side
is empty where the other text has nothing. Counted are links, right as a whole or not, but for those with an
empty side; PACKAGE is the model to translate with, else the one that a run would take.
"""

import sys
from collections.abc import Sequence
from itertools import product
from math import erf, log, sqrt
from pathlib import Path

from bilingual.align import Link, align
from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package

GOLD = Path(__file__).parent.parent / "gold" / "align"
Spans = set[tuple[tuple[int, int], tuple[int, int]]]
PRIORS = {(1, 1): 0.89, (1, 0): 0.005, (0, 1): 0.005, (1, 2): 0.0445, (2, 1): 0.0445}
VARIANCE = 6.8


def read(path: Path) -> tuple[list[str], list[str], Spans]:
    sources, targets, gold = list[str](), list[str](), Spans()
    for line in path.read_text(encoding="utf-8").splitlines():
        ours, theirs = ([part for part in side.split(" ‖ ") if part] for side in line.split("\t"))
        if ours and theirs:
            here = (len(sources), len(sources) + len(ours)), (len(targets), len(targets) + len(theirs))
            gold.add(here)
        sources += ours
        targets += theirs
    return sources, targets, gold


def by_length(sources: Sequence[str], targets: Sequence[str]) -> Spans:
    """Gale and Church 1993, with their priors and variance; the ratio of lengths is that of the texts."""
    ratio = sum(map(len, targets)) / sum(map(len, sources))
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for row, column in product(range(len(sources) + 1), range(len(targets) + 1)):
        for (ours, theirs), prior in PRIORS.items():
            before = (row - ours, column - theirs)
            if before in best:
                one = sum(map(len, sources[before[0] : row]))
                other = sum(map(len, targets[before[1] : column]))
                cost = best[before][0] - log(prior) + _cost(one * ratio, other)
                best[row, column] = min(best.get((row, column), (float("inf"), before)), (cost, before))
    links, at = Spans(), (len(sources), len(targets))
    while at != (0, 0):
        before = best[at][1]
        links.add(((before[0], at[0]), (before[1], at[1])))
        at = before
    return {link for link in links if all(start < end for start, end in link)}


def _cost(wanted: float, given: float) -> float:
    """Minus the logarithm of the probability of lengths that differ as much or more."""
    delta = abs(given - wanted) / sqrt(VARIANCE * max(wanted, given, 1) / 2)
    return -log(max(2 * (1 - (1 + erf(delta / sqrt(2))) / 2), 1e-30))


def spans(links: Sequence[Link]) -> Spans:
    found = {(link.sources, link.targets) for link in links}
    return {link for link in found if all(start < end for start, end in link)}


def score(found: Spans, gold: Spans) -> tuple[int, int, int]:
    return len(found & gold), len(found), len(gold)


def f1(counts: Sequence[tuple[int, int, int]]) -> float:
    both, found, gold = map(sum, zip(*counts, strict=True))
    return 200 * both / (found + gold)


def main() -> None:
    packages = choose_package("en", "ko", name=sys.argv[1] if len(sys.argv) > 1 else None)
    ours, theirs = [], []
    print("document  links  with translation  by length")
    with ArgosTranslator(packages, Decoding(beam=2, threads=0)) as translator:
        for path in sorted(GOLD.glob("*.tsv")):
            sources, targets, gold = read(path)
            translations = [hypothesis.text for hypothesis in translator.translate(sources)]
            ours.append(score(spans(align(sources, targets, translations)), gold))
            theirs.append(score(by_length(sources, targets), gold))
            print(f"{path.stem:8}  {len(gold):5}  {f1(ours[-1:]):16.1f}  {f1(theirs[-1:]):9.1f}")
    print(f"all       {sum(c[2] for c in ours):5}  {f1(ours):16.1f}  {f1(theirs):9.1f}")


main()
