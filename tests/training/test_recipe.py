from pathlib import Path

import pytest

from bilingual.errors import TrainingError
from bilingual.training.recipe import read_recipe

CONFIGS = Path(__file__).parents[2] / "bilingual" / "training" / "configs"
GROUP = '[[data.groups]]\nname = "ours"\nfiles = ["a.tsv"]\nshare = 1\n'


@pytest.mark.parametrize("name", ["cpu", "gpu"])
def test_a_shipped_recipe_is_read_whole(name: str) -> None:
    recipe = read_recipe(CONFIGS / f"{name}.toml")
    assert [group.name for group in recipe.data.groups if group.marked] == ["ours"]
    assert "seeds/held-out.tsv" in recipe.data.excluded


def test_what_a_recipe_leaves_out_has_its_default(tmp_path: Path) -> None:
    (tmp_path / "r.toml").write_text(f'version = "1"\n{GROUP}')
    assert read_recipe(tmp_path / "r.toml").shape.width == 256


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = ", "cannot be read as TOML"),
        (GROUP, "missing keys version"),
        (f'version = "1"\nwidht = 3\n{GROUP}', "unknown keys widht"),
        (f'version = "1"\n{GROUP}[shape]\nwidth = "wide"\n', "shape: width: 'wide' is not a int"),
        (f'version = "1"\n{GROUP}[shape]\nwidth = true\n', "True is not a int"),
        ('version = "1"\n[[data.groups]]\nname = "a"\nfiles = ["a"]\nshare = 0\n', "no group of bitext"),
        ('version = "1"\ndata = 3\n', "3 is not a Data"),
    ],
)
def test_a_wrong_recipe_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "r.toml").write_text(text)
    with pytest.raises(TrainingError, match=said):
        read_recipe(tmp_path / "r.toml")


def test_a_missing_recipe_is_named() -> None:
    with pytest.raises(TrainingError, match=r"nowhere\.toml"):
        read_recipe(Path("nowhere.toml"))
