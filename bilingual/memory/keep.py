"""Looking through the memory, counting it, taking things out of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from bilingual.memory.grams import tokens
from bilingual.memory.remember import direction
from bilingual.memory.store import FIELDS, Memory, told, unit
from bilingual.records import Unit

_LIST = f"SELECT id, {', '.join(FIELDS)} FROM entry"  # noqa: S608 - the names are ours
_HOLDS = "(?1 = '' OR instr(lower(source), lower(?1)) OR instr(target, ?1))"
_STATS = """
SELECT source_lang, target_lang, count(*), sum(rank = 2), sum(rank = 1), sum(rank = 0), sum(used)
FROM entry GROUP BY source_lang, target_lang ORDER BY source_lang, target_lang
"""


class Entry(NamedTuple):
    """A unit in the memory with the number by which it can be removed."""

    number: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class Stats:
    """Entries of a language pair by who stands behind them, and how often they were used."""

    source_lang: str
    target_lang: str
    entries: int
    human: int
    accepted: int
    machine: int
    used: int


def search(memory: Memory, words: str = "", limit: int = -1) -> Iterator[Entry]:
    """Stream the entries whose source or target holds the words (all entries for none), oldest first."""
    with told(memory.path):
        for number, *row in memory.connection.execute(
            f"{_LIST} WHERE {_HOLDS} ORDER BY id LIMIT ?2", (words, limit)
        ):
            yield Entry(number, unit(tuple(row)))


def stats(memory: Memory) -> list[Stats]:
    """Count the entries of each language pair."""
    with told(memory.path):
        return [Stats(*row) for row in memory.connection.execute(_STATS)]


def count_use(memory: Memory, numbers: Iterable[int]) -> None:
    """Count one more use of each entry that a run has taken its translation from."""
    with memory.writing() as connection:
        connection.executemany("UPDATE entry SET used = used + 1 WHERE id = ?", [(one,) for one in numbers])


def remove(memory: Memory, numbers: Iterable[int]) -> int:
    """Take entries out by their numbers; how many there were."""
    with memory.writing():
        return sum(_remove_one(memory, number) for number in numbers)


def _remove_one(memory: Memory, number: int) -> int:
    row = memory.connection.execute(f"{_LIST} WHERE id = ?", (number,)).fetchone()
    if row is None:
        return 0
    gone = unit(row[1:])
    words = " ".join(tokens(gone.source, direction(gone.source_lang, gone.target_lang)))
    memory.connection.execute(
        "INSERT INTO gram (gram, rowid, tokens) VALUES ('delete', ?, ?)", (number, words)
    )
    memory.connection.execute("DELETE FROM entry WHERE id = ?", (number,))
    return 1
