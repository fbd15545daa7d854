"""What a user asked for, and the tools that follow from it, here or on another machine."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bilingual.checks import Known
from bilingual.formats.articles import article_name, render_article
from bilingual.glossary.match import Matcher
from bilingual.glossary.merge import glossary_fingerprint
from bilingual.glossary.people import Style
from bilingual.pipeline import Tools
from bilingual.records import Document, Engine, Later, Model, Pair, Shard, Term, TermStatus
from bilingual.tasks import Rules
from bilingual.translator import Translator

METHOD = 2  # raised when the way from source to target changes, so that finished articles are made anew


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked for."""

    inputs: list[str]
    out: Path
    model: str = ""
    beam: int = 2
    threads: int = 0
    glossaries: list[Path] = field(default_factory=list)
    memory: Path = Path("memory.db")
    later: Later = Later.TITLE
    date: str = ""
    trust: bool = False
    force: bool = False
    shard: Shard | None = None
    engine: Engine = Engine.HERE
    address: str = ""


def make_tools(
    order: Order,
    terms: Sequence[Term],
    translator: Translator,
    read: Callable[[str], Document],
    decided: Mapping[str, Pair],
) -> Tools:
    """Tools for an order under a glossary, but for the memory."""
    rules = _rules(order, terms)
    return Tools(
        translator,
        rules=rules,
        read=read,
        render=render_article,
        name=article_name,
        recipe=_recipe(translator.model, order, rules),
        known=forbidding(terms),
        decided=decided,
    )


def forbidding(terms: Sequence[Term]) -> Known:
    """What checks know of a glossary."""
    return Known(tuple(term for term in terms if term.status is TermStatus.FORBIDDEN))


def _rules(order: Order, terms: Sequence[Term]) -> Rules:
    """The terms to enforce: approved ones, and proposed ones where they are trusted."""
    enforced = {TermStatus.APPROVED, *([TermStatus.PROPOSED] if order.trust else [])}
    kept = [term for term in terms if term.status in enforced]
    return Rules(Matcher(kept), order.date, Style(later=order.later), glossary_fingerprint(kept))


def _recipe(model: Model, order: Order, rules: Rules) -> str:
    """Fingerprint of all that decides a translation besides its source."""
    what = f"{METHOD} {model.checksum} {order.beam} {order.later} {order.date} {rules.fingerprint}"
    return hashlib.sha256(what.encode()).hexdigest()[:16]


def settings(order: Order, tools: Tools) -> dict[str, object]:
    """What the user asked for and what it was under."""
    return {
        "beam": order.beam,
        "later": order.later,
        "date": order.date,
        "glossary": tools.rules.fingerprint,
        "recipe": tools.recipe,
    }
