"""The only place where stages are joined: read → find articles → split → translate → tabulate → store.

Documents are taken in windows of a few thousand sentences, so memory does not grow with their number. What a
window holds depends on the inputs alone, so a run that was killed goes on to the very same tables.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

import polars as pl

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
from bilingual.records import Article, Document, Kind, Pair, Sentence
from bilingual.sentences import WholeTranslator
from bilingual.tables import ARTICLES, Window, frame_pairs, pairs_frame
from bilingual.text.articles import find_articles
from bilingual.text.repair import balance, clean
from bilingual.text.segment import split_sentences
from bilingual.translator import Translator

WINDOW = 4096  # sentences translated and stored together
RECENT = 20_000  # translations kept for sentences that come again


class Store(Protocol):
    """Where windows go, and what is known of those before."""

    def is_finished(self, document: Document, recipe: str) -> bool:
        """Whether this very document was translated by this very recipe."""
        ...

    def stored(self) -> Iterator[pl.DataFrame]:
        """Pairs of the windows of this run that a killed process left."""
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


@dataclass(frozen=True, slots=True)
class Tools:
    """What the pipeline works with; recipe names everything besides the source that decides a translation."""

    translator: Translator
    read: Callable[[str], Document]
    render: Callable[[Article, Sequence[str]], str]
    name: Callable[[Article], str]
    recipe: str
    decided: Mapping[str, Pair] = field(default_factory=dict)
    notify: Callable[["Progress"], None] = lambda _: None


@dataclass(slots=True)
class Progress:
    """How far a run is; failed holds an error for each input that was not taken.

    seen: inputs looked at; documents: name and checksum of each that could be read; prepared: sentences of
    those to be translated, of so many characters; sentences, articles: what is stored.
    """

    documents: list[tuple[str, str]] = field(default_factory=list)
    seen: int = 0
    prepared: int = 0
    characters: int = 0
    unchanged: int = 0
    articles: int = 0
    sentences: int = 0
    translated: int = 0
    failed: list[DocumentError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def translate_documents(names: Iterable[str | DocumentError], tools: Tools, store: Store) -> Progress:
    """Translate every document that is not finished, window by window. Raises EngineError, WorkspaceError."""
    progress, window = Progress(), list[tuple[Document, list[Prepared]]]()
    recent = _recent(store)
    for document in _documents(names, tools, store, progress):
        try:
            articles = prepare(document, tools.name)
        except DocumentError as error:
            progress.failed.append(error)
            continue
        window.append((document, articles))
        progress.prepared += sum(len(p.sentences) for p in articles)
        progress.characters += len(document.text)
        if sum(len(p.sentences) for _, articles in window for p in articles) >= WINDOW:
            _finish(window, tools, store, progress, recent)
            window = []
    if window:
        _finish(window, tools, store, progress, recent)
    return progress


def prepare(document: Document, name: Callable[[Article], str]) -> list[Prepared]:
    """Articles of a document, cut into sentences; raises DocumentError where there is none."""
    articles = find_articles(document.text, document.markup, document.name).articles
    if not articles:
        raise DocumentError(document.name, "no article was found in it", "see why with --explain")
    return [Prepared(article, name(article), tuple(_sentences(article))) for article in articles]


def _sentences(article: Article) -> Iterator[Sentence]:
    for number, block in enumerate(article.blocks):
        whole = block.kind in (Kind.TITLE, Kind.HEADING)
        pieces = [(block.text, "")] if whole else split_sentences(block.text)
        for position, (text, separator) in enumerate(pieces):
            if text:
                yield Sentence(text, number, position, separator)


def _documents(
    names: Iterable[str | DocumentError], tools: Tools, store: Store, progress: Progress
) -> Iterator[Document]:
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


def _read(name: str | DocumentError, tools: Tools) -> Document:
    if isinstance(name, DocumentError):
        raise name
    return tools.read(name)


def _finish(
    window: Sequence[tuple[Document, list[Prepared]]],
    tools: Tools,
    store: Store,
    progress: Progress,
    recent: dict[str, Translation],
) -> None:
    """Translate and store a window."""
    articles = [prepared for _, found in window for prepared in found]
    translations = _translations(articles, tools, store, progress, recent)
    model = str(tools.translator.model)
    pairs = [keep_decisions(make_pairs(p, translations, model), tools.decided) for p in articles]
    texts = {
        p.file: tools.render(p.article, block_texts(p, [pair.target for pair in rows]))
        for p, rows in zip(articles, pairs, strict=True)
    }
    store.store(
        Window(
            pairs_frame(pair for rows in pairs for pair in rows), _ledger(window, texts, tools.recipe), texts
        )
    )
    progress.articles += len(articles)
    progress.sentences += sum(len(p.sentences) for p in articles)
    _remember(recent, translations)
    tools.notify(progress)


def _translations(
    articles: Sequence[Prepared],
    tools: Tools,
    store: Store,
    progress: Progress,
    recent: Mapping[str, Translation],
) -> dict[str, Translation]:
    """Translations of all sentences of a window by source, each translated once."""
    sources = dict.fromkeys(sentence.text for p in articles for sentence in p.sentences)
    found = {source: recent[source] for source in sources if source in recent}
    open_ = [source for source in sources if source not in found]
    stashed = (
        {pair.source: as_translation(pair) for pair in frame_pairs(store.stashed())}
        if len(open_) > WINDOW
        else {}
    )
    for start in range(0, len(open_), WINDOW):
        part = open_[start : start + WINDOW]
        done = {source: stashed[source] for source in part if source in stashed}
        if len(done) < len(part):
            done = dict(zip(part, translate_sentences(part, tools.translator), strict=True))
            progress.translated += len(done)
            if len(open_) > WINDOW:
                store.stash(pairs_frame(as_pair(source, translation) for source, translation in done.items()))
        found |= done
        tools.notify(progress)
    return found


def translate_sentences(sources: Sequence[str], translator: Translator) -> list[Translation]:
    """Translate sentences, longest first in large batches; order of the results is that of the sources."""
    hypotheses = WholeTranslator(translator).translate(sources)
    return [
        Translation(balance(source, clean(h.text)), h.score)
        for source, h in zip(sources, hypotheses, strict=True)
    ]


def _recent(store: Store) -> dict[str, Translation]:
    recent: dict[str, Translation] = {}
    for frame in store.stored():
        _remember(recent, {pair.source: as_translation(pair) for pair in frame_pairs(frame)})
    return recent


def _remember(recent: dict[str, Translation], translations: Mapping[str, Translation]) -> None:
    recent |= translations
    for source in list(islice(recent, max(len(recent) - RECENT, 0))):
        del recent[source]


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
