"""`bilingual align`."""

from pathlib import Path
from typing import Annotated

import typer

Least = Annotated[float, typer.Option(min=0, max=1, help="Leave out pairs that are less alike than this.")]


def align(
    english: Annotated[str, typer.Argument(help="The English text.")],
    korean: Annotated[str, typer.Argument(help="Its Korean translation.")],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write: .tsv, .csv, .tmx, .xliff or .po.")
    ] = None,
    memory: Annotated[Path | None, typer.Option(help="A memory to take the pairs into.")] = None,
    least: Least = 0.1,
    model: Annotated[str, typer.Option(help="A package: its name, a file, a folder, or 'bundled'.")] = "",
) -> None:
    """Make sentence pairs of a text and a translation that exists already.

    Without a file or a memory the pairs are shown, with how alike the Korean is to a machine translation.

    Example: bilingual align english.txt korean.txt -o bitext.tsv
    """
    from bilingual.cli._align import Order, run

    run(Order(english, korean, out, memory, least, model))
