"""`bilingual glossary`: look at the terms that hold, decide on them, bring them in and out."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bilingual.records import TermStatus, TermType

if TYPE_CHECKING:
    from bilingual.records import Term

app = typer.Typer(no_args_is_help=True, help="Look at, decide on and exchange the terms of the glossary.")

Source = Annotated[str, typer.Argument(help="The English term as it is written.")]
Target = Annotated[str, typer.Argument(help="The Korean; without it every row of the source is meant.")]
Into = Annotated[Path, typer.Option(help="The glossary that is written.")]
Extra = Annotated[list[Path] | None, typer.Option("--glossary", help="A glossary over all others.")]
PROJECT = Path("glossaries/project.csv")


@app.command("list")
def list_(
    kind: Annotated[TermType | None, typer.Option("--type", help="Only terms of this type.")] = None,
    status: Annotated[TermStatus | None, typer.Option(help="Only terms of this status.")] = None,
    glossary: Extra = None,
    *,
    base: Annotated[bool, typer.Option(help="With the base glossaries and CLDR.")] = False,
) -> None:
    """List the terms of the working folder, with --base all that hold.

    Example: bilingual glossary list --base --type title
    """
    from bilingual.cli import _terms

    merged = _terms.effective(glossary or [], base=base)
    _terms.tell(merged.conflicts)
    _show(term for term in merged.terms if kind in (None, term.type) and status in (None, term.status))


@app.command()
def find(text: Annotated[str, typer.Argument(help="Part of the English or the Korean.")]) -> None:
    """Find terms by a part of their English or Korean, whatever its case.

    Example: bilingual glossary find "trade minister"
    """
    from bilingual.cli import _terms

    wanted = text.casefold()
    rows = [t for t in _terms.effective().terms if wanted in f"{t.source}\n{t.target}".casefold()]
    _show(rows)
    raise typer.Exit(0 if rows else 1)


@app.command()
def add(
    source: Source,
    target: Annotated[str, typer.Argument(help="The Korean that it is to be.")],
    *,
    kind: Annotated[TermType, typer.Option("--type", help="What it names.")] = TermType.TERM,
    status: Annotated[TermStatus, typer.Option(help="What is decided of it.")] = TermStatus.APPROVED,
    country: Annotated[str, typer.Option(help="Countries it holds in, as KR or GB|US.")] = "",
    note: Annotated[str, typer.Option(help="Remark for people.")] = "",
    into: Into = PROJECT,
) -> None:
    """Add a term; rows of the same source give way and are told.

    Example: bilingual glossary add "Wi Sung-lac" 위성락 --type person
    """
    from bilingual.cli import _terms

    term = _terms.make_term(
        source=source, target=target, type=kind, status=status, country=country, note=note
    )
    put = _terms.merge_into(into, [term], proposed=True)
    typer.echo(f"{source} → {target} ({into})" if put else f"{source} → {target} stands already")


@app.command()
def approve(source: Source, target: Target = "") -> None:
    """Approve a term, so that every translation obeys it.

    Example: bilingual glossary approve "Wi Sung-lac"
    """
    from bilingual.cli import _terms

    _terms.set_status(source, target, TermStatus.APPROVED)


@app.command()
def reject(source: Source, target: Target = "") -> None:
    """Reject a term; a row of a base glossary no longer holds in this folder.

    Example: bilingual glossary reject "working-level talks" 실무회담
    """
    from bilingual.cli import _terms

    _terms.set_status(source, target, TermStatus.REJECTED)


@app.command()
def remove(source: Source, target: Target = "") -> None:
    """Remove rows from the glossaries of the working folder.

    Example: bilingual glossary remove "Wi Sung-lac"
    """
    from bilingual.cli import _terms

    _terms.remove(source, target)


@app.command()
def review(
    out: Annotated[Path, typer.Argument(help="Folder of a run, or its terms.csv.")], into: Into = PROJECT
) -> None:
    """Decide on the proposed names and titles of a run one by one: y, n, the right Korean; q stops.

    Example: bilingual glossary review out/
    """
    from bilingual.cli import _terms

    path = out / "terms.csv" if out.is_dir() else out
    decisions = _terms.review(path, _ask)
    typer.echo(f"{len(decisions)} decided, {_terms.merge_into(into, decisions)} taken into {into}")


@app.command()
def merge(
    terms: Annotated[Path, typer.Argument(help="terms.csv of a run, with decisions in its status column.")],
    into: Into = PROJECT,
) -> None:
    """Take over the rows that were approved, rejected or forbidden in the table of a run.

    Example: bilingual glossary merge out/terms.csv
    """
    from bilingual.cli import _terms
    from bilingual.formats.term_files import read_terms

    typer.echo(f"{_terms.merge_into(into, read_terms(terms))} taken into {into}")


@app.command()
def check(
    out: Annotated[Path | None, typer.Argument(help="Folder of a finished run.")] = None,
    glossary: Extra = None,
    *,
    base: Annotated[bool, typer.Option(help="Check the base glossaries too.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 3 if there is a doubt.")] = False,
) -> None:
    """Check the rows of the glossaries; with OUT, how consistently a run rendered each term.

    Example: bilingual glossary check out/
    """
    from bilingual.cli import _checks

    doubts = _checks.show_run(out) if out else _checks.show_rows(glossary or [], base=base)
    raise typer.Exit(3 if strict and doubts else 0)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV, TSV, XLSX or TBX file.")], into: Into = PROJECT
) -> None:
    """Bring the terms of a file into the working folder.

    Example: bilingual glossary import agency.tbx
    """
    from bilingual.cli import _terms
    from bilingual.formats.term_files import read_terms

    typer.echo(f"{_terms.merge_into(into, read_terms(file), proposed=True)} taken into {into}")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write: .csv, .tsv, .xlsx or .tbx.")],
    glossary: Extra = None,
    *,
    base: Annotated[bool, typer.Option(help="With the base glossaries and CLDR.")] = False,
) -> None:
    """Write the terms that hold to one file.

    Example: bilingual glossary export terms.tbx --base
    """
    from bilingual.cli import _terms
    from bilingual.formats.term_files import write_terms

    terms = _terms.effective(glossary or [], base=base).terms
    write_terms(file, terms)
    typer.echo(f"{len(terms)} terms → {file}")


def _ask(question: str) -> str:
    """What is typed; the end of the input stops the review, and what was decided is kept."""
    try:
        return str(typer.prompt(question, default="", show_default=False))
    except typer.Abort:
        return "q"


def _show(terms: Iterable["Term"]) -> None:
    from bilingual.cli._tables import show

    columns = ("source", "target", "type", "status", "country", "valid_from", "valid_until", "origin")
    show(columns, ([getattr(term, name) for name in columns] for term in terms))
