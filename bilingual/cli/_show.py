"""What a person sees: a bar on a terminal, plain lines in a pipe, and what came of it all."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as RichProgress
from rich.text import Text

from bilingual.pipeline import Progress


@dataclass(slots=True)
class Bar:
    """Progress of a run in sentences; how many there will be is judged from the bytes not yet read."""

    screen: RichProgress
    task: TaskID
    read: Sequence[int]
    done: int = 0
    total: float = field(default=0)

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self.screen.console.print(line, highlight=False, soft_wrap=True)

    def advance(self, count: int) -> None:
        """Count sentences that a model has finished."""
        self.done += count
        self.screen.update(self.task, completed=min(self.done, self.total))

    def update(self, progress: Progress) -> None:
        """Take over how far the run is."""
        left = self.read[-1] - self.read[min(progress.seen, len(self.read) - 1)]
        rate = progress.prepared / progress.characters if progress.characters else 0
        self.total = progress.prepared + left * rate
        self.done = max(self.done, progress.sentences)
        self.screen.update(self.task, total=round(self.total) or None, completed=min(self.done, self.total))


class _Rate(ProgressColumn):
    """Sentences a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.0f}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def bar(sizes: Sequence[int]) -> Iterator[Bar]:
    """A bar on standard error while a run is under way; nothing but what is said in a pipe."""
    console = Console(stderr=True)
    columns = (
        TextColumn("Translating"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("sentences"),
        _Rate(),
        TimeRemainingColumn(),
    )
    with RichProgress(*columns, console=console, disable=not console.is_terminal, transient=True) as screen:
        yield Bar(screen, screen.add_task("", total=None), [0, *accumulate(sizes)])


def result(out: Path, done: Progress, aside: Sequence[Path], seconds: float) -> None:
    """Say what a run has done, and each input that could not be taken on a line of its own."""
    _tell(map(str, done.failed), aside)
    for note in done.notes:
        sys.stderr.write(f"bilingual: {note}\n")
    same = f", {done.unchanged} documents unchanged" if done.unchanged else ""
    known = f", {done.recalled} of them from memory" if done.recalled else ""
    failed = f", {len(done.failed)} inputs failed" if done.failed else ""
    count = f"{done.articles} articles, {done.sentences} sentences"
    typer.echo(f"{count}{known} in {seconds:.0f} s{same}{failed} → {out}")


def gathered(out: Path, shards: int, done: Progress, failed: Sequence[str], aside: Sequence[Path]) -> None:
    """Say what was taken over from shards, and what they could not take."""
    _tell(failed, aside)
    count = f"{done.articles} articles, {done.sentences} sentences" if done.articles else "nothing new"
    typer.echo(f"{count} from {shards} shards → {out}")


def _tell(failed: Iterable[str], aside: Sequence[Path]) -> None:
    for error in failed:
        sys.stderr.write(f"bilingual: {error}\n")
    for path in aside:
        sys.stderr.write(
            f"bilingual: {path}: this file had been changed by hand and was put aside under this name\n"
        )
