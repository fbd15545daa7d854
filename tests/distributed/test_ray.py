"""A run on a real Ray of several nodes, one of which is killed.

Run: uv run --extra ray pytest tests/distributed -n 0 -s
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from bilingual.cli import app
from bilingual.distributed.connection import connected, keep_quiet
from bilingual.distributed.crew import LIVES, Crew, Load
from bilingual.errors import BilingualError

keep_quiet()
ray = pytest.importorskip("ray", reason="the extra `ray` is not installed: uv run --extra ray pytest")

TABLES = ("pairs.parquet", "pairs.csv", "terms.csv", ".bilingual/articles.parquet")
WORKERS = 3
DOCUMENTS = 30
pytestmark = pytest.mark.filterwarnings("default")  # what Ray warns of is not ours to mend


def bilingual(*arguments: object) -> tuple[int, str]:
    """Exit code of a command and all that it said."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(result.exception, BilingualError):
        return 1, f"{result.stderr}{result.exception}"
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def content(out: Path) -> dict[str, object]:
    """All that a run leaves, byte by byte, but for what is about this very run."""
    run = json.loads((out / "run.json").read_bytes())
    del run["this_run"]
    files = [*TABLES, *(f"articles/{path.name}" for path in (out / "articles").iterdir())]
    return {"run": run, **{name: (out / name).read_bytes() for name in sorted(files)}}


@pytest.fixture(scope="module", autouse=True)
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Documents that are a unit each or nearly so, two that cannot be read, and a glossary."""
    place = tmp_path_factory.mktemp("work")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setattr("bilingual.plan.UNIT", 1)
        folder = Path("news")
        folder.mkdir()
        for number in range(DOCUMENTS):
            text = f"Ships sail on day {number}\n\nThe {number} ships sailed on Monday. Nobody was hurt.\n"
            (folder / f"{number}.txt").write_text(text + "\nMinister Yeo Han-koo left.\n" * (number % 3))
        (folder / "binary.txt").write_bytes(bytes(range(256)))
        (folder / "korean.txt").write_text("정부, 새 정책 발표\n\n정부는 월요일 새 정책을 발표했다.\n")
        Path("glossaries").mkdir()
        Path("glossaries/mine.csv").write_text("source,target,type,status\nMonday,월요일,term,approved\n")
        yield folder


@pytest.fixture(scope="module")
def whole(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "out"
    assert bilingual("translate", inputs, "-o", out, "--beam", 1)[0] == 1  # two inputs cannot be read
    return out


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head without workers, and a node for each but one of the workers."""
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    for _ in range(WORKERS - 1):
        cluster.add_node(num_cpus=1)
    yield cluster
    cluster.shutdown()


class Watched(Crew):
    """A crew that begins when all are there, and tells what became of it."""

    seen: "list[Watched]" = []  # noqa: RUF012
    kill: Callable[[Any], None] = staticmethod(lambda _: None)

    def work(self, loads: Iterator[Load], workers: int, settle: Callable[..., None]) -> None:
        self.given, self.redone, self.settled, self.began = list(loads), 0, 0, False
        self.seen.append(self)

        def counted(*result: Any) -> None:
            settle(*result)
            self.settled += 1
            if self.settled == 1:
                type(self).kill(next(hand for hand in self._hands.values() if len(hand.loads) > 1))

        super().work(iter(self.given), workers, counted)

    def _fill(self, loads: Iterator[Load]) -> bool:
        self.began = self.began or len(self._hands) == WORKERS
        return super()._fill(loads) if self.began else True

    def _lose(self, number: int, why: str) -> None:
        self.redone += len(self._hands[number].loads)
        super()._lose(number, why)


@contextmanager
def node_to_kill(cluster: Any, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """One node more, and a crew that has the node of a busy worker killed after the first unit."""
    nodes = {cluster.add_node(num_cpus=1), *cluster.worker_nodes}

    def kill(hand: Any) -> None:
        actors = ray._private.state.actors()  # noqa: SLF001 - only here, and no public way without dashboard
        home = actors[hand.actor._ray_actor_id.hex()]["Address"]["NodeID"]  # noqa: SLF001
        cluster.remove_node(next(node for node in nodes if node.node_id == home), allow_graceful=False)

    patch.setattr(Watched, "kill", staticmethod(kill))
    patch.setattr("bilingual.distributed.run.Crew", Watched)
    yield
    cluster.add_node(num_cpus=1)


def stop_after(windows: int, inputs: Path, out: Path) -> set[str]:
    """Stop a run without Ray when it has stored some windows; gives the documents that it did."""

    def stop(*_: object) -> None:
        if len(list((out / ".bilingual").glob("window-*"))) >= windows:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bilingual.workspace.windows.Ledger._publish", stop)
        assert bilingual("translate", inputs, "-o", out, "--beam", 1)[0] == 130
    tables = (out / ".bilingual").glob("window-*/articles.parquet")
    return {name for table in tables for name in pl.read_parquet(table)["document"]}


def test_a_killed_node_costs_nothing_but_time(
    cluster: Any, inputs: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    done_before = stop_after(2, inputs, out)
    began = time.monotonic()
    with node_to_kill(cluster, monkeypatch):
        code, said = bilingual(
            "translate", inputs, "-o", out, "--beam", 1, "--engine", "ray", "--address", cluster.address
        )
    assert Watched.seen, said
    (crew,) = Watched.seen
    print(
        f"\n{len(crew.given)} units on {WORKERS} nodes, one killed after the first:"
        f" {crew.redone} units given again, {crew.settled} settled, {time.monotonic() - began:.0f} s"
    )
    assert code == 1, said
    assert sum(crew.lost.values()) == 1
    assert crew.redone >= 1
    assert crew.settled == len(crew.given) > 2 * WORKERS
    assert not {name for load in crew.given for name in load.names} & done_before
    assert content(out) == content(whole)


def test_a_run_stopped_on_ray_goes_on_without_it(
    cluster: Any, inputs: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    translate = ("translate", inputs, "-o", out, "--beam", 1)

    def stop(_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Watched, "kill", staticmethod(stop))
        patch.setattr("bilingual.distributed.run.Crew", Watched)
        code, said = bilingual(*translate, "--engine", "ray", "--address", cluster.address)
    assert (code, "goes on where it stopped" in said) == (130, True)
    stored = len(list((out / ".bilingual").glob("window-*")))
    assert 0 < stored < DOCUMENTS
    code, said = bilingual(*translate)
    assert (code, "documents unchanged" in said) == (1, True)
    assert content(out) == content(whole)


def test_a_document_that_costs_every_worker_is_named(cluster: Any) -> None:
    with connected(cluster.address):
        crew = Crew(nullcontext, b"", 1)
        crew._new = ray.remote(num_cpus=1)(fragile())  # noqa: SLF001
        with pytest.raises(BilingualError) as told:
            crew.work(iter([Load(0, ("poison.txt",), ())]), 1, lambda *_: None)
    assert f"poison.txt: this document, or one of 1 with it, cost {LIVES} workers" in str(told.value)
    assert "\n" not in str(told.value)


def fragile() -> type:
    """A worker that dies at its first unit; made here, so that it travels by value."""

    class Dies:
        def begin(self, *_: object) -> str:
            from importlib.metadata import version

            return version("bilingual")

        def translate(self, *_: object) -> None:
            os._exit(1)

    return Dies


def test_an_address_where_nothing_answers_is_one_line(inputs: Path, tmp_path: Path) -> None:
    began = time.monotonic()
    code, said = bilingual("translate", inputs, "-o", tmp_path, "--engine", "ray", "--address", "127.0.0.1:1")
    assert time.monotonic() - began < 30
    assert (code, said.count("\n")) == (1, 1), said  # the line about the model, then the error
    assert "127.0.0.1:1: cannot be used" in said


def test_without_ray_one_line_says_how_to_get_it(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    code, said = bilingual("translate", inputs, "-o", tmp_path, "--engine", "ray")
    assert code == 1
    assert said.splitlines()[-1].startswith("ray: is not installed; pip install 'bilingual[ray]'")
