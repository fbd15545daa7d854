"""Strike at small jobs, many times, and count what came of it.

uv run python tests/faults/run.py --runs 240 --seed 1
"""

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import reviewers
import scenes
import strikes
import tree
from strikes import Case, Outcome

ANY = "any"
WRITERS = "translate", "translate again", "review apply", "import"
FAULTS: Mapping[str, tuple[Callable[[Case], Outcome], tuple[str, ...], int]] = {
    "SIGKILL": (strikes.struck_by(signal.SIGKILL), (ANY,), 8),
    "SIGTERM": (strikes.struck_by(signal.SIGTERM), (ANY,), 4),
    "SIGINT": (strikes.struck_by(signal.SIGINT), (ANY,), 4),
    "killed at a step": (strikes.killed_at_a_step, (ANY,), 4),
    "refused a step": (strikes.refused_at_a_step, (ANY,), 3),
    "disk full": (
        strikes.disk_full,
        (*WRITERS, "export xlsx", "export elsewhere", "memory import", "glossary import"),
        2,
    ),
    "OUT read-only": (strikes.read_only, (*WRITERS, "export tmx", "memory import", "glossary import"), 2),
    "input changed": (strikes.input_changed, WRITERS[:2], 1),
    "input removed": (strikes.input_removed, WRITERS[:2], 1),
    "clock leaps": (strikes.clock_leaps, WRITERS, 1),
    "two at once": (strikes.two_at_once, (*WRITERS, "memory import", "glossary add", "glossary import"), 2),
    "reviewer saves in mid-apply": (reviewers.saves_while_applied, ("review apply",), 2),
    "reviewer edits, run killed before": (reviewers.edits_after_a_kill, ("translate again",), 1),
    "page killed": (reviewers.page_killed, ("review page",), 1),
    "page open while applied": (reviewers.page_open, ("review page",), 1),
    "model replaced": (reviewers.model_replaced, ("translate",), 1),
}


def cases(names: list[str], wanted: set[str], runs: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Fault and job of each run: faults by their weights, the jobs of a fault by turns."""
    turns = Counter[str]()
    chosen = [name for name in FAULTS if not wanted or name in wanted]
    deck: list[str] = []
    for _ in range(runs):
        if not deck:
            deck = [name for name in chosen for _ in range(FAULTS[name][2])]
            chance.shuffle(deck)
        fault = deck.pop()
        jobs = FAULTS[fault][1]
        fitting = [name for name in names if name in jobs or (ANY in jobs and name != "review page")]
        if fitting:
            yield fault, fitting[turns[fault] % len(fitting)]
            turns[fault] += 1


def strike(number: int, fault: str, case: Case) -> Outcome:
    """One run; what the harness itself cannot take counts as wrong, too."""
    try:
        outcome = FAULTS[fault][0](case)
    except Exception as error:  # noqa: BLE001 - told as a failure with its run
        outcome = Outcome("within", [f"{type(error).__name__}: {error}"])
    for line in outcome.wrong:
        print(f"run {number}, {fault}, {case.scene.name}: {line}", flush=True)
    return outcome


def main() -> int:
    """Run the harness; gives 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", action="append", default=[], choices=FAULTS)
    parser.add_argument("--scene", action="append", default=[])
    parser.add_argument("--keep", action="store_true", help="keep the folders of runs that went wrong")
    asked = parser.parse_args()
    place, began = Path(tempfile.mkdtemp(prefix="faults-")).resolve(), time.monotonic()
    place.chmod(0o755)
    made = scenes.make_scenes(place / "start")
    if asked.scene:
        made = {name: made[name] for name in asked.scene}
    calm: dict[str, scenes.Peace] = {}
    table: dict[str, Counter[str]] = {}
    chance = random.Random(asked.seed)
    for number, (fault, name) in enumerate(cases(list(made), set(asked.fault), asked.runs, chance), start=1):
        scene = made[name]
        if name not in calm:
            calm[name] = scenes.peace(scene, place / f"peace-{len(calm)}")
        root = tree.copy(scene.start, place / f"run-{number}")
        outcome = strike(
            number, fault, Case(scene, calm[name], root, random.Random(f"{asked.seed} {number}"))
        )
        count(table.setdefault(fault, Counter()), outcome)
        if not (outcome.wrong and asked.keep):
            shutil.rmtree(root, ignore_errors=True)
    show(table, time.monotonic() - began)
    if not asked.keep:
        shutil.rmtree(place, ignore_errors=True)
    return int(any(row["failures"] for row in table.values()))


def count(row: Counter[str], outcome: Outcome) -> None:
    """Put a run into the table."""
    if outcome.skipped:
        print(f"skipped: {outcome.skipped}", flush=True)
        row["skipped"] += 1
        return
    row["runs"] += 1
    row[outcome.hit] += 1
    row["failures" if outcome.wrong else "recovered"] += 1


COLUMNS = ("runs", "before", "within", "after", "late", "recovered", "failures", "skipped")


def show(table: Mapping[str, Counter[str]], seconds: float) -> None:
    """Print the counts; before, within, after: the first to the last step of writing; late: it had ended."""
    total = Counter[str]()
    print(f"{'fault':34}" + "".join(f"{name:>10}" for name in COLUMNS))
    for fault in FAULTS:
        if fault in table:
            print(f"{fault:34}" + "".join(f"{table[fault][name]:>10}" for name in COLUMNS))
            total += table[fault]
    print(f"{'all':34}" + "".join(f"{total[name]:>10}" for name in COLUMNS) + f"   in {seconds:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
