"""A run on many machines: documents are read and windows stored here, the rest is done by workers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Protocol

from bilingual.distributed.connection import connected
from bilingual.distributed.crew import Crew, Load
from bilingual.distributed.worker import OpenTools, Packed, unpacked
from bilingual.errors import DocumentError
from bilingual.pipeline import Progress, Store
from bilingual.plan import Name, Unit
from bilingual.records import Document, Markup


class Raw(Protocol):
    """A document as it was fetched, not yet read."""

    @property
    def name(self) -> str:
        """What the user called it."""
        ...

    @property
    def checksum(self) -> str:
        """SHA-256 of its bytes, as hex."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """What there is to do: a worker opens its tools with cargo, which is sent to each machine once.

    load fetches a document here; what it gives is what the second argument of open_tools gives there.
    threads: those of a worker, and the processors it is given.
    """

    load: Callable[[str], Raw]
    open_tools: OpenTools
    cargo: object
    recipe: str
    notify: Callable[[Progress], None] = lambda _: None
    threads: int = 1


def translate_cluster(units: Sequence[Unit], job: Job, store: Store, address: str = "") -> Progress:
    """Translate every document that is not finished, on a Ray of this machine or on the cluster at address.

    Windows are stored as they come, in any order. Raises ClusterError where machines cannot be reached or
    are lost again and again, and what the pipeline raises.
    """
    with connected(address):
        return translate_here(units, job, store)


def translate_here(units: Sequence[Unit], job: Job, store: Store) -> Progress:
    """The same, on the Ray that this process is connected to."""
    import ray

    progress, crew = Progress(), Crew(job.open_tools, job.cargo, job.threads)
    workers = int(ray.cluster_resources().get("CPU", 1)) // job.threads
    try:
        crew.work(
            _loads(units, job, store, progress),
            max(1, min(workers, len(units))),
            lambda done, windows: _settle(done, windows, store, progress, job),
        )
    finally:
        crew.end()
    return progress


def _loads(units: Sequence[Unit], job: Job, store: Store, progress: Progress) -> Iterator[Load]:
    """Units with their documents, fetched only when a worker has room; nothing of what is finished."""
    import ray

    for number, unit in enumerate(units):
        refs = {raw.name: ray.put(raw) for raw in _fetched(unit.names, job, store, progress)}
        if refs:
            yield Load(number, tuple(refs), tuple(refs.values()))


def _fetched(names: Sequence[Name], job: Job, store: Store, progress: Progress) -> Iterator[Raw]:
    for name in names:
        progress.seen += 1
        try:
            if isinstance(name, DocumentError):
                raise name
            raw = job.load(name)
        except DocumentError as error:
            progress.failed.append(error)
            continue
        if store.is_finished(Document(raw.name, Markup.TEXT, "", raw.checksum), job.recipe):
            progress.documents.append((raw.name, raw.checksum))
            progress.unchanged += 1
        else:
            yield raw


def _settle(done: Progress, windows: Sequence[Packed], store: Store, progress: Progress, job: Job) -> None:
    """Store the windows of a unit and count it."""
    for window in windows:
        store.store(unpacked(window))
    done.seen = 0  # counted when it was fetched
    for part in fields(Progress):
        setattr(progress, part.name, getattr(progress, part.name) + getattr(done, part.name))
    job.notify(progress)
