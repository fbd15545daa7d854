"""The only place where stages are joined: read → find articles → split → recall → translate → check → store.

Documents are taken in windows of a few thousand sentences, so memory does not grow with their number. What a
window holds depends on its unit (see plan) alone, and nothing of it on another: a run that was killed, or
that many machines share, comes to the very same tables.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import polars as pl

from bilingual.checks import Known, check_pair
from bilingual.errors import DocumentError
from bilingual.pairs import (
    Prepared,
    Translation,
    as_pair,
    as_translation,
    block_texts,
    keep_decisions,
    make_pairs,
)
from bilingual.plan import Name, Unit
from bilingual.records import Article, Document, Issue, Kind, Origin, Pair, Sentence
from bilingual.tables import ARTICLES, Window, frame_pairs, pairs_frame
from bilingual.tasks import (
    Key,
    Recall,
    Rules,
    Task,
    article_tasks,
    key_of,
    no_memory,
    translate_tasks,
)
from bilingual.text.articles import find_articles
from bilingual.text.language import looks_korean
from bilingual.text.segment import split_sentences
from bilingual.translator import Translator

WINDOW = 4096  # sentences translated and stored together
Done = dict[Key, Translation]


class Store(Protocol):
    """Where windows go, and what is known of those before."""

    def is_finished(self, document: Document, recipe: str) -> bool:
        """Whether this very document was translated by this very recipe."""
        ...

    def store(self, window: Window) -> None:
        """Keep a window for good."""
        ...

    def stash(self, translations: pl.DataFrame) -> None:
        """Keep a part of a window that is too long to lose."""
        ...

    def stashed(self) -> pl.DataFrame:
        """The parts kept."""
        ...

    def drop_stash(self) -> None:
        """Forget the parts kept."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with; recipe names everything besides the source that decides a translation.

    The memory is no part of it: it grows with each review, and what is finished is not made anew for that.
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
    """Translate every document that is not finished, window by window. Raises EngineError, WorkspaceError."""
    progress = Progress()
    for unit in units:
        window = list[tuple[Document, list[Prepared]]]()
        for document in _documents(unit.names, tools, store, progress):
            window += _prepared(document, tools, progress)
            if progress.prepared - progress.sentences >= WINDOW:
                _finish(window, tools, store, progress)
                window = []
        if window:
            _finish(window, tools, store, progress)
    return progress


def _prepared(
    document: Document, tools: Tools, progress: Progress
) -> Iterator[tuple[Document, list[Prepared]]]:
    """The document with its articles, unless it is one that cannot be translated."""
    try:
        articles = prepare(document, tools.name)
    except DocumentError as error:
        progress.failed.append(error)
        return
    progress.prepared += sum(len(p.sentences) for p in articles)
    progress.characters += len(document.text)
    yield document, articles


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


def _finish(
    window: Sequence[tuple[Document, list[Prepared]]],
    tools: Tools,
    store: Store,
    progress: Progress,
) -> None:
    """Translate and store a window."""
    articles = [prepared for _, found in window for prepared in found]
    tasks = [article_tasks(prepared, tools.rules, tools.recall) for prepared in articles]
    new = {task.key: task for row in tasks for task in row if not task.remembered}
    done = _translations(new, tools, store, progress)
    pairs = [_pairs(p, row, done, tools) for p, row in zip(articles, tasks, strict=True)]
    texts = {
        p.file: tools.render(p.article, block_texts(p, [pair.target for pair in rows]))
        for p, rows in zip(articles, pairs, strict=True)
    }
    frame = pairs_frame(pair for rows in pairs for pair in rows)
    store.store(Window(frame, _ledger(window, texts, tools.recipe), texts))
    progress.articles += len(articles)
    progress.sentences += len(frame)
    progress.recalled += sum(pair.origin is Origin.MEMORY for rows in pairs for pair in rows)
    tools.notify(progress)


def _pairs(prepared: Prepared, tasks: Sequence[Task], done: Done, tools: Tools) -> list[Pair]:
    """Pairs of an article: what a reviewer decided, else what the memory has, else what was translated."""
    translations = [task.remembered or done[task.key] for task in tasks]
    made = make_pairs(prepared, translations, str(tools.translator.model), tools.rules.fingerprint)
    offered = [replace(pair, note=task.offer) for pair, task in zip(made, tasks, strict=True)]
    return keep_decided(offered, tools.decided, tools.known)


def keep_decided(pairs: Sequence[Pair], decided: Mapping[str, Pair], known: Known) -> list[Pair]:
    """Pairs with what a reviewer decided of them before, each with its doubts."""
    return [replace(pair, issues=_doubts(pair, known)) for pair in keep_decisions(pairs, decided)]


def _doubts(pair: Pair, known: Known) -> tuple[Issue, ...]:
    """Issues of a pair; where a term of its own ends, the particle after it begins for certain."""
    words = frozenset(term.target for term in pair.terms)
    return check_pair(pair, replace(known, words=known.words | words))


def _translations(tasks: Mapping[Key, Task], tools: Tools, store: Store, progress: Progress) -> Done:
    """Translations of all tasks of a window, each translated once; parts of a long window are stashed."""
    open_ = list(tasks.values())
    done = _stashed(open_, tools.recipe, store) if len(open_) > WINDOW else []
    for start in range(len(done), len(open_), WINDOW):
        part = translate_tasks(open_[start : start + WINDOW], tools.translator)
        progress.translated += len(part)
        if len(open_) > WINDOW:
            pairs = map(as_pair, (task.source for task in open_[start:]), part)
            store.stash(pairs_frame(replace(pair, model=tools.recipe) for pair in pairs))
        done += part
        tools.notify(progress)
    return dict(zip(tasks, done, strict=True))


def _stashed(tasks: Sequence[Task], recipe: str, store: Store) -> list[Translation]:
    """Translations of the first tasks that a killed run left; those of anything else are dropped."""
    pairs = frame_pairs(store.stashed())
    if [(pair.model, key_of(pair)) for pair in pairs] == [(recipe, task.key) for task in tasks[: len(pairs)]]:
        return [as_translation(pair) for pair in pairs]
    store.drop_stash()
    return []


def _ledger(
    window: Sequence[tuple[Document, list[Prepared]]], texts: Mapping[str, str], recipe: str
) -> pl.DataFrame:
    rows = [_ledger_row(document, p, texts[p.file], recipe) for document, found in window for p in found]
    return pl.DataFrame(rows, schema=ARTICLES)


def _ledger_row(document: Document, prepared: Prepared, text: str, recipe: str) -> dict[str, object]:
    article = prepared.article
    separators: list[list[str]] = [[] for _ in article.blocks]
    for sentence in prepared.sentences:
        separators[sentence.block].append(sentence.separator)
    blocks = [
        {"kind": block.kind, "level": block.level, "mark": block.mark, "separators": row}
        for block, row in zip(article.blocks, separators, strict=True)
    ]
    return {
        "document": document.name,
        "checksum": document.checksum,
        "recipe": recipe,
        "number": article.number,
        "file": prepared.file,
        "title": article.title,
        "markup": article.markup,
        "separator": article.separator,
        "blocks": blocks,
        "written": hashlib.sha256(text.encode()).hexdigest(),
    }
