"""The base glossaries against the references of our articles, and what they cost at the start of a run.

A term counts as kept if its Korean stands in the reference; the articles' own gold terms are not used.
Run: uv run python tests/benchmarks/base_glossary.py
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bilingual.formats.glossaries import base_files, read_glossary
from bilingual.glossary.cldr import cldr_terms
from bilingual.glossary.match import Matcher
from bilingual.glossary.merge import glossary_fingerprint, layered
from bilingual.records import Term, TermStatus

GOLD = Path(__file__).parent.parent / "gold"


def timed(what: str, make: Callable[[], Any]) -> Any:
    start = time.process_time()
    made = make()
    print(f"{what}: {(time.process_time() - start) * 1000:.0f} ms")
    return made


def read_base() -> list[Term]:
    return [row for path in base_files() for row in read_glossary(path)]


def lines(number: int, kind: str) -> list[list[str]]:
    text = (GOLD / f"{number:02}.{kind}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def main() -> None:
    """Print what was measured."""
    rows = timed("read the base glossaries", read_base)
    cldr = timed("CLDR through Babel", cldr_terms)
    terms = timed("put the layers together", lambda: layered([cldr, rows]).terms)
    timed("fingerprint", lambda: glossary_fingerprint(terms))
    approved = [term for term in terms if term.status is TermStatus.APPROVED]
    matcher = timed("build the matcher", lambda: Matcher(approved))
    print(f"{len(rows):,} rows, {len(terms):,} terms with CLDR, {len(approved):,} of them approved")
    found = kept = 0
    for number in range(1, 21):
        pairs = lines(number, "pairs")
        about = matcher.countries(source for source, _ in pairs)
        for source, reference in pairs:
            matches = matcher.find(source, date="2026-03-12", countries=about)
            found += len(matches)
            kept += sum(match.term.target in reference for match in matches)
    print(f"20 articles: {kept} of {found} terms found stand in the reference ({kept / found:.1%})")


if __name__ == "__main__":
    main()
