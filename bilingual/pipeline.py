"""The only place where stages are joined: read → find articles → split → recall → translate → check → store.

Documents are taken in windows of some hundred sentences, so memory does not grow with their number. What a
window holds depends on its unit (see plan) alone, and nothing of it on another: a run that was killed, or
that many machines share, comes to the very same tables.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Protocol

import polars as pl

from bilingual.ahead import groups_ahead, put_behind
from bilingual.checks import Known, check_pair
from bilingual.errors import DocumentError
from bilingual.pairs import (
    Prepared,
    Translation,
    as_pair,
    as_translation,
    block_texts,
    keep_decisions,
    ledger_row,
    make_pairs,
)
from bilingual.plan import Name, Unit
from bilingual.records import Article, Document, Kind, Origin, Pair, Sentence
from bilingual.tables import ARTICLES, PAIRS, Window, frame_pairs, pairs_frame
from bilingual.tasks import (
    Key,
    Recall,
    Rules,
    Task,
    article_tasks,
    fingerprint,
    no_memory,
    translate_tasks,
)
from bilingual.text.articles import find_articles
from bilingual.text.language import looks_korean
from bilingual.text.segment import split_sentences
from bilingual.translator import Translator

WINDOW = 512  # sentences translated and stored together
Done = dict[Key, Translation]


@dataclass(frozen=True, slots=True)
class Planned:
    """A document, without its text, ready to be translated: its articles and what each sentence must say."""

    document: Document
    articles: Sequence[Prepared]
    tasks: Sequence[Sequence[Task]]

    def __len__(self) -> int:
        """How many sentences it has."""
        return sum(map(len, self.tasks))


class Store(Protocol):
    """Where windows go, and what is known of those before."""

    def is_finished(self, document: Document, recipe: str) -> bool:
        """Whether this very document was translated by this very recipe."""
        ...

    def store(self, window: Window) -> None:
        """Keep a window for good."""
        ...

    def stash(self, name: str, translations: pl.DataFrame) -> None:
        """Keep a further part of a window that is too long to lose, under the name of the window."""
        ...

    def stashed(self, name: str) -> pl.DataFrame:
        """The parts kept under a name."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with; recipe names everything besides the source that decides a translation.

    The memory is no part of it: it grows with each review, and what is finished is not made anew for that.
    notice is shown the articles of every document that is to be translated.
    """

    translator: Translator
    read: Callable[[str], Document]
    render: Callable[[Article, Sequence[str]], str]
    name: Callable[[Article], str]
    recipe: str
    rules: Rules = field(default_factory=Rules)
    recall: Recall = no_memory
    known: Known = field(default_factory=Known)
    decided: Mapping[str, Pair] = field(default_factory=dict)
    notice: Callable[[Sequence[Prepared]], None] = lambda _: None
    notify: Callable[["Progress"], None] = lambda _: None


@dataclass(slots=True)
class Progress:
    """How far a run is; failed holds an error for each input that was not taken.

    seen: inputs looked at; documents: name and checksum of each that could be read; prepared: sentences of
    those to be translated, of so many characters; sentences, articles: what is stored; recalled: sentences
    of those that stand as the memory has them.
    """

    documents: list[tuple[str, str]] = field(default_factory=list)
    seen: int = 0
    prepared: int = 0
    characters: int = 0
    unchanged: int = 0
    articles: int = 0
    sentences: int = 0
    translated: int = 0
    recalled: int = 0
    failed: list[DocumentError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def translate_documents(names: Sequence[Name], tools: Tools, store: Store) -> Progress:
    """Translate documents that make one unit; see translate_units."""
    return translate_units([Unit(tuple(names))], tools, store)


def translate_units(units: Iterable[Unit], tools: Tools, store: Store) -> Progress:
    """Translate every document that is not finished, window by window. Raises EngineError, WorkspaceError.

    While a window is with the model, the next is read and cut, and the one before is checked and stored.
    """
    progress = Progress()
    planned = (_planned(unit.names, tools, store, progress) for unit in units)
    with closing(groups_ahead(planned, len, WINDOW)) as ahead:
        windows = ((window, _translated(window, tools, store, progress)) for window in ahead)
        put_behind(lambda window: _finish(*window, tools, store, progress), windows)
    return progress


def _planned(names: Iterable[Name], tools: Tools, store: Store, progress: Progress) -> Iterator[Planned]:
    """Documents that can be translated, cut into sentences with what each must say."""
    for document in _documents(names, tools, store, progress):
        try:
            articles = prepare(document, tools.name)
        except DocumentError as error:
            progress.failed.append(error)
            continue
        tools.notice(articles)
        tasks = [article_tasks(article, tools.rules, tools.recall) for article in articles]
        progress.characters += len(document.text)
        planned = Planned(replace(document, text=""), articles, tasks)
        progress.prepared += len(planned)
        yield planned


def _new(window: Iterable[Planned]) -> dict[Key, Task]:
    """What a window has for the model, each once."""
    rows = (row for planned in window for row in planned.tasks)
    return {task.key: task for row in rows for task in row if not task.remembered}


def prepare(document: Document, name: Callable[[Article], str]) -> list[Prepared]:
    """Articles of a document, cut into sentences; raises DocumentError where there is none in English."""
    articles = find_articles(document.text, document.markup, document.name).articles
    if not articles:
        raise DocumentError(document.name, "no article was found in it", "see why with --explain")
    if looks_korean("\n".join(block.text for article in articles for block in article.blocks)):
        raise DocumentError(document.name, "is in Korean already", "give the English text")
    return [Prepared(article, name(article), tuple(_sentences(article))) for article in articles]


def _sentences(article: Article) -> Iterator[Sentence]:
    for number, block in enumerate(article.blocks):
        whole = block.kind in (Kind.TITLE, Kind.HEADING)
        pieces = [(block.text, "")] if whole else split_sentences(block.text)
        for position, (text, separator) in enumerate(pieces):
            if text:
                yield Sentence(text, number, position, separator)


def _documents(names: Iterable[Name], tools: Tools, store: Store, progress: Progress) -> Iterator[Document]:
    """Documents still to be translated; the others are counted, as unchanged or as failed."""
    for name in names:
        progress.seen += 1
        tools.notify(progress)
        try:
            document = _read(name, tools)
        except DocumentError as error:
            progress.failed.append(error)
            continue
        progress.documents.append((document.name, document.checksum))
        progress.notes += [f"{document.name}: {note}" for note in document.notes]
        if store.is_finished(document, tools.recipe):
            progress.unchanged += 1
        else:
            yield document


def _read(name: Name, tools: Tools) -> Document:
    if isinstance(name, DocumentError):
        raise name
    return tools.read(name)


def _finish(window: Sequence[Planned], done: Done, tools: Tools, store: Store, progress: Progress) -> None:
    """Check and store a translated window; a part of it at a time stands in memory as pairs."""
    pairs = _checked(window, done, tools)
    frame = pl.concat([PAIRS.to_frame(), *map(pairs_frame, iter(lambda: list(islice(pairs, WINDOW)), []))])
    targets = iter(frame["target"])
    texts = {
        prepared.file: tools.render(prepared.article, block_texts(prepared, islice(targets, len(prepared))))
        for planned in window
        for prepared in planned.articles
    }
    store.store(Window(frame, _ledger(window, texts, tools.recipe), texts))
    progress.articles += len(texts)
    progress.sentences += len(frame)
    progress.recalled += int((frame["origin"] == Origin.MEMORY.value).sum())
    tools.notify(progress)


def _checked(window: Iterable[Planned], done: Done, tools: Tools) -> Iterator[Pair]:
    """Pairs of a window as they are stored, in order."""
    for planned in window:
        for prepared, tasks in zip(planned.articles, planned.tasks, strict=True):
            for start in range(0, len(tasks), WINDOW):
                part = replace(prepared, sentences=prepared.sentences[start : start + WINDOW])
                yield from _pairs(part, tasks[start : start + WINDOW], done, tools)


def _pairs(prepared: Prepared, tasks: Sequence[Task], done: Done, tools: Tools) -> list[Pair]:
    """Pairs of an article: what a reviewer decided, else what the memory has, else what was translated."""
    translations = [task.remembered or done[task.key] for task in tasks]
    made = make_pairs(prepared, translations, str(tools.translator.model), tools.rules.fingerprint)
    offered = [replace(p, note=task.offer) if task.offer else p for p, task in zip(made, tasks, strict=True)]
    return keep_decided(offered, tools.decided, tools.known)


def keep_decided(pairs: Sequence[Pair], decided: Mapping[str, Pair], known: Known) -> list[Pair]:
    """Pairs with what a reviewer decided of them before, each with its doubts."""
    return [_doubted(pair, known) for pair in keep_decisions(pairs, decided)]


def _doubted(pair: Pair, known: Known) -> Pair:
    """A pair with its issues; where a term of its own ends, the particle after it begins for certain."""
    words = frozenset(term.target for term in pair.terms)
    issues = check_pair(pair, replace(known, words=known.words | words) if words else known)
    return pair if issues == pair.issues else replace(pair, issues=issues)


def _translated(window: Sequence[Planned], tools: Tools, store: Store, progress: Progress) -> Done:
    """Translations of all that a window holds, each made once; parts of a long window are stashed."""
    tasks = _new(window)
    return dict(zip(tasks, _made(list(tasks.values()), tools, store, progress), strict=True))


def _made(tasks: Sequence[Task], tools: Tools, store: Store, progress: Progress) -> list[Translation]:
    """Translations of tasks; where they are many, a killed run may have left the first parts."""
    name = fingerprint(tasks, tools.recipe) if len(tasks) >= 2 * WINDOW else ""
    done = [as_translation(pair) for pair in frame_pairs(store.stashed(name))] if name else []
    while (start := len(done)) < len(tasks):
        alone = len(tasks) - start >= 2 * WINDOW  # else a few left over would be a part of their own
        part = tasks[start : start + WINDOW] if alone else tasks[start:]
        made = translate_tasks(part, tools.translator)
        progress.translated += len(made)
        if name:
            store.stash(name, pairs_frame(map(as_pair, (task.source for task in part), made)))
        tools.notify(progress)
        done += made
    return done


def _ledger(window: Iterable[Planned], texts: Mapping[str, str], recipe: str) -> pl.DataFrame:
    rows = [ledger_row(one.document, p, texts[p.file], recipe) for one in window for p in one.articles]
    return pl.DataFrame(rows, schema=ARTICLES)
