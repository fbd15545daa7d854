"""Peak memory, and time a sentence, of whole runs of growing size: both should stay as they are.

    uv run python tests/benchmarks/sizes.py [--sizes 1000 10000 100000] [--one-file] [--plain] [--standin]

Each run is a process of its own: bilingual translate with all its tables, under the glossaries that
ship (--plain: without), on articles of 20 sentences, no two alike (--one-file: all in one file).
--standin: a model that costs nothing and answers with Korean of about the right length that holds the
terms, to see our own part.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from corpus import paragraphs, varied, write_articles

from bilingual.cli import _job
from bilingual.engines.argos import ArgosTranslator
from bilingual.glossary.merge import layered
from bilingual.records import Hypothesis

SEEDS = Path(__file__).parent.parent.parent / "seeds"
KOREAN = "정부는 이날 회의에서 새 대책을 논의했다고 밝혔다. 관계자는 다음 달 결과를 발표한다고 말했다. "


class Standin(ArgosTranslator):
    """Answers at once: Korean words as long as usual, after the Hangul that the source holds."""

    def translate(
        self,
        sources: Sequence[str],
        *,
        prefixes: Sequence[str] | None = None,
        attention: bool = False,
        careful: bool = False,
    ) -> list[Hypothesis]:
        return [Hypothesis(answer(source), -0.5) for source in sources]


def answer(source: str) -> str:
    inline = " ".join(word for word in source.split() if any("가" <= letter <= "힣" for letter in word))
    start = sum(map(ord, source)) % len(KOREAN)
    return f"{inline} {(2 * KOREAN)[start : start + max(len(source) // 2 - len(inline), 4)]}".strip()


def child(inputs: str, out: str, *, plain: bool, standin: bool) -> int:
    """One run in this process."""
    order = _job.Order([inputs], Path(out), model="bundled", memory=Path(out) / "none.db")
    with (
        patch.object(_job, "ArgosTranslator", Standin if standin else ArgosTranslator),
        patch.object(_job, "effective", (lambda _: layered([()])) if plain else _job.effective),
    ):
        return _job.run(order)


def measured(command: Sequence[str]) -> tuple[float, float, float]:
    """Peak MB, CPU seconds and seconds of a process and its threads."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"a run failed: {process.returncode}")
    peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return peak, usage.ru_utime + usage.ru_stime, time.perf_counter() - began


def sized(count: int, options: argparse.Namespace) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        inputs = Path(folder) / "in"
        inputs.mkdir()
        if options.one_file:
            (inputs / "all.txt").write_text(paragraphs(list(varied(count))), encoding="utf-8")
        else:
            write_articles(inputs, varied(count))
        flags = [f"--{name}" for name in ("plain", "standin") if getattr(options, name)]
        return measured([sys.executable, __file__, "--child", str(inputs), f"{folder}/out", *flags])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--one-file", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--standin", action="store_true")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        sys.exit(child(*options.child, plain=options.plain, standin=options.standin))
    first: tuple[float, float] | None = None
    print("sentences   peak MB          CPU ms a sentence   ms a sentence")
    for count in options.sizes:
        peak, cpu, wall = sized(count, options)
        first = first or (peak, cpu / count)
        print(
            f"{count:9,} {peak:9.0f} ({peak / first[0]:4.2f}) {1000 * cpu / count:12.2f} "
            f"({1000 * cpu / count / (1000 * first[1]):4.2f}) {1000 * wall / count:15.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
