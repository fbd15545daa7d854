"""Sentences with what each must say where it stands: what is to be translated, each once."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bilingual.glossary.inject import Requirement
from bilingual.glossary.match import Matcher
from bilingual.glossary.obey import obey, verified
from bilingual.glossary.people import Style, requirements
from bilingual.pairs import Prepared, Translation
from bilingual.records import Origin, Pair
from bilingual.sentences import WholeTranslator
from bilingual.text.repair import balance, clean
from bilingual.translator import Translator

Key = tuple[str, ...]
WHOLE = 100  # percent of a match that needs no editing


@dataclass(frozen=True, slots=True)
class Rules:
    """The glossary at work: date is the day of the articles, style the house rule for people."""

    matcher: Matcher = field(default_factory=lambda: Matcher(()))
    date: str = ""
    style: Style = field(default_factory=Style)
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What people once made of a sentence (100 percent) or of one like it."""

    target: str
    percent: int


Recall = Callable[[Sequence[str]], Sequence[Recalled | None]]
"""Gives what the memory has for each sentence of an article, in order."""


def no_memory(sources: Sequence[str]) -> Sequence[Recalled | None]:
    """Recall nothing."""
    return [None] * len(sources)


@dataclass(frozen=True, slots=True)
class Task:
    """A sentence to translate, the terms that must stand in its target, and what the memory has for it."""

    source: str
    required: tuple[Requirement, ...] = ()
    recalled: Recalled | None = None

    @property
    def key(self) -> Key:
        """What decides the translation: the source and each term with its target, in order."""
        return (self.source, *(f"{item.source}→{item.target}" for item in self.required))

    @property
    def remembered(self) -> Translation | None:
        """The translation that stands in the memory for this very sentence."""
        if self.recalled is None or self.recalled.percent < WHOLE:
            return None
        target = self.recalled.target
        honoured = verified(target, self.required, Origin.MEMORY.value)
        return Translation(target, terms=honoured, origin=Origin.MEMORY)

    @property
    def offer(self) -> str:
        """A near match as it is offered beside the machine's translation."""
        if self.recalled is None or self.recalled.percent >= WHOLE:
            return ""
        return f"memory {self.recalled.percent} %: {self.recalled.target}"


def key_of(pair: Pair) -> Key:
    """Key of the task that a pair came from."""
    return (pair.source, *(f"{term.source}→{term.target}" for term in pair.terms))


def fingerprint(tasks: Iterable[Task], recipe: str) -> str:
    """Fingerprint of all that decides the translations of tasks."""
    digest = hashlib.sha256(recipe.encode())
    for task in tasks:
        digest.update("\x00".join(("\x00", *task.key)).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def article_tasks(prepared: Prepared, rules: Rules, recall: Recall = no_memory) -> list[Task]:
    """Each sentence of an article with what it must say there and what the memory has for it."""
    texts = [sentence.text for sentence in prepared.sentences]
    matches = rules.matcher.find_all(texts, rules.date)
    required = requirements(texts, matches, style=rules.style)
    parts = zip(texts, required, recall(texts), strict=True)
    return [Task(text, tuple(items), recalled) for text, items, recalled in parts]


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
