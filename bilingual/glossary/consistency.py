"""How each term of a finished run came out: its renderings, how often each, and where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bilingual.records import Pair

OTHER = "?"  # the target holds no rendering that is known


@dataclass(frozen=True, slots=True)
class Consistency:
    """One source over a run: renderings, the commonest first, with places (article:paragraph.position)."""

    source: str
    renderings: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def count(self) -> int:
        """How often the source was required."""
        return sum(len(places) for _, places in self.renderings)

    @property
    def share(self) -> float:
        """Share of the commonest rendering, from 0 to 1."""
        return len(self.renderings[0][1]) / self.count


def consistency(pairs: Iterable[Pair]) -> list[Consistency]:
    """Renderings of every term that the pairs required, the least consistent first.

    A term that was not honoured counts for another rendering of its source that the run knows and the target
    holds, else for "?".
    """
    required = [(pair, term) for pair in pairs for term in pair.terms]
    known: dict[str, list[str]] = {}
    for _, term in required:
        known.setdefault(term.source, [])
        if term.target not in known[term.source]:
            known[term.source].append(term.target)
    found: dict[str, dict[str, list[str]]] = {source: {} for source in known}
    for pair, term in required:
        rendering = term.target if term.honoured else _other(pair.target, known[term.source], term.target)
        place = f"{pair.article}:{pair.paragraph}.{pair.position}"
        found[term.source].setdefault(rendering, []).append(place)
    rows = [Consistency(source, _ranked(renderings)) for source, renderings in found.items()]
    return sorted(rows, key=lambda row: (row.share, -row.count, row.source))


def _other(target: str, renderings: Sequence[str], wanted: str) -> str:
    return next((text for text in renderings if text != wanted and text in target), OTHER)


def _ranked(renderings: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    ranked = sorted(renderings.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple((text, tuple(places)) for text, places in ranked)
