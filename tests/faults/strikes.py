"""Faults: each strikes a job at a moment of its work, and says where it hit and what was wrong afterwards."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import scenes
import tree
from scenes import Peace, Scene


@dataclass
class Outcome:
    """Where a strike hit (before, within, after the writing, or too late), and all that was wrong."""

    hit: str = "within"
    wrong: list[str] = field(default_factory=list)
    skipped: str = ""


@dataclass(frozen=True)
class Case:
    """A job to strike at, in a folder of its own."""

    scene: Scene
    peace: Peace
    root: Path
    chance: random.Random


def moment(peace: Peace, chance: random.Random) -> tuple[int, float]:
    """A step and the seconds after it: any time of the job alike, mostly (4 in 5) one of its writing."""
    first, last = (peace.steps[0], peace.steps[-1]) if peace.steps else (0.0, peace.seconds)
    writing = chance.random() < 0.8
    at = chance.uniform(first, last + 0.02) if writing else chance.uniform(0, peace.seconds)
    step = sum(time <= at for time in peace.steps)
    return step, at - (peace.steps[step - 1] if step else 0.0)


def await_moment(child: scenes.Child, step: int, seconds: float) -> int:
    """Wait for a step, then the seconds after it; gives the number of steps that the process has taken."""
    seen = 0
    while seen < step and (heard := os.read(child.pipe, step - seen)):
        seen += len(heard)
    time.sleep(seconds)
    return seen + _waiting(child.pipe)


def _waiting(pipe: int) -> int:
    os.set_blocking(pipe, False)
    try:
        return len(os.read(pipe, 1 << 16))
    except BlockingIOError:
        return 0
    finally:
        os.set_blocking(pipe, True)


def drain(child: scenes.Child) -> tuple[int, str]:
    """Let a process end: its exit code and what it said."""
    while os.read(child.pipe, 1 << 12):
        pass
    return child.wait()


def where(seen: int, peace: Peace, *, over: bool) -> str:
    """Where a moment lies in the work."""
    if over:
        return "late"
    return "before" if not seen else "within" if seen < len(peace.steps) else "after"


def struck_by(number: signal.Signals) -> Callable[[Case], Outcome]:
    """A signal at any moment."""

    def strike(case: Case) -> Outcome:
        child = scenes.start(case.root, case.scene.command)
        seen = await_moment(child, *moment(case.peace, case.chance))
        over = child.process.poll() is not None
        child.process.send_signal(number)
        code, said = drain(child)
        outcome = Outcome(where(seen, case.peace, over=over))
        traced = "Traceback" in said and (seen or "bilingual/cli" in said)
        outcome.wrong += [f"a traceback: {said[-1500:]}"] if traced else []
        return recovered(case, outcome) if code != 0 or over else finished(case, outcome)

    return strike


def killed_at_a_step(case: Case) -> Outcome:
    """Ended by a signal that nobody handles right before a change to a file, or some microseconds into it."""
    steps = len(case.peace.steps)
    number = case.chance.choice(
        [steps, case.chance.randint(1, steps)]
    )  # the last one puts the result in place
    act = case.chance.choice(["kill", "kill soon", "kill soon"])
    scenes.run(case.root, case.scene.command, FAULTS_STEP=str(number), FAULTS_ACT=act)
    return recovered(case, Outcome("before" if number == 1 else "within"))


def refused_at_a_step(case: Case) -> Outcome:
    """A change to a file that the system refuses: the disk is full."""
    number = case.chance.randint(1, len(case.peace.steps))
    code, said = scenes.run(case.root, case.scene.command, FAULTS_STEP=str(number), FAULTS_ACT="full")
    outcome = Outcome("within")
    if code == 0:
        return finished(case, outcome)
    outcome.wrong += told_plainly(code, said)
    return recovered(case, outcome)


def told_plainly(code: int, said: str) -> list[str]:
    """A failure is exit code 1 and a line that says what to do."""
    plain = code == 1 and "bilingual: " in said and "Traceback" not in said and "a fault of this" not in said
    return [] if plain else [f"exit code {code}, and it said: {said[-300:]}"]


def finished(case: Case, outcome: Outcome) -> Outcome:
    """What must hold when the job was not hurt after all."""
    outcome.wrong += tree.differences(tree.files(case.root), case.peace.files)
    outcome.wrong += tree.differences(tree.records(case.root), case.peace.records)
    return outcome


def recovered(case: Case, outcome: Outcome, command: tuple[str, ...] = ()) -> Outcome:
    """What must hold after a fault: every file whole; the next run finishes, as if nothing had happened."""
    allowed = (tree.files(case.scene.start), case.peace.files, *case.scene.between)
    now = {**tree.waiting(case.root), **tree.files(case.root)}
    outcome.wrong += tree.faults_of(now, *allowed)
    code, said = scenes.run(case.root, command or case.scene.command)
    if code != 0:
        outcome.wrong.append(f"the next run gave {code}: {said[-300:]}")
    return finished(case, outcome)


@contextmanager
def small_disk(place: Path, room: int) -> Iterator[bool]:
    """A disk of so many bytes at a place, where we may mount one."""
    place.mkdir()
    made = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(place)]
    mounted = os.geteuid() == 0 and not subprocess.run(made, check=False, capture_output=True).returncode
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(place)], check=True)


def _pages(size: int) -> int:
    """Bytes that a file takes of a disk in memory."""
    return -(-size // 4096) * 4096


def disk_full(case: Case) -> Outcome:
    """A real disk that becomes full at some byte of the work."""
    shutil.rmtree(case.root)
    used = sum(_pages(path.stat().st_size) for path in case.scene.start.rglob("*") if path.is_file())
    with small_disk(case.root, 64 << 20) as mounted:
        if not mounted:
            return Outcome(skipped="mounting a small disk is not permitted here")
        shutil.copytree(case.scene.start, case.root, dirs_exist_ok=True)
        room = used + case.chance.randint(8192, sum(_pages(len(data)) for data in case.peace.files.values()))
        subprocess.run(
            ["mount", "-o", f"remount,size={room}", str(case.root)], check=True, capture_output=True
        )
        code, said = scenes.run(case.root, case.scene.command)
        outcome = Outcome("within" if code else "late")
        outcome.wrong += told_plainly(code, said) if code else []
        subprocess.run(["mount", "-o", "remount,size=64m", str(case.root)], check=True)
        return recovered(case, outcome) if code else finished(case, outcome)


def read_only(case: Case) -> Outcome:
    """The folder made read-only in mid-run: by its modes, or for root, who may ignore them, by chattr +i."""
    child = scenes.start(case.root, case.scene.command)
    seen = await_moment(child, *moment(case.peace, case.chance))
    over = child.process.poll() is not None
    try:
        closed = _close(case.root)
        code, said = drain(child)
    finally:
        _open(case.root)
    if not closed:
        return Outcome(skipped="root may write anywhere here, and chattr +i is not to be had")
    outcome = Outcome(where(seen, case.peace, over=over))
    outcome.wrong += told_plainly(code, said) if code else []
    return recovered(case, outcome) if code else finished(case, outcome)


def _places(root: Path) -> list[Path]:
    """All but homes, links, and SQLite's shared index: who has it mapped may write it whatever its modes."""
    return [
        path
        for path in (root, *root.rglob("*"))
        if ".home" not in path.parts and not path.is_symlink() and not path.name.endswith("-shm")
    ]


def _close(root: Path) -> bool:
    """Let nobody write in a folder; whether that could be done. What passes away meanwhile is passed over."""
    places = [str(path) for path in _places(root)]
    if os.geteuid() == 0:
        subprocess.run(["chattr", "-f", "+i", *places], check=False, capture_output=True)
        return bool(
            b"-i-" in subprocess.run(["lsattr", "-d", str(root)], check=False, capture_output=True).stdout
        )
    for place in places:
        with suppress(FileNotFoundError):
            Path(place).chmod(0o555)
    return True


def _open(root: Path) -> None:
    if os.geteuid() == 0:
        subprocess.run(["chattr", "-R", "-f", "-i", str(root)], check=False, capture_output=True)
        return
    for path in (root, *root.rglob("*")):
        path.chmod(0o755)


def input_changed(case: Case) -> Outcome:
    """A document rewritten in mid-run, then put back: nothing of the other text stays."""
    path = case.root / "in" / "02.txt"
    return _with_input(case, lambda: path.write_text(scenes.CHANGED + "A last line.\n", encoding="utf-8"))


def input_removed(case: Case) -> Outcome:
    """A document removed in mid-run, then put back."""
    return _with_input(case, (case.root / "in" / "02.txt").unlink)


def _with_input(case: Case, change: Callable[[], object]) -> Outcome:
    path = case.root / "in" / "02.txt"
    before = path.read_bytes()
    child = scenes.start(case.root, case.scene.command)
    step, seconds = moment(case.peace, case.chance)
    seen = await_moment(child, step, seconds)
    over = child.process.poll() is not None
    change()
    code, said = drain(child)
    outcome = Outcome(where(seen, case.peace, over=over))
    outcome.wrong += told_plainly(code, said) if code else []
    outcome.wrong += one_version(case.root)
    path.write_bytes(before)
    code, said = scenes.run(case.root, case.scene.command)
    outcome.wrong += [] if code == 0 else [f"the next run gave {code}: {said[-300:]}"]
    return finished(case, outcome)


def one_version(root: Path) -> list[str]:
    """Every article stands in the tables whole, and its file says what they say."""
    import polars as pl

    if not (root / "out" / "pairs.parquet").exists():
        return []
    pairs = pl.read_parquet(root / "out" / "pairs.parquet")
    wrong = [] if pairs["pair_id"].is_unique().all() else ["a pair stands twice"]
    for (article,), rows in pairs.partition_by("article", as_dict=True).items():
        path = root / "out" / "articles" / str(article)
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        missing = [target for target in rows["target"] if target not in text]
        wrong += [f"{article} does not say {missing[0]!r}"] if missing else []
    return wrong


def clock_leaps(case: Case) -> Outcome:
    """A clock that leaps years at each look, and files from the past and the future; killed besides."""
    tree.age(case.root, case.chance.choice([0.0, 1e9, 4e9]))
    said = {"FAULTS_CLOCK": "jump", "FAULTS_SEED": str(case.chance.random())}
    child = scenes.start(case.root, case.scene.command, **said)
    seen = await_moment(child, *moment(case.peace, case.chance))
    over = child.process.poll() is not None
    child.process.send_signal(signal.SIGKILL)
    drain(child)
    outcome = Outcome(where(seen, case.peace, over=over))
    tree.age(case.root, case.chance.choice([0.0, 1e9, 4e9]))
    code, told = scenes.run(case.root, case.scene.command, **said)
    outcome.wrong += [] if code == 0 else [f"the next run gave {code}: {told[-300:]}"]
    outcome.wrong += tree.differences(_timeless(tree.files(case.root)), _timeless(case.peace.files))
    memory = tree.records(case.root).get("memory"), case.peace.records.get("memory")
    return Outcome(outcome.hit, outcome.wrong + ([] if memory[0] == memory[1] else ["the memory differs"]))


def _timeless(files: tree.Tree) -> tree.Tree:
    """Files but for those that hold times."""
    import io

    import polars as pl

    kept = {
        name: data for name, data in files.items() if not name.endswith((".parquet", ".xlsx", ".tmx", ".po"))
    }
    for name, data in files.items():
        if name.endswith("pairs.parquet"):
            kept[name] = str(pl.read_parquet(io.BytesIO(data)).drop("reviewed_at").to_dicts()).encode()
    return kept


def two_at_once(case: Case) -> Outcome:
    """The same command two or three times at one moment: they wait, or say that another is at work."""
    children = []
    for _ in range(case.chance.choice([2, 3])):
        children.append(scenes.start(case.root, case.scene.command))
        time.sleep(case.chance.choice([0, 0, case.chance.uniform(0, case.peace.seconds)]))
    outcome, codes = Outcome("within"), []
    for child in children:
        code, said = drain(child)
        codes.append(code)
        outcome.wrong += told_plainly(code, said) if code else []
    if 0 not in codes:
        outcome.wrong.append(f"none of them finished: {codes}")
    return finished(case, outcome)
