"""`bilingual review`: what people say of the pairs."""

import typer

from bilingual.cli.serve import serve

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Reviewing the pairs of a run.")
app.command()(serve)


@app.callback()
def review() -> None:
    """Reviewing the pairs of a run."""
