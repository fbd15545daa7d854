"""The tables, declared once. One row is a record of the same name; here alone the two are converted."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from bilingual.records import Honoured, Issue, Kind, Markup, Origin, Pair, Status, TermStatus, TermType

if TYPE_CHECKING:
    from polars._typing import SchemaDict


def _enum(values: type[StrEnum]) -> pl.Enum:
    return pl.Enum([value.value for value in values])


_PAIRS: "SchemaDict" = {
    "pair_id": pl.String,
    "document": pl.String,
    "article": pl.String,
    "paragraph": pl.Int32,
    "position": pl.Int32,
    "source": pl.String,
    "target": pl.String,
    "origin": _enum(Origin),
    "status": _enum(Status),
    "score": pl.Float64,
    "issues": pl.List(pl.Struct({"code": pl.String, "detail": pl.String})),
    "terms": pl.List(
        pl.Struct(
            {
                "source": pl.String,
                "target": pl.String,
                "type": _enum(TermType),
                "honoured": pl.Boolean,
                "rung": pl.String,
            }
        )
    ),
    "model": pl.String,
    "glossary": pl.String,
    "reviewer": pl.String,
    "reviewed_at": pl.String,
    "note": pl.String,
}
PAIRS = pl.Schema(_PAIRS)

_ARTICLES: "SchemaDict" = {
    "document": pl.String,
    "checksum": pl.String,
    "recipe": pl.String,
    "number": pl.Int32,
    "file": pl.String,
    "title": pl.String,
    "markup": _enum(Markup),
    "separator": pl.String,
    "blocks": pl.List(
        pl.Struct(
            {
                "kind": _enum(Kind),
                "level": pl.Int32,
                "mark": pl.String,
                "separators": pl.List(pl.String),
            }
        )
    ),
    "written": pl.String,
}
ARTICLES = pl.Schema(_ARTICLES)

_TERMS: "SchemaDict" = {
    "source": pl.String,
    "target": pl.String,
    "type": _enum(TermType),
    "status": _enum(TermStatus),
    "variant_of": pl.String,
    "valid_from": pl.String,
    "valid_until": pl.String,
    "country": pl.String,
    "origin": pl.String,
    "count": pl.Int64,
    "articles": pl.Int64,
    "example": pl.String,
    "note": pl.String,
}
TERMS = pl.Schema(_TERMS)

_MEMORY: "SchemaDict" = {
    "source": pl.String,
    "target": pl.String,
    "source_lang": pl.String,
    "target_lang": pl.String,
    "previous": pl.String,
    "next": pl.String,
    "origin": _enum(Origin),
    "reviewer": pl.String,
    "created_at": pl.String,
    "used": pl.Int64,
}
MEMORY = pl.Schema(_MEMORY)

_SCORES: "SchemaDict" = {
    "metric": pl.String,
    "value": pl.Float64,
    "signature": pl.String,
    "system": pl.String,
    "test_set": pl.String,
}
SCORES = pl.Schema(_SCORES)


@dataclass(frozen=True, slots=True)
class Window:
    """Translated documents: frames of schema PAIRS and ARTICLES, and the Korean text of each article file."""

    pairs: pl.DataFrame
    articles: pl.DataFrame
    texts: Mapping[str, str]


_TEXTS: "SchemaDict" = {"file": pl.String, "text": pl.String}


def window_frames(window: Window) -> dict[str, pl.DataFrame]:
    """The frames that a window is kept as, by name."""
    texts = pl.DataFrame(list(window.texts.items()), schema=_TEXTS, orient="row")
    return {"pairs": window.pairs, "articles": window.articles, "texts": texts}


def frames_window(read: Callable[[str], pl.DataFrame]) -> Window:
    """The window whose frames are read by name; raises polars.exceptions.SchemaError on other schemas."""
    pairs, articles = read("pairs").match_to_schema(PAIRS), read("articles").match_to_schema(ARTICLES)
    return Window(pairs, articles, dict(read("texts").iter_rows()))


def pairs_frame(pairs: Iterable[Pair]) -> pl.DataFrame:
    """Pairs as a frame of schema PAIRS, one row each, in order."""
    rows = list(pairs)
    cells = {name: list(map(attrgetter(name), rows)) for name in PAIRS}
    lists = {name: _lists(cells[name], PAIRS[name]) for name in ("issues", "terms")}
    return pl.DataFrame(cells | lists, schema=PAIRS)


def _lists(rows: Sequence[Sequence[object]], kind: pl.DataType) -> pl.Series:
    """A column of lists of structs, put together flat: Polars is slow at taking them one by one."""
    fields = cast("pl.Struct", cast("pl.List", kind).inner).to_schema()
    items = [item for row in rows for item in row]
    flat = pl.DataFrame({name: list(map(attrgetter(name), items)) for name in fields}, schema=fields)
    place = pl.Series("place", [number for number, row in enumerate(rows) for _ in row], pl.UInt32)
    grouped = flat.select(place, item=pl.struct(pl.all())).group_by("place", maintain_order=True).all()
    every = pl.DataFrame({"place": range(len(rows))}, schema={"place": pl.UInt32})
    return every.join(grouped, on="place", how="left", maintain_order="left")["item"].fill_null([])


def frame_pairs(frame: pl.DataFrame) -> Sequence[Pair]:
    """Rows of a frame of schema PAIRS as records; raises polars.exceptions.SchemaError on another schema."""
    return [_pair(row) for row in frame.match_to_schema(PAIRS).iter_rows(named=True)]


def _pair(row: dict[str, Any]) -> Pair:
    row["origin"], row["status"] = Origin(row["origin"]), Status(row["status"])
    row["issues"] = tuple(Issue(**issue) for issue in row["issues"])
    row["terms"] = tuple(Honoured(**{**term, "type": TermType(term["type"])}) for term in row["terms"])
    return Pair(**row)
