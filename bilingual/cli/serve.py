"""`bilingual review serve`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bilingual.web.serve import Saver


def serve(
    out: Annotated[Path, typer.Argument(help="The folder that translate wrote to.")] = Path("out"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0: any free one.")] = 0,
    memory: Annotated[
        Path,
        typer.Option("--memory", envvar="BILINGUAL_MEMORY", help="The memory file."),
    ] = Path("memory.db"),
    reviewer: Annotated[
        str, typer.Option(envvar="BILINGUAL_REVIEWER", help="Who decides; else the name you logged in with.")
    ] = "",
    *,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Review in a browser, on this machine alone; Ctrl-C ends it and saves.

    Every decision is on the disk at once; tables and articles follow when you pause, and at the end.

    Example: bilingual review serve out
    """
    from bilingual.checks import Known
    from bilingual.cli._terms import effective
    from bilingual.cli.review import login
    from bilingual.records import TermStatus
    from bilingual.web.serve import Order, serve_folder

    def show(address: str) -> None:
        typer.echo(f"Review {out}: {address}\nStop with Ctrl-C.")
        if browse:
            typer.launch(address)

    forbidden = tuple(term for term in effective().terms if term.status is TermStatus.FORBIDDEN)
    done = serve_folder(Order(out, port, memory, reviewer or login(), Known(forbidden)), show)
    _tell(out, done)


def _tell(out: Path, done: "Saver") -> None:
    """Say what was saved and what was not."""
    typer.echo(f"{sum(folded.saved for folded in done.folded)} decisions saved into {out}")
    for folded in done.folded:
        for path in folded.aside:
            typer.echo(
                f"bilingual: {path}: had been changed by hand and was put aside under this name", err=True
            )
        if folded.left:
            typer.echo(f"bilingual: decisions about pairs that are gone are kept in {folded.left}", err=True)
    if done.failed:
        typer.echo(f"bilingual: {done.failed[-1]}; what was decided is kept for the next time", err=True)
        raise typer.Exit(1)
