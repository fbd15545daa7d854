"""Pairs of articles as units with their neighbours."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice, tee

from bilingual.records import Pair, Unit


def pair_units(pairs: Iterable[Pair], source_lang: str = "en", target_lang: str = "ko") -> Iterator[Unit]:
    """Stream pairs of whole articles, in order, as units with their neighbours in the article."""
    before, these, after = tee(pairs, 3)
    nothing: tuple[Pair | None] = (None,)
    for previous, this, following in zip(
        chain(nothing, before), these, chain(islice(after, 1, None), nothing), strict=False
    ):
        yield Unit(
            source=this.source,
            target=this.target,
            source_lang=source_lang,
            target_lang=target_lang,
            unit_id=this.pair_id,
            status=this.status,
            origin=this.origin,
            previous=_beside(this, previous),
            next=_beside(this, following),
            reviewer=this.reviewer,
            created_at=this.reviewed_at,
            note=this.note,
            document=this.document,
        )


def _beside(pair: Pair, other: Pair | None) -> str:
    if other is None or (other.document, other.article) != (pair.document, pair.article):
        return ""
    return other.source
