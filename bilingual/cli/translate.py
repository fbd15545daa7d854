"""`bilingual translate`."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from bilingual.plan import LANES
from bilingual.records import Engine, Later, Shard


def translate(
    inputs: Annotated[
        list[str], typer.Argument(help="Files, folders, globs, web addresses, or - for standard input.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the articles and tables.")] = Path(
        "out"
    ),
    model: Annotated[str, typer.Option(help="A package: its name, a file, a folder, or 'bundled'.")] = "",
    beam: Annotated[int, typer.Option(min=1, max=16, help="Hypotheses kept while searching.")] = 2,
    glossary: Annotated[
        list[Path] | None, typer.Option(help="A glossary over all others; may be given again.")
    ] = None,
    memory: Annotated[
        Path, typer.Option(envvar="BILINGUAL_MEMORY", help="The memory of what people decided before.")
    ] = Path("memory.db"),
    later: Annotated[
        Later,
        typer.Option(
            help="Later mentions of a person: surname and title, full name, or as the model has it."
        ),
    ] = Later.TITLE,
    date: Annotated[
        str, typer.Option(help="Day of the articles (YYYY-MM-DD), for terms that have changed.")
    ] = "",
    threads: Annotated[
        int, typer.Option(min=0, help="Sentences translated side by side; 0: one a core.")
    ] = 0,
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Do part I of N only, into OUT/shards; see gather.")
    ] = "",
    engine: Annotated[
        Engine, typer.Option(help="What does the work: this process, or Ray (the extra `ray`).")
    ] = Engine.HERE,
    address: Annotated[
        str, typer.Option(help="A Ray cluster, as HOST:PORT or auto; without it, Ray on this machine.")
    ] = "",
    *,
    trust: Annotated[bool, typer.Option("--trust-proposed", help="Enforce proposed terms too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Translate unchanged inputs again.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each line why it is kept; write nothing.")
    ] = False,
) -> None:
    """Translate English articles into Korean.

    A run that was stopped goes on where it stopped; inputs that have not changed are not translated again.

    Example: bilingual translate seeds -o out
    """
    from bilingual.cli._explain import explain_lines
    from bilingual.cli._job import run
    from bilingual.cli._tools import Order

    if address and engine is not Engine.RAY:
        raise typer.BadParameter("is for --engine ray", param_hint="--address")
    if explain:
        raise typer.Exit(explain_lines(inputs))
    order = Order(inputs, out, model, beam, threads, glossary or [], memory, later, date, trust, force)
    raise typer.Exit(run(replace(order, shard=_shard(shard), engine=engine, address=address)))


def _shard(given: str) -> Shard | None:
    """The part that was asked for; a usage error where it is none."""
    if not given:
        return None
    number, slash, of = given.partition("/")
    if not (slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of) <= LANES):
        message = f"{given!r} is no part; write 3/16 for the third of 16, of {LANES} at most"
        raise typer.BadParameter(message, param_hint="--shard")
    return Shard(int(number), int(of))
