"""Work side by side, in order."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from bilingual.ahead import groups_ahead, put_behind


def counted(made: list[int], last: int) -> Iterator[int]:
    for number in range(last):
        made.append(number)
        yield number


def weight(_: int) -> int:
    return 1


def test_groups_hold_all_items_in_order() -> None:
    assert list(groups_ahead([range(7)], weight, 3)) == [[0, 1, 2], [3, 4, 5], [6]]
    assert list(groups_ahead([[5, 1, 1, 9]], lambda item: item, 5)) == [[5], [1, 1, 9]]
    assert list(groups_ahead(iter(()), weight, 3)) == []


def test_the_end_of_a_source_ends_a_group() -> None:
    assert list(groups_ahead([range(4), [], [7]], weight, 3)) == [[0, 1, 2], [3], [7]]


def test_the_next_group_is_made_while_one_is_used_and_no_further_one() -> None:
    made: list[int] = []
    with closing(groups_ahead([counted(made, 100)], weight, 10)) as groups:
        next(groups)
        deadline = time.monotonic() + 10
        while len(made) < 20 and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(0.05)
        assert len(made) == 20


def test_what_the_items_raise_is_raised_where_they_are_used() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    groups = groups_ahead([broken()], weight, 1)
    assert next(groups) == [1]
    with pytest.raises(ValueError, match="broken"):
        next(groups)


def test_closing_stops_within_a_group() -> None:
    made: list[int] = []
    going = threading.Event()

    def slow() -> Iterator[int]:
        for number in counted(made, 10_000):
            if number > 10:
                going.set()
                time.sleep(0.002)
            yield number

    with closing(groups_ahead([slow()], lambda item: 10_000 if item == 0 else 1, 10_000)) as groups:
        assert next(groups) == [0]
        assert going.wait(10)
    assert len(made) < 5_000


def test_work_is_done_behind_in_order_one_at_a_time() -> None:
    done: list[tuple[str, int]] = []

    def items() -> Iterator[int]:
        for number in range(3):
            done.append(("made", number))
            yield number

    def work(number: int) -> None:
        time.sleep(0.02)
        done.append(("done", number))

    put_behind(work, items())
    assert [number for kind, number in done if kind == "done"] == [0, 1, 2]
    assert done.index(("made", 1)) < done.index(("done", 0)), "the next item is made meanwhile"


def test_what_the_work_raises_stops_the_items() -> None:
    made: list[int] = []

    def fail(number: int) -> None:
        raise OSError(number)

    with pytest.raises(OSError, match="0"):
        put_behind(fail, counted(made, 100))
    assert len(made) <= 3
