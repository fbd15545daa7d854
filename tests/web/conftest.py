"""A run of one hostile and one friendly article, its desk, and the page served."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bilingual.engines.echo import DictionaryTranslator
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.pipeline import Tools, translate_documents
from bilingual.records import Document, Honoured, Issue, Markup, Pair, TermType
from bilingual.tables import pairs_frame
from bilingual.web.desk import Desk
from bilingual.workspace.decisions import settle
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.windows import open_ledger

HOSTILE = "<script>alert('x')</script><img src=x onerror=alert(1)> \"&amp;\" {{ 7*7 }}"
TEXT = f"Talks reopen\n\nThe talks reopened on Monday. Nobody was hurt.\n\n{HOSTILE} was said. The end.\n"
KOREAN = {
    "Talks reopen": "협상 재개",
    "The talks reopened on Monday.": "협상은 월요일에 재개됐다.",
    "Nobody was hurt.": "다친 사람은 없었다.",
    "The end.": "끝.",
}


def pair(number: int, **values: object) -> Pair:
    """The pair with a number, as a run would have it."""
    usual = Pair(
        f"p{number}", "a.txt", f"a-{number // 100}.txt", 0, number, f"Source {number}.", f"미국은 {number}번."
    )
    return replace(usual, **values)  # type: ignore[arg-type]


PAIRS = (
    pair(0),
    pair(
        1,
        source="Rutte met the EU.",
        target="뤼터는 만났다.",
        terms=(
            Honoured("Rutte", "뤼터", TermType.PERSON, honoured=True),
            Honoured("EU", "유럽연합", TermType.ORGANIZATION, honoured=False),
        ),
        issues=(Issue("term", "EU → 유럽연합"),),
    ),
    pair(2, source=HOSTILE, target=HOSTILE),
    pair(100, article="b.txt"),
)


@pytest.fixture
def kept() -> list[Pair]:
    """What a desk has put on the disk."""
    return []


@pytest.fixture
def desk(kept: list[Pair]) -> Desk:
    return Desk(pairs_frame(PAIRS), kept.extend, lambda: "2026-11-23T09:00:00+00:00", "kim")


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """An output folder as translate leaves it."""

    def read(name: str) -> Document:
        return Document(name, Markup.TEXT, TEXT, "sum")

    with open_workspace(tmp_path / "out") as workspace:
        tools = Tools(DictionaryTranslator(KOREAN), read, render_article, article_name, "r")
        translate_documents(["a.txt"], tools, open_ledger(workspace))
        settle(workspace, write_pairs_csv)
    return tmp_path / "out"


@pytest.fixture
def serving() -> Callable[..., AbstractContextManager[tuple["subprocess.Popen[str]", str]]]:
    """Serves the page of a folder from a process of its own."""
    return _serving


@contextmanager
def _serving(out: Path, memory: Path, port: int = 0) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server and its address; ended with the block where it still runs."""
    command = [sys.executable, "-c", "from bilingual.cli import main; main()", "review", "serve", str(out)]
    command += ["--memory", str(memory), "--reviewer", "kim", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        try:
            assert server.stdout
            line = server.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, line
            yield server, found[0]
        finally:
            server.terminate()
            server.wait(timeout=60)
