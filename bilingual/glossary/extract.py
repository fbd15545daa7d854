"""Names, titles, organizations, places and terms of many articles, counted, with their variants joined.

A tally is fed article by article, keeps what it has counted and no text but one example each, and gives a
frame of schema TERMS in the end.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from bilingual.glossary import variants
from bilingual.glossary.features import casing
from bilingual.glossary.tag import Span, Tagger, tag
from bilingual.records import Term, TermStatus, TermType

if TYPE_CHECKING:
    import polars as pl

LIMIT = 200_000
Place = tuple[int, ...]
_ORDER = {kind: number for number, kind in enumerate(TermType)}
_LONGEST_EXAMPLE = 300


class Found(Protocol):
    """A known term in a text."""

    @property
    def start(self) -> int:
        """First character."""
        ...

    @property
    def end(self) -> int:
        """Character after the last."""
        ...

    @property
    def term(self) -> Term:
        """The term."""
        ...


class Finder(Protocol):
    """What finds known terms in a text: a Matcher."""

    def find(self, text: str) -> Sequence[Found]:
        """Known terms from left to right, none overlapping."""
        ...


@dataclass(slots=True)
class Entry:
    """What is counted of one source; its term and example are those of the first article that has it."""

    count: int = 0
    articles: int = 0
    first: Place = ()
    example: str = ""
    types: Counter[TermType] = field(default_factory=Counter)
    wholes: Counter[str] = field(default_factory=Counter)
    term: Term | None = None


@dataclass(slots=True)
class Tally:
    """What has been counted so far; of more than limit sources, those seen once are let go.

    full: some were let go, so that what is left depends on the order in which articles came.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    articles: int = 0
    limit: int = LIMIT
    full: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    source: str
    type: TermType
    sentence: str
    term: Term | None = None
    whole: str = ""


def extract(articles: Iterable[Sequence[str]], tagger: Tagger, known: Finder) -> "pl.DataFrame":
    """Terms of articles, each a sequence of sentences, as a frame of schema TERMS; new ones lack Korean."""
    tally = Tally()
    for sentences in articles:
        add(tally, sentences, tagger, known)
    return frame(tally)


def add(tally: Tally, sentences: Sequence[str], tagger: Tagger, known: Finder, place: Place = ()) -> None:
    """Count one article, given by its sentences in order.

    place: where it stands among the articles, if they do not come in order.
    """
    mentions = _resolved(list(_mentions(sentences, tagger, known)))
    tally.articles += 1
    for mention in mentions:
        entry = tally.entries.setdefault(mention.source, Entry())
        entry.count += 1
        entry.types[mention.type] += 1
        _exemplify(entry, mention, place or (tally.articles,))
        if mention.whole:
            entry.wholes[mention.whole] += 1
    for source in {mention.source for mention in mentions}:
        tally.entries[source].articles += 1
    _forget(tally)


def _exemplify(entry: Entry, mention: _Mention, place: Place) -> None:
    """Keep the term and the sentence of a mention, unless an earlier article gave them."""
    if not entry.first or place < entry.first:
        entry.first, entry.example, entry.term = place, mention.sentence[:_LONGEST_EXAMPLE], None
    if place == entry.first:
        entry.term = entry.term or mention.term


def _forget(tally: Tally) -> None:
    if len(tally.entries) > tally.limit:
        tally.full = True
        tally.entries = {
            source: entry for source, entry in tally.entries.items() if entry.count > 1 or entry.term
        }


def _mentions(sentences: Sequence[str], tagger: Tagger, known: Finder) -> Iterator[_Mention]:
    """Mentions of an article; what only a headline shows counts where no sentence is plain."""
    headlines, body = list[_Mention](), set[str]()
    for sentence in sentences:
        found = list(_sentence(sentence, tagger, known))
        if casing(sentence.split()) == "plain":
            body.update(mention.source.lower() for mention in found)
            yield from found
        else:
            headlines += found
    yield from (one for one in headlines if one.term or not body or one.source.lower() in body)


def _sentence(sentence: str, tagger: Tagger, known: Finder) -> Iterator[_Mention]:
    matches = [match for match in known.find(sentence) if match.term.status is TermStatus.APPROVED]
    spans = tag(sentence, tagger)
    both = _merged(spans, matches)
    links = {acronym: (name, kind) for acronym, name, kind in variants.acronyms(sentence, both)}
    for match in matches:
        whole = links.pop(match.term.source, ("",))[0]
        yield _Mention(match.term.source, match.term.type, sentence, match.term, whole)
    for span in spans:
        if not any(one.start <= span.start and span.end <= one.end for one in matches):
            source = sentence[span.start : span.end]
            yield _Mention(source, span.type, sentence, whole=links.pop(source, ("",))[0])
    for source, (name, kind) in links.items():
        yield _Mention(source, kind, sentence, whole=name)
    for source, name in variants.titled(sentence, both):
        yield _Mention(source, TermType.PERSON, sentence, whole=name)


def _merged(spans: Sequence[Span], matches: Sequence[Found]) -> list[Span]:
    """Spans of the tagger with those of known terms where the tagger saw nothing."""
    more = [Span(one.start, one.end, one.term.type) for one in matches]
    free = [one for one in more if not any(one.start < span.end and span.start < one.end for span in spans)]
    return sorted((*spans, *free), key=lambda span: span.start)


def _resolved(mentions: Sequence[_Mention]) -> list[_Mention]:
    """Mentions with each surname given the person of this article that it stands for."""
    people = [one.source for one in mentions if one.type is TermType.PERSON and not one.whole]
    short = variants.short_forms(people, {name for name in people if " " not in name})
    return [_whole(one, short) if one.type is TermType.PERSON else one for one in mentions]


def _whole(mention: _Mention, short: Mapping[str, str]) -> _Mention:
    whole = mention.whole or short.get(mention.source, "")
    return _Mention(mention.source, mention.type, mention.sentence, mention.term, whole)


def frame(tally: Tally) -> "pl.DataFrame":
    """Rows of schema TERMS, by type, then the commonest first."""
    import polars as pl

    from bilingual.tables import TERMS

    return pl.DataFrame([_row(*item) for item in ordered(tally)], schema=TERMS)


def ordered(tally: Tally) -> list[tuple[str, TermType, Entry, str]]:
    """Source, type, counts and the source that it is a variant of, by type, then the commonest first."""
    kept = [(source, kind_of(entry), entry) for source, entry in tally.entries.items()]
    kept = [row for row in kept if row[1] is not TermType.TERM or row[2].term or row[2].count > 1]
    kept.sort(key=lambda row: (_ORDER[row[1]], -row[2].count, row[0]))
    same = variants.same_letters([row[0] for row in kept])
    return [(source, kind, entry, _variant(source, entry, same)) for source, kind, entry in kept]


def kind_of(entry: Entry) -> TermType:
    """Type of the known term, else the type seen most, the more telling of two that tie."""
    return (
        entry.term.type
        if entry.term
        else min(entry.types, key=lambda kind: (-entry.types[kind], _ORDER[kind]))
    )


def _variant(source: str, entry: Entry, same: Mapping[str, str]) -> str:
    if entry.term and entry.term.variant_of:
        return entry.term.variant_of
    if entry.wholes:
        return min(entry.wholes, key=lambda whole: (-entry.wholes[whole], whole))
    return same.get(source, "")


def _row(source: str, kind: TermType, entry: Entry, variant: str) -> dict[str, str | int]:
    term = entry.term or Term(source, "", kind, TermStatus.PROPOSED, origin="extracted")
    return {
        "source": source,
        "target": term.target,
        "type": kind.value,
        "status": term.status.value,
        "variant_of": variant,
        "valid_from": term.valid_from,
        "valid_until": term.valid_until,
        "country": term.country,
        "origin": term.origin,
        "count": entry.count,
        "articles": entry.articles,
        "example": entry.example,
        "note": term.note,
    }


# From a source, its type, what the model wrote for it, and what it is a variant of with the Korean of that:
# cells of its row.
Suggest = Callable[[str, TermType, Mapping[str, int], tuple[str, str]], Mapping[str, str]]


def terms_frame(
    tally: Tally, suggest: Suggest, seen: Mapping[str, Mapping[str, int]] | None = None
) -> "pl.DataFrame":
    """The frame of a run: proposed rows get the best Korean as target and the others, with chances, in note.

    seen: for a source, how often the model wrote which Korean for it.
    """
    import polars as pl

    from bilingual.tables import TERMS

    found = ordered(tally)
    rows = [_row(*item) for item in found]
    targets: dict[str, str] = {}
    for (source, kind, entry, variant), row in sorted(
        zip(found, rows, strict=True), key=lambda item: bool(item[0][3])
    ):
        if entry.term is None:
            row.update(
                suggest(source, kind, (seen or {}).get(source, {}), (variant, targets.get(variant, "")))
            )
        targets[source] = str(row["target"])
    return pl.DataFrame(rows, schema=TERMS)
