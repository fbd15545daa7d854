"""Bitext files as one Polars frame, and the rules that clean it, each with what it dropped.

A frame of schema BITEXT has one row a pair; source carries the marks of terms, plain does not.
"""

import glob
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from bilingual.errors import TrainingError
from bilingual.training import marks, register
from bilingual.training.recipe import Data, Group

BITEXT = pl.Schema(
    {"group": pl.String, "origin": pl.String, "source": pl.String, "plain": pl.String, "target": pl.String}
)
_MARKUP = r"[<>{}\[\]=_|\\`$#@*]|https?:|[a-z][A-Z]|::|--|\w\(\)"
_SHORT, _LONGEST, _LONGEST_KOREAN = 25, 400, 250  # characters
_PROSE, _CAPITALS = 40, 4  # characters at least, capital words at most
_COLUMNS = 2
_EDGE_SPACE = r"^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$"


def _size(column: str, pattern: str) -> pl.Expr:
    return pl.col(column).str.count_matches(pattern)


def _key(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^\w]", "")


def _numbers(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(",", "").str.extract_all(r"\d{3,}").list.unique()


_LONG = pl.col("plain").str.len_chars() > _SHORT
_RATIO = pl.col("target").str.len_chars() / pl.col("plain").str.len_chars()
RULES: tuple[tuple[str, pl.Expr], ...] = (
    ("empty", (pl.col("plain") == "") | (pl.col("target") == "")),
    ("source has Hangul", _size("plain", r"[가-힣]") > 0),
    ("source not in Latin letters", _size("plain", r"\p{Latin}") * 2 < _size("plain", r"\p{L}")),
    ("target has no Hangul", _size("target", r"[가-힣]") == 0),
    ("target mostly Latin", _size("target", "[a-z]") > 3 + _size("target", "[A-Za-z가-힣]") * 0.15),
    (
        "too long",
        (pl.col("plain").str.len_chars() > _LONGEST) | (pl.col("target").str.len_chars() > _LONGEST),
    ),
    ("lengths disagree", _LONG & ~_RATIO.is_between(0.22, 1.1)),
    ("markup", _size("plain", _MARKUP) + _size("target", _MARKUP) > 0),
    (
        "numbers disagree",
        _LONG
        & (_size("target", "[만억조천]") == 0)
        & (_numbers("plain").list.set_difference(_numbers("target")).list.len() > 0),
    ),
    (
        "not prose",
        ~pl.col("prose")
        & ((pl.col("plain").str.len_chars() < _PROSE) | (_size("plain", r"\b[A-Z]") > _CAPITALS)),
    ),
    ("duplicate", ~pl.struct(_key("plain"), _key("target")).is_first_distinct()),
)


def read_bitext(groups: Sequence[Group], corpora: Path) -> pl.DataFrame:
    """All pairs of the groups as a frame of schema BITEXT; raises TrainingError on what cannot be read."""
    frames = [_read(group, file) for group in groups for file in files(group.files, corpora)]
    return pl.concat(frames) if frames else BITEXT.to_frame()


def files(patterns: Iterable[str], corpora: Path) -> Iterable[Path]:
    """Files of the patterns, of which "corpora/…" lie in the corpora folder; raises TrainingError on none."""
    for pattern in patterns:
        place = pattern.replace("corpora/", f"{glob.escape(str(corpora))}/", 1)
        found = sorted(glob.glob(place))  # noqa: PTH207 — patterns may be absolute, which Path.glob refuses
        if not found:
            raise TrainingError(
                pattern, "no such bitext", "name its folder with --corpora or change the recipe"
            )
        yield from map(Path, found)


def _read(group: Group, file: Path) -> pl.DataFrame:
    """One file of a group as origin, source and target; a file without origins is its own."""
    try:
        table = pl.read_csv(file, separator="\t", has_header=False, quote_char=None, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise TrainingError(str(file), f"is no table in UTF-8 ({error})", "repair or leave it out") from error
    columns = group.columns or tuple(range(table.width))
    if len(columns) not in (_COLUMNS, _COLUMNS + 1) or max(columns) >= table.width:
        raise TrainingError(str(file), f"has {table.width} columns", "name those of source and target")
    own = [pl.lit(file.name.split(".")[0])] if len(columns) == _COLUMNS else []
    picked = [*own, *(pl.nth(column) for column in columns)]
    named = zip(picked, ("origin", "source", "target"), strict=True)
    rows = table.select(each.alias(name) for each, name in named)
    wanted = pl.col("origin").is_in(group.origins) if group.origins else pl.lit(value=True)
    return _normalised(rows.filter(wanted), group)


def _normalised(rows: pl.DataFrame, group: Group) -> pl.DataFrame:
    spaces = [
        pl.col(name).fill_null("").str.replace_all(r"\s+", " ").str.replace_all(_EDGE_SPACE, "")
        for name in ("source", "target")
    ]
    rows = rows.with_columns(spaces).with_columns(pl.lit(group.name).alias("group"))
    bare = pl.col("source").map_elements(marks.plain, pl.String) if group.marked else pl.col("source")
    return rows.with_columns(bare.alias("plain")).select(BITEXT.names()).match_to_schema(BITEXT)


def clean(frame: pl.DataFrame, data: Data, excluded: frozenset[str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The pairs that break no rule, and a report (group, rule, dropped): the first rule broken counts.

    excluded are keys (see keys) of sentences that must not be trained on, on either side.
    """
    prose = [group.name for group in data.groups if group.prose or group.marked]
    trusted = pl.col("group").is_in([group.name for group in data.groups if group.marked])
    judged = frame.with_columns(pl.col("group").is_in(prose).alias("prose"))
    kept = {"empty", "duplicate"}
    broken = [pl.when(rule if name in kept else rule & ~trusted).then(pl.lit(name)) for name, rule in RULES]
    apart = _key("plain").is_in(excluded) | _key("target").is_in(excluded)
    judged = judged.with_columns(
        pl.coalesce(*broken, pl.when(apart).then(pl.lit("held apart"))).alias("rule")
    )
    report = judged.group_by("group", "rule").len("pairs").sort("group", "rule", nulls_last=False)
    good = judged.filter(pl.col("rule").is_null()).select(BITEXT.names())
    return (_plain_style(good, trusted) if data.plain_style else good), report


def _plain_style(frame: pl.DataFrame, trusted: pl.Expr) -> pl.DataFrame:
    styled = pl.col("target").map_elements(register.plain_style, pl.String)
    return frame.with_columns(pl.when(trusted).then("target").otherwise(styled).alias("target"))


def keys(frame: pl.DataFrame, shortest: int = 12) -> frozenset[str]:
    """Both sides of a frame's pairs as letters and digits only, those of at least so many characters."""
    columns = frame.select(_key("plain").alias("plain"), _key("target").alias("target"))
    return frozenset(key for key in columns.unpivot()["value"] if len(key) >= shortest)
