"""What a reviewer asks to see: pairs by article, status, issue and words, a page at a time."""

from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

import polars as pl

from bilingual.records import Status

PAGE = 50
_CODES = pl.col("issues").list.eval(pl.element().struct.field("code"))
_OPEN = pl.col("status") == Status.DRAFT.value


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be seen; an empty field asks for nothing. issue: a code, or "any"."""

    article: str = ""
    status: str = ""
    issue: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the pairs that are asked for: their numbers, how many stand before them, how many there are."""

    numbers: tuple[int, ...]
    before: int
    total: int


def matching(pairs: pl.DataFrame, asked: Filter) -> pl.Series:
    """Numbers of the pairs (schema PAIRS) that are asked for, from 0, in order."""
    table = pairs.lazy().with_row_index("number").filter(*_conditions(asked))
    return table.select(pl.col("number").cast(pl.Int64)).collect()["number"]


def page_of(numbers: pl.Series, *, after: int = -1, before: int | None = None, size: int = PAGE) -> Page:
    """The first of the numbers beyond after, or the last ones below before.

    Pages go by numbers of pairs, not by counts, so none is passed over when pairs leave what is asked for.
    """
    below = numbers <= after if before is None else numbers < before
    start = max(0, int(below.sum()) - (0 if before is None else size))
    return Page(tuple(numbers.slice(start, size).to_list()), start, len(numbers))


def counts(pairs: pl.DataFrame, asked: Filter) -> dict[str, dict[str, int]]:
    """How many pairs of the article asked for have each status, and each issue ("any": one or more)."""
    scope = pairs.lazy().filter(*_conditions(Filter(article=asked.article, search=asked.search)))
    few = scope.select("status", codes=_CODES.list.unique()).collect()
    statuses = few["status"].value_counts().rows()
    codes = few["codes"].explode().drop_nulls().value_counts(sort=True).rows()
    issues = {"any": int((few["codes"].list.len() > 0).sum()), **dict(codes)}
    return {"status": {"": len(few), **dict(statuses)}, "issue": issues}


def articles(pairs: pl.DataFrame, search: str = "", start: int = 0, size: int = PAGE) -> dict[str, Any]:
    """Articles whose file, title or Korean title has the words, with pairs, those undecided and doubtful."""
    table = pairs.lazy().group_by("article", maintain_order=True)
    found = table.agg(
        title=pl.col("source").first(),
        korean=pl.col("target").first(),
        total=pl.len(),
        open=_OPEN.sum(),
        doubtful=(pl.col("issues").list.len() > 0).sum(),
    ).collect()
    if search:
        places = (_has(pl.col(name), search) for name in ("article", "title", "korean"))
        found = found.filter(pl.any_horizontal(*places))
    return {"total": len(found), "articles": found.slice(start, size).to_dicts()}


def titles(pairs: pl.DataFrame, files: set[str]) -> dict[str, str]:
    """First source of each of the articles."""
    rows = pairs.lazy().filter(pl.col("article").is_in(list(files))).group_by("article")
    return dict(rows.agg(pl.col("source").first()).collect().iter_rows())


def _conditions(asked: Filter) -> list[pl.Expr]:
    given: list[pl.Expr] = []
    if asked.article:
        given.append(pl.col("article") == asked.article)
    if asked.status:
        given.append(pl.col("status").cast(pl.String) == asked.status)
    if asked.issue:
        given.append(
            pl.col("issues").list.len() > 0 if asked.issue == "any" else _CODES.list.contains(asked.issue)
        )
    if asked.search:
        given.append(_has(pl.col("source"), asked.search) | _has(pl.col("target"), asked.search))
    return given or [pl.lit(value=True)]


def _has(column: pl.Expr, words: str) -> pl.Expr:
    """Whether a text has the words, in capitals or not, composed or not."""
    return column.str.to_lowercase().str.contains(normalize("NFC", words).lower(), literal=True)
