"""Where a part of a name stands alone: "Wi", "Chairwoman Park", "Mr. Lee", and no word that only looks so."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from bilingual.glossary.match import Match
from bilingual.records import TermType

_HONORIFIC = re.compile(r"\b(?:Mr|Ms|Mrs|Mx|Miss|Madam)\.?\s$")
_CAPITAL = re.compile(r"(?P<word>[^\W\d_][\w'’-]*)\s$")
_OPENING = re.compile(r"(?:^|[.!?:]\s|[“\"‘(—–]\s?|^'|\s')$")
_SPEAKS = re.compile(
    r"['’]s\b|,|\s(?:said|says|told|added|also|who|has|had|is|was|will|would|asked|called|noted)\b"
)
# What a bare surname is set before: the Trump tariffs are no 트럼프 대통령 관세.
_NOUN = re.compile(
    r"\s(?:administration|tariffs?|era|campaign|government|cabinet|doctrine|supporters?|all(?:y|ies)|famil(?:y|ies)"
    r"|aides?|presidency|team|case|trial|foundation|effect|loyalists?|voters?|backers?)\b"
)
# Surnames that begin sentences as words of English.
_WORDS = frozenset(
    "Do An So In No On Oh He Ha May Will As Go Son Sun Young Ban Long Man My We You Min".split()
)
_LEADS = frozenset(
    "But And When While As If For Then Although Though After Before With Since Yet That".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A part of a name standing alone: text[start:end], with a title before it; attributive before a noun."""

    start: int
    end: int
    part: str
    title: Match | None
    attributive: bool


def mentions(text: str, matches: Sequence[Match], parts: Collection[str]) -> Iterator[Mention]:
    """Where one of the parts stands alone, in order and outside of every match; nothing in capitals."""
    if not parts or text.isupper():
        return
    names = "|".join(sorted(map(re.escape, parts), key=len, reverse=True))
    for found in re.finditer(rf"(?<![\w&-])(?:{names})(?![\w&]|-\w)", text):
        over = [match for match in matches if match.start < found.end() and found.start() < match.end]
        inside = any((m.term.type, m.start, m.end) != (TermType.PERSON, *found.span()) for m in over)
        title = _beside(text, matches, found.start())
        if not inside and (title or _alone(text, found.start(), found.end())):
            start = title.start if title else _from(text, found.start())
            attributive = bool(_NOUN.match(text, found.end()))
            yield Mention(start, found.end(), found[0], title, attributive)


def _beside(text: str, matches: Sequence[Match], start: int) -> Match | None:
    titles = (match for match in matches if match.term.type is TermType.TITLE)
    return next((title for title in titles if text[title.end : start] == " "), None)


def _from(text: str, start: int) -> int:
    """Take a "Mr." before the name along."""
    found = _HONORIFIC.search(text[:start])
    return found.start() if found else start


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the word is a name by itself and no part of another name, nor a word that begins a sentence."""
    before, after = text[:start], text[end:]
    if _HONORIFIC.search(before):
        return True
    word = text[start:end] in _WORDS and _OPENING.search(before) and not _SPEAKS.match(after)
    if word or re.match(r"\s[A-Z]", after):
        return False
    previous = _CAPITAL.search(before)
    if not previous or not previous["word"][0].isupper():
        return True
    return previous["word"] in _LEADS and bool(_OPENING.search(before[: previous.start()]))
