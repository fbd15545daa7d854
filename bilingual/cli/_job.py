"""A whole run of `bilingual translate`: edges joined to the pipeline, from inputs to the tables of OUT."""

import hashlib
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from bilingual.checks import Known
from bilingual.cli import _show
from bilingual.cli._memory import recalling
from bilingual.cli._terms import effective, tell
from bilingual.cli.names import Names, write_terms_csv
from bilingual.engines.argos import ArgosTranslator, Decoding
from bilingual.engines.choice import choose_package
from bilingual.errors import DocumentError
from bilingual.formats.articles import article_name, render_article
from bilingual.formats.documents import find_documents, read_document
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.glossary.match import Matcher
from bilingual.glossary.merge import glossary_fingerprint
from bilingual.glossary.people import Style
from bilingual.pairs import Prepared
from bilingual.pipeline import Progress, Tools, translate_documents
from bilingual.records import Later, Model, Term, TermStatus
from bilingual.tasks import Rules
from bilingual.web.learn import fold_journals
from bilingual.workspace.decisions import settle, write_table
from bilingual.workspace.folder import Workspace, open_workspace
from bilingual.workspace.outputs import (
    count_rows,
    join_windows,
    read_pairs,
    read_texts,
    write_run,
    write_text,
)
from bilingual.workspace.windows import decided_pairs, drop_windows, open_ledger

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
    with ExitStack() as stack:
        workspace = stack.enter_context(open_workspace(order.out))
        if order.force and workspace.windows:
            settle(workspace, write_pairs_csv)  # what a killed review stored is not ours to forget
        folded = fold_journals(workspace, order.memory, datetime.now(UTC).isoformat(timespec="seconds"))
        ledger = open_ledger(workspace, forget=order.force)
        bar = stack.enter_context(_show.bar(_sizes(names)))
        translator = stack.enter_context(_translator(order, bar))
        tools = _tools(order, merged.terms, translator, workspace, bar)
        recall = stack.enter_context(recalling(order.memory, tools.rules.matcher.find))
        found = Names(merged.terms)
        tools = replace(tools, recall=recall, notice=partial(_notice, found))
        bar.say(f"Model: {translator.model}")
        done = translate_documents(names, tools, ledger)
        join_windows(workspace, [name for name, _ in done.documents])
        rows = count_rows(workspace)
        if found.tally.articles < rows["articles"]:  # the folder holds more than this run has seen
            found = _all_names(workspace, merged.terms)
        aside = [*folded.aside, *ledger.aside, *_write_tables(workspace, found)]
        write_run(workspace, _summary(order, tools, done, rows, began))
        drop_windows(workspace)
    _show.result(workspace.root, done, aside, time.monotonic() - began)
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


def _sizes(names: list[str | DocumentError]) -> list[int]:
    """Bytes of each input, as far as the file system knows them."""
    paths = [Path(name) if isinstance(name, str) else Path() for name in names]
    return [path.stat().st_size if path.is_file() else 0 for path in paths]


def _notice(found: Names, articles: Sequence[Prepared]) -> None:
    for article in articles:
        found.add([sentence.text for sentence in article.sentences])


def _all_names(workspace: Workspace, terms: Sequence[Term]) -> Names:
    """Names and titles of every article that the folder holds."""
    found = Names(terms)
    for sentences in _articles(workspace):
        found.add(sentences)
    return found


def _write_tables(workspace: Workspace, found: Names) -> list[Path]:
    """Write what is made from the joined windows; gives the files put aside."""
    terms = found.frame(lambda: read_texts(workspace))
    aside = [
        write_table(workspace, write_pairs_csv),
        write_text(workspace, "terms.csv", lambda stream: write_terms_csv(terms, stream)),
    ]
    return [path for path in aside if path]


def _articles(workspace: Workspace) -> Iterator[list[str]]:
    """Sentences of each article that the folder holds."""
    for _, pairs in groupby(read_pairs(workspace), key=lambda pair: (pair.document, pair.article)):
        yield [pair.source for pair in pairs]


def _summary(
    order: Order, tools: Tools, done: Progress, rows: dict[str, int], began: float
) -> dict[str, object]:
    """What run.json says; all but this_run is the same however often the run was stopped."""
    model = tools.translator.model
    settings = {
        "beam": order.beam,
        "later": order.later,
        "date": order.date,
        "glossary": tools.rules.fingerprint,
    }
    return {
        "program": f"bilingual {version('bilingual')}",
        "inputs": [{"name": name, "sha256": digest} for name, digest in done.documents],
        "failed": [str(error) for error in done.failed],
        "model": {
            "name": model.name,
            "version": model.version,
            "sha256": model.checksum,
            "place": model.place,
        },
        "settings": settings | {"recipe": tools.recipe},
        "counts": {"inputs": len(done.documents), **rows},
        "this_run": {
            "unchanged": done.unchanged,
            "sentences": done.sentences,
            "translated": done.translated,
            "recalled": done.recalled,
            "seconds": round(time.monotonic() - began, 1),
        },
    }
