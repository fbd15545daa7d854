"""Marks of terms in the English side: `{P:Wi Sung-lac|위성락}`; the Korean stands in the Korean sentence."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bilingual.glossary.inject import Requirement
from bilingual.records import TermType

_MARK = re.compile(r"\{([PTOLMW]):([^{}|]+)\|([^{}|]+)\}")
_UNIT = re.compile(r"\{T:([^{}|]+)\|([^{}|]+)\} \{P:([^{}|]+)\|([^{}|]+)\}")
TYPES = {
    "P": TermType.PERSON,
    "T": TermType.TITLE,
    "O": TermType.ORGANIZATION,
    "L": TermType.PLACE,
    "M": TermType.TERM,
    "W": TermType.EVENT,
}
_LONGEST = 9  # words and the gaps between them: terms of up to five words


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked term: type is P person, T title, O organisation, L place, M domain term, W work or event."""

    type: str
    source: str
    target: str

    def __str__(self) -> str:
        """The mark as it is written."""
        return f"{{{self.type}:{self.source}|{self.target}}}"


def marks(text: str) -> list[Mark]:
    """The marks of a sentence, in order."""
    return [Mark(*found) for found in _MARK.findall(text)]


def plain(text: str) -> str:
    """The English sentence without its marks.

    >>> plain("{L:Seoul|서울} said no.")
    'Seoul said no.'
    """
    return _MARK.sub(r"\2", text)


def requirements(text: str) -> tuple[str, list[Requirement]]:
    """The plain sentence, and what its marks require at their places in it.

    >>> sentence, (seoul,) = requirements("In {L:Seoul|서울}.")
    >>> sentence, seoul.start, seoul.end, seoul.target
    ('In Seoul.', 3, 8, '서울')
    """
    made, at, found = "", 0, []
    for mark in _MARK.finditer(text):
        made += text[at : mark.start()]
        kind = TYPES[mark[1]]
        found.append(Requirement(len(made), len(made) + len(mark[2]), mark[2], mark[3], kind))
        made, at = made + mark[2], mark.end()
    return made + text[at:], found


def inline(text: str, chosen: Callable[[Mark], bool] = lambda _: True) -> str:
    """The sentence with the Korean of the chosen marks in place of the English.

    >>> inline("{L:Seoul|서울} met {P:Kim Min-ji|김민지}.", lambda mark: mark.type == "P")
    'Seoul met 김민지.'
    """
    return _MARK.sub(lambda found: found[3] if chosen(Mark(*found.groups())) else found[2], text)


def join_units(text: str, target: str) -> str:
    """Title and name marked side by side as one mark in Korean order, where the Korean has them so.

    >>> join_units("{T:Minister|장관} {P:Kim Min-ji|김민지} left.", "김민지 장관은 떠났다.")
    '{W:Minister Kim Min-ji|김민지 장관} left.'
    """

    def unit(found: re.Match[str]) -> str:
        korean = f"{found[4]} {found[2]}"
        return str(Mark("W", f"{found[1]} {found[3]}", korean)) if korean in target else found[0]

    return _UNIT.sub(unit, text)


def mark_terms(source: str, target: str, dictionary: Mapping[str, Sequence[Mark]]) -> str:
    """Mark the dictionary's terms of a plain sentence whose Korean stands in the target, longest first.

    >>> mark_terms("New York slept.", "뉴욕은 잠들었다.", {"New York": [Mark("L", "New York", "뉴욕")]})
    '{L:New York|뉴욕} slept.'
    """
    words, done, at = re.split(r"(\W+)", source), [], 0
    while at < len(words):
        found, end = _longest(words, at, target, dictionary)
        done.append(found)
        at = end
    return "".join(done)


def _longest(
    words: Sequence[str], at: int, target: str, dictionary: Mapping[str, Sequence[Mark]]
) -> tuple[str, int]:
    for end in range(min(at + _LONGEST, len(words)), at, -1):
        for mark in dictionary.get("".join(words[at:end]), ()):
            if mark.target in target:
                return str(mark), end
    return words[at], at + 1
