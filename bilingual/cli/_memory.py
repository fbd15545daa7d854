"""The memory beside a run: what it has for the sentences of an article."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bilingual.glossary.match import Match
from bilingual.memory import Memory, Query, open_memory, queries, recall
from bilingual.memory.remember import rank
from bilingual.tasks import Recall, Recalled, no_memory

LEAST = 75  # percent from which a near match saves a reviewer time


@contextmanager
def recalling(path: Path, find: Callable[[str], Sequence[Match]]) -> Iterator[Recall]:
    """Look-up in the memory at path while the block lasts; nothing is found where there is no such file."""
    if not path.exists():
        yield no_memory
        return
    with open_memory(path, new=False) as memory:
        yield lambda sources: [_best(memory, query, find) for query in queries(sources)]


def _best(memory: Memory, query: Query, find: Callable[[str], Sequence[Match]]) -> Recalled | None:
    """The best entry that a person stands behind; what no one has looked at is no better than the model."""
    matches = recall(memory, query, find=find, least=LEAST)
    return next((Recalled(one.target, one.percent) for one in matches if rank(one.unit)), None)
