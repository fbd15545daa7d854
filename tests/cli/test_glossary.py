"""The commands on terms, in an empty working folder."""

from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from bilingual.cli import app
from bilingual.errors import BilingualError
from bilingual.formats.glossaries import read_glossary
from bilingual.records import Honoured, Pair, TermType
from bilingual.tables import pairs_frame

PROJECT = Path("glossaries/project.csv")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(app, ["glossary", *arguments], input=text)


def rows() -> list[tuple[str, str, str]]:
    return [(term.source, term.target, term.status) for term in read_glossary(PROJECT)]


def test_a_term_is_added_found_rejected_and_removed() -> None:
    assert (
        "Gu Nan-hee → 구난희"
        in run("add", "Gu Nan-hee", "구난희 ", "--type", "person", "--country", "kr").stdout
    )
    assert (
        "stands already" in run("add", "Gu Nan-hee", "구난희", "--type", "person", "--country", "KR").stdout
    )
    (line,) = run("list").stdout.splitlines()[1:]
    assert line.split("\t")[:5] == ["Gu Nan-hee", "구난희", "person", "approved", "KR"]
    assert run("reject", "Gu Nan-hee").exit_code == 0
    assert rows() == [("Gu Nan-hee", "구난희", "rejected")]
    assert run("approve", "Gu Nan-hee", "구난희").exit_code == 0
    assert rows() == [("Gu Nan-hee", "구난희", "approved")]
    assert run("remove", "Gu Nan-hee").exit_code == 0
    assert rows() == []


def test_a_row_over_a_base_glossary_is_told_with_both_places() -> None:
    told = run("add", "Kyiv", "키예프", "--type", "place")
    assert "Kyiv: 키예프 (here) instead of 키이우 (" in told.stderr
    assert "places.csv:" in told.stderr
    assert "Kyiv\t키예프\tplace" in run("find", "kyiv").stdout


def test_a_base_row_that_is_rejected_no_longer_holds_here() -> None:
    assert "실무회담" in run("find", "working-level talks").stdout
    run("reject", "working-level talks")
    assert rows() == [("working-level talks", "실무회담", "rejected")]
    assert run("find", "working-level talks").exit_code == 1


def test_what_stands_nowhere_cannot_be_decided_on() -> None:
    for command in ("approve", "reject", "remove"):
        result = run(command, "no such term")
        assert isinstance(result.exception, BilingualError)
        assert "holds no row 'no such term'" in str(result.exception)
    assert not PROJECT.exists()


TERMS = """source,target,type,status,origin,count,articles,example,note
Han Kyu-sang,한규상,person,approved,tagger,3,1,Han said,
Annika Lindqvist,아니카 린드크비스트,person,proposed,tagger,2,1,Lindqvist said,
Haneul News,하늘신문,organization,rejected,tagger,1,1,By Haneul News,
Seoul,서울,place,approved,places.csv,1,1,in Seoul,
"""


def test_decisions_of_a_run_are_taken_over_once() -> None:
    Path("terms.csv").write_text(TERMS, encoding="utf-8")
    assert "2 taken into" in run("merge", "terms.csv").stdout
    assert rows() == [("Han Kyu-sang", "한규상", "approved"), ("Haneul News", "하늘신문", "rejected")]
    assert "0 taken into" in run("merge", "terms.csv").stdout


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("y\n", ("아니카 린드크비스트", "approved")),
        ("n\n", ("아니카 린드크비스트", "rejected")),
        ("안니카 린드크비스트\n", ("안니카 린드크비스트", "approved")),
        ("\n", None),
        ("q\n", None),
        ("", None),
    ],
)
def test_a_review_writes_each_decision_and_takes_it_over(
    typed: str, expected: tuple[str, str] | None
) -> None:
    Path("out").mkdir()
    Path("out/terms.csv").write_text(TERMS, encoding="utf-8")
    result = run("review", "out", text=typed)
    assert result.exit_code == 0, result.output
    decided = {row.source: (row.target, row.status) for row in read_glossary(Path("out/terms.csv"))}
    assert decided["Annika Lindqvist"] == (expected or ("아니카 린드크비스트", "proposed"))
    assert "Lindqvist said" in Path("out/terms.csv").read_text(encoding="utf-8")
    assert (rows() if PROJECT.exists() else []) == ([("Annika Lindqvist", *expected)] if expected else [])


@pytest.mark.parametrize("ending", ["csv", "tsv", "xlsx", "tbx"])
def test_terms_go_out_and_come_in_again_in_every_format(ending: str) -> None:
    run("add", "Gu Nan-hee", "구난희", "--type", "person", "--note", "국가안보실장")
    assert run("export", f"terms.{ending}").exit_code == 0
    PROJECT.unlink()
    assert "1 taken into" in run("import", f"terms.{ending}").stdout
    assert rows() == [("Gu Nan-hee", "구난희", "approved")]


def test_broken_rows_are_told_and_nothing_is_changed() -> None:
    run("add", "Gu Nan-hee", "구난희")
    Path("bad.csv").write_text("source,target,type\n,가,person\nb,나,town\nc,다,term\n", encoding="utf-8")
    error = run("import", "bad.csv").exception
    assert isinstance(error, BilingualError)
    assert [line.partition(": ")[0] for line in str(error).splitlines()] == ["bad.csv:2", "bad.csv:3"]
    assert rows() == [("Gu Nan-hee", "구난희", "approved")]


def test_the_check_tells_doubts_and_exits_with_3_where_strict() -> None:
    PROJECT.parent.mkdir()
    PROJECT.write_text("source,target\nFed,연준\nFederal Reserve,연준\nFed,연방\n", encoding="utf-8")
    result = run("check", "--strict")
    assert result.exit_code == 3
    assert [line.split(": ")[1] for line in result.stdout.splitlines()] == ["shared-target", "conflict"]
    assert run("check").exit_code == 0


def test_the_check_of_a_run_tells_the_renderings_of_each_term() -> None:
    required = [Honoured("Kyiv", "키이우", TermType.PLACE, honoured) for honoured in (True, True, False)]
    pairs = [Pair("id", "d", "d/1", 0, n, "", "키이우", terms=(term,)) for n, term in enumerate(required)]
    Path("out").mkdir()
    pairs_frame(pairs).write_parquet("out/pairs.parquet")
    result = run("check", "out", "--strict")
    assert result.exit_code == 3
    assert result.stdout.splitlines()[1:] == [
        "Kyiv\t키이우\t2\t67%\td/1:0.0 d/1:0.1",
        "Kyiv\t?\t1\t67%\td/1:0.2",
    ]
    assert "1 terms, 1 rendered in several ways" in result.stderr


@pytest.mark.parametrize("content", [None, b"", b"PAR1 no table"])
def test_a_folder_without_a_table_of_pairs_is_told(content: bytes | None) -> None:
    Path("out").mkdir()
    if content is not None:
        Path("out/pairs.parquet").write_bytes(content)
    assert "is no table of pairs" in str(run("check", "out").exception)
    pl.DataFrame({"x": [1]}).write_parquet("out/pairs.parquet")
    assert "is no table of pairs" in str(run("check", "out").exception)


def test_every_command_has_an_example() -> None:
    for command in "list find add approve reject remove review merge check import export".split():
        assert f"Example: bilingual glossary {command}" in " ".join(run(command, "--help").stdout.split())
