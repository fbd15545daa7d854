"""bilingual as a user starts it, watched: what it does to files is counted, and may go wrong at any step.

FAULTS_ROOT      the folder whose files are watched; a step is an open for writing, a rename, a removal there
FAULTS_PIPE      a file descriptor that is told of each step
FAULTS_STEP      the step before which FAULTS_ACT happens: kill, kill soon, full, save, swap
FAULTS_CLOCK     the time that datetime.now gives, or "jump" for one that leaps years back and forth

Windows and transactions are made small, so that a small job has as many of them as a large one. What is
imported is imported once, in a process that opens no thread and no file and is then forked for each job: what
begins with the command line is all done by the process of the job.
"""

import datetime as dt
import errno
import importlib
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import sys
import threading
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
_REAL = dt.datetime
_CONNECT = sqlite3.connect
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_EVENTS = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.truncate", "shutil.rmtree"}


class _Kind(type(_REAL)):
    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, _REAL)


class Clock(_REAL, metaclass=_Kind):
    """A clock that stands still, or leaps."""

    chance = random.Random()

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> _REAL:
        said = os.environ.get("FAULTS_CLOCK", "")
        if said == "jump":
            return _REAL.now(tz) + dt.timedelta(days=cls.chance.uniform(-4000, 4000))
        return _REAL.fromisoformat(said).astimezone(tz) if said else _REAL.now(tz)


class Watch:
    """Counts the steps, and lets one of them go wrong."""

    def __init__(self) -> None:
        self.root = os.environ["FAULTS_ROOT"]
        self.pipe = int(os.environ.get("FAULTS_PIPE", "-1"))
        self.step = int(os.environ.get("FAULTS_STEP", "-1"))
        self.act = os.environ.get("FAULTS_ACT", "")
        self.count, self.inside = 0, threading.local()

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not getattr(self.inside, "now", False) and self._is_step(event, arguments):
            self._step()

    def connect(self, *given: object, **named: object) -> sqlite3.Connection:
        """Connect to a database, of whose transactions beginning and end are steps."""
        connection = _CONNECT(*given, **named)  # type: ignore[arg-type,call-overload]
        connection.set_trace_callback(self._statement)
        return connection

    def _statement(self, sql: str) -> None:
        if sql.startswith(("BEGIN I", "COMMIT", "CREATE")):
            self._step()

    def _step(self) -> None:
        self.count += 1
        if self.pipe >= 0:
            os.write(self.pipe, b".")
        if self.count == self.step:
            self.inside.now = True
            self._act()
            self.inside.now = False

    def _is_step(self, event: str, arguments: tuple[object, ...]) -> bool:
        if event == "open":
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            return bool(flags & _WRITING) and self._is_ours(arguments[0])
        return event in _EVENTS and self._is_ours(arguments[0])

    def _is_ours(self, path: object) -> bool:
        return isinstance(path, str | bytes | os.PathLike) and os.path.realpath(os.fsdecode(path)).startswith(
            self.root
        )

    def _act(self) -> None:
        if self.act == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif self.act == "kill soon":  # in the midst of what the step begins
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-6, 1e-3))
        elif self.act == "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        elif self.act in ("save", "swap"):
            given, place = os.environ["FAULTS_FROM"], os.environ["FAULTS_TO"]
            if self.act == "save":
                shutil.copyfile(given, place)
            else:
                shutil.copyfile(given, f"{place}~")
                Path(f"{place}~").replace(place)


_LOADED = (
    "bilingual.cli bilingual.cli._job bilingual.cli._review bilingual.cli._export bilingual.cli._memory"
    " bilingual.formats.exchange bilingual.formats.html bilingual.formats.term_files bilingual.formats.xlsx"
    " bilingual.glossary.propose bilingual.glossary.extract bilingual.glossary.tag"
    " ctranslate2 sentencepiece sentencex"
    " babel.messages.pofile openpyxl xlsxwriter trafilatura pycrfsuite charset_normalizer"
)


def load() -> None:
    """Import what jobs import, with small windows, small transactions and one small base glossary."""
    sys.path.insert(0, str(REPOSITORY))
    dt.datetime = Clock
    from bilingual import pipeline
    from bilingual.formats import glossaries
    from bilingual.memory import remember

    glossaries.base_files = lambda: [REPOSITORY / "glossaries" / "countries.csv"]
    pipeline.WINDOW = 6
    importlib.import_module("bilingual.memory.remember")._BATCH = 400  # noqa: SLF001 - as small as the job
    assert callable(remember)
    for name in _LOADED.split():
        importlib.import_module(name)


def serve(place: socket.socket) -> None:
    """Fork for each job that is asked for; gives in the process of the job, and ends when nobody asks."""
    while True:
        asked, files, _, _ = socket.recv_fds(place, 1 << 16, 2)
        if not asked:
            sys.exit()
        hear, tell = os.pipe()
        between = os.fork()
        if not between:
            job = os.fork()
            if not job:
                os.close(hear)
                become(json.loads(asked), *files)
                return
            os.write(tell, str(job).encode())
            os._exit(0)  # the job's parent is gone, and the harness takes its place
        os.waitpid(between, 0)
        place.send(os.read(hear, 99))
        for file in (hear, tell, *files):
            os.close(file)


def become(job: dict[str, object], pipe: int, said: int) -> None:
    """Be the process of a job: its folder, its environment, its words."""
    os.dup2(said, 2)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.environ.clear()
    os.environ.update({**job["environment"], "FAULTS_PIPE": str(pipe)})  # type: ignore[dict-item]
    os.chdir(str(job["folder"]))
    sys.argv[1:] = job["command"]  # type: ignore[assignment]
    Clock.chance.seed(os.environ.get("FAULTS_SEED", "0"))


def main() -> None:
    """Load, wait for jobs where a socket is named, and do what the command line says."""
    load()
    if sys.argv[1] == "--serve":
        serve(socket.socket(fileno=int(sys.argv[2])))
    if os.environ.get("FAULTS_ROOT"):
        watch = Watch()
        sys.addaudithook(watch)
        sqlite3.connect = watch.connect
    from bilingual.cli import main as bilingual

    bilingual()


if __name__ == "__main__":
    main()
