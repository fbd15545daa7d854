"""`bilingual glossary extract` and `suggest`: names and titles of texts, and Korean forms for one of them."""

import io
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bilingual.errors import DocumentError, WorkspaceError
from bilingual.records import TermType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import polars as pl

    from bilingual.glossary.extract import Tally
    from bilingual.glossary.match import Matcher
    from bilingual.glossary.propose import Sources
    from bilingual.glossary.renderings import Pairs
    from bilingual.glossary.tag import Tagger
    from bilingual.records import Term

DATA = Path(__file__).parent.parent / "data"


def suggest(
    source: Annotated[str, typer.Argument(help="The English name, title or term.")],
    kind: Annotated[
        TermType | None, typer.Option("--type", help="What it names; guessed if left out.")
    ] = None,
    country: Annotated[str, typer.Option(help="Country of an office, as KR or US.")] = "",
) -> None:
    """Show Korean forms for a name or title, best first, with their chances and reasons.

    Example: bilingual glossary suggest "Choi Tae-hyun"
    """
    from bilingual.cli._terms import effective
    from bilingual.glossary.propose import guess, load_sources, propose

    sources = load_sources(DATA / "names", effective().terms)
    found = propose(source, kind or guess(source, sources), sources, country=country)
    for one in found:
        typer.echo(f"{one.probability:4.0%}  {one.target}  ({one.reason})")
    raise typer.Exit(0 if found else 1)


def extract(
    paths: Annotated[list[Path], typer.Argument(help="Articles, pages, or folders of them.")],
    into: Annotated[Path | None, typer.Option(help="A CSV file for the rows; else they are shown.")] = None,
) -> None:
    """List names, titles, organizations, places and terms of texts with their counts and proposed Korean.

    Example: bilingual glossary extract seeds/articles
    """
    from bilingual.cli._terms import effective

    _tell(count_names(_articles(paths), effective().terms).frame(lambda: ()), into)


class Names:
    """Names and titles, known or proposed, of articles that come one by one."""

    def __init__(self, terms: "Sequence[Term]") -> None:
        self.terms = terms

    @cached_property
    def _finders(self) -> "tuple[Tagger, Matcher, Sources]":
        return finders(self.terms)

    @cached_property
    def tally(self) -> "Tally":
        """What has been counted."""
        from bilingual.glossary.extract import Tally

        return Tally()

    def add(self, sentences: "Sequence[str]", place: tuple[int, ...] = ()) -> None:
        """Count an article, given by its sentences in order; place as extract.add has it."""
        from bilingual.glossary.extract import add

        tagger, matcher, _ = self._finders
        add(self.tally, sentences, tagger, matcher, place)

    def frame(self, pairs: "Pairs") -> "pl.DataFrame":
        """All that was counted, of schema TERMS.

        pairs: source and target of each pair of a run, which show what the model wrote for the unknown.
        """
        from bilingual.glossary.cells import suggester
        from bilingual.glossary.extract import terms_frame
        from bilingual.glossary.propose import propose
        from bilingual.glossary.renderings import asked, known_words, renderings

        *_, sources = self._finders

        def forms(source: str, kind: TermType) -> list[str]:
            return [one.target for one in propose(source, kind, sources)]

        seen = renderings(asked(self.tally), pairs, forms, known_words(self.tally))
        return terms_frame(self.tally, suggester(sources), seen)


def count_names(articles: "Iterable[Sequence[str]]", terms: "Sequence[Term]") -> Names:
    """Names and titles of articles, each given by its sentences, in order."""
    names = Names(terms)
    for sentences in articles:
        names.add(sentences)
    return names


def finders(terms: "Sequence[Term]") -> "tuple[Tagger, Matcher, Sources]":
    """The tagger that ships, a matcher of terms, and what proposals are made from."""
    from bilingual.formats.glossaries import base_files
    from bilingual.formats.term_files import read_terms
    from bilingual.glossary.cldr import cldr_terms
    from bilingual.glossary.gazetteer import read_lexicon
    from bilingual.glossary.match import Matcher
    from bilingual.glossary.propose import load_sources
    from bilingual.glossary.tag import load

    base = [*cldr_terms(), *(term for path in base_files() for term in read_terms(path))]
    tagger = load(DATA / "tagger.crfsuite", read_lexicon(DATA / "names", base))
    return tagger, Matcher(terms), load_sources(DATA / "names", terms)


def _articles(paths: list[Path]) -> "Iterator[list[str]]":
    """Sentences of each article of files and folders; raises DocumentError where one cannot be read."""
    from bilingual.formats.articles import article_name
    from bilingual.formats.documents import find_documents, read_document
    from bilingual.pipeline import prepare

    for found in find_documents([str(path) for path in paths]):
        if isinstance(found, DocumentError):
            raise found
        for prepared in prepare(read_document(found), article_name):
            yield [sentence.text for sentence in prepared.sentences]


def _tell(frame: "pl.DataFrame", into: Path | None) -> None:
    if into:
        _write(frame, into)
        return
    for row in frame.iter_rows(named=True):
        target = row["target"] + (f"  [{row['status']}]" if row["target"] else "?")
        typer.echo(f"{row['count']:5}  {row['type']:13}  {row['source']}  {target}")


def write_terms_csv(frame: "pl.DataFrame", stream: TextIO) -> None:
    """Write a frame of schema TERMS as CSV, to a stream of UTF-8 opened with newline=""."""
    from bilingual.formats.delimited import write_rows

    write_rows(stream, frame.columns, ([str(cell or "") for cell in row] for row in frame.iter_rows()))


def _write(frame: "pl.DataFrame", into: Path) -> None:
    from bilingual.atomic import sweep, write_bytes

    text = io.StringIO(newline="")
    write_terms_csv(frame, text)
    try:
        sweep(into)
        write_bytes(into, text.getvalue().encode())
    except OSError as error:
        raise WorkspaceError(
            str(into), f"cannot be written ({error.strerror})", "give another file"
        ) from error
    typer.echo(f"{frame.height} terms ({into})")
