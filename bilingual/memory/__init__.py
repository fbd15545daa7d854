"""Translation memory: what people decided once is found again, exactly, in its context or nearly."""

from bilingual.memory.keep import Entry, Stats, count_use, remove, search, stats
from bilingual.memory.recall import Kind, Match, Query, queries, recall
from bilingual.memory.remember import Remembered, language, remember
from bilingual.memory.store import Memory, open_memory
from bilingual.memory.units import pair_units

__all__ = [
    "Entry",
    "Kind",
    "Match",
    "Memory",
    "Query",
    "Remembered",
    "Stats",
    "count_use",
    "language",
    "open_memory",
    "pair_units",
    "queries",
    "recall",
    "remember",
    "remove",
    "search",
    "stats",
]
