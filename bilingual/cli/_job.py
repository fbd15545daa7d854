"""A whole run of `bilingual translate`: edges joined to the pipeline, from inputs to the tables of OUT."""

import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bilingual.cli import _show
from bilingual.cli._memory import recalling
from bilingual.cli._record import finish, made_by, ran
from bilingual.cli._terms import effective, tell
from bilingual.cli._tools import Order, make_tools, settings
from bilingual.cli.names import Names
from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.formats.documents import find_documents, read_document
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.pairs import Prepared
from bilingual.pipeline import Progress, Store, Tools, translate_units
from bilingual.plan import Name, Unit, cut, label, part_of
from bilingual.records import Engine, Term
from bilingual.web.learn import fold_journals
from bilingual.workspace.decisions import settle
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.shards import Part, shard_folder, write_part
from bilingual.workspace.windows import decided_pairs, open_ledger


def run(order: Order) -> int:
    """Translate, write the tables, and say what was done; gives the exit code."""
    try:
        return _run(order, time.monotonic())
    except KeyboardInterrupt:
        sys.stderr.write("\nbilingual: stopped; the same command goes on where it stopped\n")
        return 130


def _run(order: Order, began: float) -> int:
    merged = effective(order.glossaries)
    tell(merged.conflicts)
    names = list(find_documents(order.inputs, skip=[str(order.out)]))
    root = shard_folder(order.out, order.shard) if order.shard else order.out
    with ExitStack() as stack:
        workspace = stack.enter_context(open_workspace(root))
        if order.force and workspace.windows and not order.shard:
            settle(workspace, write_pairs_csv)  # what a killed review stored is not ours to forget
        folded = fold_journals(workspace, order.memory, datetime.now(UTC).isoformat(timespec="seconds"))
        ledger = open_ledger(workspace, forget=order.force)
        units = part_of(cut(names), order.shard)
        bar = stack.enter_context(_show.bar(_sizes(units)))
        read = partial(read_document, stdin=sys.stdin.buffer)
        with _translator(order, bar) as translator:
            tools = make_tools(order, merged.terms, translator, read, decided_pairs(workspace))
            tools = replace(tools, notify=bar.update)
            bar.say(f"Model: {translator.model}")
            made = made_by(translator.model, settings(order, tools))
            part = order.shard and Part(root, order.shard, tuple(map(label, names)), tools.recipe, made, {})
            found = Names(merged.terms)
            if part:
                write_part(workspace, part)
            else:
                tools = replace(tools, notice=partial(_notice, found, _places(names)))
            done = _translate(order, merged.terms, tools, units, ledger)
        record = ran(done, names, time.monotonic() - began)
        if part:
            write_part(workspace, replace(part, run=record))
        else:
            ledger.aside += finish(workspace, made, record, found)
    _show.result(workspace.root, done, [*folded.aside, *ledger.aside], time.monotonic() - began)
    return 1 if done.failed else 0


def _places(names: Sequence[Name]) -> dict[str, int]:
    return {label(name): number for number, name in enumerate(names)}


def _notice(found: Names, places: Mapping[str, int], articles: Sequence[Prepared]) -> None:
    """Count the names of articles, which come in the order of work, by their place among the inputs."""
    for prepared in articles:
        place = (places.get(prepared.article.document, len(places)), prepared.article.number)
        found.add([sentence.text for sentence in prepared.sentences], place)


def _translate(
    order: Order, terms: Sequence[Term], tools: Tools, units: Sequence[Unit], store: Store
) -> Progress:
    """Have the work done by the engine that was asked for."""
    if order.engine is Engine.RAY:
        from bilingual.cli._cluster import translate_ray

        return translate_ray(order, terms, tools, units, store)
    with recalling(order.memory, tools.rules.matcher.find) as recall:
        return translate_units(units, replace(tools, recall=recall), store)


def _translator(order: Order, bar: _show.Bar) -> ArgosTranslator:
    packages = choose_package("en", "ko", name=order.model or None)
    return ArgosTranslator(packages, Decoding(order.beam, order.threads, on_done=bar.advance))


def _sizes(units: Sequence[Unit]) -> list[int]:
    """Bytes of each input in the order of work, as far as the file system knows them."""
    names = [name for unit in units for name in unit.names]
    paths = [Path(name) if isinstance(name, str) else Path() for name in names]
    return [path.stat().st_size if path.is_file() else 0 for path in paths]
