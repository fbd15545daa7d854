"""What `bilingual align` does: from two files to pairs in a file, a memory, or on the screen."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from bilingual.align import Link, align
from bilingual.atomic import replacing
from bilingual.cli import _tables
from bilingual.cli._terms import effective
from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.errors import DocumentError
from bilingual.formats.documents import read_document
from bilingual.formats.exchange import writer
from bilingual.glossary.match import Matcher
from bilingual.memory import open_memory, remember
from bilingual.records import Origin, TermStatus, Unit
from bilingual.tasks import Task, translate_tasks
from bilingual.text.language import looks_korean
from bilingual.text.segment import split_sentences


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked for."""

    english: str
    korean: str
    out: Path | None = None
    memory: Path | None = None
    least: float = 0.1
    model: str = ""


def run(order: Order) -> None:
    """Align, and write or show the pairs; raises DocumentError for a text without sentences."""
    if order.out:
        writer(order.out)  # an ending that names no format is told before the work
    sources, targets = _sentences(order.english), _sentences(order.korean)
    _refuse_swapped(order, sources, targets)
    links = align(sources, targets, _translated(sources, order.model), _terms(sources))
    good = [link for link in links if link.score and link.score >= order.least]
    _write(order, good, list(_units(good, order.english, sources, targets)))
    counts = f"{len(sources)} English and {len(targets)} Korean sentences"
    typer.echo(f"{counts}: {len(good)} pairs, {len(links) - len(good)} groups left out", err=True)


def _sentences(name: str) -> list[str]:
    """Sentences of each line of a text that is not blank."""
    lines = read_document(name, stdin=sys.stdin.buffer).text.splitlines()
    found = [text for line in lines for text, _ in split_sentences(line.strip()) if text.strip()]
    if not found:
        raise DocumentError(name, "holds no sentences", "give a text")
    return found


def _refuse_swapped(order: Order, sources: Sequence[str], targets: Sequence[str]) -> None:
    if looks_korean(" ".join(sources)):
        raise DocumentError(order.english, "is Korean", "give the English text first")
    if not looks_korean(" ".join(targets)):
        raise DocumentError(order.korean, "is not Korean", "give the Korean text second")


def _translated(sources: Sequence[str], model: str) -> list[str]:
    packages = choose_package("en", "ko", name=model or None)
    with ArgosTranslator(packages, Decoding(beam=2)) as translator:
        return [done.target for done in translate_tasks([Task(source) for source in sources], translator)]


def _terms(sources: Sequence[str]) -> list[list[str]]:
    """Korean of the approved terms of each sentence."""
    matcher = Matcher(term for term in effective().terms if term.status is TermStatus.APPROVED)
    return [[match.term.target for match in matcher.find(source)] for source in sources]


def _units(
    links: Sequence[Link], document: str, sources: Sequence[str], targets: Sequence[str]
) -> Iterator[Unit]:
    """Pairs of what the links join, with the English sentences before and after."""
    for link in links:
        (start, end), theirs = link.sources, slice(*link.targets)
        yield Unit(
            " ".join(sources[start:end]),
            " ".join(targets[theirs]),
            origin=Origin.HUMAN,
            previous=sources[start - 1] if start else "",
            next=sources[end] if end < len(sources) else "",
            note=f"aligned, likeness {link.score:.2f}",
            document=document,
        )


def _write(order: Order, links: Sequence[Link], units: Sequence[Unit]) -> None:
    """To the memory and the file that were asked for, else to the screen."""
    if order.memory:
        with open_memory(order.memory) as memory:
            done = remember(memory, units, datetime.now(UTC).isoformat(timespec="seconds"))
        typer.echo(f"{order.memory}: {done.added} added, {done.replaced} replaced, {done.known} known")
    if order.out:
        try:
            with replacing(order.out) as stream:
                writer(order.out)(units, stream)
        except OSError as error:
            raise DocumentError(str(order.out), f"cannot be written ({error.strerror})") from None
        typer.echo(f"{order.out}: written")
    if not order.memory and not order.out:
        rows = ((f"{x.score:.2f}", u.source, u.target) for x, u in zip(links, units, strict=True))
        _tables.show(("likeness", "source", "target"), rows)
