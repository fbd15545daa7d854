from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilingual.cli import app
from bilingual.errors import BilingualError, WorkspaceError

BITEXT = """source,target,status
Seoul agreed on 3 tariffs.,서울이 관세 3건에 합의했다.,edited
He left.,그는 떠났다.,
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.csv").write_text(BITEXT)
    return tmp_path


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, ["memory", *words])
    if isinstance(done.exception, BilingualError):
        raise done.exception
    assert done.exit_code == code, done.output
    return done.output


def test_units_are_imported_searched_counted_removed_and_exported(folder: Path) -> None:
    assert run("import", "old.csv") == "old.csv: 2 added, 0 replaced, 0 known already, 0 left out\n"
    assert run("import", "old.csv") == "old.csv: 0 added, 0 replaced, 2 known already, 0 left out\n"
    assert run("search", "Seoul agreed on 4 tariffs.") == (
        "1\t98 %\tSeoul agreed on 3 tariffs.\n\t\t서울이 관세 3건에 합의했다. (edited)\n"
    )
    assert run("search", "떠났다") == "2\twords\tHe left.\n\t\t그는 떠났다. (draft)\n"
    assert run("search", "nowhere") == "nothing found\n"
    assert run("stats") == "en → ko: 2 entries, 2 by people, 0 accepted, 0 machine, used 0 times\n"
    assert run("export", "all.tmx") == "all.tmx: written\n"
    assert run("remove", "2", "9") == "1 removed, 1 not found\n"
    assert run("import", "all.tmx") == "all.tmx: 1 added, 0 replaced, 1 known already, 0 left out\n"
    assert sorted(path.name for path in folder.glob("*")) == ["all.tmx", "memory.db", "old.csv"]


def test_good_units_are_taken_and_bad_ones_told(folder: Path) -> None:
    (folder / "mixed.csv").write_text(BITEXT + "x,y,done\n")
    output = run("import", "mixed.csv", code=1)
    assert "mixed.csv: 2 added" in output
    assert "mixed.csv:4: has status 'done'" in output


def test_a_memory_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"memory\.db: there is no memory here"):
        run("stats")
    assert not (folder / "memory.db").exists()


def test_an_export_that_fails_leaves_the_old_file(folder: Path) -> None:
    run("import", "old.csv")
    (folder / "all.xliff").write_text("old")
    with pytest.raises(BilingualError, match="no exchange format"):
        run("export", "all.docx")
    with pytest.raises(BilingualError, match="cannot be written"):
        run("export", "no/all.tmx")
    assert (folder / "all.xliff").read_text() == "old"
