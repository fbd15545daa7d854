"""Rows for a person: a table on a terminal, lines of cells with tabs between in a pipe."""

import sys
from collections.abc import Iterable, Sequence


def show(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows; in a pipe the columns are named first, and line breaks and tabs in cells become spaces."""
    if sys.stdout.isatty():
        _print_table(columns, rows)
    else:
        for row in (columns, *rows):
            sys.stdout.write("\t".join(" ".join(str(cell).split()) for cell in row) + "\n")


def _print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(*columns)
    for row in rows:
        table.add_row(*(escape(str(cell)) for cell in row))
    Console().print(table)
