"""bilingual models: the packages that translate, in the folders and from the index of Argos."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.errors import PackageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bilingual.engines.packages import Candidate, InstalledPackage

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="List, fetch, check and remove the models that translate.",
)

_Name = Annotated[str, typer.Argument(help='Name as `models list` shows it, "bundled", or a path.')]
_Names = Annotated[list[str] | None, typer.Argument(help="Names or paths; without one, all there are.")]


@app.command("list")
def list_() -> None:
    """List the models on this machine.

    Example: bilingual models list
    """
    from bilingual.engines.packages import open_package

    candidates, problems = _all()
    rows = []
    for candidate in candidates:
        try:
            rows.append(_row(open_package(candidate)))
        except PackageError as error:
            problems.append(error)
    _table(("name", "languages", "version", "size", "origin", "checksum"), rows)
    _tell(problems)


@app.command()
def available(
    source: Annotated[str, typer.Argument(help="Only from this language, such as en.")] = "",
    target: Annotated[str, typer.Argument(help="Only into this language, such as ko.")] = "",
) -> None:
    """List the models that the index offers.

    Example: bilingual models available en ko
    """
    from bilingual.engines.folders import argos_folders
    from bilingual.engines.index import read_index

    index = read_index(argos_folders())
    if index.note:
        _tell([index.note])
    here = {candidate.manifest.key for candidate in _all()[0]}
    rows = [
        (p.from_code, p.to_code, p.version, p.from_name, p.to_name, "here" if p.key in here else "")
        for p in index.packages
        if source in {"", p.from_code} and target in {"", p.to_code}
    ]
    _table(("from", "to", "version", "source", "target", ""), sorted(rows))


@app.command()
def install(
    what: Annotated[list[str], typer.Argument(help="Two language codes, or one .argosmodel file.")],
) -> None:
    """Install a model from the index or from a file.

    Examples: bilingual models install en ko; bilingual models install translate-en_ko.argosmodel
    """
    from bilingual.cli._download import Watched
    from bilingual.engines.install import install_file, install_pair

    if len(what) > 2:  # noqa: PLR2004 - a pair
        raise typer.BadParameter("give two language codes (en ko) or one .argosmodel file")
    with Watched() as progress:
        package = install_file(Path(what[0])) if len(what) == 1 else install_pair(*what, progress=progress)
    typer.echo(f"installed {package.name} {package.version} ({_way(package)}, {_mb(package)})")
    typer.echo(f"in {package.folder}\nchecksum {package.checksum}")


@app.command()
def info(name: _Name = "bundled") -> None:
    """Show all that is known of a model.

    Example: bilingual models info translate-en_ko-1_1
    """
    from bilingual.engines.choice import find_candidate
    from bilingual.engines.packages import open_package
    from bilingual.engines.receipts import read_papers

    package = open_package(find_candidate(name))
    for key, value in _facts(package):
        if value:
            typer.echo(f"{key:<15}{value}")
    for title, head in read_papers(package.folder):
        typer.echo(f"\n{title}\n{head}")


@app.command()
def verify(names: _Names = None) -> None:
    """Read models again and let them translate.

    Every byte is hashed, each model translates a sentence; the exit code is 1 if one is broken.
    Example: bilingual models verify
    """
    from bilingual.engines.choice import find_candidate

    candidates, problems = ([find_candidate(name) for name in names], []) if names else _all()
    for candidate in candidates:
        try:
            _verify(candidate)
        except PackageError as error:
            problems.append(error)
    _tell(problems)
    if problems:
        raise typer.Exit(1)


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="Name as `models list` shows it.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Remove an installed model.

    Example: bilingual models remove translate-en_ko-1_1 --yes
    """
    from bilingual.engines.install import remove_package
    from bilingual.engines.packages import find_folder

    folder = find_folder(name)
    if yes or typer.confirm(f"Remove {folder}?", abort=True):
        typer.echo(f"removed {remove_package(name)}")


def _all() -> "tuple[list[Candidate], list[PackageError]]":
    from bilingual.engines.packages import bundled_candidates, installed_candidates

    good, bad = installed_candidates()
    return good + bundled_candidates(), bad


def _verify(candidate: "Candidate") -> None:
    from bilingual.engines.packages import open_package
    from bilingual.engines.trial import SENTENCE, verify_package

    package = open_package(candidate)
    text = verify_package(package)
    typer.echo(f"ok {package}, checksum {package.checksum[:12]}\n   {SENTENCE}\n   {text}")


def _facts(package: "InstalledPackage") -> "Iterator[tuple[str, str]]":
    from bilingual.engines.receipts import read_receipt

    yield from (("name", package.name), ("version", package.version), ("languages", _way(package)))
    yield from (("origin", package.origin), ("folder", str(package.folder)), ("size", _mb(package)))
    yield from (("checksum", package.checksum), ("tokenizer", package.tokenizer))
    yield "target prefix", package.target_prefix
    yield "depends on", ", ".join(package.dependencies)
    if receipt := read_receipt(package.folder):
        yield "came from", receipt.came_from


def _row(package: "InstalledPackage") -> "Sequence[str]":
    checksum = package.checksum[:12]
    return package.name, _way(package), package.version, _mb(package), package.origin, checksum


def _table(head: "Sequence[str]", rows: "Iterable[Sequence[str]]") -> None:
    """Columns under their names: fitted to a terminal, whole lines in a pipe."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*head, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(cell, overflow="fold") for cell in row))
    Console(width=None if sys.stdout.isatty() else 1000).print(table)


def _way(package: "InstalledPackage") -> str:
    return f"{package.from_code} → {package.to_code}"


def _mb(package: "InstalledPackage") -> str:
    return f"{package.size / 1e6:,.1f} MB"


def _tell(problems: "Iterable[PackageError | str]") -> None:
    for problem in problems:
        typer.echo(f"bilingual: {problem}", err=True)
