"""What the memory takes in: human work outranks machine work, a newer word an older one."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from bilingual.memory.grams import fold, tokens
from bilingual.memory.store import FIELDS, Memory
from bilingual.records import Origin, Status, Unit

_BATCH = 5_000
_MANY = 20_000
_NAMES = ", ".join(FIELDS)
_FIND = "SELECT id, rank, target, created_at FROM entry WHERE key = ? AND slot = ?"
_INSERT = f"INSERT INTO entry (key, slot, rank, {_NAMES}) VALUES (?, ?, ?, {', '.join('?' * len(FIELDS))})"  # noqa: S608
_UPDATE = f"UPDATE entry SET rank = ?, {', '.join(f'{name} = ?' for name in FIELDS)} WHERE id = ?"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Remembered:
    """What became of units: added, put in the place of older or lesser ones, known already, or left out."""

    added: int = 0
    replaced: int = 0
    known: int = 0
    skipped: int = 0

    def __add__(self, other: "Remembered") -> "Remembered":
        return Remembered(
            self.added + other.added,
            self.replaced + other.replaced,
            self.known + other.known,
            self.skipped + other.skipped,
        )


def language(tag: str) -> str:
    """Main language of a tag, by which entries are matched: en of en-US and en_GB."""
    return tag.replace("_", "-").partition("-")[0].casefold()


def direction(source_lang: str, target_lang: str) -> str:
    """A language pair as keys and index tokens hold it."""
    return f"{language(source_lang)}>{language(target_lang)}"


def key(source: str, pair: str) -> int:
    """Number of a source segment in a language pair, as the exact look-up finds it."""
    return _number(pair, fold(source))


def _number(*parts: str) -> int:
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def remember(memory: Memory, units: Iterable[Unit], at: str, *, latest: bool = False) -> Remembered:
    """Take units in, a few thousand in one transaction; units without text or rejected ones are left out.

    at: time that stands for a missing created_at. latest: these are the last word, whatever the clock says.
    Units with neighbours have one translation a context, those without keep their variants. Raises
    WorkspaceError, and then the transactions before stand.
    """
    total, source = Remembered(), iter(units)
    while batch := list(islice(source, _BATCH)):
        with memory.writing():
            total += _take(memory, batch, at, latest=latest)
    if total.added >= _MANY:
        with memory.writing() as connection:
            connection.execute("INSERT INTO gram (gram) VALUES ('optimize')")
    return total


def _take(memory: Memory, units: Iterable[Unit], at: str, *, latest: bool) -> Remembered:
    counts = {"added": 0, "replaced": 0, "known": 0, "skipped": 0}
    for item in units:
        counts[_take_one(memory, item, at, latest=latest)] += 1
    return Remembered(**counts)


def _take_one(memory: Memory, item: Unit, at: str, *, latest: bool) -> str:
    if not item.source.strip() or not item.target.strip() or item.status is Status.REJECTED:
        return "skipped"
    pair = direction(item.source_lang, item.target_lang)
    where = (key(item.source, pair), _slot(item))
    found = memory.connection.execute(_FIND, where).fetchone()
    values = [getattr(item, name) for name in FIELDS]
    values[FIELDS.index("created_at")] = item.created_at or at
    if found is None:
        cursor = memory.connection.execute(_INSERT, (*where, rank(item), *values))
        index = (cursor.lastrowid, " ".join(tokens(item.source, pair)))
        memory.connection.execute("INSERT INTO gram (rowid, tokens) VALUES (?, ?)", index)
        return "added"
    if latest:  # a clock that was set back must not make an older decision win
        values[FIELDS.index("created_at")] = max(values[FIELDS.index("created_at")], found[3])
    return _renew(memory, found, item, values)


def _renew(memory: Memory, found: tuple[int, int, str, str], item: Unit, values: list[str]) -> str:
    """Put a unit in the place of an entry, unless that is better or newer."""
    entry, old_rank, old_target, old_time = found
    worse = (rank(item), values[FIELDS.index("created_at")]) < (old_rank, old_time)
    if worse or (old_target == item.target and rank(item) == old_rank):
        return "known"
    memory.connection.execute(_UPDATE, (rank(item), *values, entry))
    return "replaced"


def _slot(item: Unit) -> int:
    context = fold(item.previous), fold(item.next)
    return _number(*context) if any(context) else _number(item.target)


def rank(item: Unit) -> int:
    """Weight of a unit: 2 written by a person, 1 accepted by one, 0 machine work nobody looked at."""
    if item.status is Status.EDITED or item.origin is Origin.HUMAN:
        return 2
    return int(item.status is Status.ACCEPTED)
