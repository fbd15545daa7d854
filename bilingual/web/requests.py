"""What a browser may ask for, read from a request; anything else is refused in words."""

import json
from collections.abc import Mapping
from typing import Any
from unicodedata import normalize

from bilingual.records import Status
from bilingual.web.desk import Decision, Refused, Swap
from bilingual.web.queries import Filter

LONGEST = 20_000  # characters of a target or note
WORDS = 500  # characters of a search
MANY = 200  # decisions in one request
_BROKEN = "요청을 읽을 수 없습니다."


def read_json(body: bytes) -> Mapping[str, Any]:
    """Body of a request as an object; raises Refused."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused(_BROKEN) from None
    if not isinstance(said, dict):
        raise Refused(_BROKEN)
    return said


def read_filter(said: Mapping[str, Any]) -> Filter:
    """What is to be seen; raises Refused."""
    names = ("article", "status", "issue", "search")
    return Filter(**{name: _text(said, name, WORDS) or "" for name in names})


def read_number(said: Mapping[str, Any], name: str, default: int | None = None) -> int | None:
    """A whole number of at most nine digits; raises Refused."""
    value = str(said.get(name, ""))
    if not value:
        return default
    digits = value.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):  # noqa: PLR2004
        raise Refused(_BROKEN)
    return int(value)


def read_decisions(said: Mapping[str, Any]) -> list[Decision]:
    """Decisions of a request, each pair once; raises Refused."""
    rows = said.get("decisions")
    if not isinstance(rows, list) or not 0 < len(rows) <= MANY:
        raise Refused(_BROKEN)
    decisions = [_decision(row) for row in rows]
    if len({decision.pair_id for decision in decisions}) < len(decisions):
        raise Refused(_BROKEN)
    return decisions


def read_swap(said: Mapping[str, Any]) -> Swap:
    """Words to be replaced; raises Refused."""
    find, put = _text(said, "find", WORDS), _text(said, "put", WORDS)
    if not find:
        raise Refused("찾을 말을 적으십시오.")
    return Swap(find, put or "", read_filter(said), particles=said.get("particles") is not False)


def _decision(row: object) -> Decision:
    if not isinstance(row, dict):
        raise Refused(_BROKEN)
    status = _text(row, "status", WORDS)
    if status and status not in set(Status):
        raise Refused(_BROKEN)
    return Decision(
        _text(row, "id", WORDS) or "",
        _text(row, "version", WORDS) or "",
        Status(status) if status else None,
        _text(row, "target", LONGEST),
        _text(row, "note", LONGEST),
    )


def _text(said: Mapping[str, Any], name: str, longest: int) -> str | None:
    """A text in composed form, none where there is none."""
    value = said.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > longest:
        raise Refused(f"너무 길거나 글이 아닙니다(최대 {longest:,}자).")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Refused("읽을 수 없는 글자가 있습니다.")
    return normalize("NFC", value)
