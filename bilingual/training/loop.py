"""The training loop: batches in, checkpoints and a log out; a run that is killed goes on where it stopped."""

import json
import math
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import parameters_to_vector

from bilingual.errors import TrainingError
from bilingual.training import elastic, guide
from bilingual.training.guide import Guide
from bilingual.training.network import Network
from bilingual.training.pieces import Pieces
from bilingual.training.recipe import Schedule

Batch = Sequence[tuple[Pieces, Pieces]]
LOG = "log.jsonl"
_REPORT_SECONDS = 60.0
_FLOOR = 0.02  # of the rate, at the end
_CLIP = 1.0  # norm of the gradient


@dataclass(frozen=True, slots=True)
class Ends:
    """Numbers of the pieces that pad, begin and end a sentence."""

    pad: int
    begin: int
    end: int


@dataclass(slots=True)
class Run:
    """A run in progress, with a running mean of its weights.

    updates, target tokens and seconds count all of it; loss is a sum over the tokens seen since a report.
    words says of each piece (vocabulary,) whether it is a copy even where it stands alone.
    """

    network: Network
    optimizer: torch.optim.Optimizer
    average: list[Tensor]
    folder: Path
    common: elastic.Common | None
    replica: int = 0
    updates: int = 0
    tokens: int = 0
    seconds: float = 0.0
    loss: float = 0.0
    seen: int = 0
    guide: Guide | None = None
    words: Tensor | None = None


def begin(network: Network, schedule: Schedule, folder: Path, replica: int = 0) -> Run:
    """A run in this folder, going on from its checkpoint if any; raises TrainingError if that is damaged."""
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=schedule.rate, betas=(0.9, 0.98), eps=1e-9, weight_decay=0.0, fused=True
    )
    file = checkpoint(folder, replica)
    state = read_checkpoint(file) if file.exists() else None
    if state:
        network.load_state_dict(state["weights"])
    average = [each.detach().clone() for each in network.parameters()]
    common = elastic.join(network, folder) if schedule.replicas > 1 else None
    run = Run(network, optimizer, average, folder, common, replica)
    if state:
        _restore(run, state)
    return run


def checkpoint(folder: Path, replica: int = 0) -> Path:
    """File of a replica's state; the first one's holds the average that is exported."""
    return folder / f"checkpoint.{replica}.pt"


def read_checkpoint(file: Path) -> dict[str, Any]:
    """The checkpoint as save_checkpoint wrote it; raises TrainingError if there is none that can be read."""
    try:
        state: dict[str, Any] = torch.load(file, map_location="cpu", weights_only=True)
    except (OSError, RuntimeError, EOFError, ValueError, KeyError) as error:
        raise TrainingError(str(file), f"is no checkpoint ({error})", "delete it to begin anew") from error
    return state


def _restore(run: Run, state: Mapping[str, Any]) -> None:
    run.optimizer.load_state_dict(state["optimizer"])
    run.average = [each.to(run.average[0].device) for each in state["average"]]
    run.updates, run.tokens, run.seconds = state["updates"], state["tokens"], state["seconds"]


def save_checkpoint(run: Run) -> None:
    """Write the run's state beside its log, in one step, so that a kill never leaves half a checkpoint."""
    state = {
        "weights": run.network.state_dict(),
        "average": run.average,
        "optimizer": run.optimizer.state_dict(),
        "updates": run.updates,
        "tokens": run.tokens,
        "seconds": run.seconds,
    }
    file = checkpoint(run.folder, run.replica)
    part = file.with_suffix(".part")
    torch.save(state, part)
    part.replace(file)


def averaged(network: Network, average: Sequence[Tensor]) -> Network:
    """The network with the running mean of its weights in place."""
    with torch.no_grad():
        for parameter, mean in zip(network.parameters(), average, strict=True):
            parameter.copy_(mean)
    return network


def rate(schedule: Schedule, updates: int, passed: float) -> float:
    """Rate after so many updates and this part (0 to 1) of the time: warm-up, level, linear decay."""
    warm = min(1.0, (updates + 1) / schedule.warmup)
    return schedule.rate * warm * max(_FLOOR, min(1.0, (1 - passed) / schedule.decay))


def train(run: Run, first: Iterator[Batch], main: Iterator[Batch], schedule: Schedule, ends: Ends) -> None:
    """Train until the schedule's minutes are over, logging a line a minute and saving checkpoints."""
    run.network.train()
    saved = reported = run.seconds
    last = time.monotonic()
    while run.seconds < schedule.minutes * 60:
        early = run.seconds < schedule.first_minutes * 60
        passed = run.seconds / (schedule.minutes * 60)
        _update(run, next(first if early else main), schedule, ends, rate(schedule, run.updates, passed))
        now = time.monotonic()
        run.seconds, last = run.seconds + now - last, now
        if run.seconds - reported >= _REPORT_SECONDS:
            _report(run, run.seconds - reported)
            reported = run.seconds
        if run.seconds - saved >= schedule.save_minutes * 60:
            save_checkpoint(run)
            saved = run.seconds
    save_checkpoint(run)


def _update(run: Run, batch: Batch, schedule: Schedule, ends: Ends, rate_now: float) -> None:
    """One step of AdamW, in bfloat16 where products are large, float32 where sums are."""
    device = run.average[0].device
    source, target = (side.to(device) for side in padded(batch, ends))
    real = target != ends.pad
    for group in run.optimizer.param_groups:
        group["lr"] = rate_now
    read = shifted(target, ends)
    read = read.masked_fill(torch.rand(read.shape, device=device) < schedule.blank, ends.pad)
    looks: list[Tensor] | None = [] if run.guide else None
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits = run.network.logits(run.network(source, read, looks)[real])
    losses = functional.cross_entropy(
        logits.float(), target[real], label_smoothing=schedule.smoothing, reduction="none"
    )
    loss = losses.mean()
    if schedule.copied and run.words is not None:
        copied = guide.copied(source, target, ends.pad, run.words)[real]
        loss = loss + schedule.copied * (losses * copied).mean()
    guided = guide.loss(looks, run.guide(source, target, ends.pad)) if run.guide and looks else 0.0
    (loss + schedule.guide * guided).backward()
    torch.nn.utils.clip_grad_norm_(run.network.parameters(), _CLIP)
    run.optimizer.step()
    run.optimizer.zero_grad(set_to_none=True)
    _count(run, float(losses.detach().mean()), int(real.sum()), schedule)


def _count(run: Run, loss: float, tokens: int, schedule: Schedule) -> None:
    if not math.isfinite(loss):
        raise TrainingError(
            str(run.folder), f"the loss became {loss}", "lower the rate and start from the checkpoint"
        )
    run.updates, run.tokens = run.updates + 1, run.tokens + tokens
    run.loss, run.seen = run.loss + loss * tokens, run.seen + tokens
    if run.updates % elastic.EVERY == 0:
        if run.common:
            elastic.exchange(run.network, run.common)
        weights = run.common.mean if run.common else parameters_to_vector(run.network.parameters()).detach()
        elastic.follow(run.average, weights, 1 - min(schedule.average, run.updates / (run.updates + 100)))


def padded(batch: Batch, ends: Ends) -> tuple[Tensor, Tensor]:
    """Source (B, S) and target (B, T) of a batch, each row ended and filled up to one length."""
    sources, targets = zip(*batch, strict=True)
    return _pad(sources, ends), _pad(targets, ends)


def _pad(rows: Sequence[Pieces], ends: Ends) -> Tensor:
    length = max(map(len, rows)) + 1
    return torch.tensor([[*row, ends.end, *[ends.pad] * (length - len(row) - 1)] for row in rows])


def shifted(target: Tensor, ends: Ends) -> Tensor:
    """What the decoder reads to write the target: its beginning, then the target but for its last."""
    return torch.cat([torch.full_like(target[:, :1], ends.begin), target[:, :-1]], 1)


def _report(run: Run, seconds: float) -> None:
    line = {
        "updates": run.updates,
        "tokens": run.tokens,
        "minutes": round(run.seconds / 60, 1),
        "loss": round(run.loss / max(run.seen, 1), 4),
        "rate": run.optimizer.param_groups[0]["lr"],
        "tokens_a_second": round(run.seen / seconds),
    }
    with (run.folder / (LOG if run.replica == 0 else f"{run.replica}.{LOG}")).open(
        "a", encoding="utf-8"
    ) as log:
        log.write(json.dumps(line) + os.linesep)
    run.loss, run.seen = 0.0, 0
