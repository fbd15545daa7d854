"""Glossaries of a command: the layers joined, and edits put where they belong."""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bilingual.errors import WorkspaceError
from bilingual.formats.glossaries import base_files, edit_glossary, folder_files
from bilingual.formats.term_files import read_terms
from bilingual.formats.term_rows import make_terms
from bilingual.glossary.cldr import cldr_terms
from bilingual.glossary.merge import Merged, layered, names, take_over, unknown
from bilingual.records import Pair, Row, Term, TermStatus
from bilingual.tables import frame_pairs

FOLDER = Path("glossaries")
PROJECT = FOLDER / "project.csv"


def effective(extra: Sequence[Path] = (), *, base: bool = True) -> Merged:
    """Terms that hold: CLDR, the base glossaries, the working folder's, then the files given; see layered.

    Conflicts are those with a user's own rows: what ships is meant to differ from CLDR.
    """
    shipped = layered([cldr_terms(), _together(base_files())]).terms if base else ()
    return layered([shipped, _together(project_files()), *(read_terms(path) for path in extra)])


def project_files() -> list[Path]:
    """Glossaries of the working folder, unless they are the base glossaries themselves (a checkout)."""
    base = {path.resolve() for path in base_files()}
    return [path for path in folder_files(FOLDER) if path.resolve() not in base]


def _together(files: Iterable[Path]) -> list[Term]:
    """Terms of files of one layer; raises one GlossaryError for the broken rows of each in turn."""
    return [term for path in files for term in read_terms(path)]


def tell(conflicts: Iterable[object]) -> None:
    """Say on standard error what won over what."""
    for conflict in conflicts:
        sys.stderr.write(f"bilingual: {conflict}\n")


def change(source: str, target: str, edit: Callable[[Term], Term | None]) -> int:
    """Edit the rows of a source in the working folder's files, and give their number.

    A row of a base glossary is not changed: what becomes of it is put into glossaries/project.csv.
    """
    files = [path for path in project_files() if _has(path, source, target)]
    for path in files:
        edit_glossary(path, lambda terms: _edited(terms, source, target, edit))
    if files:
        return len(files)
    shipped = [term for term in effective().terms if names(term, source, target)]
    fresh = [new for term in shipped if (new := edit(term))]
    if fresh:
        edit_glossary(PROJECT, lambda terms: take_over(terms, [replace(new, origin="") for new in fresh]))
    return len(fresh)


def _has(path: Path, source: str, target: str) -> bool:
    return any(names(term, source, target) for term in read_terms(path))


def _edited(
    terms: Sequence[Term], source: str, target: str, edit: Callable[[Term], Term | None]
) -> list[Term]:
    changed = [edit(term) if names(term, source, target) else term for term in terms]
    return [term for term in changed if term]


def set_status(source: str, target: str, status: TermStatus) -> None:
    """Give the rows of a source (and target, if given) a status; raises WorkspaceError if there is none."""
    if not change(source, target, lambda term: replace(term, status=status)):
        raise _missing(source, target)


def remove(source: str, target: str) -> None:
    """Take the rows of a source (and target, if given) out; raises WorkspaceError if there is none."""
    if not change(source, target, lambda _: None):
        raise _missing(source, target)


def _missing(source: str, target: str) -> WorkspaceError:
    row = f"{source!r} → {target!r}" if target else repr(source)
    remedy = "a row of a base glossary is not removed: reject it, or add your own over it"
    return WorkspaceError(str(FOLDER), f"holds no row {row}", remedy)


def merge_into(path: Path, rows: Sequence[Term], *, proposed: bool = False) -> int:
    """Put rows that stand nowhere yet into a glossary, telling conflicts; gives the number of rows put.

    proposed: also rows on which nobody has decided.
    """
    held = effective().terms
    wanted = [row for row in rows if proposed or row.status is not TermStatus.PROPOSED]
    written = _together({*project_files(), *([path] if path.exists() else [])})
    fresh = [replace(row, origin="") for row in unknown(wanted, [*held, *written])]
    if fresh:
        edit_glossary(path, lambda terms: take_over(terms, fresh))
    tell(layered([held, fresh]).conflicts)
    return len(fresh)


def make_term(**cells: str) -> Term:
    """A term of what was typed; raises GlossaryError as a row of a file would."""
    return replace(make_terms([Row("command line", 1, cells)])[0], origin="")


def review(path: Path, ask: Callable[[str], str]) -> list[Term]:
    """Ask about each proposed row of a run's table, write the decisions into it and give them."""
    decisions: dict[str, Term] = {}

    def decide(terms: Sequence[Term]) -> list[Term]:
        for term in terms:
            if term.status is not TermStatus.PROPOSED:
                continue
            if (answer := ask(_question(term)).strip()).lower() == "q":
                break
            if decision := _decision(term, answer):
                decisions[term.origin] = decision
        return [decisions.get(term.origin, term) for term in terms]

    edit_glossary(path, decide)
    return list(decisions.values())


def _question(term: Term) -> str:
    return f"{term.source} → {term.target or '?'} [{term.type}] (y, n, the Korean, or q to stop)"


def _decision(term: Term, answer: str) -> Term | None:
    """Y approves, n rejects, Korean corrects and approves, nothing leaves a row as it is."""
    if not answer or (answer.lower() == "y" and not term.target):
        return None
    if answer.lower() == "n":
        return replace(term, status=TermStatus.REJECTED)
    target = term.target if answer.lower() == "y" else answer
    return replace(term, target=target, status=TermStatus.APPROVED)


def read_run(out: Path) -> list[Pair]:
    """Pairs of a finished run; raises WorkspaceError for a folder that holds none."""
    import polars as pl

    path = out / "pairs.parquet"
    try:
        return list(frame_pairs(pl.read_parquet(path)))
    except (OSError, pl.exceptions.PolarsError) as error:
        raise WorkspaceError(
            str(path), f"is no table of pairs ({error})", "give the folder of a run"
        ) from None


def today() -> str:
    """The day on this machine, YYYY-MM-DD."""
    return datetime.now().astimezone().date().isoformat()
