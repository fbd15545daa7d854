"""Scores as a table on a terminal: a row a metric, a column a system, the signatures below."""

from collections.abc import Sequence

import polars as pl
from rich.console import Console
from rich.table import Table


def show(scores: pl.DataFrame) -> None:
    """Print a frame of schema SCORES; it has one test set."""
    systems = scores["system"].unique(maintain_order=True).to_list()
    table = Table(title=scores["test_set"][0])
    table.add_column("metric")
    for system in systems:
        table.add_column(system, justify="right", overflow="fold")
    for (metric,), rows in scores.group_by("metric", maintain_order=True):
        values = dict(rows.select("system", "value").iter_rows())
        table.add_row(str(metric), *(f"{values[system]:.2f}" for system in systems))
    console = Console()
    console.print(table)
    for metric, signature in scores.select("metric", "signature").unique(maintain_order=True).iter_rows():
        console.print(f"{metric}: {signature}", highlight=False, style="dim")


def show_differences(rows: Sequence[tuple[str, str, float, float]], first: str) -> None:
    """Print how each system differs from the first, with the bootstrap's p."""
    table = Table(title=f"against {first}")
    for name in ("system", "metric", "difference", "p"):
        table.add_column(name, justify="left" if name in ("system", "metric") else "right")
    for system, metric, difference, p in rows:
        table.add_row(system, metric, f"{difference:+.2f}", f"{p:.4f}")
    Console().print(table)
