"""Cells as a person and a spreadsheet leave them, made comparable."""

import re
from unicodedata import normalize

from bilingual.records import Status

_ERROR = re.compile(r"#(?:NAME\?|VALUE!|REF!|N/A|DIV/0!|NUM!|NULL!|SPILL!|CALC!|이름\?|값!)|Err:\d{3}")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "…": "...", "\u00a0": " "}
)
_STATUSES = {
    **{status.value: status for status in Status},
    "accept": Status.ACCEPTED,
    "ok": Status.ACCEPTED,
    "승인": Status.ACCEPTED,
    "edit": Status.EDITED,
    "수정": Status.EDITED,
    "reject": Status.REJECTED,
    "반려": Status.REJECTED,
    "거부": Status.REJECTED,
    "초안": Status.DRAFT,
}


def one_line(cell: str) -> str:
    r"""Text of a cell in one line, its line breaks and the space around it gone.

    >>> one_line(" 서울은\n합의했다. ")
    '서울은 합의했다.'
    """
    return re.sub(r"\s*[\n\r\v\f\x85\u2028\u2029]+\s*", " ", cell).strip()


def is_error(cell: str) -> bool:
    """Whether a spreadsheet put an error into the place of a text.

    >>> [is_error(cell) for cell in ("#NAME?", " #이름? ", "Err:508", "#1", "NAME")]
    [True, True, True, False, False]
    """
    return bool(_ERROR.fullmatch(cell.strip()))


def plain(text: str) -> str:
    """Text as two versions of a target are compared: white space, quotation marks and composition aside."""
    return " ".join(normalize("NFC", text).translate(_QUOTES).split())


def letters(text: str) -> str:
    """Letters of a text alone, by which a source is known again whatever became of its numbers and signs.

    >>> letters("“Sales” rose 3.5%") == letters('"sales" rose 3,5 %')
    True
    """
    return "".join(character for character in normalize("NFKC", text).casefold() if character.isalpha())


def status_of(cell: str) -> Status | None:
    """Status that a cell names, in English or Korean; none for a word that is not known.

    >>> status_of(" Accepted"), status_of("승인"), status_of(""), status_of("maybe")
    (<Status.ACCEPTED: 'accepted'>, <Status.ACCEPTED: 'accepted'>, <Status.DRAFT: 'draft'>, None)
    """
    word = cell.strip().casefold()
    return _STATUSES.get(word) if word else Status.DRAFT
