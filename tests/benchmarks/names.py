"""What is found in the twenty articles, and how many Korean proposals are right, against their gold.

python tests/benchmarks/names.py
"""

import csv
import re
import time
from collections import Counter
from pathlib import Path

from bilingual.glossary import tag
from bilingual.glossary.cells import suggester
from bilingual.glossary.extract import Tally, add, extract, terms_frame
from bilingual.glossary.gazetteer import read_lexicon
from bilingual.glossary.match import Matcher
from bilingual.glossary.propose import load_sources, propose
from bilingual.records import TermType
from bilingual.text.segment import split_sentences
from bilingual.training.tagger import base

ROOT = Path(__file__).parents[2]
DATA, GLOSSARIES = ROOT / "bilingual" / "data", ROOT / "glossaries"
TYPES = ("person", "title", "organization", "place")


def articles() -> list[tuple[str, list[str]]]:
    """Number and sentences of each article."""
    found = []
    for path in sorted((ROOT / "seeds" / "articles").glob("*.txt")):
        blocks = [block for block in path.read_text(encoding="utf-8").split("\n") if block.strip()]
        found.append((path.stem, [text for block in blocks for text, _ in split_sentences(block)]))
    return found


def gold(number: str) -> list[tuple[str, str, str]]:
    """Source, Korean and type of the gold of one article."""
    with (ROOT / "tests" / "gold" / f"{number}.terms.tsv").open(encoding="utf-8") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row[0], row[1], row[2]) for row in rows]


def measure_finding() -> None:
    """Sources of the gold found in their article, by type; and persons found that the gold has not."""
    terms = base(GLOSSARIES)
    tagger = tag.load(DATA / "tagger.crfsuite", read_lexicon(DATA / "names", base(GLOSSARIES)))
    counts: Counter[tuple[str, str]] = Counter()
    for known, system in ((Matcher(terms), "all"), (Matcher([]), "tagger alone")):
        for number, sentences in articles():
            frame = extract([sentences], tagger, known)
            rows = {(re.sub(r"^[Tt]he ", "", row["source"]).lower(), row["type"]) for row in frame.to_dicts()}
            wanted = {(source.lower(), kind) for source, _, kind in gold(number)}
            names = {name for name, _ in wanted} | {part for name, _ in wanted for part in name.split()}
            for source, kind in wanted:
                counts[system, kind] += 1
                counts[system + " found", kind] += (source, kind) in rows
                counts[system + " any type", kind] += source in {name for name, _ in rows}
                if (source, kind) not in rows and system == "all":
                    print("missed", number, kind, source, [k for n, k in rows if n == source])
            for source, kind in sorted(rows):
                if kind == "person":
                    counts[system, "persons found"] += 1
                    good = source in names or any(source.endswith(" " + name) for name, _ in wanted)
                    counts[system, "persons right"] += good
                    if not good and system == "all":
                        print("extra", number, source)
    for system in ("all", "tagger alone"):
        for kind in TYPES:
            total = counts[system, kind]
            found, whatever = counts[system + " found", kind], counts[system + " any type", kind]
            print(
                f"{system:14}{kind:14}{found}/{total} {found / total:.3f}  of any type {whatever / total:.3f}"
            )
        right, found = counts[system, "persons right"], counts[system, "persons found"]
        print(f"{system:14}persons right/found {right}/{found}")


def measure_proposals() -> None:
    """Gold Korean first and among five, by type, all and those that no glossary has."""
    sources = load_sources(DATA / "names", base(GLOSSARIES))
    counts: Counter[tuple[str, str]] = Counter()
    for number, _ in articles():
        for source, korean, kind in gold(number):
            found = propose(source, TermType(kind), sources)
            known = bool(found) and found[0].reason.startswith(("glossary", "CLDR"))
            for group in ("all",) if known else ("all", "new"):
                counts[kind, group] += 1
                counts[kind, group + " first"] += [one.target for one in found[:1]] == [korean]
                counts[kind, group + " five"] += korean in [one.target for one in found]
    for kind in TYPES:
        for group in ("all", "new"):
            total, first, five = (counts[kind, group + end] for end in ("", " first", " five"))
            print(f"{kind:14}{group:5}{total:4}  first {first / total:.3f}  in five {five / total:.3f}")


def measure_speed() -> None:
    """Words a second of extraction, and the time of the frame of a run."""
    tagger = tag.load(DATA / "tagger.crfsuite", read_lexicon(DATA / "names", base(GLOSSARIES)))
    terms, tally = base(GLOSSARIES), Tally()
    known, sources = Matcher(terms), load_sources(DATA / "names", terms)
    start, words = time.process_time(), 0
    for _ in range(10):
        for _, sentences in articles():
            add(tally, sentences, tagger, known)
            words += sum(len(sentence.split()) for sentence in sentences)
    middle = time.process_time()
    speed = words / (middle - start)
    rows = terms_frame(tally, suggester(sources)).height
    print(f"extraction {speed:.0f} words/s; {rows} rows in {time.process_time() - middle:.2f} s")


if __name__ == "__main__":
    measure_finding()
    measure_proposals()
    measure_speed()
