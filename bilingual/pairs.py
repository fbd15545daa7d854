"""Sentences with their translations: how pairs are named, made, kept and put back into articles."""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from bilingual.records import Article, Document, Honoured, Issue, Origin, Pair, Sentence, Status


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article cut into sentences, and the name of the file that its Korean will stand in."""

    article: Article
    file: str
    sentences: tuple[Sentence, ...]

    def __len__(self) -> int:
        """How many sentences it has."""
        return len(self.sentences)


@dataclass(frozen=True, slots=True)
class Translation:
    """What became of one sentence; score is log-probability per target token."""

    target: str
    score: float | None = None
    issues: tuple[Issue, ...] = ()
    terms: tuple[Honoured, ...] = ()
    origin: Origin = Origin.MACHINE


_TRANSLATED = tuple(field.name for field in fields(Translation))


def as_pair(source: str, translation: Translation) -> Pair:
    """A pair that stands nowhere yet."""
    made = {name: getattr(translation, name) for name in _TRANSLATED}
    return Pair("", "", "", 0, 0, source, **made)


def as_translation(pair: Pair) -> Translation:
    """What became of the source of a pair."""
    return Translation(*(getattr(pair, name) for name in _TRANSLATED))


def pair_id(document: str, article: int, sentence: Sentence) -> str:
    """Name of a pair: stable while document, place and source are, and never a number to a spreadsheet.

    >>> pair_id("a.txt", 1, Sentence("Hello.", 0, 0))
    'psvtpwgu5z5hq5wfm'
    """
    place = f"{document}\x00{article}\x00{sentence.block}\x00{sentence.position}\x00{sentence.text}"
    digest = hashlib.blake2b(place.encode("utf-8", "surrogatepass"), digest_size=10).digest()
    return "p" + base64.b32encode(digest).decode().lower()


def make_pairs(
    prepared: Prepared, translations: Sequence[Translation], model: str, glossary: str = ""
) -> list[Pair]:
    """One pair for each sentence and its translation, in order."""
    article = prepared.article
    return [
        Pair(
            pair_id(article.document, article.number, sentence),
            article.document,
            prepared.file,
            sentence.block,
            sentence.position,
            sentence.text,
            made.target,
            made.origin,
            score=made.score,
            issues=made.issues,
            terms=made.terms,
            model=model if made.origin is Origin.MACHINE else "",
            glossary=glossary,
        )
        for sentence, made in zip(prepared.sentences, translations, strict=True)
    ]


def keep_decisions(pairs: Iterable[Pair], decided: Mapping[str, Pair]) -> list[Pair]:
    """Pairs with what a reviewer decided of them before: accepted and edited targets stand, notes stay."""
    return [_kept(pair, decided.get(pair.pair_id)) for pair in pairs]


def _kept(pair: Pair, before: Pair | None) -> Pair:
    if before is None:
        return pair
    said = {"status": before.status, "reviewer": before.reviewer, "reviewed_at": before.reviewed_at}
    if before.status is Status.REJECTED:
        return replace(pair, note=before.note, **said)  # type: ignore[arg-type]
    return replace(before, document=pair.document, article=pair.article)


def block_texts(prepared: Prepared, targets: Iterable[str]) -> list[str]:
    """Korean text of each block: targets of its sentences joined by the separators of the source."""
    pieces: list[list[str]] = [[] for _ in prepared.article.blocks]  # joined once, not grown
    for sentence, target in zip(prepared.sentences, targets, strict=True):
        pieces[sentence.block] += target, sentence.separator
    return ["".join(row).rstrip() for row in pieces]


def ledger_row(document: Document, prepared: Prepared, text: str, recipe: str) -> dict[str, object]:
    """Row of schema ARTICLES: what the article is made of besides its sentences, and its text as written."""
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
