import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from bilingual.cli import app
from bilingual.errors import EvaluationError

ROWS = [("{L:Seoul|서울} said no.", "서울은 거부했다."), ("It rose 3 percent.", "3% 올랐다.")]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("dev.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in ROWS), encoding="utf-8")
    Path("dev.en").write_text("".join(f"{a}\n" for a, _ in ROWS), encoding="utf-8")
    Path("dev.ko").write_text("".join(f"{b}\n" for _, b in ROWS), encoding="utf-8")
    Path("bad.ko").write_text("나는 말했다.\n5% 올랐다.\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["evaluate", *arguments])
    if isinstance(result.exception, Exception):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def test_stored_systems_are_scored_beside_each_other(folder: Path) -> None:
    out = run("dev.tsv", "-s", "good=dev.ko", "-s", "bad=bad.ko", "-o", "scores.csv", "--bootstrap", "20")
    assert "chrF2++" in out
    assert "against good" in out
    table = pl.read_csv(folder / "scores.csv")
    found = {(row["system"], row["metric"]): row["value"] for row in table.iter_rows(named=True)}
    assert (found["good", "chrF2"], found["good", "terms honoured"]) == (100.0, 100.0)
    assert (found["bad", "numbers kept"], found["bad", "terms honoured"]) == (0.0, 0.0)


def test_terms_of_a_glossary_are_required_where_no_mark_is(folder: Path) -> None:
    (folder / "terms.csv").write_text(
        "source,target,type\nrose,올랐다,term\nSeoul,경성,place\n", encoding="utf-8"
    )
    run("dev.tsv", "-s", "good=dev.ko", "-s", "bad=bad.ko", "-g", "terms.csv", "-o", "scores.csv")
    table = pl.read_csv(folder / "scores.csv").filter(pl.col("metric") == "terms honoured")
    assert dict(table.select("system", "value").iter_rows()) == {"good": 100.0, "bad": 50.0}


def test_a_source_and_a_reference_file_are_as_good_as_a_table(folder: Path) -> None:
    run("dev.tsv", "-s", "bad=bad.ko", "-o", "one.json")
    run("dev.en", "dev.ko", "-s", "bad=bad.ko", "-o", "two.json")
    assert json.loads((folder / "one.json").read_text()) == json.loads((folder / "two.json").read_text())


def test_a_package_is_scored_plain_inline_and_obeyed(folder: Path) -> None:
    run("dev.tsv", "-m", "bundled", "-o", "scores.csv")
    systems = pl.read_csv(folder / "scores.csv")["system"].unique(maintain_order=True).to_list()
    assert [name.partition(", ")[2] for name in systems] == ["", "inline", "obeyed"]


def test_two_packages_of_one_name_are_told_apart(
    folder: Path, tiny_package: Callable[..., Path], packed: Callable[[Path], Path]
) -> None:
    for place, prefix in (("one", ""), ("two", ">>ko<<")):
        packed(tiny_package(folder / place, target_prefix=prefix))
    files = [str(file) for place in ("one", "two") for file in (folder / place).glob("*.argosmodel")]
    run("dev.tsv", "-m", files[0], "-m", files[1], "-o", "scores.csv")
    systems = pl.read_csv(folder / "scores.csv")["system"].unique(maintain_order=True).to_list()
    first, second = systems[0], systems[3]
    assert first == "translate-en_ko-1_0 1.0"
    assert second.startswith(f"{first} (")
    assert len(systems) == 6


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.tsv", "-s", "a=dev.ko"), "cannot be read"),
        (("dev.ko", "-s", "a=dev.ko"), "line 1 has no tab"),
        (("dev.en", "bad.en", "-s", "a=dev.ko"), "cannot be read"),
        (("dev.tsv", "-s", "a=dev.ko", "-o", "scores.txt"), "neither .csv nor .json"),
        (("dev.tsv", "-s", "a=dev.ko", "-o", "nowhere/scores.csv"), "cannot be written"),
        (("dev.tsv", "-s", "a=short.ko"), "has 1 lines for 2 sentences"),
        (("empty.tsv", "-s", "a=dev.ko"), "has 0 sentences"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_cannot_be_scored_is_named(arguments: tuple[str, ...], said: str) -> None:
    Path("short.ko").write_text("하나\n", encoding="utf-8")
    Path("empty.tsv").touch()
    with pytest.raises(EvaluationError, match=said):
        run(*arguments)


@pytest.mark.parametrize("systems", [(), ("-s", "a=dev.ko", "-s", "a=bad.ko")])
@pytest.mark.usefixtures("folder")
def test_no_system_and_one_name_for_two_are_wrong_usage(systems: tuple[str, ...]) -> None:
    assert CliRunner().invoke(app, ["evaluate", "dev.tsv", *systems]).exit_code == 2
