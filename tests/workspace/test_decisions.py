"""What a reviewer decided reaches every file of the folder, whenever the process is killed."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bilingual.engines.echo import DictionaryTranslator
from bilingual.errors import WorkspaceError
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.pipeline import Tools, translate_documents
from bilingual.records import Document, Markup, Origin, Pair, Status
from bilingual.workspace.decisions import read_drafts, save_decisions, settle
from bilingual.workspace.folder import Workspace, open_workspace
from bilingual.workspace.outputs import read_pairs
from bilingual.workspace.windows import decided_pairs, open_ledger

TEXTS = {
    "a.md": "# Ships sail\n\nThe ships sailed on Monday. Nobody was hurt.\n\n- One left.\n- Two stayed.\n",
    "b.txt": "Trains stop\n\nThe trains stopped on Monday.  Nobody was hurt.\n\nThe end came soon.\n",
    "c.html": "# Planes land\n\nThe planes landed on Monday. Nobody was hurt.\n\n- One left.\n",
}
MARKUPS = {".md": Markup.MARKDOWN, ".txt": Markup.TEXT, ".html": Markup.HTML}
KOREAN = {"Nobody was hurt.": "다친 사람은 없었다.", "One left.": "한 척이 떠났다."}


def translate(workspace: Workspace) -> None:
    def read(name: str) -> Document:
        return Document(name, MARKUPS[Path(name).suffix], TEXTS[name], f"sum of {name}")

    tools = Tools(DictionaryTranslator(KOREAN), read, render_article, article_name, "r")
    translate_documents(TEXTS, tools, open_ledger(workspace))
    settle(workspace, write_pairs_csv)


def save(workspace: Workspace, *decided: Pair) -> list[Path]:
    pairs = {pair.pair_id: pair for pair in decided}
    return save_decisions(workspace, pairs, render=render_article, table=write_pairs_csv)


def edited(pair: Pair, target: str) -> Pair:
    said = {"reviewer": "kim", "reviewed_at": "2026-11-23T09:00:00+09:00"}
    return replace(pair, target=target, origin=Origin.HUMAN, status=Status.EDITED, **said)  # type: ignore[arg-type]


def files(root: Path) -> dict[str, bytes]:
    kept = (path for path in root.rglob("*") if path.is_file() and path.name != "lock")
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(kept)}


def article(workspace: Workspace, stem: str) -> Path:
    (path,) = workspace.articles.glob(f"{stem}-1-*")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "out") as opened:
        translate(opened)
        yield opened


def find(workspace: Workspace, source: str) -> list[Pair]:
    return [pair for pair in read_pairs(workspace) if pair.source == source]


def test_an_edit_stands_in_the_table_the_article_and_the_csv(workspace: Workspace) -> None:
    before = files(workspace.root)
    _, second, _ = find(workspace, "Nobody was hurt.")
    assert save(workspace, edited(second, "부상자는 없었다.")) == []
    assert [pair.target for pair in find(workspace, "Nobody was hurt.")] == [
        "다친 사람은 없었다.",
        "부상자는 없었다.",
        "다친 사람은 없었다.",
    ]
    path = article(workspace, "b")
    name = f"articles/{path.name}"
    assert path.read_bytes() == before[name].replace("다친 사람은".encode(), "부상자는".encode())
    assert "부상자는 없었다.,,edited" in (workspace.root / "pairs.csv").read_text(encoding="utf-8")
    changed = {name for name, data in files(workspace.root).items() if data != before.get(name)}
    tables = {"pairs.parquet", "pairs.csv", ".bilingual/articles.parquet", ".bilingual/pairs.csv.written"}
    tables.add(".bilingual/drafts.parquet")
    assert changed == {name, *tables}


@pytest.mark.parametrize("stem", ["a", "b", "c"])
def test_an_article_is_rebuilt_as_the_run_wrote_it(workspace: Workspace, stem: str) -> None:
    path = article(workspace, stem)
    before = path.read_bytes()
    pairs = [pair for pair in read_pairs(workspace) if pair.article == path.name]
    save(workspace, edited(pairs[1], "다른 말."))
    assert path.read_bytes() != before
    save(workspace, edited(pairs[1], pairs[1].target))
    assert path.read_bytes() == before


def test_saving_the_same_again_changes_nothing(workspace: Workspace) -> None:
    pair = edited(find(workspace, "One left.")[0], "하나가 떠났다.")
    save(workspace, pair)
    before = files(workspace.root)
    assert save(workspace, pair) == []
    assert files(workspace.root) == before


def test_what_the_machine_had_is_kept_once(workspace: Workspace) -> None:
    (pair,) = find(workspace, "The end came soon.")
    save(
        workspace,
        edited(pair, "곧 끝났다."),
        replace(find(workspace, "One left.")[0], status=Status.ACCEPTED),
    )
    save(workspace, edited(pair, "금방 끝났다."))
    assert read_drafts(workspace) == {pair.pair_id: pair.target}


def test_the_order_of_the_documents_stays(workspace: Workspace) -> None:
    order = [pair.pair_id for pair in read_pairs(workspace)]
    save(workspace, edited(find(workspace, "The end came soon.")[0], "곧 끝났다."))
    assert [pair.pair_id for pair in read_pairs(workspace)] == order


def test_files_that_a_hand_has_changed_are_put_aside(workspace: Workspace) -> None:
    path, other = article(workspace, "b"), article(workspace, "a")
    path.write_text("사람", encoding="utf-8")
    other.write_text("다른 사람", encoding="utf-8")
    (workspace.root / "pairs.csv").write_text("표", encoding="utf-8")
    aside = save(workspace, edited(find(workspace, "The end came soon.")[0], "곧 끝났다."))
    assert [place.read_text(encoding="utf-8") for place in aside] == ["사람", "표"]
    assert "곧 끝났다." in path.read_text(encoding="utf-8")
    assert other.read_text(encoding="utf-8") == "다른 사람"


def test_accepting_leaves_an_article_alone_that_a_hand_has_changed(workspace: Workspace) -> None:
    path = article(workspace, "b")
    path.write_text("사람", encoding="utf-8")
    (pair,) = find(workspace, "The end came soon.")
    assert save(workspace, replace(pair, status=Status.ACCEPTED)) == []
    assert path.read_text(encoding="utf-8") == "사람"
    assert find(workspace, "The end came soon.")[0].status is Status.ACCEPTED


def test_a_pair_of_another_run_is_refused_and_nothing_is_written(workspace: Workspace) -> None:
    before = files(workspace.root)
    pair = find(workspace, "One left.")[0]
    with pytest.raises(WorkspaceError, match="does not hold pair p0"):
        save(workspace, edited(pair, "x"), replace(pair, pair_id="p0"))
    assert files(workspace.root) == before


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "new") as opened, pytest.raises(WorkspaceError, match="holds no run"):
        save(opened)


def test_what_a_killed_run_stored_is_completed_first(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "out") as opened:
        translate(opened)
        whole = files(opened.root)
    with open_workspace(tmp_path / "killed") as opened:
        documents = {name: TEXTS[name] for name in TEXTS}
        read = lambda name: Document(name, MARKUPS[Path(name).suffix], documents[name], f"sum of {name}")  # noqa: E731
        tools = Tools(DictionaryTranslator(KOREAN), read, render_article, article_name, "r")
        translate_documents(documents, tools, open_ledger(opened))
        assert opened.windows
        assert save(opened) == []
        assert files(opened.root) == whole


def test_killed_at_every_step_a_repeat_ends_with_the_same_files(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "out") as opened:
        translate(opened)
        article(opened, "a").write_text("사람", encoding="utf-8")
        pairs = [edited(pair, f"사람 {n}.") for n, pair in enumerate(read_pairs(opened)) if n % 2]
        with snapshots(opened.root, tmp_path) as killed:
            save(opened, *pairs)
        whole = content(opened.root)
    assert len(killed) > 15
    for place in killed:
        with open_workspace(place) as again:
            save(again, *pairs)
            assert content(again.root) == whole, place


def test_a_decision_that_was_stored_and_not_joined_counts_as_decided(workspace: Workspace) -> None:
    (pair,) = find(workspace, "The end came soon.")
    with snapshots(workspace.root, workspace.root.parent) as killed:
        save(workspace, edited(pair, "곧 끝났다."))
    stored = [Workspace(place) for place in killed if Workspace(place).windows]
    assert stored
    assert all(decided_pairs(one)[pair.pair_id].target == "곧 끝났다." for one in stored)


def content(root: Path) -> dict[str, bytes]:
    """All but what is remembered of earlier versions of pairs.csv."""
    return {name: data for name, data in files(root).items() if not name.endswith(".written")}


@contextmanager
def snapshots(root: Path, place: Path) -> Iterator[list[Path]]:
    """What a kill would leave at each step that changes a file's name, makes or removes one."""
    taken: list[Path] = []
    at_work = [True]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        made = event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_CREAT
        if not at_work[0] or not (made or event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir")):
            return
        at_work[0] = False
        taken.append(shutil.copytree(root, place / f"killed-{len(taken)}"))
        at_work[0] = True

    sys.addaudithook(hook)
    yield taken
    at_work[0] = False
