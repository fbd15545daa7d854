"""A run on Ray: what is sent to each machine, and the tools made of it there."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bilingual.cli._memory import recalling
from bilingual.cli._tools import Order, make_tools
from bilingual.distributed.run import Job, translate_cluster
from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.engines.pack import pack_package
from bilingual.engines.packages import candidate_at, open_package
from bilingual.errors import PackageError
from bilingual.formats.documents import Raw, decode_document, fetch_document
from bilingual.memory import open_memory
from bilingual.pipeline import Progress, Store, Tools
from bilingual.plan import Unit
from bilingual.records import Model, Pair, Term


@dataclass(frozen=True, slots=True)
class Cargo:
    """All that a worker needs: packages as .argosmodel files, memory as a file of SQLite ("" if none)."""

    order: Order
    terms: tuple[Term, ...]
    model: Model
    packages: tuple[bytes, ...]
    memory: bytes
    decided: Mapping[str, Pair]


def translate_ray(
    order: Order, terms: Sequence[Term], tools: Tools, units: Sequence[Unit], store: Store
) -> Progress:
    """Translate units on Ray, at order.address or on this machine; raises ClusterError."""
    model = tools.translator.model
    packages = tuple(map(pack_package, choose_package("en", "ko", name=order.model or None)))
    cargo = Cargo(order, tuple(terms), model, packages, _memory(order.memory), tools.decided)
    load = partial(fetch_document, stdin=sys.stdin.buffer)
    job = Job(load, open_tools, cargo, tools.recipe, tools.notify, order.threads or 1)
    return translate_cluster(units, job, store, order.address)


def _memory(path: Path) -> bytes:
    if not path.exists():
        return b""
    with open_memory(path, new=False) as memory:
        return memory.connection.serialize()


@contextmanager
def open_tools(cargo: Cargo, fetch: Callable[[str], Raw]) -> Iterator[Tools]:
    """Tools on another machine; fetch gives a document by its name. Raises PackageError."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="bilingual-")))
        translator = stack.enter_context(_translator(cargo, folder))
        tools = make_tools(
            cargo.order, cargo.terms, translator, lambda name: decode_document(fetch(name)), cargo.decided
        )
        memory = folder / "memory.db"
        if cargo.memory:
            memory.write_bytes(cargo.memory)
        recall = stack.enter_context(recalling(memory, tools.rules.matcher.find))
        yield replace(tools, recall=recall)


def _translator(cargo: Cargo, folder: Path) -> ArgosTranslator:
    """The very model of the machine that gives the work, loaded."""
    packages = []
    for number, data in enumerate(cargo.packages):
        archive = folder / f"{number}.argosmodel"
        archive.write_bytes(data)
        packages.append(open_package(candidate_at(archive)))
        archive.unlink()
    translator = ArgosTranslator(packages, Decoding(cargo.order.beam, cargo.order.threads or 1))
    if translator.model.checksum != cargo.model.checksum:
        raise PackageError(cargo.model.name, "was changed while it was sent", "run the same command again")
    translator.load()
    return translator
