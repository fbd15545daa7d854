from pathlib import Path

import pytest
from typer.testing import CliRunner

from bilingual.cli import app
from bilingual.errors import TrainingError

CONFIG = Path(__file__).parents[2] / "bilingual" / "training" / "configs" / "cpu.toml"


def refusal(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["train", *arguments])
    assert isinstance(result.exception, TrainingError)
    return str(result.exception)


def test_a_recipe_that_is_not_there_is_named() -> None:
    assert refusal("nowhere.toml").startswith("nowhere.toml: cannot be read as TOML")


def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    assert refusal(str(CONFIG)) == "torch: is not installed; pip install 'bilingual[train]'"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: True)
    (tmp_path / "file").touch()
    assert "cannot be worked in" in refusal(str(CONFIG), "-o", str(tmp_path / "file" / "run"))


def test_nothing_to_export_is_said(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`", exc_type=ImportError)
    assert "checkpoint.0.pt: is no checkpoint" in refusal(str(CONFIG), "--export", "-o", str(tmp_path))
