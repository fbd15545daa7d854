"""Work side by side: the next group of items is made, and the last one put away, while one is worked on.

A model computes without Python's lock, so what Python has to do fits beside it; the order of all is kept.
"""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

T = TypeVar("T")


def groups_ahead(items: Iterable[T], weight: Callable[[T], int], limit: int) -> Generator[list[T]]:
    """Items in groups that weigh limit or just more, each made in a thread while the one before is used.

    What the items raise is raised here. Close it to stop it after the item that is being made.
    """
    rest, stopped = iter(items), Event()

    def group() -> list[T]:
        taken, total = list[T](), 0
        while total < limit and not stopped.is_set():
            try:
                taken.append(next(rest))
            except StopIteration:
                break
            total += weight(taken[-1])
        return taken

    with ThreadPoolExecutor(1) as thread:
        try:
            waiting = thread.submit(group)
            while taken := waiting.result():
                waiting = thread.submit(group)
                yield taken
        finally:
            stopped.set()


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
