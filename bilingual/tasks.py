"""Sentences with what each must say where it stands: what is to be translated, each once."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bilingual.glossary.inject import Requirement
from bilingual.glossary.match import Matcher
from bilingual.glossary.obey import obey
from bilingual.glossary.people import Style, requirements
from bilingual.pairs import Prepared, Translation
from bilingual.records import Pair
from bilingual.sentences import WholeTranslator
from bilingual.text.repair import balance, clean
from bilingual.translator import Translator

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The glossary at work: date is the day of the articles, style the house rule for people."""

    matcher: Matcher = field(default_factory=lambda: Matcher(()))
    date: str = ""
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
    countries = rules.matcher.countries(texts, rules.date)
    matches = [rules.matcher.find(text, date=rules.date, countries=countries) for text in texts]
    required = requirements(texts, matches, style=rules.style)
    return [Task(text, tuple(items)) for text, items in zip(texts, required, strict=True)]


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
