"""A recipe: everything that a training run depends on, read from one TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bilingual.errors import TrainingError


@dataclass(frozen=True, slots=True)
class Group:
    """Bitext that is sampled together.

    files are globs under the corpora folder ("corpora/…") or the working folder, of tables parted by tabs.
    columns counts from 0 where source and target stand; without it a file has these two, or three of which
    the first names the origin, and only the named origins are taken. share is the group's part of all target
    characters. tag is a SentencePiece byte piece that marks its source side.
    copy is the chance that the Korean stands on both sides, from which the network learns to copy it.
    """

    name: str
    files: tuple[str, ...]
    share: float
    origins: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    marked: bool = False
    prose: bool = True
    tag: str = ""
    copy: float = 0.0


@dataclass(frozen=True, slots=True)
class Data:
    """Where sentences come from, and what is swapped and marked in them.

    No pair is trained on of which either side equals a cell of the excluded files, marks and signs aside.
    """

    groups: tuple[Group, ...]
    excluded: tuple[str, ...] = ()
    dictionaries: tuple[str, ...] = ()
    plain_style: bool = True


@dataclass(frozen=True, slots=True)
class Augment:
    """Chances: Korean put inline (of a pair), names swapped (of a person, of a place), pieces resampled."""

    inline: float = 0.6
    inline_unmarked: float = 0.4
    swap_person: float = 0.5
    swap_place: float = 0.25
    resample: float = 0.4


@dataclass(frozen=True, slots=True)
class Shape:
    """Size of the network; vocabulary counts pieces shared by both languages."""

    vocabulary: int = 8000
    width: int = 256
    heads: int = 4
    inner: int = 1024
    encoder: int = 5
    decoder: int = 2
    dropout: float = 0.1


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to train; tokens is a batch in padded target tokens, minutes of wall clock.

    first_minutes draws from the groups named first alone, so that a fresh network begins to look at the
    source. decay is the last part of the run, over which the rate falls to nothing. workers make batches,
    replicas train at once (see elastic). start is a package whose pieces and weights the run begins with;
    guide weighs the loss of attention that looks elsewhere than the alignment of pieces (see guide).
    blank is the chance that a piece just written is hidden from the decoder, which then has to look at the
    source (word dropout, Sennrich and Zhang 2019).
    copied is what the loss of a piece that stands inline in the source weighs beyond the 1 of any other.
    blend is the part of the trained weights in what is exported, the rest being those of start.
    """

    minutes: float = 120.0
    tokens: int = 1400
    rate: float = 8e-4
    warmup: int = 200
    decay: float = 0.45
    smoothing: float = 0.1
    guide: float = 0.0
    blank: float = 0.0
    copied: float = 0.0
    average: float = 0.992
    first: tuple[str, ...] = ()
    first_minutes: float = 0.0
    save_minutes: float = 3.0
    workers: int = 0
    replicas: int = 1
    threads: int = 2
    seed: int = 1
    start: str = ""
    blend: float = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """One training run; version is that of the package it makes."""

    version: str
    data: Data
    augment: Augment = Augment()
    shape: Shape = Shape()
    schedule: Schedule = Schedule()


def read_recipe(path: Path) -> Recipe:
    """The recipe of a TOML file; raises TrainingError if it is missing, no TOML, or a key is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise TrainingError(str(path), f"cannot be read as TOML ({error})", "see configs/cpu.toml") from error
    recipe: Recipe = _build(Recipe, table, str(path))
    if not any(group.share > 0 for group in recipe.data.groups):
        raise TrainingError(str(path), "no group of bitext has a share above 0", "give one a share")
    return recipe


def _build(kind: Any, value: Any, where: str) -> Any:
    if is_dataclass(kind) and isinstance(value, Mapping):
        return _record(kind, value, where)
    if get_origin(kind) in (Union, UnionType):
        return _build(get_args(kind)[0], value, where)
    if get_origin(kind) is tuple and isinstance(value, list):
        return tuple(_build(get_args(kind)[0], each, f"{where}[{n}]") for n, each in enumerate(value))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and type(value) is kind:
        return value
    raise TrainingError(where, f"{value!r} is not a {getattr(kind, '__name__', kind)}", "correct the value")


def _record(kind: Any, table: Mapping[str, Any], where: str) -> Any:
    types = get_type_hints(kind)
    if unknown := sorted(set(table) - set(types)):
        raise TrainingError(where, f"unknown keys {', '.join(unknown)}", f"known are {', '.join(types)}")
    missing = [each.name for each in fields(kind) if each.default is MISSING and each.name not in table]
    if missing:
        raise TrainingError(where, f"missing keys {', '.join(missing)}", "add them")
    return kind(**{key: _build(types[key], value, f"{where}: {key}") for key, value in table.items()})
