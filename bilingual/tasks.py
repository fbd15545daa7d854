"""Sentences with what each must say where it stands: what is to be translated, each once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bilingual.glossary.inject import Requirement
from bilingual.glossary.match import Match
from bilingual.glossary.obey import obey
from bilingual.glossary.people import Style, requirements
from bilingual.pairs import Prepared, Translation
from bilingual.records import Pair, TermType
from bilingual.sentences import WholeTranslator
from bilingual.text.repair import balance, clean
from bilingual.translator import Translator

Key = tuple[str, ...]


class Find(Protocol):
    """Terms of the glossary in a sentence; countries are ISO codes of what the article is about."""

    def __call__(self, text: str, *, countries: Sequence[str] = ()) -> Sequence[Match]:
        """Matches in order, none over another."""
        ...


def find_nothing(text: str, *, countries: Sequence[str] = ()) -> Sequence[Match]:  # noqa: ARG001
    """Find no terms."""
    return ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The glossary at work: find gives its terms in a sentence, style is the house rule for people."""

    find: Find = find_nothing
    style: Style = field(default_factory=Style)
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence to translate, and the terms that must stand in its target."""

    source: str
    required: tuple[Requirement, ...] = ()

    @property
    def key(self) -> Key:
        """What decides the translation: the source and each term with its target, in order."""
        return (self.source, *(f"{item.source}→{item.target}" for item in self.required))


def key_of(pair: Pair) -> Key:
    """Key of the task that a pair came from."""
    return (pair.source, *(f"{term.source}→{term.target}" for term in pair.terms))


def article_tasks(prepared: Prepared, rules: Rules) -> list[Task]:
    """Each sentence of an article with what it must say there."""
    texts = [sentence.text for sentence in prepared.sentences]
    required = requirements(texts, _matches(texts, rules.find), style=rules.style)
    return [Task(text, tuple(items)) for text, items in zip(texts, required, strict=True)]


def _matches(texts: Sequence[str], find: Find) -> list[Sequence[Match]]:
    """Terms of each sentence; where the rows of several countries fit, the article's foremost decides."""
    first = [find(text) for text in texts]
    countries = _countries(match for row in first for match in row)
    return [
        find(text, countries=countries) if any(match.others for match in row) else row
        for text, row in zip(texts, first, strict=True)
    ]


def _countries(matches: Iterable[Match]) -> list[str]:
    """Countries that the places of an article lie in, the one named most often first."""
    places = (match.term.country for match in matches if match.term.type is TermType.PLACE)
    return [code for code, _ in Counter(code for code in places if code).most_common()]


def translate_tasks(tasks: Sequence[Task], translator: Translator) -> list[Translation]:
    """Translate sentences so that each is whole and says what it must, in the order of the tasks.

    Raises EngineError.
    """
    required = [task.required for task in tasks]
    results = obey([task.source for task in tasks], required, WholeTranslator(translator))
    return [
        Translation(balance(task.source, clean(r.hypothesis.text)), r.hypothesis.score, r.issues, r.honoured)
        for task, r in zip(tasks, results, strict=True)
    ]
