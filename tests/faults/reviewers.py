"""Faults in which a person takes part: tables saved and pages open at the wrong moment, models replaced."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import polars as pl
import scenes
import strikes
import tree
from strikes import Case, Outcome

SECOND = "두 번째로 고친 문장"


def saves_while_applied(case: Case) -> Outcome:
    """A reviewer saves pairs.csv again while it is applied: in place, piece by piece, or by a rename."""
    table = case.root / "out" / "pairs.csv"
    first, second = _edits(table), case.root / "second.csv"
    shutil.copy(table, second)
    rows = scenes.read_table(second)
    edit, status = rows[0].index("edit"), rows[0].index("status")
    for number, row in enumerate(rows[1:]):
        row[edit], row[status] = row[edit] or f"{SECOND} {number}.", ""
    scenes.write_table(second, rows)
    outcome = _save_at_a_step(case, second) if case.chance.random() < 0.6 else _save_at_a_moment(case, second)
    known = first | _edits(second)
    outcome.wrong += [f"half an edit was taken: {text!r}" for text in sorted(_human(case.root) - known)]
    outcome.wrong += [f"gone: {text!r}" for text in sorted(_edits(second) - _held(case.root))]
    tables = [
        path.relative_to(case.root).as_posix() for path in sorted((case.root / "out").glob("pairs*.csv"))
    ]
    code, said = scenes.run(case.root, ("review", "apply", *tables, "--reviewer", "kim"))
    outcome.wrong += [] if code == 0 else [f"the next run gave {code}: {said[-300:]}"]
    outcome.wrong += [f"not taken in the end: {text!r}" for text in sorted(known - _human(case.root))]
    outcome.wrong += strikes.one_version(case.root) + tree.litter(case.root)
    return outcome


def _save_at_a_step(case: Case, second: Path) -> Outcome:
    step = str(case.chance.randint(1, len(case.peace.steps)))
    act = case.chance.choice(["save", "swap"])
    said = {"FAULTS_STEP": step, "FAULTS_ACT": act, "FAULTS_FROM": str(second), "FAULTS_TO": "out/pairs.csv"}
    code, told = scenes.run(case.root, case.scene.command, **said)
    return Outcome("within", strikes.told_plainly(code, told) if code else [])


def _save_at_a_moment(case: Case, second: Path) -> Outcome:
    child = scenes.start(case.root, case.scene.command)
    seen = strikes.await_moment(child, *_reading(case))
    over = child.process.poll() is not None
    data = second.read_bytes()
    with (case.root / "out" / "pairs.csv").open("wb") as file:
        for start in range(0, len(data), len(data) // 4):
            file.write(data[start : start + len(data) // 4])
            file.flush()
            time.sleep(0.004)
    code, said = strikes.drain(child)
    return Outcome(
        strikes.where(seen, case.peace, over=over), strikes.told_plainly(code, said) if code else []
    )


def _reading(case: Case) -> tuple[int, float]:
    """A moment of the job, or, half of the time, one while the table is being read."""
    if case.chance.random() < 0.5:
        return strikes.moment(case.peace, case.chance)
    gaps = [b - a for a, b in zip(case.peace.steps, case.peace.steps[1:], strict=False)]
    longest = max(range(len(gaps)), key=gaps.__getitem__)
    return longest + 1, case.chance.uniform(0, gaps[longest])


def _edits(path: Path) -> set[str]:
    rows = scenes.read_table(path)
    place = rows[0].index("edit") if rows and "edit" in rows[0] else None
    return {row[place] for row in rows[1:] if row[place]} if place is not None else set()


def _human(root: Path) -> set[str]:
    """Targets that a person wrote."""
    pairs = pl.read_parquet(root / "out" / "pairs.parquet")
    return set(pairs.filter(pl.col("origin") == "human")["target"])


def _held(root: Path) -> set[str]:
    """Edits that stand in the table of pairs or in some file that a reviewer can open."""
    return _human(root).union(*(_edits(path) for path in (root / "out").glob("pairs*.csv")))


def edits_after_a_kill(case: Case) -> Outcome:
    """A run is killed; a reviewer edits the table that stands there and applies it."""
    step = str(case.chance.randint(1, len(case.peace.steps)))
    scenes.run(case.root, case.scene.command, FAULTS_STEP=step, FAULTS_ACT="kill")
    outcome = Outcome("within")
    table = case.root / "out" / "pairs.csv"
    if not table.exists():
        return Outcome("within", ["pairs.csv is gone"])
    rows = scenes.read_table(table)
    article, edit = rows[0].index("article"), rows[0].index("edit")
    wanted = {}
    for number, row in enumerate(rows[1:]):
        if row[article].startswith("01-"):
            row[edit] = wanted[number] = f"사람이 고친 문장 {number}."
    scenes.write_table(table, rows)
    for command in (scenes.APPLY, case.scene.command):
        code, said = scenes.run(case.root, command)
        outcome.wrong += [] if code == 0 else [f"{command[0]} gave {code}: {said[-300:]}"]
        missing = set(wanted.values()) - _human(case.root)
        outcome.wrong += [f"after {command[0]} an edit is not there: {min(missing)!r}"] if missing else []
    outcome.wrong += strikes.one_version(case.root) + tree.litter(case.root)
    return outcome


@contextmanager
def page(root: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A review page of a folder, and its address."""
    (root / ".home").mkdir(exist_ok=True)
    (root / ".packages").mkdir(exist_ok=True)
    command = [sys.executable, str(scenes.HERE / "program.py"), "review", "serve", "out", "--reviewer", "kim"]
    with subprocess.Popen(
        command,
        cwd=root,
        env=scenes.environment(root, {"PYTHONUNBUFFERED": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout
            found = re.search(r"http://\S+", server.stdout.readline())
            assert found, server.stdout.read()
            yield server, found[0]
        finally:
            server.kill()


def ask(address: str, name: str, body: object = None) -> dict[str, list[dict[str, str]]]:
    """What the page's own script does."""
    base, _, key = address.partition("/?key=")
    headers = {"Cookie": f"bilingual_{base.rpartition(':')[2]}={key}", "X-Key": key}
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(f"{base}/api/{name}", data, headers)  # noqa: S310 - the page's own address
    with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310
        return json.load(answer)  # type: ignore[no-any-return]


def page_killed(case: Case) -> Outcome:
    """The page's server ends while a reviewer decides: every decision that was acknowledged stands."""
    acknowledged: dict[str, str] = {}
    how = case.chance.choice([signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    with page(case.root) as (server, address):
        rows = ask(address, "rows")["rows"]
        until = time.monotonic() + case.chance.uniform(0, 0.4)
        killer = subprocess.Popen(
            ["sh", "-c", f"sleep {max(0.0, until - time.monotonic()):.3f}; kill -{int(how)} {server.pid}"]
        )
        try:
            for turn in range(100_000):
                row = rows[turn % len(rows)]
                said = {
                    "id": row["id"],
                    "version": row["version"],
                    "target": f"결정 {turn}",
                    "status": "edited",
                }
                fresh = ask(address, "decide", {"decisions": [said]})["rows"]
                acknowledged[row["id"]] = f"결정 {turn}"
                rows[turn % len(rows)] = fresh[0]
        except (OSError, urllib.error.URLError, ValueError):
            pass
        server.wait(timeout=60)
        killer.wait()
    outcome = Outcome("within" if acknowledged else "before")
    code, said = scenes.run(case.root, scenes.TRANSLATE)
    outcome.wrong += [] if code == 0 else [f"the next run gave {code}: {said[-300:]}"]
    targets = dict(
        pl.read_parquet(case.root / "out" / "pairs.parquet").select("pair_id", "target").iter_rows()
    )
    turns = {pair: int(re.sub(r"\D", "", text) or -1) for pair, text in targets.items()}
    lost = [text for pair, text in acknowledged.items() if turns[pair] < int(text.split()[1])]
    outcome.wrong += [f"an acknowledged decision is gone: {lost[0]}"] if lost else []
    outcome.wrong += strikes.one_version(case.root) + tree.litter(case.root)
    return outcome


def page_open(case: Case) -> Outcome:
    """A table is applied while the page is open, and decided on: neither comes over the other."""
    with page(case.root) as (server, address):
        rows = ask(address, "rows")["rows"]
        said = {
            "id": rows[-1]["id"],
            "version": rows[-1]["version"],
            "target": "쪽에서 고친 문장",
            "status": "edited",
        }
        ask(address, "decide", {"decisions": [said]})
        scenes.review(case.root / "out" / "pairs.csv", "표에서 고친 문장", every=5)
        wanted = _edits(case.root / "out" / "pairs.csv")
        code, told = scenes.run(case.root, scenes.APPLY)
        outcome = Outcome("within", strikes.told_plainly(code, told))
        server.send_signal(case.chance.choice([signal.SIGINT, signal.SIGKILL]))
        server.wait(timeout=60)
    tables = [
        path.relative_to(case.root).as_posix() for path in sorted((case.root / "out").glob("pairs*.csv"))
    ]
    code, told = scenes.run(case.root, ("review", "apply", *tables, "--reviewer", "kim"))
    outcome.wrong += [] if code == 0 else [f"the next run gave {code}: {told[-300:]}"]
    missing = wanted - _human(case.root)
    outcome.wrong += [f"an edit of the table is gone: {min(missing)!r}"] if missing else []
    last = {"쪽에서 고친 문장", *wanted}
    held = pl.read_parquet(case.root / "out" / "pairs.parquet").filter(pl.col("pair_id") == rows[-1]["id"])
    outcome.wrong += [] if held["target"][0] in last else ["the decision of the page is gone"]
    outcome.wrong += strikes.one_version(case.root) + tree.litter(case.root)
    return outcome


@cache
def packages(place: Path) -> tuple[Path, Path]:
    """The bundled model as two packages that say different things: the pieces of one stand for others."""
    (archive,) = sorted((scenes.HERE.parents[1] / "bilingual" / "data" / "models").glob("*.argosmodel"))[-1:]
    made = []
    for version in ("9_1", "9_2"):
        folder = place / version / "translate-en_ko-9"
        with zipfile.ZipFile(archive) as file:
            file.extractall(place / version)
        next(path for path in (place / version).iterdir() if path.name != folder.name).rename(folder)
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        metadata["package_version"] = version.replace("_", ".")
        (folder / "metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
        made.append(folder)
    _exchange_pieces(made[1])
    return made[0], made[1]


def _exchange_pieces(folder: Path) -> None:
    (path,) = (folder / "model").glob("*vocabulary*")
    words = (
        json.loads(path.read_text(encoding="utf-8"))
        if path.suffix == ".json"
        else path.read_text("utf-8").split("\n")
    )
    turned = [*words[:300], *words[301:-1], words[300], words[-1]]
    text = json.dumps(turned, ensure_ascii=False) if path.suffix == ".json" else "\n".join(turned)
    path.write_text(text, encoding="utf-8")


def _install(package: Path, root: Path) -> None:
    (root / ".packages").mkdir(exist_ok=True)
    shutil.copytree(package, root / ".packages" / package.name)


@cache
def _alone(start: Path, package: Path, place: Path) -> dict[str, object]:
    """Tables of a run with one package, in peace."""
    root = tree.copy(start, place)
    _install(package, root)
    code, said = scenes.run(root, scenes.TRANSLATE)
    assert code == 0, said
    return {"files": tree.files(root), "rows": _rows(root)}


def _rows(root: Path) -> list[tuple[object, ...]]:
    return pl.read_parquet(root / "out" / "pairs.parquet").select("pair_id", "model", "target").rows()


def model_replaced(case: Case) -> Outcome:
    """A package replaced in mid-run, as our installer does it or as Argos does, file by file."""
    place = case.root.parent
    old, new = packages(place / "packages")
    before, after = (
        _alone(case.scene.start, each, place / f"alone-{each.parent.name}") for each in (old, new)
    )
    assert before["rows"] != after["rows"], "the two packages say the same"
    _install(old, case.root)
    child = scenes.start(case.root, case.scene.command)
    seen = strikes.await_moment(child, *_loading(case))
    over = child.process.poll() is not None
    _replace(case, old, new)
    code, said = strikes.drain(child)
    outcome = Outcome(strikes.where(seen, case.peace, over=over))
    outcome.wrong += strikes.told_plainly(code, said) if code else []
    honest = set(_as_rows(before)) | set(_as_rows(after))
    if code == 0:
        lying = [row for row in _rows(case.root) if row not in honest]
        outcome.wrong += [f"a pair says another model than made it: {lying[0]}"] if lying else []
    code, said = scenes.run(case.root, case.scene.command)
    outcome.wrong += [] if code == 0 else [f"the next run gave {code}: {said[-300:]}"]
    outcome.wrong += tree.differences(tree.files(case.root), after["files"])  # type: ignore[arg-type]
    return outcome


def _as_rows(run: dict[str, object]) -> Sequence[tuple[object, ...]]:
    return run["rows"]  # type: ignore[return-value]


def _loading(case: Case) -> tuple[int, float]:
    """A moment of the job; half of the time one between the choice of the model and its first sentence."""
    if case.chance.random() < 0.3:
        return strikes.moment(case.peace, case.chance)
    return 1, case.chance.uniform(0, 0.6)


def _replace(case: Case, old: Path, new: Path) -> None:
    place = case.root / ".packages" / old.name
    if case.chance.random() < 0.5:
        fresh = case.root / ".fresh"
        shutil.copytree(new, fresh)
        place.rename(case.root / ".old")
        fresh.rename(place)
        return
    for path in sorted(new.rglob("*")):
        if path.is_file():
            shutil.copyfile(path, place / path.relative_to(new))
            os.utime(place / path.relative_to(new))
