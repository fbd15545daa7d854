"""What a row says of its pair: nothing, a decision, or something that cannot be taken."""

from typing import NamedTuple

from bilingual.records import Row, Status
from bilingual.review.cells import is_error, letters, one_line, plain, status_of
from bilingual.review.matching import Known, Refusal

_BEYOND = "it has cells beyond the header; was a text with a comma left without quotation marks?"
_STALE = "its target is not what the pair has now; write the table again and decide there"
_BOTH = "it has an edit and is rejected; keep one of them"
_EMPTY = "it is marked edited, but edit is empty"
_OVERWRITTEN = "its target was changed and edit is empty; write corrections into edit"


class Said(NamedTuple):
    """What one row says of a pair; an empty status is none, an empty note no note."""

    pair_id: str
    status: str
    target: str
    note: str
    file: str
    row: int

    @property
    def verdict(self) -> tuple[str, str]:
        """What makes two decisions the same."""
        return self.status, plain(self.target)


def judge(row: Row, pair: Known) -> Said | Refusal | None:
    """Decision of a row about its pair, nothing where it says nothing new, or the reason to refuse it."""
    error = next((n for n in ("edit", "status", "note") if is_error(row.cells.get(n, ""))), "")
    if error or row.cells.get(""):
        what = f"{error} holds the spreadsheet error {row.cells[error].strip()}" if error else _BEYOND
        return Refusal(row.file, row.number, what)
    verdict = _verdict(row, pair)
    if isinstance(verdict, str):
        return Refusal(row.file, row.number, verdict)
    status, target = verdict or ("", "")
    note = one_line(row.cells.get("note", ""))
    note = "" if plain(note) == plain(pair.note) else note
    if not status and not note:
        return None
    return Said(pair.pair_id, status, target, note, row.file, row.number)


def _verdict(row: Row, pair: Known) -> tuple[str, str] | str | None:
    """New status and target, a reason, or nothing."""
    status, edit = status_of(row.cells.get("status", "")), one_line(row.cells.get("edit", ""))
    if status is None:
        return f"status {row.cells['status'].strip()!r} is none of draft, accepted, edited, rejected"
    if edit:
        return _edited(edit, status, pair)
    return _unedited(status, pair, stale=_is_stale(row, pair))


def _edited(edit: str, status: Status, pair: Known) -> tuple[str, str] | str | None:
    if status is Status.REJECTED:
        return _BOTH
    if plain(edit) != plain(pair.target):
        return Status.EDITED.value, edit
    done = pair.status in (Status.ACCEPTED.value, Status.EDITED.value)
    return None if done else (Status.ACCEPTED.value, pair.target)


def _unedited(status: Status, pair: Known, *, stale: bool) -> tuple[str, str] | str | None:
    if status is Status.DRAFT:
        undecided = pair.status == Status.DRAFT.value
        return _OVERWRITTEN if stale and undecided else None
    same = status.value == pair.status or (status is Status.ACCEPTED and pair.status == Status.EDITED.value)
    if stale:
        return _STALE
    if same:
        return None
    return _EMPTY if status is Status.EDITED else (status.value, pair.target)


def _is_stale(row: Row, pair: Known) -> bool:
    """Whether the row shows another target than the pair has; an empty or broken cell shows none."""
    shown = row.cells.get("target", "")
    if shown == pair.target or not shown.strip() or is_error(shown):
        return False
    if not letters(shown + pair.target):  # a sheet makes what it likes of numbers and dates
        return False
    return plain(shown) != plain(pair.target)
