"""Shards on machines that share nothing, and what gather makes of them."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from bilingual.cli import app
from bilingual.cli._gather import gather_shards
from bilingual.errors import BilingualError
from bilingual.records import Origin, Status
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.outputs import read_pairs

OF = 3
SMALL_UNITS = (
    "import bilingual.plan as p, bilingual.pipeline as q; p.UNIT = 1; p.LANES = 8; q.WINDOW = 7;"
    "from bilingual.cli import main; main()"
)
TABLES = ("pairs.parquet", "pairs.csv", "terms.csv", ".bilingual/articles.parquet")


@dataclass(frozen=True)
class Done:
    """What a command gave and said."""

    returncode: int
    stdout: str
    stderr: str


def bilingual(*arguments: object) -> Done:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(result.exception, BilingualError):
        return Done(1, result.stdout, f"{result.stderr}{result.exception}")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="module", autouse=True)
def _small() -> Iterator[None]:
    """A few documents are several units, of which some are several windows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bilingual.plan.UNIT", 1)
        patch.setattr("bilingual.plan.LANES", 8)
        patch.setattr("bilingual.pipeline.WINDOW", 7)
        yield


def content(out: Path) -> dict[str, object]:
    """All that a run leaves, byte by byte, but for what is about this very run."""
    run = json.loads((out / "run.json").read_bytes())
    del run["this_run"]
    files = [*TABLES, *(f"articles/{path.name}" for path in (out / "articles").iterdir())]
    return {"run": run, **{name: (out / name).read_bytes() for name in sorted(files)}}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Inputs under a name that does not change, so that their shards do not either."""
    place = tmp_path_factory.mktemp("machine")
    folder = Path("news")
    (place / folder).mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        write_inputs(folder)
        yield folder


def write_inputs(folder: Path) -> None:
    for number in range(11):
        text = f"Ships sail on day {number}\n\nThe {number} ships sailed on Monday. Nobody was hurt.\n"
        (folder / f"{number}.txt").write_text(text + "\nMinister Yeo Han-koo left Seoul.\n" * (number % 3))
    (folder / "bad.txt").write_bytes(bytes(range(256)))


@pytest.fixture(scope="module")
def whole(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("whole") / "out"
    done = bilingual("translate", inputs, "-o", out, "--beam", 1)
    assert done.returncode == 1, done.stderr  # one input cannot be read
    return out


def make_shards(inputs: Path, out: Path, *options: str) -> list[int]:
    asked = ("translate", inputs, "-o", out, "--beam", 1, *options)
    return [bilingual(*asked, "--shard", f"{number}/{OF}").returncode for number in range(1, OF + 1)]


@pytest.fixture(scope="module")
def shards(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """OUT with its shards, none of them gathered."""
    out = tmp_path_factory.mktemp("parts") / "out"
    assert sorted(make_shards(inputs, out)) == [
        0,
        0,
        1,
    ]  # the input that cannot be read is one machine's business
    assert sorted(path.name for path in out.iterdir()) == ["shards"]
    return out


@pytest.fixture
def out(shards: Path, tmp_path: Path) -> Path:
    return shutil.copytree(shards, tmp_path / "out")


def test_shards_give_what_one_machine_gives_byte_by_byte(out: Path, whole: Path) -> None:
    assert bilingual("gather", out).returncode == 1
    assert content(out) == content(whole)


def test_each_document_is_done_by_one_shard(shards: Path) -> None:
    tables = [pl.read_parquet(path)["document"].unique() for path in shards.rglob("window-*/pairs.parquet")]
    documents = pl.concat(tables)
    assert (len(documents), documents.n_unique()) == (11, 11)
    busy = {path.parts[-4] for path in shards.rglob("window-*/pairs.parquet")}
    assert len(busy) == OF


def test_shards_may_lie_anywhere(out: Path, whole: Path, tmp_path: Path) -> None:
    elsewhere = [
        shutil.move(folder, tmp_path / f"machine-{number}")
        for number, folder in enumerate(sorted((out / "shards").iterdir()))
    ]
    assert bilingual("gather", out, *elsewhere).returncode == 1
    assert content(out) == content(whole)


def test_gathering_twice_changes_nothing(out: Path) -> None:
    bilingual("gather", out)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    again = bilingual("gather", out)
    assert "nothing new from 3 shards" in again.stdout
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()} == before


def test_what_a_reviewer_decided_stands_when_a_shard_is_made_again(
    out: Path, inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(inputs, tmp_path / inputs)
    monkeypatch.chdir(tmp_path)
    changed = inputs / "4.txt"
    bilingual("gather", out)
    with open_workspace(out) as workspace:
        pair = next(p for p in read_pairs(workspace) if p.document == str(changed) and "Nobody" in p.source)
    table = tmp_path / "edited.csv"
    table.write_text(f"id,edit,status\n{pair.pair_id},모두 무사했다.,edited\n", encoding="utf-8-sig")
    memory = tmp_path / "memory.db"
    applied = bilingual("review", "apply", table, "--out", out, "--memory", memory)
    assert applied.returncode == 0, applied.stderr
    changed.write_text(changed.read_text() + "\nAnother ship came.\n")
    make_shards(inputs, out)
    assert bilingual("gather", out).returncode == 1
    with open_workspace(out) as workspace:
        after = {p.pair_id: p for p in read_pairs(workspace)}
    assert (after[pair.pair_id].target, after[pair.pair_id].origin) == ("모두 무사했다.", Origin.HUMAN)
    assert after[pair.pair_id].status is Status.EDITED
    (article,) = (out / "articles").glob("4-*.txt")
    assert "모두 무사했다." in article.read_text(encoding="utf-8")
    assert sum(p.document == str(changed) for p in after.values()) == 3 + 1 + 1


def lost_shard(out: Path, _: Path) -> None:
    shutil.rmtree(out / "shards/02-of-03")


def stopped_shard(out: Path, _: Path) -> None:
    note = out / "shards/02-of-03/.bilingual/shard.json"
    note.write_text(json.dumps(json.loads(note.read_bytes()) | {"run": {}}))


def other_options(out: Path, inputs: Path) -> None:
    bilingual("translate", inputs, "-o", out, "--beam", 2, "--shard", "2/3")


def other_inputs(out: Path, inputs: Path) -> None:
    bilingual("translate", inputs / "1.txt", "-o", out, "--beam", 1, "--shard", "2/3")


def other_run(out: Path, inputs: Path) -> None:
    bilingual("translate", inputs / "1.txt", "-o", out, "--beam", 1, "--shard", "2/4")


def lost_window(out: Path, _: Path) -> None:
    for place in (out / "shards/02-of-03/.bilingual").glob("window-*"):
        shutil.rmtree(place)


def copied_twice(out: Path, _: Path) -> None:
    shutil.copytree(out / "shards/02-of-03", out / "shards/copy")


def broken_note(out: Path, _: Path) -> None:
    (out / "shards/02-of-03/.bilingual/shard.json").write_bytes(b'{"number": 2, "of')


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lost_shard, ["shard 2/3 is not here; run the same command with --shard 2/3", "copy its folder"]),
        (stopped_shard, ["shard 2/3", "is not finished; run its command again, with --shard 2/3"]),
        (other_options, ["shard 2/3", "was made otherwise than shard 1/3", "beam 2 and not 1"]),
        (other_inputs, ["shard 2/3", "saw other inputs than shard 1/3", "1 and not 12"]),
        (other_run, ["shard 2/4", "is not of 3"]),
        (lost_window, ["shard 2/3", "has lost", "--shard 2/3 --force"]),
        (copied_twice, ["shard 2/3", "is here more than once"]),
        (broken_note, ["02-of-03: is no shard that can be read"]),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_joined(
    harm: Callable[[Path, Path], None], says: list[str], out: Path, inputs: Path
) -> None:
    harm(out, inputs)
    done = bilingual("gather", out)
    assert done.returncode == 1
    assert all(text in done.stderr for text in says), done.stderr
    assert "fault of this program" not in done.stderr
    assert not (out / "pairs.parquet").exists()


def test_a_folder_without_shards_is_told(tmp_path: Path) -> None:
    done = bilingual("gather", tmp_path / "nothing")
    assert (done.returncode, "holds no shards" in done.stderr) == (1, True)
    assert not (tmp_path / "nothing").exists()


def test_another_glossary_is_told(out: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("source,target,type,status\nships,함선,term,approved\n", encoding="utf-8")
    done = bilingual("gather", out, "--glossary", mine)
    assert "the glossary here is not that of the shards" in done.stderr
    assert not (out / "pairs.parquet").exists()


@pytest.mark.parametrize("given", ["0/3", "4/3", "3", "a/b", "1/65", "-1/3", "1/"])
def test_a_part_that_is_none_is_wrong_usage(given: str, tmp_path: Path) -> None:
    done = bilingual("translate", "x.txt", "-o", tmp_path / "out", "--shard", given)
    assert (done.returncode, "is no part" in done.stderr) == (2, True)


def test_killed_at_any_moment_gather_goes_on(out: Path, whole: Path) -> None:
    kills = 0
    for pause in (1.0, 1.6):
        process = subprocess.Popen(
            [sys.executable, "-c", SMALL_UNITS, "gather", str(out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(pause)
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
    assert bilingual("gather", out).returncode == 1
    assert content(out) == content(whole)


def test_killed_between_window_and_table_gather_goes_on(
    out: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("bilingual.cli._record.drop_windows", killed)
        with pytest.raises(KeyboardInterrupt):
            gather_shards(out, [], [], out / "memory.db")
    assert bilingual("gather", out).returncode == 1
    assert content(out) == content(whole)
