"""The import rule: errors, records, tables ← core ← pipeline ← cli, web; edges join only there."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "bilingual"
NOUNS = {"errors", "records", "tables"}
CORE = {
    "text",
    "glossary",
    "translator",
    "checks",
    "pairs",
    "memory",
    "review",
    "scores",
    "align",
    "chrf",
    "sentences",
    "tasks",
    "plan",
}
EDGES = {"formats", "engines", "workspace", "settings", "distributed"}
ALLOWED = {
    **dict.fromkeys(NOUNS, NOUNS),
    **dict.fromkeys(CORE, NOUNS | CORE),
    "atomic": NOUNS,
    "ahead": NOUNS,
    **dict.fromkeys(EDGES, NOUNS | {"translator", "settings", "atomic"}),
    "distributed": NOUNS | {"translator", "settings", "atomic", "pipeline", "plan"},
    "pipeline": NOUNS | CORE | {"ahead", "pipeline"},
    "training": NOUNS | CORE | {"atomic", "training"},
    "cli": NOUNS | CORE | EDGES | {"atomic", "pipeline", "cli", "web", "training"},
    "web": NOUNS | CORE | EDGES | {"atomic", "pipeline", "web"},
}
FENCES = {
    "typer": {"cli"},
    "rich": {"cli"},
    "ctranslate2": {"engines", "training"},
    "sentencepiece": {"engines", "training"},
    "argostranslate": {"engines"},
    "sacremoses": {"engines"},
    "lxml": {"formats"},
    "openpyxl": {"formats"},
    "xlsxwriter": {"formats"},
    "torch": {"training"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "jinja2": {"web"},
    "ray": {"distributed"},
    "sacrebleu": {"scores"},
    "trafilatura": {"formats"},
    "charset_normalizer": {"formats"},
}
MODULES = sorted(ROOT.rglob("*.py"))


def part(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_what_its_layer_may(path: Path) -> None:
    here = part(path)
    own = {name.split(".")[1] for name in imports(path) if name.startswith("bilingual.")}
    assert own - {here} <= ALLOWED.get(here, set())


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_library_is_used_only_behind_its_fence(path: Path) -> None:
    used = {name.split(".")[0] for name in imports(path)}
    assert [name for name in used if part(path) not in FENCES.get(name, {part(path)})] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            assert not body or node.end_lineno - body[0].lineno < 40, f"{node.name} is too long"
