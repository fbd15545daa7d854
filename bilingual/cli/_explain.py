"""Of each line of the inputs: kept in which article, or dropped, and why."""

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from bilingual.errors import DocumentError
from bilingual.formats.documents import find_documents, read_document
from bilingual.records import Document
from bilingual.text.articles import Verdict, find_articles

WIDTH = 90  # characters shown of a line


def explain_lines(inputs: Sequence[str]) -> int:
    """Print a line a verdict; gives the exit code."""
    failed = 0
    for name in find_documents(inputs):
        try:
            if isinstance(name, DocumentError):
                raise name
            _print(read_document(name, stdin=sys.stdin.buffer))
        except DocumentError as error:
            failed = 1
            sys.stderr.write(f"bilingual: {error}\n")
    return failed


def _print(document: Document) -> None:
    console = Console(soft_wrap=True, highlight=False)
    found = find_articles(document.text, document.markup, document.name)
    console.print(f"[bold]{escape(document.name)}[/]: {len(found.articles)} articles")
    for verdict in found.verdicts:
        console.print(_line(verdict), style="" if verdict.kept else "dim")


def _line(verdict: Verdict) -> str:
    place = f"article {verdict.article}" if verdict.kept else "dropped"
    text = verdict.text if len(verdict.text) <= WIDTH else verdict.text[: WIDTH - 1] + "…"
    return escape(f"{verdict.line:>6}  {place:<10}  {verdict.reason:<28}  {text}")
