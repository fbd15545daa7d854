"""`bilingual translate` from files to files, with the model that ships."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from bilingual.records import Origin, Status
from bilingual.tables import PAIRS
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.journal import write_journal
from bilingual.workspace.outputs import read_pairs

SEEDS = Path(__file__).parent.parent / "seeds"
SMALL_WINDOWS = "import bilingual.pipeline as p; p.WINDOW = 12; from bilingual.cli import main; main()"


def bilingual(
    *arguments: str, code: str = "from bilingual.cli import main; main()", **options: object
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


def content(out: Path) -> dict[str, object]:
    """All that a run leaves for a person, but for what is about this very run."""
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    del run["this_run"]
    files = {path.name: path.read_bytes() for path in sorted((out / "articles").iterdir())}
    tables = {
        "pairs": pl.read_parquet(out / "pairs.parquet").to_dicts(),
        "csv": (out / "pairs.csv").read_bytes(),
        "terms": (out / "terms.csv").read_bytes(),
    }
    return {"run": run, **files, **tables}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    for name in ("01", "02", "08"):
        (folder / f"{name}.txt").write_bytes((SEEDS / "articles" / f"{name}.txt").read_bytes())
    (folder / "note.md").write_text("# Ships sail\n\n- One ship left.\n- Two stayed.\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def out(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "out"
    done = bilingual("translate", str(inputs), "-o", str(out), "--beam", "1", code=SMALL_WINDOWS)
    assert (done.returncode, done.stderr.count("\n")) == (0, 1), done.stderr
    return out


def test_a_folder_becomes_articles_a_table_and_a_record(out: Path) -> None:
    names = sorted(path.name for path in out.iterdir())
    assert names == [".bilingual", "articles", "pairs.csv", "pairs.parquet", "run.json", "terms.csv"]
    frame = pl.read_parquet(out / "pairs.parquet").match_to_schema(PAIRS)
    assert frame["pair_id"].is_unique().all()
    assert frame["article"].n_unique() == 4
    assert frame["target"].str.contains("[가-힣]").mean() > 0.9
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    assert run["counts"]["sentences"] == len(frame)
    assert [Path(row["name"]).name for row in run["inputs"]] == ["01.txt", "02.txt", "08.txt", "note.md"]


def test_an_article_has_the_paragraphs_and_marks_of_its_source(inputs: Path, out: Path) -> None:
    (note,) = (out / "articles").glob("note-*.md")
    title, *_, one, two = note.read_text(encoding="utf-8").strip().splitlines()
    assert (title[:2], one[:2], two[:2]) == ("# ", "- ", "- ")
    (first,) = (out / "articles").glob("01-*.txt")
    source = (inputs / "01.txt").read_text(encoding="utf-8").strip().split("\n\n")
    assert len(first.read_text(encoding="utf-8").strip().split("\n\n")) == len(source)


def test_unchanged_inputs_are_not_translated_again_and_force_does(
    inputs: Path, out: Path, tmp_path: Path
) -> None:
    before = content(out)
    out = shutil.copytree(out, tmp_path / "out")
    again = bilingual("translate", str(inputs), "-o", str(out), "--beam", "1")
    assert "4 documents unchanged" in again.stdout
    assert content(out) == before
    forced = bilingual("translate", str(inputs / "note.md"), "-o", str(out), "--beam", "1", "--force")
    assert "1 articles" in forced.stdout
    assert len(content(out)["pairs"]) == len(before["pairs"])  # type: ignore[arg-type]


def test_killed_at_any_moment_it_ends_with_the_same_files(inputs: Path, out: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        SMALL_WINDOWS,
        "translate",
        str(inputs),
        "-o",
        str(tmp_path / "out"),
        "--beam",
        "1",
    ]
    chance, kills = random.Random(), 0
    while kills < 6:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        started = time.monotonic()
        process.stderr.readline()  # type: ignore[union-attr]
        time.sleep(chance.random() * max(time.monotonic() - started, 0.5))
        process.send_signal(signal.SIGKILL)
        kills += process.wait() == -signal.SIGKILL
        process.stderr.close()  # type: ignore[union-attr]
        if process.returncode == 0:
            break
    assert bilingual(*command[3:], code=SMALL_WINDOWS).returncode == 0
    assert content(tmp_path / "out") == content(out)


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(inputs: Path, tmp_path: Path) -> None:
    text = (inputs / "01.txt").read_text(encoding="utf-8")
    many = [tmp_path / f"{number}.txt" for number in range(60)]  # more than is done before the signal comes
    for number, file in enumerate(many):
        file.write_text(text.replace(". ", f" {number}. "), encoding="utf-8")
    command = [
        sys.executable, "-c", SMALL_WINDOWS, "translate", *map(str, many), "-o", str(tmp_path / "out"),
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    process.stderr.readline()  # type: ignore[union-attr]
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said.strip() == "bilingual: stopped; the same command goes on where it stopped"


LOST = """
import os, signal, weakref
from bilingual.engines import argos
from bilingual.cli import main
translate = argos.ArgosTranslator.translate
class Thing: pass
def interrupted(*args, **options):
    thing = Thing()
    watch = weakref.ref(thing, lambda _: [os.kill(os.getpid(), signal.SIGINT), sum(range(100_000))])
    del thing  # the callback runs now, and Python only prints what it raises
    return translate(*args, **options)
argos.ArgosTranslator.translate = interrupted
main()
"""


def test_a_ctrl_c_that_python_loses_stops_the_run_all_the_same(inputs: Path, tmp_path: Path) -> None:
    done = bilingual("translate", str(inputs), "-o", str(tmp_path / "out"), code=LOST)
    assert done.returncode == 130
    assert "stopped; the same command goes on" in done.stderr


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("spaces.txt", b" \n\n ", "only white space"),
        ("nul.txt", b"abc\x00\x01\x02" * 40, "binary|not text|no text"),
        ("zip.txt", b"PK\x03\x04" + bytes(range(256)), "zip"),
    ],
)
def test_bad_input_is_one_line_and_the_rest_is_translated(
    name: str, data: bytes, says: str, inputs: Path, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    done = bilingual(
        "translate", str(tmp_path / name), str(inputs / "note.md"), "-o", str(tmp_path / "out"), "--beam", "1"
    )
    lines = [line for line in done.stderr.splitlines() if not line.startswith("Model:")]
    assert done.returncode == 1
    assert len(lines) == 1
    assert name in lines[0]
    assert pl.Series(lines).str.contains(f"(?i){says}").all(), lines
    assert "1 articles" in done.stdout


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949", "latin-1"])
def test_encodings_are_found_out(encoding: str, tmp_path: Path) -> None:
    text = (
        "Café owners in São Paulo met\n\nThe owners of a café met in São Paulo on Monday."
        if encoding == "latin-1"
        else "Ships sail\n\nThe ships of 부산 sailed on Monday."
    )
    (tmp_path / "in.txt").write_bytes(text.replace("\n", "\r\n").encode(encoding))
    assert (
        bilingual(
            "translate", str(tmp_path / "in.txt"), "-o", str(tmp_path / "out"), "--beam", "1"
        ).returncode
        == 0
    )
    sources = pl.read_parquet(tmp_path / "out" / "pairs.parquet")["source"].to_list()
    assert sources == text.split("\n\n")


def test_standard_input_is_an_article(tmp_path: Path) -> None:
    done = bilingual(
        "translate", "-", "-o", str(tmp_path / "out"), input="Ships sail\n\nThe ships sailed on Monday.\n"
    )
    assert done.returncode == 0, done.stderr
    assert "1 articles, 2 sentences" in done.stdout


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    done = bilingual("translate", str(SEEDS / "articles" / "01.txt"), "-o", str(tmp_path / "out"))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"bilingual: {tmp_path / 'out'}: this is a file, not a folder; choose another folder with -o"
    ]


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0 or not Path("/bin/mount").exists(),
    reason="needs to mount a small disk",
)
def test_a_full_disk_is_one_line_and_what_is_done_is_kept(inputs: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=48k", "tmpfs", str(disk)], check=False, capture_output=True
    ).returncode:
        pytest.skip("mounting is not permitted here")
    try:
        done = bilingual("translate", str(inputs), "-o", str(disk / "out"), "--beam", "1", code=SMALL_WINDOWS)
        assert done.returncode == 1
        assert (
            "the disk is full; make room and run the same command again: what is done is kept" in done.stderr
        )
        assert "Traceback" not in done.stderr
        subprocess.run(["/bin/mount", "-o", "remount,size=8m", str(disk)], check=True)
        assert bilingual("translate", str(inputs), "-o", str(disk / "out"), "--beam", "1").returncode == 0
    finally:
        subprocess.run(["/bin/umount", str(disk)], check=True)


def lines_of(*arguments: str) -> Sequence[str]:
    done = bilingual(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_explain_says_of_each_line_what_became_of_it(inputs: Path, tmp_path: Path) -> None:
    lines = lines_of("translate", str(inputs / "note.md"), "--explain", "-o", str(tmp_path / "out"))
    assert len(lines) >= 4
    assert not (tmp_path / "out").exists()


def test_help_loads_nothing_heavy() -> None:
    heavy = "polars ctranslate2 rich argostranslate trafilatura lxml numpy babel ahocorasick"
    code = f"import sys, bilingual.cli; print([m for m in '{heavy}'.split() if m in sys.modules])"
    assert bilingual(code=code).stdout.strip() == "[]"


def test_decisions_that_a_killed_page_left_are_taken_over(inputs: Path, out: Path, tmp_path: Path) -> None:
    out = shutil.copytree(out, tmp_path / "out")
    with open_workspace(out) as workspace:
        pair = next(iter(read_pairs(workspace)))
        write_journal(
            workspace, [replace(pair, target="사람이 고친 제목", status=Status.EDITED, origin=Origin.HUMAN)]
        )
    memory = str(tmp_path / "memory.db")
    again = bilingual("translate", str(inputs), "-o", str(out), "--beam", "1", "--memory", memory)
    assert "4 documents unchanged" in again.stdout
    with open_workspace(out) as workspace:
        assert next(iter(read_pairs(workspace))).target == "사람이 고친 제목"
    assert "사람이 고친 제목" in (out / "articles" / pair.article).read_text(encoding="utf-8")
    assert "1 by people" in bilingual("memory", "stats", "--memory", memory).stdout
