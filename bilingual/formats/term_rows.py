"""Rows of a glossary, whatever file they come from: what is wrong with them, and the terms they are."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from bilingual.errors import GlossaryError
from bilingual.records import Row, Term, TermStatus, TermType

COLUMNS = ("source", "target", "type", "status", "variant_of", "country", "valid_from", "valid_until", "note")
_OPEN = {TermStatus.PROPOSED, TermStatus.REJECTED}  # of these the Korean may be missing
_LONGEST = 500  # characters of a source or target


def make_terms(rows: Iterable[Row]) -> list[Term]:
    """Terms of rows, origin "file:line"; raises GlossaryError with everything that is wrong with any row."""
    terms, problems, file = [], [], ""
    for row in rows:
        file = row.file
        found = [(row.number, what) for what in _faults(row.cells)]
        problems += found
        if not found:
            terms.append(_term(row))
    if problems:
        raise GlossaryError(file, problems)
    return terms


def cells_of(term: Term) -> list[str]:
    """Cells of a term in the order of COLUMNS."""
    return [str(getattr(term, name)) for name in COLUMNS]


def _faults(cells: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a row, one sentence each."""
    for name in ("source", "target"):
        text = cells.get(name, "").strip()
        if not text and (name == "source" or cells.get("status", "").strip().lower() not in _OPEN):
            yield f"has no {name}"
        if len(text) > _LONGEST:
            yield f"has a {name} of {len(text)} characters, where {_LONGEST} are allowed"
    if any(character < " " and not character.isspace() for cell in cells.values() for character in cell):
        yield "holds a control character"
    for name, values in (("type", TermType), ("status", TermStatus)):
        if (value := cells.get(name, "").strip().lower()) and value not in set(values):
            yield f"has {name} {value!r}, where one of {', '.join(values)} is expected"
    yield from _faults_of_validity(cells)


def _faults_of_validity(cells: Mapping[str, str]) -> Iterator[str]:
    for name in ("valid_from", "valid_until"):
        if (value := cells.get(name, "").strip()) and not _is_day(value):
            yield f"has {name} {value!r}, where a day as YYYY-MM-DD is expected"
    if "" < cells.get("valid_until", "").strip() < cells.get("valid_from", "").strip():
        yield "ends before it begins (valid_until, valid_from)"
    codes = cells.get("country", "").strip().split("|")
    if any(code and not (len(code) == 2 and code.isascii() and code.isalpha()) for code in codes):  # noqa: PLR2004
        yield f"has country {'|'.join(codes)!r}, where codes of two letters as KR or GB|US are expected"
    if "" in cells:
        yield f"has more cells than the header ({cells['']!r})"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _term(row: Row) -> Term:
    cells = {name: " ".join(row.cells.get(name, "").split()) for name in COLUMNS}
    return Term(
        source=cells["source"],
        target=cells["target"],
        type=TermType(cells["type"].lower() or TermType.TERM),
        status=TermStatus(cells["status"].lower() or TermStatus.APPROVED),
        variant_of=cells["variant_of"],
        country=cells["country"].upper(),
        valid_from=cells["valid_from"],
        valid_until=cells["valid_until"],
        note=cells["note"],
        origin=f"{row.file}:{row.number}",
    )
