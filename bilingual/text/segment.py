"""Sentences of a paragraph and clauses of a sentence; joined again they are the text, byte for byte.

Every stop before white space is a gap. Rules for what news writes decide it, the first that knows wins;
what no rule knows is left to sentencex, which reads the text with its quotes and brackets blanked out.
"""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sentencex

from bilingual.text import abbreviations as known

_CLOSERS = "\"'”’»›)\\]}"
_OPENERS = "\"'“‘«‹(\\[{"
_STOPS = ".!?…‥"
_GAP = re.compile(
    rf"(?<![{_STOPS}])(?P<stop>[{_STOPS}]++)(?P<close>[{_CLOSERS}]*+(?:\[\d{{1,3}}\])*+)"
    r"(?:\s?[\U0001F000-\U0001FAFF\u2764\u2728\uFE0F\u200D]++)*+(?P<space>\s++)"
    r"|(?P<cjk>[。！？]++[」』”’）)]*+)(?P<gap>\s*+)"
    r"|(?P<line>[^\S\n]*\n[^\S\n]*+\n\s*+|\n[^\S\n]*+(?=[•▪◦‣]|[-*]\s|\d{1,2}[.)]\s))"
)
_NEXT = re.compile(
    rf"(?P<bullet>(?:[•▪◦‣*-]\s)?)(?P<open>[{_OPENERS}]*+)"
    r"(?P<word>[^\W_](?:[\w&'’-]|\.(?=\w)){0,40})?(?P<rest>[^\s]?\s?\S{0,20})"
)
_SPEAKER = re.compile(rf"(?:[A-Z][\w.'’-]{{0,30}},? (?:\d+, )?){{1,6}}(?:{'|'.join(sorted(known.SPEECH))})\b")
_ACRONYM = re.compile(r"(?:[A-Za-z]{1,2}\.)+[A-Za-z]{1,2}")
_NUMBER = re.compile(r"\d|[IVX]+\b")
_ITEM = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})")
_SMALL_ITEM = re.compile(r"[a-z][.)]\s")
_BRAND = re.compile(r"[a-z]{1,3}[A-Z]|https?:|www\.")
_CONTRACTED = re.compile(r"[a-z]['’](?:t|s|re|ve|ll|d|m)$|[\"'”’»]$")
_SURROGATES = range(0xD800, 0xE000)  # sentencex takes none
_BLANKED = str.maketrans(dict.fromkeys("\"'“”‘’«»‹›()[]{}", " ") | dict.fromkeys(map(chr, _SURROGATES), " "))
_WINDOW = 80
_ASIDE = 400


@dataclass(frozen=True, slots=True)
class _Gap:
    """A stop and its surroundings: word before it, the one before that, and what follows."""

    stop: str
    close: str
    before: str
    word: str
    first: bool
    quoted: bool
    lead: str
    bullet: str
    open: str
    next: str
    ahead: str

    @property
    def starts(self) -> bool:
        """Whether the next word is one that begins sentences."""
        return self.next in known.STARTERS


def split_sentences(paragraph: str) -> list[tuple[str, str]]:
    """Sentences, each with the white space after it; white space in front comes first, after an empty text.

    >>> split_sentences("Gen. Kim left.  The U.S. Army stayed.")
    [('Gen. Kim left.', '  '), ('The U.S. Army stayed.', '')]
    """
    pieces, start = [], len(paragraph) - len(paragraph.lstrip())
    if start:
        pieces.append(("", paragraph[:start]))
    for end, after in _ends(paragraph, start):
        pieces.append((paragraph[start:end], paragraph[end:after]))
        start = after
    rest = paragraph[start:].rstrip()
    return [*pieces, (rest, paragraph[start + len(rest) :])] if start < len(paragraph) else pieces


def _ends(text: str, start: int) -> Iterator[tuple[int, int]]:
    """End of each sentence and beginning of the next."""
    votes, asides = _votes(text), _asides(text)
    opens = [opened for opened, _ in asides]
    for match in _GAP.finditer(text, start):
        group = next(name for name in ("space", "gap", "line") if match[name] is not None)
        end, after = match.span(group)
        if after == len(text):
            yield end, after
        elif _breaks(text, start, match, votes) and not _in_aside(match.start(), start, opens, asides):
            yield end, after
            start = after


def _breaks(text: str, start: int, match: re.Match[str], votes: set[int]) -> bool:
    if match["stop"] is None or match["space"].count("\n") > 1:
        return True
    gap = _gap(text, start, match)
    verdict = next((said for rule in _RULES if (said := rule(gap)) is not None), None)
    begins = range(match.end(), match.end() + len(gap.bullet + gap.open) + 1)
    return not votes.isdisjoint(begins) if verdict is None else verdict


def _gap(text: str, start: int, match: re.Match[str]) -> _Gap:
    at = match.start()
    low = max(start, at - _WINDOW)
    words = text[low:at].split()
    apart = low < at and text[at - 1].isspace()
    follows = _NEXT.match(text, match.end())
    return _Gap(
        stop=match["stop"],
        close=match["close"],
        before=words[-2].strip(_STRIPPED) if len(words) > 1 else "",
        word="" if apart or not words else words[-1].lstrip(_STRIPPED),
        first=low == start and len(words) == 1,
        quoted=text[start] in _STRIPPED and any(mark in _STRIPPED for mark in match["close"]),
        lead=text[start : start + 3],
        bullet=follows["bullet"] if follows else "",
        open=follows["open"] if follows else "",
        next=(follows["word"] or "") if follows else "",
        ahead=text[match.end() : match.end() + _WINDOW],
    )


_STRIPPED = "\"'“”‘’«»‹›([{—-"


def _goes_on(gap: _Gap) -> bool | None:
    """A small letter, a comma or a dash continues; a brand or an address may begin a sentence."""
    head = gap.ahead[len(gap.bullet) + len(gap.open) :][:1]
    if _BRAND.match(gap.ahead):
        return None
    if gap.word == "" and gap.close.startswith("]"):
        return False
    return False if head.islower() or head in {",", ";", ":", "—", "–", "-", "/", "&"} else None


def _lists(gap: _Gap) -> bool | None:
    """The number or letter of an item belongs to it; the next item is a new sentence."""
    if gap.stop == "." and gap.first and _ITEM.fullmatch(gap.word):
        return False
    return True if _SMALL_ITEM.match(gap.ahead) and _SMALL_ITEM.match(gap.lead) else None


def _calls(gap: _Gap) -> bool | None:
    """! and ? end a sentence, save in names and where the speaker follows."""
    if gap.stop[-1] not in "!?":
        return None
    if gap.word in known.EXCLAIMING and gap.next[:1].isupper() and not gap.close:
        return gap.starts
    return not (gap.quoted and not gap.starts and _SPEAKER.match(gap.ahead))


def _trails(gap: _Gap) -> bool | None:
    """Dots that trail off end a sentence where a capital follows."""
    return True if len(gap.stop) > 1 or gap.stop in "…‥" else None


def _abbreviates(gap: _Gap) -> bool | None:
    """Words that are short forms by nature or by what follows."""
    number = bool(_NUMBER.match(gap.next)) and not gap.open
    if gap.word in known.NEVER or gap.word in known.TITLES:
        return False
    if gap.word in known.ORDINARY or _CONTRACTED.search(gap.word):
        return True
    if gap.word in known.NUMBERED:
        return not number
    if gap.word in known.DATES:
        return not (number or gap.next in known.DATES | known.TIME_WORDS)
    if gap.word.isdecimal() and len(gap.word) <= len("2026"):
        return not re.match(r"\d{1,2}\.(?:\s|$)", gap.ahead)
    return None


def _ends_name(gap: _Gap) -> bool | None:
    """Inc., Jr., Calif. and the like end a sentence before a word that begins one, or a quotation."""
    if gap.word in known.LISTS:
        return True
    return gap.starts or gap.open[:1] in set('"“«') if gap.word in known.UNITS else None


def _acronym(gap: _Gap) -> bool | None:
    """U.S., D.C., Ph.D.; a.m. and p.m. end a sentence unless a day, a zone or a place follows."""
    if not _ACRONYM.fullmatch(gap.word):
        return None
    if gap.word.lower() in {"a.m", "p.m"}:
        return gap.next not in known.TIME_WORDS and not re.match(r"\S+ [Tt]ime\b", gap.ahead)
    return gap.starts


def _initial(gap: _Gap) -> bool | None:
    """A single capital is an initial, unless it names the word before it, or a sentence begins after it."""
    if len(gap.word) != 1 or not gap.word.isupper():
        return None
    return gap.starts or gap.before.lower() in known.LETTERED


_RULES: tuple[Callable[[_Gap], bool | None], ...] = (
    _lists,
    _goes_on,
    _calls,
    _trails,
    _abbreviates,
    _ends_name,
    _acronym,
    _initial,
)


def _votes(text: str) -> set[int]:
    """Where sentencex begins a sentence."""
    return {
        boundary["end_index"]
        for boundary in sentencex.get_sentence_boundaries("en", text.translate(_BLANKED))
    }


def _asides(text: str) -> list[tuple[int, int]]:
    """Outermost pairs of brackets, in order, those that enclose no more than a remark."""
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match[0] in "([":
            opened.append(match.start())
        elif opened and match.start() - (begin := opened.pop()) <= _ASIDE:
            while spans and spans[-1][0] > begin:
                spans.pop()
            spans.append((begin, match.start()))
    return spans


def _in_aside(at: int, start: int, opens: list[int], asides: list[tuple[int, int]]) -> bool:
    """Whether a bracket opened within the sentence is still open."""
    found = bisect(opens, at) - 1
    return found >= 0 and opens[found] > start and at < asides[found][1]
