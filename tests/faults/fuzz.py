"""Read hostile files with every reader, each case in bounds of time and memory, and count what came of it.

uv run python tests/faults/fuzz.py --cases 20000 --seed 1

A case runs in a child process that may use no network, start no process and write nowhere but in its own
folder. Only a BilingualError (and, of the page, a refusal) may come out of a reader. A server on this machine
waits for what must not be asked for, and a file with a secret for what must not be shown.
"""

import argparse
import os
import random
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

SECRET = "CANARY-7d1f0c-must-not-be-shown"  # noqa: S105 - nothing is kept secret by it
MEMORY = 1 << 30  # bytes of address space that a case may add
SECONDS = 10  # of CPU time a damaged file may take
MOST = 30  # of CPU time one that is made to hurt, a megabyte or so, may take
WALL = 6  # times as much may pass on the clock of a machine that has other work
_NETWORK = (
    "socket.connect",
    "socket.bind",
    "socket.getaddrinfo",
    "socket.gethostby",
    "socket.send",
    "urllib.",
    "http.client",
)
_PROCESSES = (
    "subprocess.",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
    "os.spawn",
    "pty.spawn",
    "pickle.find_class",
)
_CHANGES = (
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
    "os.chown",
    "shutil.",
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Slow(BaseException):
    """A case has used up its CPU time."""


class Fence:
    """Refuses and remembers what no reader has any business with."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.crossed, self.shut = str(folder), list[str](), False

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.shut:
            return
        bad = event.startswith(_NETWORK + _PROCESSES)
        if event == "open":
            flags = arguments[2] if isinstance(arguments[2], int) else 0
            bad = bool(flags & _WRITING) and not self._inside(arguments[0])
        elif event.startswith(_CHANGES):
            bad = not self._inside(arguments[0])
        if bad:
            self.crossed.append(f"{event} {str(arguments)[:200]}")
            raise PermissionError(event)

    def _inside(self, path: object) -> bool:
        if isinstance(path, int):
            return True  # what was opened inside
        place = os.path.realpath(os.fsdecode(path))  # type: ignore[call-overload]
        return place.startswith(self.folder) or place == os.devnull


def work(numbers: Sequence[int], seed: int, folder: Path, canary: str) -> None:
    """Be the child: run cases, and say before and after each what becomes of it."""
    import readers

    from bilingual.errors import BilingualError
    from bilingual.web.desk import Refused

    tempfile.tempdir = str(folder)
    known, fence, out = readers.make_readers(folder), Fence(folder), folder / "out"
    for reader in known:  # what is loaded lazily is loaded now, outside the bounds
        for data in reader.seeds:
            _clean(out)
            _read(reader, data, folder, out)
    sys.addaudithook(fence)
    signal.signal(signal.SIGPROF, _stop)
    _bound()
    for number, reader, name, data in cases(numbers, seed, known, canary, str(folder.parent / "secret.txt")):
        print(f"{number}\t{reader.name}\t{name}", flush=True)
        fence.shut = False
        _clean(out)
        fence.shut = True
        fence.crossed.clear()
        began = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, MOST if name else SECONDS)
        try:
            said = _read(reader, data, folder, out)
            verdict = "BAD the secret is shown" if SECRET in said else "read"
        except (BilingualError, Refused) as error:
            verdict = "refused" if str(error).strip() else "BAD an error without words"
        except Slow:
            verdict = "BAD too slow"
        except MemoryError:
            verdict = "BAD too much memory"
        except BaseException as error:  # noqa: BLE001 - that is what is looked for
            verdict = f"BAD {_told(error)}"
        signal.setitimer(signal.ITIMER_PROF, 0)
        if fence.crossed:
            verdict = f"BAD crossed the fence: {fence.crossed[0]}"
        print(f"\t{verdict}\t{time.process_time() - began:.2f}", flush=True)


def _read(reader: "object", data: bytes, folder: Path, out: Path) -> str:
    path = folder / f"case{reader.ending}"  # type: ignore[attr-defined]
    path.write_bytes(data)
    return reader.read(path, out)  # type: ignore[attr-defined,no-any-return]


def _clean(out: Path) -> None:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()


def _stop(*_: object) -> None:
    raise Slow


def _bound() -> None:
    """Let the address space grow by MEMORY at most."""
    with Path("/proc/self/statm").open(encoding="ascii") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _told(error: BaseException) -> str:
    """An exception and the last place of our own code in it."""
    place, trace = "", error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if "/bilingual/" in name:
            place = f"{name.rpartition('/bilingual/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__}: {' '.join(str(error).split())[:160]} at {place}"


def cases(numbers: Sequence[int], seed: int, known: Sequence, canary: str, secret: str) -> Iterator[tuple]:
    """Number, reader, name ("" for one damaged at random) and bytes; the nasty ones are below zero."""
    import mutate

    wanted, counted = set(numbers), 0
    for reader in known if min(numbers) < 0 else ():
        for name, data in mutate.nasties(reader.name, canary, secret) if named(reader.name) else ():
            counted -= 1
            if counted in wanted:
                yield counted, reader, name, data
    some = [reader for reader in known if named(reader.name)]
    for number in (number for number in numbers if number >= 0):
        chance, reader = random.Random(f"{seed} {number}"), some[number % len(some)]
        yield number, reader, "", mutate.mutated(reader.seeds, chance, zipped=reader.zipped)


@dataclass
class Child:
    """A process that runs cases, and how far it is."""

    process: subprocess.Popen[str]
    left: list[int]
    folder: Path
    now: str = ""
    since: float = field(default_factory=time.monotonic)


def start(numbers: list[int], seed: int, place: Path, canary: str) -> Child:
    """Start a child for cases in a folder of its own."""
    folder = Path(tempfile.mkdtemp(dir=place)).resolve()
    process = subprocess.Popen(
        [sys.executable, str(HERE / "fuzz.py"), "--child", str(seed), str(folder), canary],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=None if os.environ.get("FUZZ_SAY") else subprocess.DEVNULL,
        text=True,
        bufsize=1,
        env={**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1", "no_proxy": "*"},
    )
    assert process.stdin
    process.stdin.write(" ".join(map(str, numbers)) + "\n")
    process.stdin.close()
    return Child(process, list(numbers), folder)


def results(child: Child) -> Iterator[tuple[int, str, str, str, float]]:
    """Number, reader, name, verdict and CPU seconds of each case that a child finishes, or dies of."""
    assert child.process.stdout
    poll = select.poll()
    poll.register(child.process.stdout, select.POLLIN | select.POLLHUP)
    os.set_blocking(child.process.stdout.fileno(), False)
    rest = ""
    while True:
        limit = WALL * (MOST if child.now else 60)
        if not poll.poll(1000 * max(0.0, child.since + limit - time.monotonic())):
            child.process.kill()
            yield (*_named(child.now), "BAD hangs", float(limit))
            return
        piece = os.read(child.process.stdout.fileno(), 1 << 16).decode()
        if not piece:
            code = child.process.wait()
            if child.now:
                yield (*_named(child.now), f"BAD the process died ({code})", 0.0)
            return
        *lines, rest = (rest + piece).split("\n")
        for line in lines:
            child.since = time.monotonic()
            if not line.startswith("\t"):
                child.now = line
                child.left.remove(int(line.split("\t")[0]))
            else:
                verdict, _, seconds = line[1:].rpartition("\t")
                yield (*_named(child.now), verdict, float(seconds))
                child.now = ""


def _named(now: str) -> tuple[int, str, str]:
    number, reader, name = now.split("\t", 2) if now else ("0", "start", "")
    return int(number), reader, name


class Canary(BaseHTTPRequestHandler):
    """A server that nothing may ask."""

    asked: list[str] = []  # noqa: RUF012 - shared on purpose

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def fuzz(
    numbers: list[int], seed: int, place: Path, canary: str, table: dict[str, Counter[str]]
) -> list[str]:
    """Run cases to their end, in as many children as it takes; gives what was wrong."""
    wrong, left = list[str](), list(numbers)
    while left:
        child = start(left, seed, place, canary)
        for number, reader, name, verdict, seconds in results(child):
            row = table.setdefault(reader, Counter())
            row["cases"] += 1
            row[verdict if verdict in ("read", "refused") else "bad"] += 1
            row["milliseconds"] = max(row["milliseconds"], int(1000 * seconds))
            if verdict.startswith("BAD"):
                wrong.append(
                    f"case {number}, {reader}{f', {name}' * bool(name)}: {verdict[4:]} ({seconds:.1f} s)"
                )
                print(wrong[-1], flush=True)
        stuck, left = len(left) == len(child.left), child.left
        child.process.wait()
        shutil.rmtree(child.folder, ignore_errors=True)
        if stuck:
            print("a child does not start")
            return [*wrong, "a child does not start"]
    return wrong


def count_nasties() -> int:
    """How many files that are known to hurt there are, for the readers asked for."""
    import mutate
    import readers

    with tempfile.TemporaryDirectory() as folder:
        known = [reader.name for reader in readers.make_readers(Path(folder)) if named(reader.name)]
        return sum(1 for name in known for _ in mutate.nasties(name, "", ""))


def named(reader: str) -> bool:
    """Whether a reader was asked for: all are, unless FUZZ_READERS names some, with | between."""
    return reader in os.environ.get("FUZZ_READERS", reader).split("|")


def show(table: Mapping[str, Counter[str]], seconds: float) -> None:
    """Print the counts of each reader and the longest CPU time of a case."""
    columns = ("cases", "read", "refused", "bad")
    print(f"{'reader':16}" + "".join(f"{name:>9}" for name in columns) + f"{'longest':>11}")
    total = Counter[str]()
    for reader, row in table.items():
        print(
            f"{reader:16}"
            + "".join(f"{row[name]:>9}" for name in columns)
            + f"{row['milliseconds'] / 1000:>9.2f} s"
        )
        total += row
    print(f"{'all':16}" + "".join(f"{total[name]:>9}" for name in columns) + f"   in {seconds:.0f} s")


def main() -> int:
    """Run the fuzzer; gives 1 where anything came out that may not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000, help="files damaged at random")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--no-nasties", action="store_true", help="leave out the files that are known to hurt"
    )
    parser.add_argument("--case", type=int, action="append", help="only this case")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        numbers = [int(number) for number in sys.stdin.readline().split()]
        work(numbers, int(asked.child[0]), Path(asked.child[1]), asked.child[2])
        return 0
    began, place, table = (
        time.monotonic(),
        Path(tempfile.mkdtemp(prefix="fuzz-")).resolve(),
        dict[str, Counter[str]](),
    )
    (place / "secret.txt").write_text(SECRET, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Canary)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    nasty = [] if asked.no_nasties else [-1 - n for n in range(count_nasties())]
    numbers = asked.case or nasty + list(range(asked.cases))
    wrong = fuzz(numbers, asked.seed, place, f"http://127.0.0.1:{server.server_port}", table)
    if Canary.asked:
        wrong.append(f"the network was asked for {Canary.asked[0]}")
        print(wrong[-1])
    strays = [path.name for path in place.iterdir() if path.name != "secret.txt"]
    if strays:
        wrong.append(f"written outside: {strays}")
        print(wrong[-1])
    show(table, time.monotonic() - began)
    shutil.rmtree(place, ignore_errors=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
