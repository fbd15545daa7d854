"""What a start costs, as ratios to the least that Python and the model cost anyhow.

    uv run python tests/benchmarks/startup.py

--help against bare Python; one sentence translated with all tables, under the glossaries that ship, against
Python that imports CTranslate2, loads the model and translates the same sentence. CPU time of the whole
process, and seconds, medians of turns.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bilingual.engines.choice import choose_package

TURNS = 5
SENTENCE = "Exports rose 4.2 percent in October, the ministry said on Monday."
BY_HAND = """
import sys, ctranslate2, sentencepiece
folder, text = sys.argv[1:]
pieces = sentencepiece.SentencePieceProcessor(model_file=folder + "/sentencepiece.model")
model = ctranslate2.Translator(folder + "/model", compute_type="int8", inter_threads=2, intra_threads=1)
pieces.decode_pieces(model.translate_batch([pieces.encode(text, out_type=str)], beam_size=2)[0].hypotheses[0])
"""


def measured(command: Sequence[str], folder: Path) -> tuple[float, float]:
    """CPU seconds and seconds of a process."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - began


def commands(folder: Path) -> dict[str, list[str]]:
    (package,) = choose_package("en", "ko", name="bundled")
    (folder / "one.txt").write_text(SENTENCE, encoding="utf-8")
    program = [str(Path(sys.executable).parent / "bilingual")]
    return {
        "python": [sys.executable, "-c", ""],
        "--help": [*program, "--help"],
        "by hand": [sys.executable, "-c", BY_HAND, str(package.folder), SENTENCE],
        "translate": [*program, "translate", "one.txt", "-o", "out", "--model", "bundled", "--force"],
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asked = commands(folder)
        for command in asked.values():
            measured(command, folder)
        taken = {label: list[tuple[float, float]]() for label in asked}
        for _ in range(TURNS):
            for label, command in asked.items():
                taken[label].append(measured(command, folder))
    cpu, wall = ({k: statistics.median(row[n] for row in rows) for k, rows in taken.items()} for n in (0, 1))
    for label in asked:
        print(f"{label:10} {cpu[label]:6.2f} CPU s {wall[label]:6.2f} s")
    print(f"--help is {cpu['--help'] - cpu['python']:.2f} CPU s over bare Python")
    more = cpu["translate"] - cpu["by hand"]
    print(f"translate is {cpu['translate'] / cpu['by hand']:.1f} times by hand, {more:.2f} CPU s more")


if __name__ == "__main__":
    main()
