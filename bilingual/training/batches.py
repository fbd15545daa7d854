"""An endless stream of batches: pairs drawn by share, varied, cut into pieces, bucketed by length."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from bilingual.training import augment, marks, names, register
from bilingual.training.pieces import Pieces, cut
from bilingual.training.recipe import Augment, Data, Group

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

_POOL = 4000  # pairs sorted together
_LONGEST = 150  # pieces of one side
_NOISE = 2.0  # pieces; keeps buckets from being the same in each pool
_POLITE = "<0x01>"  # tag of targets that end politely; text never yields this piece


@dataclass(frozen=True, slots=True)
class Bitext:
    """Clean pairs by group as (marked source, target), the groups, and their chances in pairs."""

    pairs: Mapping[str, Sequence[tuple[str, str]]]
    groups: Mapping[str, Group]
    shares: Mapping[str, float]
    pools: names.Pools


def load_tokenizer(path: Path) -> "SentencePieceProcessor":
    """The SentencePiece model of a file."""
    from sentencepiece import SentencePieceProcessor

    return SentencePieceProcessor(model_file=str(path))


def gather(frame: pl.DataFrame, data: Data) -> Bitext:
    """A clean frame of schema BITEXT as what can be drawn from; shares turn from characters to pairs."""
    pairs = {
        str(key[0]): list(rows.select("source", "target").iter_rows())
        for key, rows in frame.group_by("group", maintain_order=True)
    }
    size = {name: sum(len(target) + 3 for _, target in rows) / len(rows) for name, rows in pairs.items()}
    groups = {group.name: group for group in data.groups if group.name in pairs}
    ours = [pair for name, group in groups.items() if group.marked for pair in pairs[name]]
    shares = {name: group.share / size[name] for name, group in groups.items()}
    return Bitext(
        pairs, groups, shares, names.gather(mark for source, _ in ours for mark in marks.marks(source))
    )


def stream(
    bitext: Bitext,
    tokenizer: "SentencePieceProcessor",
    *,
    tokens: int,
    chances: Augment,
    seed: int,
    only: frozenset[str] = frozenset(),
) -> Iterator[list[tuple[Pieces, Pieces]]]:
    """Batches without end, each of at most so many padded pieces a side, of the groups in only (or all)."""
    from sentencepiece import set_random_generator_seed

    set_random_generator_seed(seed)
    rng = random.Random(seed)  # noqa: S311 — draws sentences, guards nothing
    names_ = [name for name in bitext.shares if not only or name in only]
    cumulative = list(accumulate(bitext.shares[name] for name in names_))
    while True:
        drawn = (rng.choices(names_, cum_weights=cumulative)[0] for _ in range(_POOL))
        pool = [_example(bitext, bitext.groups[name], tokenizer, chances, rng) for name in drawn]
        yield from _buckets(
            [pair for pair in pool if all(0 < len(side) < _LONGEST for side in pair)], tokens, rng
        )


def _example(
    bitext: Bitext, group: Group, tokenizer: "SentencePieceProcessor", chances: Augment, rng: random.Random
) -> tuple[Pieces, Pieces]:
    rows = bitext.pairs[group.name]
    pair = augment.vary(
        *rows[rng.randrange(len(rows))],
        marked=group.marked,
        pools=bitext.pools,
        chances=chances,
        rng=rng,
    )
    if rng.random() < group.copy:
        return tokenizer.encode(pair.target), tokenizer.encode(pair.target)
    tag = _POLITE if not group.marked and register.is_polite(pair.target) else group.tag
    source = cut(pair.source, pair.inline, tokenizer, sampled=rng.random() < chances.resample)
    target = cut(pair.target, pair.inline, tokenizer)
    return ([tokenizer.piece_to_id(tag)] if tag else []) + source, target


def _buckets(
    pool: Sequence[tuple[Pieces, Pieces]], tokens: int, rng: random.Random
) -> list[list[tuple[Pieces, Pieces]]]:
    """Pairs of like length together, the buckets in random order; one more piece a side ends it."""
    ordered = sorted(pool, key=lambda pair: max(map(len, pair)) + rng.random() * _NOISE)
    buckets: list[list[tuple[Pieces, Pieces]]] = [[]]
    longest = 0
    for pair in ordered:
        longest = max(longest, *map(len, pair))
        if buckets[-1] and (longest + 1) * (len(buckets[-1]) + 1) > tokens:
            buckets.append([])
            longest = max(map(len, pair))
        buckets[-1].append(pair)
    rng.shuffle(buckets)
    return buckets
