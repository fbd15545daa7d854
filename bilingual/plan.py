"""Which documents are worked on together, and on which machine: the same wherever the same inputs are seen.

Nothing is read for it. The documents are cut, in their order, into blocks; the documents of a block whose
names have the same hash make a unit. A unit is translated by itself, nothing of it depends on another, so it
does not matter where or when that is done. A shard is some of the hashes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bilingual.errors import DocumentError
from bilingual.records import Shard

UNIT = 128  # documents that are worth a unit: fewer cost time, since small batches are slow ones
LANES = 64  # units of a whole block, and so the most shards that all have something to do

Name = str | DocumentError


@dataclass(frozen=True, slots=True)
class Unit:
    """Documents translated together, in their order; lane is the hash that their names share."""

    names: tuple[Name, ...]
    lane: int = 0


def cut(names: Sequence[Name]) -> list[Unit]:
    """Units of documents, in order; a small block has fewer of them, so that none gets too small."""
    whole = UNIT * LANES
    return [unit for start in range(0, len(names), whole) for unit in _units(names[start : start + whole])]


def _units(block: Sequence[Name]) -> list[Unit]:
    """Units of a block; their number is a power of two, so that where it halves, two lanes become one."""
    count = 1 << (min(max(len(block) // UNIT, 1), LANES).bit_length() - 1)
    lanes: dict[int, list[Name]] = {lane: [] for lane in range(count)}
    for name in block:
        lanes[stable_hash(label(name)) % count].append(name)
    return [Unit(tuple(found), lane) for lane, found in lanes.items() if found]


def part_of(units: Sequence[Unit], shard: Shard | None) -> list[Unit]:
    """The units of a shard; all of them where there is none."""
    return [unit for unit in units if shard is None or unit.lane % shard.of == shard.number - 1]


def label(name: Name) -> str:
    """What a document is called, also where it cannot be found."""
    return name.where if isinstance(name, DocumentError) else name


def stable_hash(name: str) -> int:
    """A number that a name has on every machine and in every version of Python.

    >>> stable_hash("a.txt") % 64
    21
    """
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest())
