"""A whole run of `bilingual translate`: edges joined to the pipeline, from inputs to the tables of OUT."""

import hashlib
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bilingual.checks import Known
from bilingual.cli import _show
from bilingual.cli._memory import recalling
from bilingual.cli._record import finish, made_by, ran
from bilingual.cli._terms import effective, tell
from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.documents import find_documents, read_document
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.glossary.match import Matcher
from bilingual.glossary.merge import glossary_fingerprint
from bilingual.glossary.people import Style
from bilingual.pipeline import Tools, translate_units
from bilingual.plan import Unit, cut, label, part_of
from bilingual.records import Later, Model, Shard, Term, TermStatus
from bilingual.tasks import Rules
from bilingual.web.learn import fold_journals
from bilingual.workspace.decisions import settle
from bilingual.workspace.folder import Workspace, open_workspace
from bilingual.workspace.shards import Part, shard_folder, write_part
from bilingual.workspace.windows import decided_pairs, open_ledger

METHOD = 2  # raised when the way from source to target changes, so that finished articles are made anew


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked for."""

    inputs: list[str]
    out: Path
    model: str = ""
    beam: int = 2
    threads: int = 0
    glossaries: list[Path] = field(default_factory=list)
    memory: Path = Path("memory.db")
    later: Later = Later.TITLE
    date: str = ""
    trust: bool = False
    force: bool = False
    shard: Shard | None = None


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
        fold_journals(workspace, order.memory, datetime.now(UTC).isoformat(timespec="seconds"))
        ledger = open_ledger(workspace, forget=order.force)
        units = part_of(cut(names), order.shard)
        bar = stack.enter_context(_show.bar(_sizes(units)))
        translator = stack.enter_context(_translator(order, bar))
        tools = _tools(order, merged.terms, translator, workspace, bar)
        recall = stack.enter_context(recalling(order.memory, tools.rules.matcher.find))
        tools = replace(tools, recall=recall)
        bar.say(f"Model: {translator.model}")
        made = made_by(translator.model, _settings(order, tools))
        part = order.shard and Part(root, order.shard, tuple(map(label, names)), tools.recipe, made, {})
        if part:
            write_part(workspace, part)
        done = translate_units(units, tools, ledger)
        record = ran(done, names, time.monotonic() - began)
        if part:
            write_part(workspace, replace(part, run=record))
        else:
            ledger.aside += finish(workspace, made, record, merged.terms)
    _show.result(workspace.root, done, ledger.aside, time.monotonic() - began)
    return 1 if done.failed else 0


def _translator(order: Order, bar: _show.Bar) -> ArgosTranslator:
    packages = choose_package("en", "ko", name=order.model or None)
    return ArgosTranslator(packages, Decoding(order.beam, order.threads, on_done=bar.advance))


def _tools(
    order: Order, terms: Sequence[Term], translator: ArgosTranslator, workspace: Workspace, bar: _show.Bar
) -> Tools:
    rules = _rules(order, terms)
    return Tools(
        translator,
        rules=rules,
        read=partial(read_document, stdin=sys.stdin.buffer),
        render=render_article,
        name=article_name,
        recipe=_recipe(translator.model, order, rules),
        known=Known(tuple(term for term in terms if term.status is TermStatus.FORBIDDEN)),
        decided=decided_pairs(workspace),
        notify=bar.update,
    )


def _rules(order: Order, terms: Sequence[Term]) -> Rules:
    """The terms to enforce: approved ones, and proposed ones where they are trusted."""
    enforced = {TermStatus.APPROVED, *([TermStatus.PROPOSED] if order.trust else [])}
    kept = [term for term in terms if term.status in enforced]
    return Rules(Matcher(kept), order.date, Style(later=order.later), glossary_fingerprint(kept))


def _recipe(model: Model, order: Order, rules: Rules) -> str:
    """Fingerprint of all that decides a translation besides its source."""
    what = f"{METHOD} {model.checksum} {order.beam} {order.later} {order.date} {rules.fingerprint}"
    return hashlib.sha256(what.encode()).hexdigest()[:16]


def _sizes(units: Sequence[Unit]) -> list[int]:
    """Bytes of each input in the order of work, as far as the file system knows them."""
    names = [name for unit in units for name in unit.names]
    paths = [Path(name) if isinstance(name, str) else Path() for name in names]
    return [path.stat().st_size if path.is_file() else 0 for path in paths]


def _settings(order: Order, tools: Tools) -> dict[str, object]:
    """What the user asked for and what it was under."""
    return {
        "beam": order.beam,
        "later": order.later,
        "date": order.date,
        "glossary": tools.rules.fingerprint,
        "recipe": tools.recipe,
    }
