"""Batches made in other processes, where a GPU is faster than one of them."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from bilingual.training import batches
from bilingual.training.batches import Bitext
from bilingual.training.pieces import Pieces
from bilingual.training.recipe import Recipe

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

_WORKER_SEED = 7919  # apart from any number of updates a seed is raised by


class _Batches(IterableDataset[list[tuple[Pieces, Pieces]]]):
    def __init__(self, stream: "partial[Iterator[list[tuple[Pieces, Pieces]]]]", seed: int) -> None:
        self._stream, self._seed = stream, seed

    def __iter__(self) -> Iterator[list[tuple[Pieces, Pieces]]]:
        worker = get_worker_info()
        return self._stream(seed=self._seed + (_WORKER_SEED * worker.id if worker else 0))


def feed(
    bitext: Bitext,
    tokenizer: "SentencePieceProcessor",
    recipe: Recipe,
    seed: int,
    only: frozenset[str] = frozenset(),
) -> Iterator[list[tuple[Pieces, Pieces]]]:
    """Endless batches of the recipe, made in as many processes as its schedule says."""
    stream = partial(
        batches.stream, bitext, tokenizer, tokens=recipe.schedule.tokens, chances=recipe.augment, only=only
    )
    return iter(DataLoader(_Batches(stream, seed), batch_size=None, num_workers=recipe.schedule.workers))
