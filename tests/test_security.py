"""What the code may not even contain; tests/faults/fuzz.py tries it out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "bilingual"
MODULES = sorted(ROOT.rglob("*.py"))
FORBIDDEN = {
    "pickle",
    "shelve",
    "marshal",
    "dill",
    "joblib",
    "yaml",
    "xml",
    "ftplib",
    "telnetlib",
    "requests",
}
NETWORK = {
    "socket": {"web/serve.py", "distributed/connection.py"},
    "http": {"formats/web.py", "engines/download.py"},
    "urllib": {"formats/web.py", "engines/download.py"},
    "ssl": set[str](),
    "asyncio": {"web/serve.py"},
}
PROCESSES = {
    "subprocess": {"engines/trial.py"},
    "multiprocessing": {"training/feed.py", "training/elastic.py"},
}
ARCHIVES = {
    "zipfile": {
        "engines/archives.py",
        "engines/pack.py",
        "formats/xlsx.py",
        "training/start.py",
        "training/package.py",
    },
    "tarfile": set[str](),
}
CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "os.execvp", "os.fork"}
UNPACKING = {"extract", "extractall", "unpack_archive", "make_archive"}
PARSERS = {
    "fromstring",
    "parse",
    "XML",
    "iterparse",
    "HTML",
    "XMLParser",
    "HTMLParser",
    "document_fromstring",
}
every_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def imported(path: Path) -> set[str]:
    """Top names of what a module imports; urllib.parse only takes addresses apart."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add("" if node.module == "urllib.parse" else node.module.split(".")[0])
    return found


def calls(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each call as it is written, with its keyword arguments."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            yield (
                ast.unparse(node.func),
                {word.arg or "**": ast.unparse(word.value) for word in node.keywords},
            )


@every_module
def test_nothing_is_read_in_that_could_run_code(path: Path) -> None:
    assert imported(path) & FORBIDDEN == set()
    written = list(calls(path))
    assert [name for name, _ in written if name in CALLS] == []
    assert [
        words for name, words in written if name == "torch.load" and words.get("weights_only") != "True"
    ] == []
    assert [name for name, words in written if words.get("allow_pickle", "False") != "False"] == []


@every_module
def test_no_command_goes_through_a_shell(path: Path) -> None:
    assert [words for _, words in calls(path) if words.get("shell", "False") != "False"] == []


@every_module
def test_network_processes_and_archives_are_used_where_they_may_be(path: Path) -> None:
    here, used = path.relative_to(ROOT).as_posix(), imported(path)
    allowed = NETWORK | PROCESSES | ARCHIVES
    assert {name for name in used & allowed.keys() if here not in allowed[name]} == set()


@every_module
def test_archives_are_unpacked_entry_by_entry_where_each_was_checked(path: Path) -> None:
    assert [name for name, _ in calls(path) if name.rpartition(".")[2] in UNPACKING] == []


@every_module
def test_xml_and_pages_are_parsed_without_entities_and_network(path: Path) -> None:
    """XML goes through the one call of formats/_xml.py, pages through the one parser of formats/html.py."""
    here, used = path.relative_to(ROOT).as_posix(), imported(path)
    found = [(name, words) for name, words in calls(path) if name.rpartition(".")[2] in PARSERS]
    if here == "formats/_xml.py":
        assert found == [("etree.iterparse", {"**": "_SAFE"})]
    elif here == "formats/html.py":
        assert {name for name, _ in found} == {"HTMLParser", "document_fromstring"}
        (words,) = (words for name, words in found if name == "HTMLParser")
        assert words["no_network"] == "True"
        assert all(words.get("parser") == "parser" for name, words in found if name != "HTMLParser")
    elif "lxml" in used:
        assert found == []


def test_the_one_way_to_read_xml_is_safe() -> None:
    from bilingual.formats import _xml

    assert _xml._SAFE == {  # noqa: SLF001 - the promise itself
        "resolve_entities": False,
        "load_dtd": False,
        "no_network": True,
        "huge_tree": False,
    }


def test_the_review_page_listens_on_this_machine_alone() -> None:
    bound = [ast.unparse(node) for node in nodes(ROOT / "web" / "serve.py") if isinstance(node, ast.Call)]
    assert [call for call in bound if ".bind(" in call] == ["listener.bind(('127.0.0.1', port))"]
