"""A whole training session in one folder: prepared once, trained, resumed after a kill, drawn."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import torch
from torch.multiprocessing import spawn

from bilingual.errors import TrainingError
from bilingual.training import batches, curve, guide, loop, pieces, prepare, start
from bilingual.training.feed import feed
from bilingual.training.network import Network
from bilingual.training.recipe import Recipe

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

Tell = Callable[[str], None]
_ALIGNED = 4_000_000  # padded target pieces from which the alignment of pieces is learnt
_REPLICA_SEED = 1_000_003  # apart from any number of updates a seed is raised by


def train(recipe: Recipe, corpora: Path, folder: Path, tell: Tell) -> None:
    """Prepare the bitext unless the folder has it, then train or go on training; tell reports each step."""
    if not (folder / prepare.BITEXT).exists():
        tell("preparing bitext")
        start.lay(recipe, folder)
        prepared = prepare.prepare(recipe.data, corpora)
        prepare.write(prepared, recipe, folder)
        tell(f"{len(prepared.bitext):,} pairs kept; {folder / prepare.REPORT} says what was dropped")
    if recipe.schedule.guide and not (folder / guide.FILE).exists():
        tell("aligning pieces")
        _align(recipe, folder)
    tell(f"training; {folder / loop.LOG} has a line a minute")
    if recipe.schedule.replicas > 1:
        spawn(_replica, (recipe, folder), nprocs=recipe.schedule.replicas)
    else:
        _replica(0, recipe, folder)
    curve.draw(folder / loop.LOG, folder / "loss.svg")
    tell(f"done; see {folder / 'loss.svg'}, export with --export")


def _align(recipe: Recipe, folder: Path) -> None:
    """Learn and write the guide of attention from batches such as the training will see."""
    tokenizer = batches.load_tokenizer(folder / prepare.PIECES)
    bitext = batches.gather(pl.read_parquet(folder / prepare.BITEXT), recipe.data)
    ends = _ends(tokenizer)
    drawn = islice(feed(bitext, tokenizer, recipe, recipe.schedule.seed), _ALIGNED // recipe.schedule.tokens)
    learnt = guide.learn([loop.padded(batch, ends) for batch in drawn], recipe.shape.vocabulary, ends.pad)
    guide.write(learnt, folder / guide.FILE)


def _ends(tokenizer: "SentencePieceProcessor") -> loop.Ends:
    return loop.Ends(tokenizer.pad_id(), tokenizer.bos_id(), tokenizer.eos_id())


def _replica(number: int, recipe: Recipe, folder: Path) -> None:
    """Train one replica to the end of the schedule, from its checkpoint if it has one."""
    torch.set_num_threads(recipe.schedule.threads)
    torch.manual_seed(recipe.schedule.seed + number)
    tokenizer = batches.load_tokenizer(folder / prepare.PIECES)
    run = loop.begin(_network(recipe, tokenizer, folder), recipe.schedule, folder, number)
    bitext = batches.gather(pl.read_parquet(folder / prepare.BITEXT), recipe.data)
    seed = recipe.schedule.seed + run.updates + number * _REPLICA_SEED
    first = feed(bitext, tokenizer, recipe, seed, frozenset(recipe.schedule.first))
    if recipe.schedule.guide:
        run.guide = guide.read(folder / guide.FILE).to(run.average[0].device)
    run.words = torch.tensor(pieces.words(tokenizer), device=run.average[0].device)
    loop.train(run, first, feed(bitext, tokenizer, recipe, seed), recipe.schedule, _ends(tokenizer))


def _network(recipe: Recipe, tokenizer: "SentencePieceProcessor", folder: Path) -> Network:
    """A network of the recipe's shape on the GPU if there is one, with the weights it is to start from."""
    if tokenizer.get_piece_size() != recipe.shape.vocabulary:
        raise TrainingError(
            str(folder / prepare.PIECES),
            f"has {tokenizer.get_piece_size()} pieces",
            f"the recipe says {recipe.shape.vocabulary}; correct it or use another folder",
        )
    network = Network(recipe.shape, tokenizer.pad_id())
    if recipe.schedule.start:
        network.load_state_dict(start.weights_of(recipe, folder))
    network.to("cuda" if torch.cuda.is_available() else "cpu")
    return network
