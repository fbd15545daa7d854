"""`bilingual memory`: import, export, search, stats, remove."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.errors import FormatError
    from bilingual.memory import Memory, Remembered
    from bilingual.records import Unit

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What people decided before, kept.")

Place = Annotated[Path, typer.Option("--memory", envvar="BILINGUAL_MEMORY", help="The memory file.")]
Source = Annotated[str, typer.Option("--from", help="Language of the sources.")]
Target = Annotated[str, typer.Option("--to", help="Language of the targets.")]
_PLACE = Path("memory.db")


@app.command("import")
def take(
    files: Annotated[list[Path], typer.Argument(help="TMX, XLIFF, PO, CSV or TSV files.")],
    memory: Place = _PLACE,
    source_lang: Source = "en",
    target_lang: Target = "ko",
) -> None:
    """Take the units of files into the memory; human work is never replaced by machine work.

    Example: bilingual memory import old.tmx
    """
    from bilingual.formats.exchange import read_units
    from bilingual.memory import open_memory

    faults: list[FormatError] = []
    with open_memory(memory) as opened:
        for path in files:
            units = read_units(path, source_lang, target_lang)
            typer.echo(f"{path}: {_summary(_remember(opened, _good(units, faults)))}")
    for fault in faults:
        typer.echo(f"bilingual: {fault}", err=True)
    raise typer.Exit(bool(faults))


def _good(units: "Iterator[Unit]", faults: "list[FormatError]") -> "Iterator[Unit]":
    """Units up to the report of those that are wrong, which is kept for the end."""
    from bilingual.errors import FormatError

    try:
        yield from units
    except FormatError as error:
        faults.append(error)


def _remember(memory: "Memory", units: "Iterator[Unit]") -> "Remembered":
    from datetime import UTC, datetime

    from bilingual.memory import remember

    return remember(memory, units, datetime.now(UTC).isoformat(timespec="seconds"))


def _summary(done: "Remembered") -> str:
    return (
        f"{done.added} added, {done.replaced} replaced, {done.known} known already, {done.skipped} left out"
    )


@app.command("export")
def give(
    file: Annotated[Path, typer.Argument(help="File to write: .tmx, .xliff, .po, .csv or .tsv.")],
    memory: Place = _PLACE,
    source_lang: Source = "en",
    target_lang: Target = "ko",
) -> None:
    """Write the memory to a file that other tools read.

    Example: bilingual memory export all.tmx
    """
    from bilingual.atomic import replacing, sweep
    from bilingual.errors import DocumentError
    from bilingual.formats.exchange import writer
    from bilingual.memory import open_memory

    write = writer(file)
    try:
        sweep(file)
        with open_memory(memory, new=False) as opened, replacing(file) as stream:
            write(_units(opened, source_lang, target_lang), stream)
    except OSError as error:
        raise DocumentError(str(file), f"cannot be written ({error.strerror})") from None
    typer.echo(f"{file}: written")


def _units(memory: "Memory", source_lang: str, target_lang: str) -> "Iterator[Unit]":
    """Units of a language pair, under the main tags, so that one file has one pair."""
    from dataclasses import replace

    from bilingual.memory import language, search

    wanted = language(source_lang), language(target_lang)
    for _, unit in search(memory):
        if (language(unit.source_lang), language(unit.target_lang)) == wanted:
            yield replace(unit, source_lang=source_lang, target_lang=target_lang)


@app.command("search")
def look(
    words: Annotated[str, typer.Argument(help="A sentence, or words of a source or target.")],
    memory: Place = _PLACE,
    source_lang: Source = "en",
    target_lang: Target = "ko",
    limit: Annotated[int, typer.Option(min=1, help="How many entries to show.")] = 20,
) -> None:
    """Show entries that are like a sentence, with their percent, and those that hold the words.

    Example: bilingual memory search "steel quotas"
    """
    from bilingual.memory import Query, open_memory, recall, search

    with open_memory(memory, new=False) as opened:
        near = recall(
            opened, Query(words), source_lang=source_lang, target_lang=target_lang, least=50, limit=limit
        )
        shown = {match.number for match in near}
        for match in near:
            _show(match.number, f"{match.percent} %", match.unit)
        for number, unit in search(opened, words, limit):
            if number not in shown and len(shown) < limit:
                shown.add(number)
                _show(number, "words", unit)
    if not shown:
        typer.echo("nothing found")


def _show(number: int, how: str, unit: "Unit") -> None:
    who = f" ({unit.status.value} by {unit.reviewer})" if unit.reviewer else f" ({unit.status.value})"
    typer.echo(f"{number}\t{how}\t{unit.source}\n\t\t{unit.target}{who}")


@app.command("stats")
def count(memory: Place = _PLACE) -> None:
    """Count the entries of each language pair.

    Example: bilingual memory stats
    """
    from bilingual.memory import open_memory, stats

    with open_memory(memory, new=False) as opened:
        counted = stats(opened)
    for pair in counted:
        typer.echo(
            f"{pair.source_lang} → {pair.target_lang}: {pair.entries} entries, {pair.human} by people,"
            f" {pair.accepted} accepted, {pair.machine} machine, used {pair.used} times"
        )
    if not counted:
        typer.echo("the memory is empty")


@app.command("remove")
def drop(
    numbers: Annotated[list[int], typer.Argument(help="Numbers that search shows.")],
    memory: Place = _PLACE,
) -> None:
    """Take entries out of the memory.

    Example: bilingual memory remove 12 15
    """
    from bilingual.memory import open_memory, remove

    with open_memory(memory, new=False) as opened:
        gone = remove(opened, numbers)
    typer.echo(f"{gone} removed" + (f", {len(numbers) - gone} not found" if gone < len(numbers) else ""))
