"""Time the memory: uv run python tests/benchmarks/memory.py [--entries N] [--bitext FOLDER] [--keep FILE].

Entries are made of the first half of one sentence and the second half of another, with other numbers.
Look-ups are of entries as they are (exact), of entries with numbers and words changed (near), and of
sentences that were held back (strange). --brute N also compares N of the near ones with every entry, to say
how often the nearest was missed. Times are of the clock and, in brackets, of the processor alone.
"""

import argparse
import random
import re
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from bilingual.memory import Memory, Query, open_memory, recall, remember
from bilingual.memory.adapt import mask
from bilingual.records import Status, Unit

GOLD = Path(__file__).parent.parent / "gold"
MARKED = re.compile(r"\{[A-Z]:([^|}]*)\|[^}]*\}")


def sentences(folder: Path) -> list[str]:
    lines = [line for path in sorted(folder.glob("*.tsv")) for line in path.read_text("utf-8").splitlines()]
    found = {MARKED.sub(r"\1", line.split("\t")[0]) for line in lines if "\t" in line}
    return sorted(text for text in found if len(text.split()) >= 6)


def renumbered(text: str, chance: random.Random) -> str:
    return re.sub(r"\d+", lambda match: str(chance.randint(1, 10 ** len(match[0]))), text)


def spliced(pool: list[str], chance: random.Random) -> str:
    first, second = chance.choice(pool).split(), chance.choice(pool).split()
    half = [*first[: len(first) // 2], *second[len(second) // 2 :]]
    return renumbered(" ".join(half), chance)


def changed(text: str, pool: list[str], chance: random.Random) -> str:
    words = renumbered(text, chance).split()
    for _ in range(max(1, len(words) // 8)):
        words[chance.randrange(len(words))] = chance.choice(chance.choice(pool).split())
    return " ".join(words)


def units(pool: list[str], count: int, chance: random.Random) -> Iterator[Unit]:
    for number in range(count):
        yield Unit(spliced(pool, chance), f"{number}번째 문장입니다.", status=Status.EDITED)


def show(name: str, memory: Memory, wanted: list[str]) -> None:
    for text in wanted[:20]:
        recall(memory, Query(text))
    clock, processor, hits = [], [], 0
    for text in wanted:
        start = time.perf_counter(), time.process_time()
        hits += bool(recall(memory, Query(text)))
        clock.append((time.perf_counter() - start[0]) * 1000)
        processor.append((time.process_time() - start[1]) * 1000)
    print(
        f"{name}: {hits} of {len(wanted)} found; median {median(clock):.2f} ms ({median(processor):.2f})",
        end="",
    )
    print(f", p95 {quantiles(clock, n=20)[18]:.2f} ms ({quantiles(processor, n=20)[18]:.2f})")


def missed(memory: Memory, wanted: list[str]) -> None:
    rows = memory.connection.execute("SELECT source FROM entry").fetchall()
    masked = [mask(source, None).text for (source,) in rows]
    best = found = 0
    for text in wanted:
        query = mask(text, None).text
        near = process.extractOne(
            query, masked, scorer=Levenshtein.normalized_similarity, score_cutoff=0.7, processor=None
        )
        matches = recall(memory, Query(text), least=60)
        if near:
            best += 1
            share = max(
                (Levenshtein.normalized_similarity(mask(m.unit.source, None).text, query) for m in matches),
                default=0,
            )
            found += share >= near[1]
    print(f"the nearest of all entries (>= 70 %) was offered for {found} of {best} sentences")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--entries", type=int, default=1_000_000)
    options.add_argument("--bitext", type=Path, default=GOLD)
    options.add_argument("--keep", type=Path)
    options.add_argument("--brute", type=int, default=0)
    given = options.parse_args()
    chance = random.Random(7)
    pool = sentences(given.bitext)
    strange, pool = pool[::50], [text for number, text in enumerate(pool) if number % 50]
    with TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "memory.db"
        new = not path.exists()
        with open_memory(path) as memory:
            start = time.perf_counter()
            if new:
                print(remember(memory, units(pool, given.entries, chance), "2026-01-01T00:00:00"))
                print(f"filled in {time.perf_counter() - start:.0f} s, {path.stat().st_size / 1e6:.0f} MB")
            count = memory.connection.execute("SELECT max(id) FROM entry").fetchone()[0]
            picks = [chance.randint(1, count) for _ in range(500)]
            rows = f"SELECT source FROM entry WHERE id IN ({','.join(map(str, picks))})"  # noqa: S608
            known = [source for (source,) in memory.connection.execute(rows)]
            near = [changed(text, pool, chance) for text in known]
            show("exact", memory, known)
            show("near", memory, near)
            show("strange", memory, strange[:500])
            if given.brute:
                missed(memory, near[: given.brute])


if __name__ == "__main__":
    main()
