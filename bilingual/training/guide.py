"""Which source piece a target piece comes from, to guide attention to it (Chen et al. 2016).

Learnt from the batches themselves by IBM Model 1 (Brown et al. 1993) in both directions; what counts is where
the two agree (Liang et al. 2006). The end of a sentence takes what has no counterpart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

FILE = "alignment.npy"
_ROUNDS = 5
_LEAST = 1e-7  # probability of what was never seen together


@dataclass(frozen=True, slots=True)
class Guide:
    """Tables (vocabulary, vocabulary) of the probability of a target piece by source piece, and back."""

    forward: Tensor
    backward: Tensor

    def __call__(self, source: Tensor, target: Tensor, pad: int) -> Tensor:
        """Weights (B, T, S) of source (B, S) for target (B, T), at most 1 a piece, less where unsure."""
        real = (source != pad)[:, None] & (target != pad)[:, :, None]
        there = _shares(self.forward, source, target, real)
        back = _shares(self.backward, target, source, real.transpose(1, 2))
        copied = _copies(source, target, real)
        known = copied.any(-1, keepdim=True)
        return torch.where(
            known, copied / copied.sum(-1, keepdim=True).clamp_min(1), there * back.transpose(1, 2)
        )

    def to(self, device: torch.device) -> "Guide":
        """The guide on a device."""
        return Guide(self.forward.to(device), self.backward.to(device))


def _shares(table: Tensor, given: Tensor, made: Tensor, real: Tensor) -> Tensor:
    """Part (B, made, given) of each given piece in the making of a piece."""
    likely = table[given[:, None], made[:, :, None]].float() * real
    return likely / likely.sum(-1, keepdim=True).clamp_min(_LEAST)


def _copies(source: Tensor, target: Tensor, real: Tensor) -> Tensor:
    """Where (B, T, S) a target piece is a source piece and the one before or behind it is, too: a copy."""
    same = (source[:, None] == target[:, :, None]) & real
    before, behind = torch.zeros_like(same), torch.zeros_like(same)
    before[:, 1:, 1:], behind[:, :-1, :-1] = same[:, :-1, :-1], same[:, 1:, 1:]
    return same & (before | behind)


def copied(source: Tensor, target: Tensor, pad: int, words: Tensor) -> Tensor:
    """Which target pieces (B, T) stand in the source (B, S) too, in a row there or as one of the words."""
    real = (source != pad)[:, None] & (target != pad)[:, :, None]
    alone = (source[:, None] == target[:, :, None]) & real & words[target][:, :, None]
    return (_copies(source, target, real) | alone).any(-1)


def learn(batches: Sequence[tuple[Tensor, Tensor]], vocabulary: int, pad: int) -> Guide:
    """The guide of batches of source (B, S) and target (B, T) pieces, padded."""
    back = [(target, source) for source, target in batches]
    return Guide(_learn(batches, vocabulary, pad), _learn(back, vocabulary, pad))


def _learn(batches: Sequence[tuple[Tensor, Tensor]], vocabulary: int, pad: int) -> Tensor:
    """Probabilities (given, made) by expectation maximisation from an even start."""
    table = torch.full((vocabulary, vocabulary), 1 / vocabulary)
    for _ in range(_ROUNDS):
        counts = torch.full((vocabulary * vocabulary,), _LEAST)
        for given, made in batches:
            real = (given != pad)[:, None] & (made != pad)[:, :, None]
            places = given[:, None] * vocabulary + made[:, :, None]
            counts.index_add_(0, places.flatten(), _shares(table, given, made, real).flatten())
        table = counts.view_as(table)
        table /= table.sum(1, keepdim=True)
    return table


def write(guide: Guide, file: Path) -> None:
    """Write both tables in half precision, in one step."""
    part = file.with_suffix(".part.npy")
    np.save(part, torch.stack([guide.forward, guide.backward]).half().numpy())
    part.replace(file)


def read(file: Path) -> Guide:
    """The guide of a file, whose memory all processes share."""
    both = torch.from_numpy(np.load(file, mmap_mode="c"))
    return Guide(both[0], both[1])


def loss(looks: Iterable[Tensor], weights: Tensor) -> Tensor:
    """Mean cross-entropy, in nats a target piece, of logarithmic attention (B, T, S) against weights.

    The first layer is to look at what was just written, every other at what is to be written next.
    """
    first, *others = looks
    just = torch.cat([torch.zeros_like(weights[:, :1]), weights[:, :-1]], 1)
    parts = [(first, just), *((other, weights) for other in others)] if others else [(first, weights)]
    total = torch.stack([-(look * weight).sum() for look, weight in parts]).sum()
    return total / weights.sum().clamp_min(1.0) / len(parts)
