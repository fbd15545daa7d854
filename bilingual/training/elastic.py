"""Several processes that train at once, pulled to a common mean of weights (EASGD, Zhang et al. 2015).

Nobody waits for anybody, so that a process that the machine holds up does not hold up the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from filelock import FileLock
from torch import Tensor, nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

EVERY = 8  # updates between two exchanges
_PULL = 0.4  # part of the way from a process's weights to the mean, and of the mean to them
_COMMON = "common.f32"


@dataclass(frozen=True, slots=True)
class Common:
    """The mean of all processes' weights, float32 (parameters,), in a file that they share."""

    mean: Tensor
    lock: FileLock


def join(network: nn.Module, folder: Path) -> Common:
    """The common mean of a folder, begun with this network's weights if nobody has."""
    file, lock = folder / _COMMON, FileLock(folder / f"{_COMMON}.lock")
    own = parameters_to_vector(network.parameters()).detach().cpu().numpy()
    with lock:
        if not file.exists() or file.stat().st_size != own.nbytes:
            file.write_bytes(own.tobytes())
        shared = np.memmap(file, np.float32, "r+", shape=own.shape)
    return Common(torch.from_numpy(shared), lock)


def exchange(network: nn.Module, common: Common) -> None:
    """Draw the network and the common mean towards each other."""
    own = parameters_to_vector(network.parameters()).detach()
    with common.lock:
        apart = (own.cpu() - common.mean) * _PULL
        common.mean.add_(apart)
    vector_to_parameters(own - apart.to(own.device), network.parameters())


def follow(average: Sequence[Tensor], weights: Tensor, part: float) -> None:
    """Move a running average this part of the way towards weights (parameters,)."""
    at = 0
    for each in average:
        each.lerp_(weights[at : at + each.numel()].view_as(each).to(each.device), part)
        at += each.numel()
