"""`bilingual export` and `bilingual import`: a run as other tools have it, and back."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """What a run can be written as: memories and exchange files, the reviewer's tables, or its terms."""

    TMX = "tmx"
    XLIFF = "xliff"
    XLIFF1 = "xliff1"
    PO = "po"
    TSV = "tsv"
    CSV = "csv"
    XLSX = "xlsx"
    TBX = "tbx"


def export(
    out: Annotated[Path, typer.Argument(help="Folder of a run.")],
    to: Annotated[Format, typer.Option(help="xliff is version 2.1, xliff1 is 1.2; tbx holds the terms.")],
    file: Annotated[
        Path | None, typer.Option("--file", "-o", help="File to write; else pairs.* in the folder.")
    ] = None,
    *,
    decided: Annotated[bool, typer.Option("--decided", help="Only accepted and edited pairs.")] = False,
) -> None:
    """Write a run for a translation tool, a spreadsheet or a term base.

    Example: bilingual export out --to tmx
    """
    from bilingual.cli._export import export_run

    export_run(out, to.value, file, decided=decided)
