"""The loop on the command line: a run, reviewed tables, articles and memory."""

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from bilingual.cli import app
from bilingual.engines.echo import DictionaryTranslator
from bilingual.errors import BilingualError
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.memory import open_memory, search
from bilingual.pipeline import Tools, translate_documents
from bilingual.records import Document, Markup, Pair, Status
from bilingual.review import Applied, apply
from bilingual.tables import Window, frame_pairs
from bilingual.workspace.decisions import settle
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.journal import write_journal
from bilingual.workspace.windows import open_ledger

TEXT = "# Ships sail\n\nThe ships sailed on Monday. Nobody was hurt.\n\n- One left.\n- 31 stayed.\n"
KOREAN = {
    "Ships sail": "배 출항",
    "The ships sailed on Monday.": "배가 월요일 출항했다.",
    "Nobody was hurt.": "다친 사람은 없었다.",
    "One left.": "한 척이 떠났다.",
    "31 stayed.": "13척이 남았다.",
}


@pytest.fixture(autouse=True)
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run in the working folder."""
    monkeypatch.chdir(tmp_path)
    with open_workspace(Path("out")) as workspace:
        tools = Tools(
            DictionaryTranslator(KOREAN),
            lambda name: Document(name, Markup.MARKDOWN, TEXT, "sum"),
            render_article,
            article_name,
            "r",
        )
        translate_documents(["ships.md"], tools, open_ledger(workspace))
        settle(workspace, write_pairs_csv)
    return Path("out")


def run(*arguments: str | Path, code: int = 0) -> Result:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if isinstance(done.exception, BilingualError):
        raise done.exception
    assert done.exit_code == code, done.output
    return done


def pairs() -> dict[str, Pair]:
    return {pair.source: pair for pair in frame_pairs(pl.read_parquet("out/pairs.parquet"))}


def table() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(Path("out/pairs.csv").read_text(encoding="utf-8-sig"))))


def put(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def said(path: Path, **edits: str) -> Path:
    """The table with edits of "31 stayed." and a status or none for "One left."."""
    rows = table()
    for row in rows:
        if row["source"] == "31 stayed.":
            row["edit"] = edits.get("edit", "")
        if row["source"] == "One left.":
            row["status"] = edits.get("status", row["status"])
    return put(path, rows)


def remembered() -> dict[str, str]:
    with open_memory(Path("memory.db")) as memory:
        return {entry.unit.source: entry.unit.target for entry in search(memory)}


def article() -> str:
    (path,) = Path("out/articles").iterdir()
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(("encoding", "delimiter"), [("utf-8-sig", ";"), ("cp949", ","), ("utf-16", "\t")])
def test_a_reviewed_table_reaches_the_article_the_table_and_the_memory(encoding: str, delimiter: str) -> None:
    rows = [{"extra": "x", **row} for row in reversed(table()) if row["source"] != "Ships sail"]
    rows[0]["edit"], rows[1]["status"] = "31척이\n남았다.", "승인"
    done = run("review", "apply", put(Path("back.csv"), rows, encoding, delimiter), "--reviewer", "kim")
    assert "2 pairs changed (1 accepted, 1 edited), 0 rows not taken, 0 conflicts" in done.stdout
    assert "- 한 척이 떠났다.\n- 31척이 남았다.\n" in article()
    pair = pairs()["31 stayed."]
    assert (pair.target, pair.status, pair.reviewer, pair.issues) == (
        "31척이 남았다.",
        Status.EDITED,
        "kim",
        (),
    )
    assert remembered() == {"One left.": "한 척이 떠났다.", "31 stayed.": "31척이 남았다."}
    assert [row["status"] for row in table()] == ["draft", "draft", "draft", "accepted", "edited"]


def test_a_second_time_changes_nothing() -> None:
    back = said(Path("back.csv"), edit="31척이 남았다.", status="accepted")
    run("review", "apply", back, "--reviewer", "kim")
    before = {path: path.read_bytes() for path in Path("out").rglob("*.*") if path.is_file()}
    assert "0 pairs changed, 0 rows not taken" in run("review", "apply", back, "--reviewer", "kim").stdout
    assert {path: path.read_bytes() for path in Path("out").rglob("*.*") if path.is_file()} == before


def test_the_table_of_the_run_itself_may_be_edited() -> None:
    said(Path("out/pairs.csv"), edit="31척이 남았다.")
    done = run("review", "apply", "out/pairs.csv")
    assert "out/pairs.edited-1.csv" in done.stderr
    assert "31척이 남았다." in Path("out/pairs.edited-1.csv").read_text(encoding="utf-8")
    assert table()[-1]["target"] == "31척이 남았다."


def test_two_reviewers_merge_and_a_pair_decided_in_two_ways_is_shown() -> None:
    one = said(Path("one.csv"), edit="31척이 남았다.", status="accepted")
    two = said(Path("two.csv"), edit="서른한 척이 남았다.", status="accepted")
    done = run("review", "apply", one, two)
    assert "1 pairs changed (1 accepted), 0 rows not taken, 1 conflicts" in done.stdout
    assert "one.csv:6: edited: 31척이 남았다.\n    two.csv:6: edited: 서른한 척이 남았다." in done.stderr
    assert pairs()["31 stayed."].status is Status.DRAFT
    run("review", "apply", one, two, "--strict", code=3)


def test_a_row_that_is_not_taken_is_told_with_its_number_and_reason() -> None:
    rows = table()
    rows[1]["edit"], rows[2]["status"], rows[3]["id"] = "#NAME?", "maybe", "1E+05"
    rows[3]["source"] = "Nobody wrote this."
    rows[3]["edit"] = "x"
    done = run("review", "apply", put(Path("back.csv"), rows))
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == [
        "back.csv:3",
        "back.csv:4",
        "back.csv:5",
    ]
    assert "0 pairs changed, 3 rows not taken" in done.stdout
    assert not Path("memory.db").exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv", "tsv", "xliff", "xliff1", "po", "tmx"])
def test_what_is_exported_comes_back_and_says_nothing(kind: str) -> None:
    name = run("export", "out", "--to", kind).stdout.removesuffix(": written\n")
    back = shutil.copy(name, f"back{Path(name).suffix}")
    assert "0 pairs changed, 0 rows not taken" in run("import", back).stdout


@pytest.mark.parametrize("kind", ["xliff", "xliff1", "po", "tmx"])
def test_a_target_changed_in_another_tool_is_an_edit(kind: str) -> None:
    path = Path(f"back.{'xlf' if kind.startswith('xliff') else kind}")
    run("export", "out", "--to", kind, "-o", path)
    path.write_bytes(path.read_bytes().replace("13척이".encode(), "31척이".encode()))
    assert "1 pairs changed (1 edited)" in run("import", path).stdout
    assert pairs()["31 stayed."].target == "31척이 남았다."


def test_only_what_was_decided_is_exported_with_its_neighbours() -> None:
    run("review", "apply", said(Path("back.csv"), status="accepted"))
    run("export", "out", "--to", "tsv", "--decided", "-o", "decided.tsv")
    lines = Path("decided.tsv").read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "One left." in lines[1]
    assert "31 stayed." in lines[1]


def test_check_shows_doubts_of_any_table_and_of_a_run() -> None:
    Path("two.csv").write_text("They spent 31 won.,13원을 썼다.\nHello.,안녕.\n", encoding="utf-8")
    done = run("review", "check", "two.csv", "--strict", code=3)
    assert "two.csv:1\tnumber\t31\tThey spent 31 won.\t13원을 썼다." in done.stdout
    assert "2 pairs, 2 doubts: 2 number" in done.stderr
    assert "\tnumber\t31\t31 stayed.\t13척이 남았다." in run("review", "check", "out").stdout


def test_stats_count_states_and_the_way_from_machine_to_human() -> None:
    run("review", "apply", said(Path("back.csv"), edit="31척이 남았다.", status="accepted"))
    lines = run("review", "stats", "out").stdout.splitlines()
    assert {"pairs\t5", "status draft\t3", "status edited\t1", "origin human\t1"} <= set(lines)
    assert "word edits a word (TER without shifts)\t0.50" in lines
    assert "words an hour\tnot known" in lines


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["review", "apply", "none.csv"], "none.csv"),
        (["review", "apply", "empty.csv"], "empty.csv: is empty"),
        (["review", "apply", "cut.xlsx"], "cut.xlsx"),
        (["review", "apply", "bomb.xlf"], "bomb.xlf"),
        (["review", "apply", "other.csv"], "neither a column 'id' nor a column 'source'"),
        (["review", "apply", "empty.csv", "--out", "nowhere"], "nowhere: holds no run"),
        (["review", "check", "one.csv"], "one column"),
        (["review", "check", "empty.csv"], "empty.csv"),
        (["review", "check", "none"], "none"),
        (["review", "stats", "nowhere"], "is no table of pairs"),
        (["export", "nowhere", "--to", "tmx"], "nowhere: holds no run"),
        (["export", "out", "--to", "tmx", "-o", "no/where.tmx"], "cannot be written"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: list[str], words: str) -> None:
    before = pairs()
    run("export", "out", "--to", "xlsx")
    Path("empty.csv").touch()
    Path("one.csv").write_text("hello\n", encoding="utf-8")
    Path("other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    Path("cut.xlsx").write_bytes(Path("out/pairs.xlsx").read_bytes()[:999])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    Path("bomb.xlf").write_text(f'{bomb}<xliff version="1.2">&b;</xliff>', encoding="utf-8")
    with pytest.raises(BilingualError) as told:
        run(*arguments)
    assert words in str(told.value)
    assert pairs() == before
    assert not Path("nowhere").exists()


@pytest.mark.parametrize("left_by", ["run", "page"])
def test_edits_are_taken_also_where_a_killed_process_has_to_be_completed_first(left_by: str) -> None:
    said(Path("out/pairs.csv"), edit="31척이 남았다.")
    with open_workspace(Path("out")) as workspace:
        if left_by == "page":
            write_journal(
                workspace, [replace(pairs()["One left."], target="하나가 떠났다.", status=Status.EDITED)]
            )
        else:
            ledger = open_ledger(workspace)
            articles = pl.read_parquet(workspace.ledger / "articles.parquet")
            ledger.store(Window(pl.read_parquet(workspace.pairs), articles, {}))
    done = run("review", "apply", "out/pairs.csv")
    assert "out/pairs.edited-1.csv" in done.stderr
    assert pairs()["31 stayed."].target == "31척이 남았다."
    assert (pairs()["One left."].target == "하나가 떠났다.") == (left_by == "page")


def test_a_table_that_is_saved_while_it_is_read_is_not_half_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    back = said(Path("back.csv"), edit="31척이 남았다.")

    def saved(*given: object, **named: object) -> Applied:
        back.write_bytes(back.read_bytes() + b"\r\n")
        return apply(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("bilingual.cli._review.apply", saved)
    with pytest.raises(BilingualError, match=r"back\.csv: was saved while it was being read"):
        run("review", "apply", back)
    assert pairs()["31 stayed."].status is Status.DRAFT
    assert not Path("memory.db").exists()
