"""Small jobs as people do them: a folder to begin with, the command, and what it comes to in peace."""

import csv
import ctypes
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

import tree

HERE = Path(__file__).parent
NOON = "2026-11-23T12:00:00+00:00"
TRANSLATE = ("translate", "in", "-o", "out", "--beam", "1", "--threads", "1")
APPLY = ("review", "apply", "out/pairs.csv", "--reviewer", "kim")
_STORIES = {
    "01.txt": """Minister visits port

The trade minister visited the port of Busan on Monday. He met the workers of two companies. They asked for
higher wages.

The talks went on for three hours. Nobody was hurt.
""",
    "02.txt": """Trains stop in the north

The trains stopped on Monday. Snow fell on the lines for two days.

The army sent 300 soldiers. The end came soon. Nobody was hurt.
""",
    "03.md": "# Ships sail again\n\nThe ships sailed on Tuesday.\n\n- One ship left.\n- Two stayed.\n",
}
CHANGED = """Buses run in the north

The buses ran on Monday. Snow fell on the lines for two days.

Nobody was hurt.
"""
_NEW = "Planes land late\n\nThe planes landed late on Friday. The wind was strong. Nobody was hurt.\n"


@dataclass(frozen=True)
class Scene:
    """A job: the folder it begins with, its command, and other states of the folder that are whole."""

    name: str
    start: Path
    command: tuple[str, ...]
    between: tuple[tree.Tree, ...] = ()


@dataclass(frozen=True)
class Peace:
    """What a job comes to when nothing disturbs it; when it takes which step, in seconds from its start."""

    files: tree.Tree
    records: Mapping[str, object]
    steps: tuple[float, ...]
    seconds: float


@dataclass
class Process:
    """A process of a job, forked from one that has loaded the program."""

    pid: int
    said: IO[bytes]
    returncode: int | None = None

    def poll(self) -> int | None:
        """Exit code, negative for a signal, or none while it runs."""
        return self._wait(os.WNOHANG)

    def _wait(self, how: int = 0) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, how)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def communicate(self) -> tuple[int, str]:
        """Wait for its end: exit code, and what it said on standard error."""
        code = self._wait()
        assert code is not None
        with self.said as file:
            file.seek(0)
            return code, file.read().decode("utf-8", "replace")


@dataclass
class Child:
    """A process of a job, with the pipe on which its steps come."""

    process: Process
    pipe: int

    def wait(self) -> tuple[int, str]:
        """Exit code and what it said on standard error."""
        os.close(self.pipe)
        return self.process.communicate()


@cache
def _forge() -> socket.socket:
    """Where to ask for processes: one that has loaded the program, whose orphans become children of ours."""
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    command = [sys.executable, str(HERE / "program.py"), "--serve", str(theirs.fileno())]
    subprocess.Popen(command, pass_fds=[theirs.fileno()], start_new_session=True)
    theirs.close()
    return ours


def environment(root: Path, more: Mapping[str, str]) -> dict[str, str]:
    """A home of its own, and the cache of models shared, so that a package is unpacked once."""
    kept = {
        name: os.environ[name] for name in ("PATH", "LANG", "COVERAGE_PROCESS_START") if name in os.environ
    }
    home = {"HOME": str(root / ".home"), "XDG_CACHE_HOME": cache(), "FAULTS_ROOT": os.path.realpath(root)}
    argos = {"ARGOS_PACKAGES_DIR": str(root / ".packages")}
    quiet = {"PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200"}
    return {**kept, **home, **argos, **quiet, "FAULTS_CLOCK": NOON, **more}


def cache() -> str:
    """Folder in which bundled models are unpacked for all runs of the harness."""
    place = Path(tempfile.gettempdir(), f"bilingual-faults-{os.getuid()}")
    place.mkdir(exist_ok=True)
    return str(place)


def start(root: Path, command: Sequence[str], **more: str) -> Child:
    """Start a command in a folder; more: what the program is told by its environment."""
    hear, tell = os.pipe()
    (root / ".home").mkdir(exist_ok=True)
    (root / ".packages").mkdir(exist_ok=True)
    said = tempfile.TemporaryFile()  # noqa: SIM115 - closed where it is read
    job = {"folder": str(root), "command": list(command), "environment": environment(root, more)}
    socket.send_fds(_forge(), [json.dumps(job).encode()], [tell, said.fileno()])
    pid = int(_forge().recv(99))
    os.close(tell)
    return Child(Process(pid, said), hear)


def run(root: Path, command: Sequence[str], **more: str) -> tuple[int, str]:
    """Run a command to its end: exit code and standard error."""
    child = start(root, command, **more)
    while os.read(child.pipe, 1 << 12):
        pass
    return child.wait()


def peace(scene: Scene, place: Path) -> Peace:
    """Run a job in peace, with the times of its steps; a second run must change nothing."""
    root, timelines = tree.copy(scene.start, place), []
    timelines.append(_timed(root, scene.command))
    done = Peace(tree.files(root), tree.records(root), tuple(timelines[0][:-1]), timelines[0][-1])
    assert done.records["litter"] == [], done.records["litter"]
    return done


def _timed(root: Path, command: Sequence[str]) -> list[float]:
    began, child = time.monotonic(), start(root, command)
    steps = []
    while heard := os.read(child.pipe, 1):
        steps.append(time.monotonic() - began)
        assert heard
    code, said = child.wait()
    assert code == 0, said
    return [*steps, time.monotonic() - began]


def make_scenes(folder: Path) -> dict[str, Scene]:
    """All jobs, with their start folders made below a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / "fresh"
    (fresh / "in").mkdir(parents=True)
    for name, text in _STORIES.items():
        (fresh / "in" / name).write_text(text, encoding="utf-8")
    base = _done(tree.copy(fresh, folder / "base"), TRANSLATE)
    made = [
        Scene("translate", fresh, TRANSLATE),
        Scene("translate again", _changed(base, folder / "changed"), TRANSLATE),
        Scene("review apply", _reviewed(base, folder / "reviewed"), APPLY),
        _import_scene(base, folder),
        *_exports(base, folder),
        *_memories(folder),
        *_glossaries(base, folder),
        Scene("review page", base, ("review", "stats", "out")),
    ]
    return {scene.name: scene for scene in made}


def _done(root: Path, command: Sequence[str]) -> Path:
    code, said = run(root, command)
    assert code == 0, said
    return root


def _changed(base: Path, place: Path) -> Path:
    """One document rewritten under another title, one new, and an article that a hand has changed."""
    root = tree.copy(base, place)
    (root / "in" / "02.txt").write_text(CHANGED, encoding="utf-8")
    (root / "in" / "04.txt").write_text(_NEW, encoding="utf-8")
    (root / "in" / "03.md").write_text(_STORIES["03.md"] + "\nThe end came soon.\n", encoding="utf-8")
    (article,) = (root / "out" / "articles").glob("03-*")
    article.write_text("# 손으로 고친 기사\n", encoding="utf-8")
    return root


def _reviewed(base: Path, place: Path) -> Path:
    root = tree.copy(base, place)
    review(root / "out" / "pairs.csv", "사람이 고친 문장")
    return root


def review(path: Path, words: str, every: int = 3) -> None:
    """What a reviewer does in a spreadsheet: edits, accepts and rejects rows by turns."""
    rows = read_table(path)
    header, body = rows[0], rows[1:]
    edit, status = header.index("edit"), header.index("status")
    for number, row in enumerate(body):
        if number % every == 0:
            row[edit] = f"{words} {number}."
        else:
            row[status] = ("accepted", "rejected")[number % 2]
    write_table(path, [header, *body])


def read_table(path: Path) -> list[list[str]]:
    """Rows of a table that a person has open."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write_table(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """Save a table as a spreadsheet does: over the file."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)


def _import_scene(base: Path, folder: Path) -> Scene:
    """A file of a translation tool with edits in it."""
    root = _done(tree.copy(base, folder / "xliff"), ("export", "out", "--to", "xliff", "-o", "back.xlf"))
    path = root / "back.xlf"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</target>", " 고침</target>"), encoding="utf-8")
    return Scene("import", root, ("import", "back.xlf", "--out", "out", "--reviewer", "kim"))


def _exports(base: Path, folder: Path) -> list[Scene]:
    """Exports over files that stand there, one of them changed by a hand."""
    root = _done(tree.copy(base, folder / "exported"), ("export", "out", "--to", "xlsx"))
    (root / "out" / "pairs.tmx").write_text("a hand was here", encoding="utf-8")
    (root / "all.po").write_text("old", encoding="utf-8")
    return [
        Scene("export xlsx", root, ("export", "out", "--to", "xlsx", "--decided")),
        Scene("export tmx", root, ("export", "out", "--to", "tmx")),
        Scene("export elsewhere", root, ("export", "out", "--to", "po", "-o", "all.po")),
    ]


def _memories(folder: Path) -> list[Scene]:
    """A memory with something in it takes a larger file, and is written to one."""
    root = folder / "memory"
    root.mkdir()
    rows = [["source", "target", "status"]]
    rows += [
        [f"The minister met {n} workers.", f"장관은 노동자 {n}명을 만났다.", "accepted"] for n in range(3000)
    ]
    write_table(root / "old.csv", rows[:600])
    write_table(
        root / "more.csv",
        [[a, b.replace("장관", "실장"), "edited" if c == "accepted" else c] for a, b, c in rows],
    )
    _done(root, ("memory", "import", "old.csv"))
    (root / "all.tmx").write_text("old", encoding="utf-8")
    return [
        Scene("memory import", root, ("memory", "import", "more.csv")),
        Scene("memory export", root, ("memory", "export", "all.tmx")),
    ]


def _glossaries(base: Path, folder: Path) -> list[Scene]:
    root = tree.copy(base, folder / "glossary")
    (root / "glossaries").mkdir()
    rows = [
        ["source", "target", "type", "status"],
        *([f"Mr Number {n}", f"{n}번 씨", "person", "proposed"] for n in range(300)),
    ]
    write_table(root / "glossaries" / "project.csv", rows)
    rows[1:] = [[f"Ms {row[0]}", *row[1:]] for row in rows[1:]]
    write_table(root / "agency.csv", rows)
    terms = root / "out" / "terms.csv"
    table = read_table(terms)
    place, target = table[0].index("status"), table[0].index("target")
    table[1:] = [
        [*row[:place], "approved" if row[target] else row[place], *row[place + 1 :]] for row in table[1:]
    ]
    write_table(terms, table)
    return [
        Scene("glossary add", root, ("glossary", "add", "Wi Sung-lac", "위성락", "--type", "person")),
        Scene("glossary approve", root, ("glossary", "approve", "Mr Number 7")),
        Scene("glossary import", root, ("glossary", "import", "agency.csv")),
        Scene("glossary merge", root, ("glossary", "merge", "out/terms.csv")),
        Scene("glossary export", root, ("glossary", "export", "terms.xlsx")),
    ]
