"""How often each check fires on the systems of a folder: uv run python tests/benchmarks/checks.py DIR [CODE].

DIR holds NAME.en, the human NAME.ko and system outputs NAME.SYSTEM.ko, a sentence a line; with CODE the
lines on which that check fires are shown. A .tsv of source and target is taken as human, too.
"""

import sys
from collections import Counter
from pathlib import Path

from bilingual.checks import CHECKS, check_pairs
from bilingual.records import Pair


def pair(source: str, target: str) -> Pair:
    return Pair("", "", "", 0, 0, source, target)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def systems(folder: Path) -> dict[str, list[Pair]]:
    found = {}
    for english in sorted(folder.glob("*.en")):
        for korean in sorted(folder.glob(f"{english.stem}*.ko")):
            rows = zip(lines(english), lines(korean), strict=True)
            found[korean.name] = [pair(source, target) for source, target in rows]
    for table in sorted(folder.glob("*.tsv")):
        rows = (line.split("\t") for line in lines(table))
        found[table.name] = [pair(source, target) for source, target, *_ in rows]
    return found


def main() -> None:
    shown = sys.argv[2] if len(sys.argv) > 2 else ""
    codes = [code for code, _ in CHECKS if code not in {"term", "forbidden"}] + ["empty", "inconsistent"]
    print(f"{'% of lines':36}" + "".join(f"{code:>13}" for code in codes) + f"{'any':>13}")
    for name, pairs in systems(Path(sys.argv[1])).items():
        counts: Counter[str] = Counter()
        for one, issues in zip(pairs, check_pairs(pairs), strict=True):
            counts.update({issue.code for issue in issues})
            counts["any"] += bool(issues)
            for issue in issues:
                if issue.code == shown:
                    print("  ", issue.detail, "|", one.source, "|", one.target)
        rates = "".join(f"{100 * counts[code] / len(pairs):13.1f}" for code in [*codes, "any"])
        print(f"{name:36}{rates}")


main()
