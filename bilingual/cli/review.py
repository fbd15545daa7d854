"""`bilingual review`: apply, check, stats, serve."""

from pathlib import Path
from typing import Annotated

import typer

from bilingual.cli.serve import serve

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What a reviewer says, taken over.")

app.command()(serve)

Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="Folder of the run; else that of the first file, or out.")
]
Place = Annotated[Path, typer.Option("--memory", envvar="BILINGUAL_MEMORY", help="The memory file.")]
Reviewer = Annotated[
    str, typer.Option(envvar="BILINGUAL_REVIEWER", help="Who decided; else the name you logged in with.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 3 where anything is wrong.")]


@app.command("apply")
def take(
    files: Annotated[list[Path], typer.Argument(help="Reviewed CSV, TSV, XLSX, XLIFF, PO or TMX files.")],
    out: Out = None,
    memory: Place = Path("memory.db"),
    reviewer: Reviewer = "",
    *,
    strict: Strict = False,
) -> None:
    """Take a reviewer's decisions into the articles, the tables and the memory.

    Rows that cannot be taken are told with their reason; a pair decided in two ways is shown and left as it
    is. The files of several reviewers may be given together.

    Example: bilingual review apply out/pairs.csv
    """
    from bilingual.cli._review import STRICT, Order, run, run_folder

    order = Order(files, run_folder(out, files), memory, reviewer or login())
    raise typer.Exit(STRICT if run(order) and strict else 0)


def login() -> str:
    """Name of the user on this machine, or nothing where it has none."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


@app.command("check")
def check(
    file: Annotated[Path, typer.Argument(help="Folder of a run, or any table or file of two columns.")],
    *,
    strict: Strict = False,
) -> None:
    """Show what may be wrong with translations, one doubt a line.

    Example: bilingual review check bitext.csv
    """
    from bilingual.cli._doubts import show_doubts

    raise typer.Exit(3 if show_doubts(file) and strict else 0)


@app.command("stats")
def stats(
    out: Annotated[Path, typer.Argument(help="Folder of a run.")] = Path("out"),
) -> None:
    """Count states and issues, and how far people went from the machine.

    Example: bilingual review stats out
    """
    from bilingual.cli._doubts import show_stats

    show_stats(out)
