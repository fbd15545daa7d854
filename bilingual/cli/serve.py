"""`bilingual review serve`."""

import getpass
from pathlib import Path
from typing import Annotated

import typer


def serve(
    out: Annotated[Path, typer.Argument(help="The folder that translate wrote to.")] = Path("out"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0: any free one.")] = 0,
    memory: Annotated[
        Path,
        typer.Option("--memory", envvar="BILINGUAL_MEMORY", help="The memory that near matches come from."),
    ] = Path("memory.db"),
    reviewer: Annotated[str, typer.Option(help="Name that stands at your decisions.")] = "",
    *,
    browse: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Review in a browser, on this machine alone; Ctrl-C ends it and saves.

    Every decision is on the disk at once; tables and articles follow when you pause, and at the end.

    Example: bilingual review serve out
    """
    from bilingual.web.serve import serve as serve_folder

    def show(address: str) -> None:
        typer.echo(f"Review {out}: {address}\nStop with Ctrl-C.")
        if browse:
            typer.launch(address)

    done = serve_folder(out, port=port, memory=memory, reviewer=reviewer or getpass.getuser(), show=show)
    typer.echo(f"{sum(folded.saved for folded in done.folded)} decisions saved into {out}")
    for folded in done.folded:
        if folded.left:
            typer.echo(f"bilingual: decisions about pairs that are gone are kept in {folded.left}", err=True)
    if done.failed:
        typer.echo(f"bilingual: {done.failed[-1]}; what was decided is kept for the next time", err=True)
        raise typer.Exit(1)
