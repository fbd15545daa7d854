"""Words a (CPU) second of the matcher with 100,000 terms, at 1, 10 and 100 times the text; its time to build.

Run: uv run python tests/benchmarks/matching.py
"""

import random
import time
from pathlib import Path

from bilingual.glossary.match import Matcher
from bilingual.records import Term, TermType

ROOT = Path(__file__).parent.parent.parent
SYLLABLES = (
    "ba che do fin gor hal jin ko lam mer nor pil qua ris sun tal uz vek wol yan zor ent ist ar".split()
)


def invented(count: int, seed: int = 7) -> list[Term]:
    """Terms of one to four words over 20,000 words, seven words in ten with a capital, all different."""
    dice, types = random.Random(seed), list(TermType)
    words = sorted({"".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(20_000)})
    names: dict[str, None] = {}
    while len(names) < count:
        some = dice.choices(words, k=dice.choice((1, 2, 2, 3, 3, 4)))
        names.setdefault(" ".join(word.title() if dice.random() < 0.7 else word for word in some))
    return [Term(name, f"용어{number}", dice.choice(types)) for number, name in enumerate(names)]


def news(terms: list[Term], seed: int = 11) -> str:
    """The articles of the repository with an invented term after every sixth word."""
    dice = random.Random(seed)
    paths = sorted((ROOT / "seeds/articles").glob("*.txt"))
    words = " ".join(path.read_text(encoding="utf-8") for path in paths).split()
    added = (
        word if number % 6 else f"{word} {dice.choice(terms).source}" for number, word in enumerate(words)
    )
    return " ".join(added)


def seconds(matcher: Matcher, text: str) -> float:
    start = time.process_time()
    matcher.find(text)
    return time.process_time() - start


def main() -> None:
    """Print what was measured."""
    terms = invented(100_000)
    start = time.process_time()
    matcher = Matcher(terms)
    print(f"built with {len(terms):,} terms in {time.process_time() - start:.2f} s")
    text = news(terms)
    size = len(text.split())
    print(f"{len(matcher.find(text)):,} terms found in {size:,} words")
    base = min(seconds(matcher, text) for _ in range(9))
    for times in (1, 10, 100):
        took = min(seconds(matcher, (text + "\n") * times) for _ in range(3))
        rate, ratio = size * times / took, took / base / times
        print(
            f"{times:>4}x: {size * times:>9,} words, {rate:>9,.0f} words/s, time per word {ratio:.2f} of 1x"
        )


if __name__ == "__main__":
    main()
