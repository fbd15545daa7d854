import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilingual.cli import app
from bilingual.errors import DocumentError, WorkspaceError

run = CliRunner()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = "Seoul ready for talks\n\nTrade Minister Yeo Han-koo met Karen Whitlock in Seoul on Monday.\n"
    (tmp_path / "one.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_suggest_shows_forms_with_chance_and_reason(folder: Path) -> None:
    shown = run.invoke(app, ["glossary", "suggest", "Choi Tae-hyun"])
    assert shown.exit_code == 0, folder
    assert "최태현  (Korean name by its syllables)" in shown.output.splitlines()[0]


def test_suggest_takes_a_row_of_the_working_folder_first(folder: Path) -> None:
    (folder / "glossaries").mkdir()
    row = "source,target,type,status\nChoi Tae-hyun,최대현,person,approved\n"
    (folder / "glossaries" / "own.csv").write_text(row, encoding="utf-8")
    assert "최대현" in run.invoke(app, ["glossary", "suggest", "Choi Tae-hyun"]).output.splitlines()[0]


def test_extract_writes_a_table_with_proposals(folder: Path) -> None:
    shown = run.invoke(app, ["glossary", "extract", "one.txt", "--into", "terms.csv"])
    assert shown.exit_code == 0, shown.output
    with (folder / "terms.csv").open(encoding="utf-8-sig") as file:
        rows = {row["source"]: row for row in csv.DictReader(file)}
    assert rows["Karen Whitlock"]["target"] == "캐런 휘틀록"
    assert (rows["Seoul"]["status"], rows["Seoul"]["count"]) == ("approved", "2")


def test_extract_names_what_it_cannot_read_or_write(folder: Path) -> None:
    assert isinstance(run.invoke(app, ["glossary", "extract", "none.txt"]).exception, DocumentError)
    failed = run.invoke(app, ["glossary", "extract", "one.txt", "--into", str(folder / "none" / "terms.csv")])
    assert isinstance(failed.exception, WorkspaceError)
