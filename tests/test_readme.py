"""What README tells to type is there to be typed."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bilingual.cli import app

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = sorted({line.split("#")[0].strip() for block in BLOCKS for line in block.splitlines() if line})


def test_readme_opens_with_the_two_lines_of_set_up() -> None:
    assert BLOCKS[0].strip() == "pip install uv && uv run bilingual translate seeds -o out"
    assert BLOCKS[1].strip() == "pip install uv && uv run pytest"


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("bilingual")])
def test_every_command_and_option_of_readme_exists(line: str) -> None:
    words = shlex.split(line)[1:]
    path = [word for word in words[:2] if re.fullmatch(r"[a-z|]+", word)]
    options = [word for word in words if re.fullmatch(r"--?[a-z-]+", word)]
    for last in path[-1].split("|"):
        shown = CliRunner().invoke(app, [*path[:-1], last, "--help"])
        assert shown.exit_code == 0, f"{line}: no command {last}"
        assert not [option for option in options if option not in shown.output and option != "-"]


def test_every_command_has_an_example_in_its_help() -> None:
    root = typer.main.get_command(app)
    leaves = list(_leaves(root, ["bilingual"]))
    assert len(leaves) > 20
    assert [" ".join(path) for path, command in leaves if "Example" not in (command.help or "")] == []


def _leaves(command: object, path: list[str]) -> list[tuple[list[str], object]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        return [(path, command)]
    return [leaf for name, sub in inner.items() for leaf in _leaves(sub, [*path, name])]
