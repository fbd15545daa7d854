"""Ways to write one name: a surname for the whole name, a title before it, an acronym, dots and capitals."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bilingual.glossary.tag import Span
from bilingual.records import TermType

_ACRONYM = re.compile(r"\s?\(([A-Z][A-Za-z&.]{1,9})\)")
_GAP = re.compile(r"(?:['’]s)? ")
_HOLDERS = (TermType.ORGANIZATION, TermType.PLACE)


def short_forms(names: Iterable[str], singles: Iterable[str]) -> dict[str, str]:
    """The whole name that a single word stands for within an article, where only one fits.

    >>> short_forms(["Mark Rutte", "Wi Sung-lac", "Park Min-ho", "Park Ji-won"], ["Rutte", "Wi", "Park"])
    {'Rutte': 'Mark Rutte', 'Wi': 'Wi Sung-lac'}
    """
    whole: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        words = name.split()
        for word in dict.fromkeys((words[-1], words[0])) if len(words) > 1 else ():
            whole.setdefault(word, []).append(name)
    return {single: whole[single][0] for single in singles if len(whole.get(single, ())) == 1}


def titled(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """Names with their titles as they stand ("NATO chief Mark Rutte"), each with the name alone."""
    for number in range(1, len(spans)):
        title, person = spans[number - 1], spans[number]
        if title.type is TermType.TITLE and person.type is TermType.PERSON and _touch(text, title, person):
            start = title.start
            if number > 1 and spans[number - 2].type in _HOLDERS and _touch(text, spans[number - 2], title):
                start = spans[number - 2].start
            yield text[start : person.end], text[person.start : person.end]


def _touch(text: str, one: Span, two: Span) -> bool:
    return _GAP.fullmatch(text, one.end, two.start) is not None


def acronyms(text: str, spans: Iterable[Span]) -> Iterator[tuple[str, str, TermType]]:
    """Acronyms in brackets after a name, each with the name and its type.

    >>> list(acronyms("the European Union (EU) said", [Span(4, 18, TermType.ORGANIZATION)]))[0][:2]
    ('EU', 'European Union')
    """
    for span in spans:
        found = _ACRONYM.match(text, span.end)
        name = text[span.start : span.end]
        if found and found[1] != name and _stands_for(found[1], name):
            yield found[1], name, span.type


def _stands_for(acronym: str, name: str) -> bool:
    """Whether the letters come in the name in order, the first first."""
    letters = iter(name.lower())
    plain = acronym.replace(".", "").replace("&", "").lower()
    return name[:1].lower() == plain[:1] and all(char in letters for char in plain)


def same_letters(sources: Sequence[str]) -> dict[str, str]:
    """Sources that differ from a commoner one by dots, hyphens or capitals; sources come commonest first.

    >>> same_letters(["U.S.", "Seoul", "US", "SEOUL", "us"])
    {'US': 'U.S.', 'SEOUL': 'Seoul'}
    """
    first: dict[str, str] = {}
    found = {}
    for source in sources:
        key = source.replace(".", "").replace("’", "'").replace("-", " ")
        key = key if len(key) < 4 else key.lower()  # noqa: PLR2004 - "US" is not "us"
        if first.setdefault(key, source) != source:
            found[source] = first[key]
    return found
