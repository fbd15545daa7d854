"""How a download looks: a bar on a terminal, nothing but notes in a pipe."""

import sys
from types import TracebackType
from typing import Self

import typer


class Watched:
    """Progress of a download, for as long as it is entered; the bar leaves nothing behind."""

    def __enter__(self) -> Self:
        """Draw the bar."""
        from rich import progress
        from rich.console import Console

        columns = (
            progress.BarColumn(),
            progress.DownloadColumn(),
            progress.TransferSpeedColumn(),
            progress.TimeRemainingColumn(),
        )
        console = Console(stderr=True)
        self._bar = progress.Progress(
            *columns, console=console, transient=True, disable=not sys.stderr.isatty()
        )
        self._task = self._bar.add_task("", total=None)
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        self._bar.stop()

    def advance(self, done: int, total: int | None) -> None:
        """Show bytes so far, and in all where known."""
        self._bar.update(self._task, completed=done, total=total)

    def note(self, text: str) -> None:
        """Write a line above the bar."""
        self._bar.stop()
        typer.echo(f"bilingual: {text}", err=True)
        self._bar.start()
