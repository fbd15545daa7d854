"""Units and shards: every document in one of them, the same on every machine."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.errors import DocumentError
from bilingual.plan import LANES, UNIT, cut, part_of, stable_hash
from bilingual.records import Shard

NAMES = [f"news/{number}.txt" for number in range(20_000)]


@given(st.integers(0, 3_000), st.integers(1, LANES))
def test_every_document_is_in_exactly_one_shard(count: int, of: int) -> None:
    shards = [part_of(cut(NAMES[:count]), Shard(number, of)) for number in range(1, of + 1)]
    found = [name for units in shards for unit in units for name in unit.names]
    assert sorted(found) == sorted(NAMES[:count])


def test_documents_of_a_unit_stand_in_the_order_of_the_inputs() -> None:
    place = {name: number for number, name in enumerate(NAMES)}
    for unit in cut(NAMES):
        assert list(unit.names) == sorted(unit.names, key=lambda name: place[str(name)])


@pytest.mark.parametrize("of", [2, 4, 16, 64])
def test_a_document_keeps_its_shard_when_others_are_added(of: int) -> None:
    few, many = cut(NAMES[: UNIT * LANES]), cut(["a new one", *NAMES])
    for number in range(1, of + 1):
        before = {name for unit in part_of(few, Shard(number, of)) for name in unit.names}
        after = {name for unit in part_of(many, Shard(number, of)) for name in unit.names}
        assert len(before - after) <= len(before) * 0.01 + 1


def test_the_hash_is_the_same_everywhere() -> None:
    assert [stable_hash(name) for name in ("a.txt", "뉴스/1.txt", "\udcff")] == [
        14487794477240457685,
        14422913427253437875,
        14852696944405235362,
    ]


def test_shards_are_about_equal() -> None:
    units = cut(NAMES)
    sizes = [sum(len(unit.names) for unit in part_of(units, Shard(n, 16))) for n in range(1, 17)]
    assert max(sizes) < 1.15 * len(NAMES) / 16


def test_a_few_documents_are_one_unit_and_an_unreadable_one_is_among_them() -> None:
    names = ["a", DocumentError("b", "is missing"), "c"]
    random.Random(1).shuffle(names)
    (unit,) = cut(names)
    assert unit.names == tuple(names)
