"""What every sentence of an article must say: terms, people with their titles, and their later mentions.

The house rule of later mentions (style.later):
- title: a surname alone becomes surname + short title (Wi: 위 실장, Rutte: 뤼터 사무총장); a Korean without a
  title the full name, a foreigner the surname (one of a single syllable the full name);
- name: the full name each time; off: later mentions are left to the model.
A surname that several people share is said with the title written beside it; without one it is the full name
of the only one who never had a title beside it, else it is left to the model. So is a bare title of one word
("the minister"), unless style.bare_titles asks for it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bilingual.glossary.honorifics import short
from bilingual.glossary.inject import Requirement, glossed
from bilingual.glossary.introductions import Introduction, composed, introductions, led
from bilingual.glossary.match import Match
from bilingual.glossary.mentions import Mention, mentions
from bilingual.glossary.surnames import aligned, korean_surname
from bilingual.records import Later, TermStatus, TermType

NEVER = frozenset({TermStatus.REJECTED, TermStatus.FORBIDDEN})
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Style:
    """The house rule; own are Korean names of the readers' country and capital, left unsaid before titles."""

    later: Later = Later.TITLE
    private: str = ""  # said after the surname of a Korean without a title, such as 씨
    bare_titles: bool = False
    own: frozenset[str] = frozenset({"한국", "대한민국", "남한", "서울"})


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the article: the full name in both languages, the surname of a Korean, the short title."""

    source: str
    target: str
    surname: str
    title: str = ""


def requirements(
    sentences: Sequence[str],
    matches: Sequence[Sequence[Match]],
    *,
    others: Sequence[Sequence[Span]] = (),
    style: Style | None = None,
) -> list[list[Requirement]]:
    """Units that the sentences of one article require, in order, none over another.

    matches: those of each sentence. others: spans of people seen by a tagger, known or not; a surname they
    share with someone known is doubtful.
    """
    style = style or Style()
    known = [[match for match in row if match.term.status not in NEVER] for row in matches]
    introduced = [introductions(text, row, style.own) for text, row in zip(sentences, known, strict=True)]
    strangers = _strangers(sentences, known, others)
    bearers = _bearers(people(known, introduced), strangers) if style.later is not Later.OFF else {}
    cast = _Cast(bearers, _addressed(sentences, known, bearers), style)
    return [
        _required(text, row, units, cast)
        for text, row, units in zip(sentences, known, introduced, strict=True)
    ]


def people(matches: Sequence[Sequence[Match]], introduced: Sequence[Sequence[Introduction]]) -> list[Person]:
    """Everyone the article names in full, each once, with the first title given."""
    titles: dict[str, str] = {}
    for unit in (unit for row in introduced for unit in row):
        titles.setdefault(unit.name.term.target, short(unit.title.term.target.removesuffix("들")))
    named = [match for row in matches for match in row if match.term.type is TermType.PERSON]
    full = {word for match in named if " " in match.text for word in match.text.split()}
    found: dict[str, Person] = {}
    for match in named:
        source, target = match.term.source, match.term.target
        if " " in match.text or (target in titles and match.text not in full):
            found.setdefault(
                target, Person(match.text, target, korean_surname(source, target), titles.get(target, ""))
            )
    return list(found.values())


def _strangers(
    sentences: Sequence[str], matches: Sequence[Sequence[Match]], others: Sequence[Sequence[Span]]
) -> set[str]:
    """Parts of full names that nobody known bears there."""
    found: set[str] = set()
    for text, row, spans in zip(sentences, matches, others, strict=False):
        for start, end in spans:
            if not any(match.start < end and start < match.end for match in row):
                words = text[start:end].split()
                found.update(words if len(words) > 1 else ())
    return found


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who bears each part of a name, and the Korean names of those who are called by title and surname."""

    bearers: Mapping[str, Sequence[Person]]
    addressed: frozenset[str]
    style: Style


def _bearers(known: Sequence[Person], strangers: set[str]) -> dict[str, list[Person]]:
    bearers: dict[str, list[Person]] = {}
    for person in known:
        for part in _parts(person):
            bearers.setdefault(part, []).append(person)
    return {part: persons for part, persons in bearers.items() if part not in strangers}


def _parts(person: Person) -> list[str]:
    """Parts of a name that stand alone later: a Korean's surname, any capitalised part of a foreigner's.

    >>> _parts(Person("Pieter van der Heijden", "피터르 판데르헤이던", ""))
    ['van der Heijden', 'Pieter', 'Heijden']
    """
    words = person.source.split()
    if person.surname:
        return words[:1]
    particles = re.search(r"\s((?:[a-z]\S*\s)+\S+)$", person.source)
    return [*([particles[1]] if particles else []), *(word for word in words if _name_like(word))]


def _name_like(word: str) -> bool:
    return word[:1].isupper() and len(word.strip(".")) > 1


def _addressed(
    sentences: Sequence[str], matches: Sequence[Sequence[Match]], bearers: Mapping[str, Sequence[Person]]
) -> frozenset[str]:
    found: set[str] = set()
    for text, row in zip(sentences, matches, strict=True):
        for mention in mentions(text, row, bearers):
            if mention.title:
                found.update(p.target for p in _meant(bearers[mention.part], mention.title))
    return frozenset(found)


def _meant(persons: Sequence[Person], title: Match) -> list[Person]:
    """Those whose title it is; anyone without one, if nobody's."""
    said = short(title.term.target)
    return [p for p in persons if p.title == said] or [p for p in persons if not p.title] or list(persons[:1])


def _required(
    text: str,
    matches: Sequence[Match],
    units: Sequence[Introduction],
    cast: _Cast,
) -> list[Requirement]:
    joined = [_unit(text, unit) for unit in units if unit.end]
    later = [
        Requirement(start, mention.end, text[start : mention.end], target, TermType.PERSON)
        for mention in mentions(text, matches, cast.bearers)
        for start, target in (_said(text, matches, mention, cast),)
        if target
    ]
    plain = [_plain(match) for match in matches if _stands(match, cast.style)]
    return glossed(text, _exclusive([*joined, *later, *plain]))


def _unit(text: str, unit: Introduction) -> Requirement:
    return Requirement(unit.start, unit.end, text[unit.start : unit.end], unit.target, TermType.PERSON)


def _plain(match: Match) -> Requirement:
    return Requirement(match.start, match.end, match.text, match.term.target, match.term.type)


def _stands(match: Match, style: Style) -> bool:
    """Whether a term by itself is required: a title of one word only where the style says so."""
    return match.term.type is not TermType.TITLE or style.bare_titles or len(match.text.split()) > 1


def _said(text: str, matches: Sequence[Match], mention: Mention, cast: _Cast) -> tuple[int, str]:
    """Where the mention begins with what belongs to it, and its Korean; "" leaves it to the model."""
    persons = cast.bearers[mention.part]
    if mention.title:
        person = _meant(persons, mention.title)[0]
        start, of, past = led(text, matches, list(matches).index(mention.title))
        name, title = _surname(person, mention.part), short(mention.title.term.target)
        return start, composed(name, title, of, past, cast.style.own)
    if len(persons) == 1 and mention.attributive:
        person = persons[0]
        return mention.start, person.target if person.surname else _surname(person, mention.part)
    if len(persons) == 1:
        return mention.start, _short(persons[0], mention.part, cast.style)
    left = [person for person in persons if person.target not in cast.addressed]
    return mention.start, left[0].target if len(left) == 1 else ""


def _short(person: Person, part: str, style: Style) -> str:
    """A later mention of somebody who cannot be taken for another."""
    surname = _surname(person, part)
    if style.later is Later.NAME:
        return person.target
    if person.title:
        return f"{surname} {person.title}"
    if person.surname:
        return f"{surname} {style.private}" if style.private else person.target
    return surname if len(surname) > 1 else person.target


def _surname(person: Person, part: str) -> str:
    return person.surname or aligned(part.rsplit(maxsplit=1)[-1], person.source, person.target)


def _exclusive(found: Sequence[Requirement]) -> list[Requirement]:
    """Earlier kinds win where two overlap; in order of place."""
    kept: list[Requirement] = []
    for new in found:
        if all(new.end <= old.start or old.end <= new.start for old in kept):
            kept.append(new)
    return sorted(kept, key=lambda item: item.start)
