"""An output folder keeps what is finished, whatever happens in between."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from bilingual.errors import WorkspaceError
from bilingual.records import Document, Markup, Pair, Status
from bilingual.tables import ARTICLES, Window, pairs_frame
from bilingual.workspace.folder import Workspace, open_workspace, told
from bilingual.workspace.outputs import join_windows, read_pairs, write_output
from bilingual.workspace.windows import decided_pairs, drop_windows, open_ledger


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "out") as opened:
        yield opened


def window(document: str, *targets: str, text: str = "", checksum: str = "c1") -> Window:
    text = text or "\n".join(targets)
    pairs = [
        Pair(f"p{document}{n}", document, f"{document}.ko.txt", 0, n, f"s{n}", target)
        for n, target in enumerate(targets)
    ]
    row = {
        "document": document,
        "checksum": checksum,
        "recipe": "r",
        "number": 1,
        "file": f"{document}.ko.txt",
    }
    row |= {"written": hashlib.sha256(text.encode()).hexdigest(), "blocks": []}
    return Window(pairs_frame(pairs), pl.DataFrame([row], schema=ARTICLES), {f"{document}.ko.txt": text})


def targets(workspace: Workspace) -> list[str]:
    return [pair.target for pair in read_pairs(workspace)]


def test_windows_become_one_table_in_the_order_of_the_run(workspace: Workspace) -> None:
    ledger = open_ledger(workspace)
    ledger.store(window("b", "하나", "둘"))
    ledger.store(window("a", "셋"))
    join_windows(workspace, ["b", "a"])
    assert targets(workspace) == ["하나", "둘", "셋"]
    assert (workspace.articles / "a.ko.txt").read_text(encoding="utf-8") == "셋"


def test_a_document_translated_again_takes_the_place_of_its_old_rows(workspace: Workspace) -> None:
    ledger = open_ledger(workspace)
    for name in ("a", "b", "c"):
        ledger.store(window(name, f"옛 {name}"))
    join_windows(workspace, ["a", "b", "c"])
    drop_windows(workspace)
    ledger.store(window("b", "새 b"))
    join_windows(workspace, ["a", "b", "c"])
    assert targets(workspace) == ["옛 a", "새 b", "옛 c"]


def test_documents_of_earlier_runs_stay_after_those_of_this_run(workspace: Workspace) -> None:
    ledger = open_ledger(workspace)
    ledger.store(window("a", "가"))
    join_windows(workspace, ["a"])
    drop_windows(workspace)
    ledger.store(window("b", "나"))
    join_windows(workspace, ["b"])
    assert targets(workspace) == ["나", "가"]


def test_of_two_windows_with_one_document_the_later_counts(workspace: Workspace) -> None:
    ledger = open_ledger(workspace)
    ledger.store(window("a", "옛"))
    ledger.store(window("a", "새", checksum="c2"))
    join_windows(workspace, ["a"])
    assert targets(workspace) == ["새"]


def test_joining_twice_changes_nothing(workspace: Workspace) -> None:
    open_ledger(workspace).store(window("a", "가", "나"))
    join_windows(workspace, ["a"])
    before = workspace.pairs.read_bytes()
    join_windows(workspace, ["a"])
    assert workspace.pairs.read_bytes() == before


def test_an_article_that_a_kill_left_unwritten_is_completed(workspace: Workspace) -> None:
    open_ledger(workspace).store(window("a", "가"))
    (workspace.articles / "a.ko.txt").unlink()
    ledger = open_ledger(workspace)
    assert (workspace.articles / "a.ko.txt").read_text(encoding="utf-8") == "가"
    assert ledger.is_finished(Document("a", Markup.TEXT, "", "c1"), "r")
    assert not ledger.is_finished(Document("a", Markup.TEXT, "", "c2"), "r")
    assert not ledger.is_finished(Document("a", Markup.TEXT, "", "c1"), "other recipe")


def test_an_article_that_a_hand_has_changed_is_put_aside(workspace: Workspace) -> None:
    ledger = open_ledger(workspace)
    ledger.store(window("a", "기계"))
    (workspace.articles / "a.ko.txt").write_text("사람", encoding="utf-8")
    ledger.store(window("a", "새 기계"))
    aside = workspace.articles / "a.ko.edited-1.txt"
    assert aside.read_text(encoding="utf-8") == "사람"
    assert (workspace.articles / "a.ko.txt").read_text(encoding="utf-8") == "새 기계"
    assert ledger.aside == [aside]


def test_an_article_of_ours_is_replaced_without_a_word(workspace: Workspace) -> None:
    ledger = open_ledger(workspace)
    ledger.store(window("a", "하나"))
    ledger.store(window("a", "둘"))
    assert ledger.aside == []
    assert [path.name for path in workspace.articles.iterdir()] == ["a.ko.txt"]


def test_an_article_that_its_document_no_longer_gives_is_removed(workspace: Workspace) -> None:
    ledger = open_ledger(workspace)
    ledger.store(window("a", "하나"))
    join_windows(workspace, ["a"])
    drop_windows(workspace)
    moved = window("a", "둘")
    renamed = moved.articles.with_columns(file=pl.lit("new.ko.txt"))
    ledger.store(Window(moved.pairs, renamed, {"new.ko.txt": "둘"}))
    join_windows(workspace, ["a"])
    assert [path.name for path in workspace.articles.iterdir()] == ["new.ko.txt"]


def test_a_table_that_a_hand_has_changed_is_put_aside(workspace: Workspace) -> None:
    assert write_output(workspace, "pairs.csv", lambda file: file.write(b"one")) is None
    assert write_output(workspace, "pairs.csv", lambda file: file.write(b"two")) is None
    (workspace.root / "pairs.csv").write_bytes(b"edited")
    aside = write_output(workspace, "pairs.csv", lambda file: file.write(b"three"))
    assert aside is not None
    assert aside.read_bytes() == b"edited"
    assert (workspace.root / "pairs.csv").read_bytes() == b"three"


def test_only_what_a_reviewer_decided_is_remembered_as_decided(workspace: Workspace) -> None:
    open_ledger(workspace).store(window("a", "가", "나"))
    join_windows(workspace, ["a"])
    frame = pl.read_parquet(workspace.pairs)
    edited = frame.with_columns(
        status=pl.when(pl.col("position") == 1)
        .then(pl.lit("edited"))
        .otherwise("status")
        .cast(frame.schema["status"])
    )
    edited.write_parquet(workspace.pairs)
    assert {key: pair.status for key, pair in decided_pairs(workspace).items()} == {"pa1": Status.EDITED}


def test_forgetting_drops_windows_but_knows_its_own_files(workspace: Workspace) -> None:
    open_ledger(workspace).store(window("a", "가"))
    ledger = open_ledger(workspace, forget=True)
    assert workspace.windows == []
    assert not ledger.is_finished(Document("a", Markup.TEXT, "", "c1"), "r")
    ledger.store(window("a", "나"))
    assert ledger.aside == []


def test_a_second_run_on_the_same_folder_stops(workspace: Workspace) -> None:
    code = (
        "import sys, pathlib, bilingual.workspace.folder as folder\n"
        "with folder.open_workspace(pathlib.Path(sys.argv[1])): pass"
    )
    second = subprocess.run(
        [sys.executable, "-c", code, str(workspace.root)], capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert "another run is writing here" in second.stderr


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(WorkspaceError, match="this is a file"), open_workspace(tmp_path / "out"):
        pass


def test_what_polars_says_of_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    problem = pl.exceptions.ComputeError("parquet: underlying IO error: No space left (os error 28)")
    with pytest.raises(WorkspaceError, match="the disk is full"), told(tmp_path):
        raise problem


def test_half_written_files_are_swept(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as opened:
        (opened.articles / ".a.txt.x.part").write_text("half")
        (opened.ledger / "window-000001.part").mkdir()
    with open_workspace(tmp_path) as opened:
        assert list(opened.articles.iterdir()) == []
        assert opened.windows == []


def test_an_article_that_is_no_more_goes_also_after_a_kill(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ledger(workspace).store(window("a", "하나"))
    join_windows(workspace, ["a"])
    drop_windows(workspace)
    renamed = window("a", "둘", checksum="c2")
    articles = renamed.articles.with_columns(file=pl.lit("new.ko.txt"))
    ledger = open_ledger(workspace)
    ledger.store(Window(renamed.pairs, articles, {"new.ko.txt": "둘"}))

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("bilingual.workspace.outputs._drop_orphans", die)
        with pytest.raises(KeyboardInterrupt):
            join_windows(workspace, ["a"])
    open_ledger(workspace)
    join_windows(workspace, ["a"])
    assert [path.name for path in workspace.articles.iterdir()] == ["new.ko.txt"]
