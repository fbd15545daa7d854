"""Decisions are on the disk before they count, and reach the tables whatever happens to the process."""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from bilingual.errors import WorkspaceError
from bilingual.formats.articles import render_article
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.memory import open_memory, search
from bilingual.records import Origin, Pair, Status
from bilingual.web.serve import Saver, open_desk
from bilingual.workspace.folder import Workspace, open_workspace
from bilingual.workspace.journal import Folded, fold, rotate, write_journal
from bilingual.workspace.outputs import read_pairs

Serving = Callable[..., AbstractContextManager[tuple["subprocess.Popen[str]", str]]]


def fold_all(workspace: Workspace) -> Folded:
    return fold(workspace, rotate(workspace), render=render_article, table=write_pairs_csv)


def edited(pair: Pair, target: str) -> Pair:
    return replace(
        pair, target=target, status=Status.EDITED, origin=Origin.HUMAN, reviewer="kim", reviewed_at="2026"
    )


def targets(workspace: Workspace) -> list[str]:
    return [pair.target for pair in read_pairs(workspace)]


def test_what_is_in_the_journal_reaches_the_table_and_the_article(out: Path) -> None:
    with open_workspace(out) as workspace:
        first, second, *_ = read_pairs(workspace)
        write_journal(workspace, [edited(first, "낡은 말")])
        write_journal(workspace, [edited(first, "새 제목"), edited(second, "새 문장.")])
        assert fold_all(workspace).saved == 2
        assert targets(workspace)[:2] == ["새 제목", "새 문장."]
        assert fold_all(workspace).saved == 0
    (article,) = (out / "articles").iterdir()
    assert article.read_text(encoding="utf-8").startswith("새 제목\n\n새 문장. 다친 사람은 없었다.\n")
    assert "새 제목" in (out / "pairs.csv").read_text(encoding="utf-8-sig")


def test_a_line_that_was_left_half_written_counts_for_nothing(out: Path) -> None:
    with open_workspace(out) as workspace:
        pair = next(read_pairs(workspace))
        write_journal(workspace, [edited(pair, "온전한 말")])
        (journal,) = rotate(workspace)
        whole = journal.read_bytes()
        journal.write_bytes(whole + whole.replace("온전한".encode(), "반쪽".encode())[:-9])
        assert fold(workspace, [journal], render=render_article, table=write_pairs_csv).saved == 1
        assert targets(workspace)[0] == "온전한 말"


def test_a_fold_that_was_killed_is_made_good(out: Path) -> None:
    with open_workspace(out) as workspace:
        pair = next(read_pairs(workspace))
        write_journal(workspace, [edited(pair, "지킨 말")])
        (journal,) = rotate(workspace)
        copy = out / "copy"
        shutil.copy(journal, copy)
        fold_all(workspace)
        shutil.copy(copy, journal)  # killed after the tables and before the journal was removed
        fold_all(workspace)
        assert targets(workspace)[0] == "지킨 말"
        assert not journal.exists()


def test_decisions_about_pairs_that_are_gone_are_kept_beside(out: Path) -> None:
    with open_workspace(out) as workspace:
        pair = next(read_pairs(workspace))
        write_journal(
            workspace, [edited(replace(pair, pair_id="gone"), "잃지 않을 말"), edited(pair, "새 말")]
        )
        done = fold_all(workspace)
    assert done.saved == 1
    assert done.left is not None
    assert "잃지 않을 말" in done.left.read_text(encoding="utf-8")


def test_what_is_kept_beside_is_there_once_however_often_it_is_folded(out: Path) -> None:
    with open_workspace(out) as workspace:
        pair = edited(replace(next(read_pairs(workspace)), pair_id="gone"), "잃지 않을 말")
        for _ in range(2):  # killed before the journal was removed
            write_journal(workspace, [pair])
            left = fold_all(workspace).left
    assert left is not None
    assert left.read_text(encoding="utf-8").count("잃지 않을 말") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a device that is always full")
def test_a_full_disk_is_told_and_nothing_counts(out: Path) -> None:
    with open_workspace(out) as workspace:
        pair = next(read_pairs(workspace))
        (workspace.ledger / "decisions-000001.jsonl").symlink_to("/dev/full")
        with pytest.raises(WorkspaceError):
            write_journal(workspace, [edited(pair, "새 말")])


def test_a_desk_opens_with_what_a_killed_server_left(out: Path) -> None:
    with open_workspace(out) as workspace:
        write_journal(workspace, [edited(next(read_pairs(workspace)), "남은 말")])
        desk = open_desk(Saver(workspace, out.parent / "memory.db"), "kim")
        assert desk.look([0])[0].target == "남은 말"


def test_what_is_decided_goes_into_the_memory_with_its_neighbours(out: Path) -> None:
    with open_workspace(out) as workspace:
        title, sentence, *_ = read_pairs(workspace)
        rejected = replace(title, status=Status.REJECTED)
        write_journal(workspace, [edited(sentence, "배운 말."), rejected])
        open_desk(Saver(workspace, out.parent / "memory.db"), "kim")
    with open_memory(out.parent / "memory.db") as memory:
        (entry,) = search(memory)
    assert (entry.unit.target, entry.unit.previous) == ("배운 말.", "Talks reopen")
    assert entry.unit.next == "Nobody was hurt."


def accept_first(address: str) -> None:
    base, _, key = address.partition("/?key=")
    port = base.rpartition(":")[2]
    headers = {"Cookie": f"bilingual_{port}={key}", "X-Key": key, "Content-Type": "application/json"}
    seen = json.load(urllib.request.urlopen(urllib.request.Request(f"{base}/api/rows", headers=headers)))  # noqa: S310
    row = seen["rows"][0]
    body = {
        "decisions": [
            {"id": row["id"], "version": row["version"], "target": "죽어도 남는 말", "status": "edited"}
        ]
    }
    asked = urllib.request.Request(f"{base}/api/decide", json.dumps(body).encode(), headers)  # noqa: S310
    assert urllib.request.urlopen(asked).status == 200  # noqa: S310


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_server_loses_nothing_however_it_ends(out: Path, serving: Serving, how: signal.Signals) -> None:
    with serving(out, out.parent / "memory.db") as (server, address):
        accept_first(address)
        os.kill(server.pid, how)
        server.wait(timeout=60)
    with open_workspace(out) as workspace:
        if how is signal.SIGKILL:
            assert targets(workspace)[0] == "협상 재개"
            open_desk(Saver(workspace, out.parent / "memory.db"), "kim")
        assert targets(workspace)[0] == "죽어도 남는 말"


def serve(out: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", "from bilingual.cli import main; main()", "review", "serve", str(out)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_folder_is_reviewed_by_one_server_at_a_time(out: Path) -> None:
    with open_workspace(out):
        done = serve(out)
    assert done.returncode == 1
    assert "another run is writing here" in done.stderr


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    done = serve(tmp_path)
    assert (done.returncode, "holds no run" in done.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


def test_the_server_listens_on_the_loopback_alone(out: Path, serving: Serving) -> None:
    with serving(out, out.parent / "memory.db") as (_, address):
        port = int(address.rpartition(":")[2].partition("/")[0])
        listening = Path("/proc/net/tcp")
        if not listening.exists():
            pytest.skip("needs /proc/net/tcp")
        places = [line.split()[1] for line in listening.read_text(encoding="ascii").splitlines()[1:]]
        assert [place for place in places if place.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]
