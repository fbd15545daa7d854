"""Near matches of the memory for a pair on the page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bilingual.memory import Match, Query, open_memory, recall
from bilingual.web.desk import Desk

_KINDS = {"context": "앞뒤까지 같음", "exact": "같은 문장", "fuzzy": "비슷한 문장"}


def near(desk: Desk, pair_id: str, memory: Path | None) -> Sequence[Mapping[str, Any]]:
    """What the memory has for a pair between its neighbours, best first, less what the pair says already.

    Raises Refused for an unknown pair, WorkspaceError for a memory that cannot be used.
    """
    number = desk.number(pair_id)
    pair = desk.look([number])[0]
    if memory is None or not memory.exists():
        return []
    query = Query(
        pair.source, _source(desk, number - 1, pair.article), _source(desk, number + 1, pair.article)
    )
    with open_memory(memory) as opened:
        matches = recall(opened, query)
    return [_view(match) for match in matches if match.target != pair.target]


def _source(desk: Desk, number: int, article: str) -> str:
    """Source of a neighbour in the same article."""
    if not 0 <= number < len(desk.pairs):
        return ""
    other, source = desk.pairs.select("article", "source").row(number)
    return str(source) if other == article else ""


def _view(match: Match) -> Mapping[str, Any]:
    return {
        "kind": _KINDS[match.kind.value],
        "percent": match.percent,
        "source": match.unit.source,
        "target": match.target,
        "reviewer": match.unit.reviewer,
    }
