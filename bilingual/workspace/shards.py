"""Parts of a run that other machines made: where they lie, what each tells of itself, and what is wrong.

OUT/shards/03-of-16 is an output folder whose windows wait to be gathered. Its .bilingual/shard.json says of
which inputs it is a part, by which recipe, and, once it is finished, what run.json would say.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bilingual.atomic import write_bytes
from bilingual.errors import ShardError, WorkspaceError
from bilingual.records import Shard
from bilingual.tables import Window
from bilingual.workspace.folder import LEDGER, Workspace, told
from bilingual.workspace.windows import Ledger, read_window

_NOTE = "shard.json"
_SAME = ("model", "settings", "program")  # what is told where recipes differ


@dataclass(frozen=True, slots=True)
class Part:
    """What a shard tells of itself: names are all inputs, not its own alone; run is empty at first."""

    root: Path
    shard: Shard
    names: tuple[str, ...]
    recipe: str
    made: Mapping[str, Any]
    run: Mapping[str, Any]

    def __str__(self) -> str:
        """Its number and folder, for a person."""
        return f"shard {self.shard} ({self.root})"


def shard_folder(out: Path, shard: Shard) -> Path:
    """Where a shard of the run in OUT is worked on."""
    return out / "shards" / f"{shard.number:02}-of-{shard.of:02}"


def write_part(workspace: Workspace, part: Part) -> None:
    """Put down what a shard is, before it is begun and when it is done; raises WorkspaceError."""
    told_of = {"number": part.shard.number, "of": part.shard.of, "recipe": part.recipe}
    note = told_of | {"made": part.made, "run": part.run, "names": part.names}
    with told(workspace.root):
        write_bytes(workspace.ledger / _NOTE, json.dumps(note, ensure_ascii=True, indent=1).encode())


def read_part(root: Path) -> Part:
    """What the shard in a folder is; raises WorkspaceError where that cannot be read."""
    try:
        note = json.loads((root / LEDGER / _NOTE).read_bytes())
        shard = Shard(int(note["number"]), int(note["of"]))
        return Part(
            root, shard, tuple(map(str, note["names"])), str(note["recipe"]), note["made"], note["run"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"is no shard that can be read ({type(error).__name__}: {error})"
        raise WorkspaceError(str(root), what, "make it again with --shard, or copy it again") from error


def find_shards(out: Path, folders: Sequence[Path]) -> list[Path]:
    """Folders of shards in OUT and in those given; raises WorkspaceError where one of those is none."""
    found = _within(out)
    for folder in folders:
        inside = [folder] if _is_shard(folder) else _within(folder)
        if not inside:
            raise WorkspaceError(str(folder), "holds no shard", "name a folder that translate --shard wrote")
        found += inside
    return sorted({path.resolve(): path for path in found}.values(), key=lambda path: path.name)


def _within(folder: Path) -> list[Path]:
    return [path for path in (folder / "shards").glob("*") if _is_shard(path)]


def _is_shard(folder: Path) -> bool:
    return (folder / LEDGER / _NOTE).is_file()


def check_parts(out: Path, parts: Sequence[Part]) -> None:
    """Raise ShardError for everything that keeps parts from being one whole run."""
    problems = [*_missing(parts), *(text for part in parts for text in _faults(part, parts[0]))]
    if problems:
        raise ShardError(str(out), problems)


def _missing(parts: Sequence[Part]) -> Iterator[str]:
    if not parts:
        yield "holds no shards; run `bilingual translate … --shard 1/N` to N/N with the same -o first"
        return
    of = parts[0].shard.of
    there = [part.shard.number for part in parts if part.shard.of == of]
    for number in sorted(set(range(1, of + 1)) - set(there)):
        yield (
            f"shard {number}/{of} is not here; run the same command with --shard {number}/{of},"
            " or copy its folder here from where that was done"
        )
    for part in parts:
        if part.shard.of == of and there.count(part.shard.number) > 1:
            yield f"{part} is here more than once; leave one of them"


def _faults(part: Part, first: Part) -> Iterator[str]:
    """What keeps a part from being joined to the first."""
    again = f"run its command again, with --shard {part.shard}"
    if part.shard.of != first.shard.of:
        yield f"{part} is not of {first.shard.of}, as {first} is; leave only shards of one run"
    elif part.names != first.names:
        other = _other(part.names, first.names)
        yield f"{part} saw other inputs than {first}: {other}; {again} and the same inputs"
    elif part.recipe != first.recipe:
        other = _otherwise(part, first)
        yield f"{part} was made otherwise than {first}: {other}; {again} and the same options"
    elif not part.run:
        yield f"{part} is not finished; {again}: it goes on where it stopped"


def _other(names: Sequence[str], first: Sequence[str]) -> str:
    more, less = set(names) - set(first), set(first) - set(names)
    if not more | less:
        return "the same in another order"
    return f"{len(names)} and not {len(first)}, such as {min(more | less)!r}, which only one of them has"


def _otherwise(part: Part, first: Part) -> str:
    """Which settings differ, with both values."""
    here, there = (_flat({key: one.made.get(key) for key in _SAME}) for one in (part, first))
    keys = [key for key in here if here[key] != there.get(key) and not key.endswith("place")]
    return (
        ", ".join(f"{key} {here[key]!s:.20} and not {there.get(key)!s:.20}" for key in keys)
        or "another method"
    )


def _flat(made: Mapping[str, Any], before: str = "") -> dict[str, object]:
    pairs = ((f"{before}{key}", value) for key, value in made.items())
    return {
        name: value
        for key, one in pairs
        for name, value in (_flat(one, f"{key} ").items() if isinstance(one, Mapping) else ((key, one),))
    }


def lost(parts: Sequence[Part], ledger: Ledger) -> Iterator[str]:
    """Documents that a shard says it did, and of which neither it nor OUT holds anything."""
    for part in parts:
        windows = Workspace(part.root).windows
        here = {row for place in windows for row in _documents(place) if row[2] == part.recipe}
        for row in part.run["inputs"]:
            key = (row["name"], row["sha256"], part.recipe)
            if key not in here and ledger.finished.get(key[0]) != key[1:]:
                yield (
                    f"{part} has lost {row['name']} and maybe more; run its command again, with"
                    f" --shard {part.shard} --force"
                )
                break


def fresh_windows(part: Part, ledger: Ledger) -> Iterator[Window]:
    """Windows of a shard, each less the documents that OUT or a later window of the shard has."""
    workspace, names = Workspace(part.root), set(part.names)
    with told(part.root):
        last = {name: place for place in workspace.windows for name, *_ in _documents(place)}
        for place in workspace.windows:
            wanted = [
                name
                for name, checksum, recipe in _documents(place)
                if name in names and last[name] == place and recipe == part.recipe
                if ledger.finished.get(name) != (checksum, recipe)
            ]
            if wanted:
                yield _only(read_window(place), wanted)


def _documents(place: Path) -> Iterable[tuple[str, str, str]]:
    columns = ["document", "checksum", "recipe"]
    return (
        pl.read_parquet(place / "articles.parquet", columns=columns).unique(maintain_order=True).iter_rows()
    )


def _only(window: Window, documents: Sequence[str]) -> Window:
    here = pl.col("document").is_in(documents)
    articles = window.articles.filter(here)
    files = set(articles["file"])
    texts = {file: text for file, text in window.texts.items() if file in files}
    return Window(window.pairs.filter(here), articles, texts)
