"""Work side by side: the next group of items is made, and the last one put away, while one is worked on.

A model computes without Python's lock, so what Python has to do fits beside it; the order of all is kept.
"""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

T = TypeVar("T")


def groups_ahead(
    sources: Iterable[Iterable[T]], weight: Callable[[T], int], limit: int
) -> Generator[list[T]]:
    """Items in groups that weigh limit or just more, each made in a thread while the one before is used.

    The end of a source ends a group. What the items raise is raised here. Close it to stop it after the item
    that is being made.
    """
    stopped = Event()
    groups = _groups(sources, weight, limit, stopped)
    with ThreadPoolExecutor(1) as thread:
        try:
            waiting = thread.submit(next, groups, None)
            while taken := waiting.result():
                waiting = thread.submit(next, groups, None)
                yield taken
        finally:
            stopped.set()


def _groups(
    sources: Iterable[Iterable[T]], weight: Callable[[T], int], limit: int, stopped: Event
) -> Generator[list[T]]:
    for source in sources:
        taken, total = list[T](), 0
        for item in source:
            if stopped.is_set():
                return
            taken.append(item)
            total += weight(item)
            if total >= limit:
                yield taken
                taken, total = [], 0
        if taken:
            yield taken


def put_behind(work: Callable[[T], None], items: Iterable[T]) -> None:
    """Do the work for each item, in order, in a thread while the next item is made; it raises here."""
    with ThreadPoolExecutor(1) as thread:
        last: Future[None] | None = None
        for item in items:
            if last:
                last.result()
            last = thread.submit(work, item)
        if last:
            last.result()
