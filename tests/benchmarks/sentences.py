"""Score the sentence splitter and the libraries on the tables of tests/sentences and the articles of seeds.

uv run python tests/benchmarks/sentences.py             ours and sentencex
uv run --with pysbd --with syntok python ... --others   pysbd and syntok too
"""

import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path

import sentencex

from bilingual.text.segment import split_sentences

TESTS = Path(__file__).parent.parent
Splitter = Callable[[str], list[str]]
Case = tuple[str, set[int]]


def table(name: str) -> Iterator[Case]:
    for line in (TESTS / "sentences" / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            pieces = line.replace("⏎", "\n").split("‖")
            yield "".join(pieces), set(accumulate(len(piece) for piece in pieces[:-1]))


def articles() -> Iterator[Case]:
    for path in sorted((TESTS / "gold").glob("*.pairs.tsv")):
        rows = [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()]
        text = (TESTS.parent / "seeds" / "articles" / f"{path.name[:2]}.txt").read_text(encoding="utf-8")
        for paragraph in filter(None, text.split("\n")):
            cuts, at = set(), 0
            while rows and paragraph.startswith(rows[0], at):
                at += len(rows.pop(0)) + 1
                cuts.add(at)
            yield paragraph, cuts - {len(paragraph) + 1}


def ours(text: str) -> list[str]:
    return ["".join(piece) for piece in split_sentences(text)]


def sentencex_alone(text: str) -> list[str]:
    return list(sentencex.segment("en", text))


def others() -> dict[str, Splitter]:
    import pysbd
    import syntok.segmenter

    spans = pysbd.Segmenter(language="en", clean=False, char_span=True)

    def syntok_alone(text: str) -> list[str]:
        found = [s for p in syntok.segmenter.analyze(text) for s in p]
        starts = [0, *(sentence[0].offset for sentence in found[1:]), len(text)]
        return [text[a:b] for a, b in pairwise(starts)]

    return {"pysbd": lambda text: [span.sent for span in spans.segment(text)], "syntok": syntok_alone}


def cuts_of(pieces: list[str]) -> set[int]:
    """Offsets where a piece begins, white space before it left aside."""
    ends = accumulate(len(piece) for piece in pieces[:-1])
    return {end + len(re.match(r"\s*", piece)[0]) for end, piece in zip(ends, pieces[1:], strict=False)}


def score(name: str, cases: list[Case], splitter: Splitter, *, show: bool) -> str:
    right = hits = found = wanted = 0
    for text, gold in cases:
        cuts = cuts_of(splitter(text))
        right += cuts == gold
        hits, found, wanted = hits + len(cuts & gold), found + len(cuts), wanted + len(gold)
        if show and cuts != gold:
            print("   ", "".join("‖" * (i in cuts) + c for i, c in enumerate(text)).replace("\n", "⏎"))
    f1 = 2 * hits / (found + wanted)
    return f"{name:14} {right:4} of {len(cases)} right ({right / len(cases):6.1%})  boundary F1 {f1:6.3f}"


def hostile() -> dict[str, str]:
    size = 2_000_000
    seeds = [
        "a.",
        '"',
        "Mr. ",
        "(",
        "a. B",
        '"A." ',
        "! ",
        " ",
        "\n",
        "1. ",
        "A. ",
        "Go (a. B) ",
        "”",
        "…",
        "Co. ",
    ]
    return {seed: (seed * size)[:size] for seed in seeds}


def main() -> None:
    splitters: dict[str, Splitter] = {"ours": ours, "sentencex": sentencex_alone}
    if "--others" in sys.argv:
        splitters |= others()
    sets = {
        "cases": list(table("cases.txt")),
        "held out": list(table("heldout.txt")),
        "articles": list(articles()),
    }
    for label, cases in sets.items():
        print(f"\n{label}: {len(cases)} paragraphs")
        for name, splitter in splitters.items():
            show = "--errors" in sys.argv and name == "ours" and label != "held out"
            print(score(name, cases, splitter, show=show))
    for seed, text in hostile().items():
        began = time.perf_counter()
        pieces = split_sentences(text)
        print(f"2 MB of {seed!r:14} {time.perf_counter() - began:6.2f} s  {len(pieces)} pieces")


main()
