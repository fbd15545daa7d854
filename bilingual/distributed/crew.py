"""Workers and what they are at: a lost one is replaced, and what it had is given to others."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from itertools import count
from typing import Any

from bilingual.distributed.worker import OpenTools, Packed, Worker
from bilingual.errors import BilingualError, ClusterError
from bilingual.pipeline import Progress

AHEAD = 2  # units that a worker has: the one it is at, and the next
LIVES = 3  # workers that a unit may cost, and that may fail to come up one after the other
PATIENCE = 120.0  # seconds in which a first worker must come up
Settle = Callable[[Progress, Sequence[Packed]], None]


@dataclass(frozen=True, slots=True)
class Load:
    """A unit on its way to a worker: names of its documents, and where Ray holds them."""

    number: int
    names: tuple[str, ...]
    refs: tuple[Any, ...]


@dataclass(slots=True)
class Hand:
    """A worker that is ready, and the loads it has, the one it is at first."""

    actor: Any
    loads: deque[Load] = field(default_factory=deque)


class Crew:
    """As many workers as there is room for; lost counts the workers that each unit cost."""

    def __init__(self, open_tools: OpenTools, cargo: object, threads: int) -> None:
        import ray

        self._open, self._cargo = open_tools, ray.put(cargo)
        self._new = ray.remote(num_cpus=threads)(Worker)
        self._coming, self._hands = dict[Any, Any](), dict[int, Hand]()
        self._at, self._again = dict[Any, tuple[int, Load]](), deque[Load]()
        self._ids, self._missed, self.lost = count(), 0, Counter[int]()

    def work(self, loads: Iterator[Load], workers: int, settle: Settle) -> None:
        """Have every load done by some workers, and settle what comes of each once, in any order."""
        self._again += [load for load in [next(loads, None)] if load]
        for _ in range(workers if self._again else 0):
            self._hire()
        while self._fill(loads):
            for ref in self._wait():
                if ref in self._coming:
                    self._welcome(ref)
                elif ref in self._at:
                    self._take(ref, settle)

    def end(self) -> None:
        """Let the workers give back what they hold, those that are ready at once."""
        import ray

        if ends := [hand.actor.end.remote() for hand in self._hands.values()]:
            ray.wait(ends, num_returns=len(ends), timeout=5)

    def _hire(self) -> None:
        actor = self._new.remote()
        self._coming[actor.begin.remote(self._open, self._cargo)] = actor

    def _fill(self, loads: Iterator[Load]) -> bool:
        """Give loads to whoever has room, the idle first; tells whether anything is left to wait for."""
        for has in range(AHEAD):
            for number, hand in self._hands.items():
                if len(hand.loads) == has and (load := self._next(loads)):
                    ref = hand.actor.translate.remote(load.names, list(load.refs))
                    hand.loads.append(load)
                    self._at[ref] = (number, load)
        return bool(self._at or self._again)

    def _next(self, loads: Iterator[Load]) -> Load | None:
        return self._again.popleft() if self._again else next(loads, None)

    def _wait(self) -> list[Any]:
        import ray

        ready: list[Any]
        ready, _ = ray.wait([*self._coming, *self._at], num_returns=1, timeout=PATIENCE)
        if not ready and not self._hands:
            what = f"no worker came up within {PATIENCE:.0f} seconds"
            raise ClusterError("Ray", what, "see `ray status`: are there free processors?")
        return ready

    def _welcome(self, ref: Any) -> None:
        actor = self._coming.pop(ref)
        there, lost = _got(ref)
        if lost:
            self._miss(lost)
        elif there != version("bilingual"):
            what = f"a machine has bilingual {there}, this one {version('bilingual')}"
            raise ClusterError("Ray", what, "install the same version everywhere")
        else:
            self._missed = 0
            self._hands[next(self._ids)] = Hand(actor)

    def _miss(self, why: str) -> None:
        """Try for another worker where one did not come up, unless one after the other does not."""
        self._missed += 1
        if self._missed < LIVES:
            self._hire()
        elif not self._hands and not self._coming:
            what = f"workers do not come up ({why})"
            raise ClusterError("Ray", what, "is bilingual[ray] of this version installed on each machine?")

    def _take(self, ref: Any, settle: Settle) -> None:
        number, load = self._at.pop(ref)
        result, lost = _got(ref)
        if lost:
            self._lose(number, lost)
        else:
            self._hands[number].loads.remove(load)
            settle(*result)

    def _lose(self, number: int, why: str) -> None:
        """Give what a lost worker had to others, and hire one for it."""
        hand = self._hands.pop(number)
        self._at = {ref: (of, load) for ref, (of, load) in self._at.items() if of != number}
        self._again.extendleft(reversed(hand.loads))
        first = hand.loads[0]
        self.lost[first.number] += 1
        if self.lost[first.number] >= LIVES:
            what = f"this document, or one of {len(first.names)} with it, cost {LIVES} workers ({why})"
            raise ClusterError(first.names[0], what, "translate it alone without --engine to see why")
        self._hire()


def _got(ref: Any) -> tuple[Any, str]:
    """What came of a call, and why nothing did where the worker was lost; raises what the call raised."""
    import ray
    from ray.exceptions import RayError, RayTaskError

    try:
        return ray.get(ref), ""
    except RayTaskError as error:
        raise (error.cause if isinstance(error.cause, BilingualError) else error) from None
    except RayError as error:
        return None, next(iter(str(error).strip().splitlines()), type(error).__name__)
