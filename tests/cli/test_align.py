"""`bilingual align`, with the model that ships."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bilingual.cli import app
from bilingual.errors import BilingualError
from bilingual.formats.exchange import read_units
from bilingual.memory import open_memory, search

ENGLISH = (
    "Seoul talks end\n\nThe trade minister said the talks went well. Some 31 firms took part on Monday.\n"
)
KOREAN = "서울 회담 종료\n\n통상장관은 회담이 잘됐다고 말했다. 월요일에는 31개 기업이 참가했다.\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("en.txt").write_text(ENGLISH, encoding="utf-8")
    Path("ko.txt").write_bytes(KOREAN.encode("cp949"))


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(app, ["align", *arguments])
    if isinstance(done.exception, BilingualError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done


def test_the_pairs_of_two_texts_go_into_a_table_and_the_memory() -> None:
    done = run("en.txt", "ko.txt", "-o", "both.tsv", "--memory", "memory.db")
    assert "3 English and 3 Korean sentences" in done.stderr
    pairs = {unit.source: unit.target for unit in read_units(Path("both.tsv"))}
    assert pairs["Some 31 firms took part on Monday."] == "월요일에는 31개 기업이 참가했다."
    with open_memory(Path("memory.db")) as memory:
        assert {entry.unit.source: entry.unit.target for entry in search(memory)} == pairs


def test_without_a_file_the_pairs_are_shown() -> None:
    assert (
        "\tSome 31 firms took part on Monday.\t월요일에는 31개 기업이 참가했다."
        in run("en.txt", "ko.txt").stdout
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ko.txt", "en.txt"], "ko.txt: is Korean; give the English text first"),
        (["en.txt", "en.txt"], "en.txt: is not Korean"),
        (["none.txt", "ko.txt"], "none.txt"),
        (["empty.txt", "ko.txt"], "empty.txt"),
        (["binary.txt", "ko.txt"], "binary.txt"),
        (["en.txt", "ko.txt", "-o", "both.docx"], "names no exchange format"),
        (["en.txt", "ko.txt", "-o", "no/both.tsv"], "cannot be written"),
    ],
)
def test_what_cannot_be_used_is_named(arguments: list[str], words: str) -> None:
    Path("empty.txt").touch()
    Path("binary.txt").write_bytes(bytes(range(256)) * 9)
    with pytest.raises(BilingualError) as told:
        run(*arguments)
    assert words in str(told.value)
