"""The command line: each command reads, calls, writes and shows; nothing heavy is imported before it runs."""

import sys

import typer

from bilingual.cli import glossary
from bilingual.errors import BilingualError

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
app.add_typer(glossary.app, name="glossary")


@app.callback()
def bilingual() -> None:
    """Bring English news into Korean, offline, under one glossary of names and titles."""


def main() -> None:
    """Run the command line; a known error is one or more plain lines and exit code 1."""
    try:
        app()
    except BilingualError as error:
        sys.stderr.write(f"bilingual: {error}\n")
        sys.exit(1)
