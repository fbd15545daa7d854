"""Terms found in a sentence: whole words, longest first, none over another.

Terms are looked up by their words: the first word tells which lengths to try, so the time grows with the
text and hardly with the number of terms. Comparing words and not characters settles word boundaries, spaces,
hyphens, dots and quotation marks in one place (tokens).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bilingual.glossary.context import Span, choose, evidence
from bilingual.glossary.forms import Form, Setting, fits, forms, stands_alone
from bilingual.glossary.tokens import HYPHENS, Tokens, tokenize
from bilingual.records import Term, TermType

_OPENERS = frozenset(".!?:;\"'([•*–—-")
_AROUND = 24  # characters looked at on either side of a span
_HEADLINE = 0.8  # share of the longer words that begin with a capital in a headline


@dataclass(frozen=True, slots=True)
class Match:
    """A term in a text: text[start:end] as it stands there; others are rows as likely as the one taken."""

    start: int
    end: int
    text: str
    term: Term
    others: tuple[Term, ...] = ()


@dataclass(slots=True)
class _Reading:
    """A text taken apart once for all terms; inside and opening are the settings of its words."""

    text: str
    tokens: Tokens
    inside: Setting
    opening: Setting


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where terms stand in a text, with the countries named beside each; which row each is, is still open."""

    reading: _Reading
    spans: Sequence[Span]
    near: Sequence[tuple[str, ...]]

    def matches(self, date: str, countries: Sequence[str] = ()) -> list[Match]:
        """Matches under the rows that a date and the countries of an article leave."""
        chosen = [
            (span, choose(span.forms, date, near, countries))
            for span, near in zip(self.spans, self.near, strict=True)
        ]
        return [_match(self.reading, span, rows) for span, rows in chosen if rows]


class Matcher:
    """Finds terms; built from those that are to be found, whatever their status, and good for any text."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._forms: dict[str, list[Form]] = {}
        self._lengths: dict[str, set[int]] = {}
        for term in terms:
            for form in forms(term):
                self._add(form)

    def _add(self, form: Form) -> None:
        key = form.words.lower()
        self._forms.setdefault(key, []).append(form)
        self._lengths.setdefault(key.partition(" ")[0], set()).add(key.count(" ") + 1)

    def find(self, text: str, *, date: str = "", countries: Sequence[str] = ()) -> list[Match]:
        """Matches sorted by start, no two overlapping, the longer one where two would.

        date: day of the article as YYYY-MM-DD, "" if unknown. countries: ISO codes of what the article is
        about, foremost first. Both choose between rows of one source, after the words around the match.
        """
        return self._look(text).matches(date, countries)

    def find_all(self, texts: Iterable[str], date: str = "") -> list[list[Match]]:
        """Matches in each sentence of an article; the countries that it names decide what else is meant."""
        seen = [self._look(text) for text in texts]
        countries = _countries(found.matches(date) for found in seen)
        return [found.matches(date, countries) for found in seen]

    def countries(self, texts: Iterable[str], date: str = "") -> list[str]:
        """ISO codes of the countries whose places, people and institutions texts name, most often first."""
        return _countries(self.find(text, date=date) for text in texts)

    def _look(self, text: str) -> "_Seen":
        if not self._forms:
            return _NOTHING
        reading = _read(text)
        words = reading.tokens.words
        spans = _without_glosses(_exclusive(list(self._spans(reading)), len(words)), words)
        return _Seen(reading, spans, evidence(spans, words))

    def _spans(self, reading: _Reading) -> Iterator[Span]:
        keys = [word.lower() for word in reading.tokens.words]
        for first, key in enumerate(keys):
            for length in self._lengths.get(key, ()):
                candidates = self._forms.get(" ".join(keys[first : first + length]))
                last = first + length
                if (
                    candidates
                    and last <= len(keys)
                    and (fitting := _fitting(reading, candidates, first, last))
                ):
                    yield Span(first, last, fitting)


def _countries(found: Iterable[Iterable[Match]]) -> list[str]:
    sure = (match.term for matches in found for match in matches if not match.others)
    named = (term.country.split("|") for term in sure if term.type is not TermType.TITLE and term.country)
    return [code for code, _ in Counter(code for codes in named for code in codes).most_common()]


def _read(text: str) -> _Reading:
    tokens = tokenize(text)
    long = [word for word in tokens.words if len(word) > 3 and word.isalpha()]  # noqa: PLR2004
    raised = sum(not word.islower() for word in long)
    headline, capitals = len(long) > 2 and raised >= _HEADLINE * len(long), text.isupper()  # noqa: PLR2004
    return _Reading(text, tokens, Setting(False, headline, capitals), Setting(True, headline, capitals))  # noqa: FBT003


_NOTHING = _Seen(_read(""), (), ())


def _fitting(reading: _Reading, candidates: list[Form], first: int, last: int) -> list[Form]:
    """Forms that these words may be: as written before raised, rows before plurals made from rows."""
    words = reading.tokens.words
    written = " ".join(words[first:last])
    setting = reading.opening if first == 0 or words[first - 1] in _OPENERS else reading.inside
    fitting = [form for form in candidates if fits(form, written, setting)]
    if last == first + 1 and fitting:
        fitting = _alone(reading, fitting, first)
    if len(fitting) < 2:  # noqa: PLR2004
        return fitting
    ranks = [(form.words != written, form.made) for form in fitting]
    return [form for form, rank in zip(fitting, ranks, strict=True) if rank == min(ranks)]


def _alone(reading: _Reading, fitting: list[Form], word: int) -> list[Form]:
    text, start, end = reading.text, reading.tokens.starts[word], reading.tokens.ends[word]
    if text[start - 1 : start] not in HYPHENS and text[end : end + 1] not in HYPHENS:
        return fitting
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return [form for form in fitting if stands_alone(form, before, after)]


def _exclusive(spans: list[Span], words: int) -> list[Span]:
    """The longest spans first (in words, then the earlier), each only where no word is taken yet."""
    taken = bytearray(words)
    kept = []
    for span in sorted(spans, key=lambda span: (span.first - span.last, span.first)):
        if not any(taken[span.first : span.last]):
            taken[span.first : span.last] = b"\1" * (span.last - span.first)
            kept.append(span)
    return sorted(kept, key=lambda span: span.first)


def _without_glosses(spans: list[Span], words: Sequence[str]) -> list[Span]:
    """Leave out an acronym in brackets behind what it stands for: "the Bank of Korea (BOK)"."""
    ends = {span.last for span in spans}
    return [span for span in spans if not _is_gloss(span, words, ends)]


def _is_gloss(span: Span, words: Sequence[str], ends: set[int]) -> bool:
    enclosed = words[span.first - 1 : span.first] == ["("] and words[span.last : span.last + 1] == [")"]
    return enclosed and span.first - 1 in ends and words[span.first].isupper() and span.last == span.first + 1


def _match(reading: _Reading, span: Span, rows: Sequence[Term]) -> Match:
    start, end = reading.tokens.starts[span.first], reading.tokens.ends[span.last - 1]
    if reading.text[start:end].endswith(".") and not reading.text[end:].strip("\"'”’) \n"):
        end -= 1  # "in the U.S.": the dot ends the sentence
    return Match(start, end, reading.text[start:end], rows[0], tuple(rows[1:]))
