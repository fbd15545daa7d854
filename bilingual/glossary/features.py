"""What the tagger sees of a token: its letters, its neighbours, its sentence and what the word lists say.

Features are plain strings. Those of one word are made once and kept, so a sentence costs little more than
putting lists together.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bilingual.records import Term
from bilingual.text.romanization import reads_korean

_WORD = r"[^\W\d_]"
_ABBREVIATION = (
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Cmdr|Adm|Maj|Brig|Sgt|Cpl|Capt|Sen|Rep|Gov|Rev|Hon|Insp|Supt"
    r"|Corp|Inc|Co|Ltd|Bros|St|Jr|Sr|No)\."
)
TOKEN = re.compile(
    rf"(?:{_WORD}\.){{2,}}|{_ABBREVIATION}|\b[A-Z]\.(?=\s?[A-Z])|['’][sS]\b|{_WORD}+(?:['’](?![sS]\b){_WORD}+)*"
    r"|\d+(?:[.,]\d+)*|[^\w\s]"
)
_STRAIGHT = str.maketrans("‘’“”«»‐‑", '\'\'""""--')  # one character for one, so that places stay
_QUOTES = frozenset("\"'“‘«(")
_SMALL = frozenset("a an and as at but by for from in into is of on or over the to vs with".split())
_JOINTS = frozenset("of for and & - de van der al bin du la".split())
_ENDS = frozenset(".!?:")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of a sentence with its place in characters."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """Word lists: known terms by their lower-case tokens, and words that are common in lower case."""

    entries: Mapping[str, Mapping[tuple[str, ...], str]]
    common: frozenset[str]
    cues: Mapping[str, str]
    words: dict[str, "_Word"] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Word:
    """Features of one word where it stands, and as the neighbour before or after another."""

    own: list[str]
    before: list[str]
    after: list[str]
    shape: str


def tokens(text: str) -> list[Token]:
    """Words, numbers and signs; a hyphen or a possessive is a token of its own.

    >>> [token.text for token in tokens("Seoul's U.S. envoy, Wi Sung-lac")]
    ['Seoul', "'s", 'U.S.', 'envoy', ',', 'Wi', 'Sung', '-', 'lac']
    """
    return [
        Token(match.group(), match.start(), match.end())
        for match in TOKEN.finditer(text.translate(_STRAIGHT))
    ]


def lexicon(terms: Iterable[Term], common: Iterable[str], cues: Mapping[str, str]) -> Lexicon:
    """Word lists in the form that a sentence is looked up in; cues tell what a single word speaks for."""
    entries: dict[str, dict[tuple[str, ...], str]] = {}
    for term in terms:
        words = tuple(token.text.lower() for token in tokens(term.source))
        if words:
            entries.setdefault(words[0], {})[words] = term.type.value
    ordered = {first: dict(sorted(rows.items(), key=_longest)) for first, rows in entries.items()}
    return Lexicon(ordered, frozenset(common), dict(cues))


def _longest(row: tuple[tuple[str, ...], str]) -> tuple[int, tuple[str, ...]]:
    return -len(row[0]), row[0]


def casing(words: Sequence[str]) -> str:
    """How a sentence is capitalised: "upper", "title" (a headline) or "plain".

    >>> casing(["Seoul", "Vows", "Quick", "Reply", "to", "North"]), casing(["SEOUL", "VOWS", "REPLY"])
    ('title', 'upper')
    """
    full = [word for word in words if word[0].isalpha() and word.lower() not in _SMALL]
    if len(full) > 1 and all(word.isupper() for word in full):
        return "upper"
    lower = sum(word.islower() for word in full)
    return "title" if len(full) > 2 and lower <= 0.1 * len(full) else "plain"  # noqa: PLR2004


def shape(word: str) -> str:
    """Outline of a word, runs made short.

    >>> shape("McKinsey"), shape("U.N."), shape("5G"), shape("—")
    ('XxXx', 'X.X.', 'dX', '—')
    """
    outline = "".join(_sign(char) for char in word)
    return re.sub(r"(.)\1+", r"\1", outline)


def _sign(char: str) -> str:
    if char.isalpha():
        return "X" if char.isupper() else "x"
    return "d" if char.isdigit() else char


def _word(word: str, known: Lexicon) -> _Word:
    lower, outline = word.lower(), shape(word)
    cue = known.cues.get(lower, "")
    own = [f"w={lower}", f"s={outline}", f"p={lower[:3]}", f"e={lower[-3:]}", f"f={lower[-2:]}"]
    own += [f"c={cue}"] if cue else []
    own += ["common"] if lower in known.common else []
    own += ["one"] if len(word) == 1 else []
    own += ["korean"] if reads_korean(lower) else []
    brief = f"{outline}{cue}" if cue else f"{outline}{'+' if lower in known.common else ''}"
    return _Word(own, [f"-w={lower}", f"-s={brief}"], [f"+w={lower}", f"+s={brief}"], outline)


def _looked_up(word: str, known: Lexicon) -> _Word:
    made = known.words.get(word)
    if made is None:
        if len(known.words) > 20_000:  # noqa: PLR2004 - a bound on memory, not on what is seen
            known.words.clear()
        made = known.words[word] = _word(word, known)
    return made


def features(words: Sequence[str], known: Lexicon) -> list[list[str]]:
    """Feature strings of each token of a sentence."""
    if not words:
        return []
    seen = [_looked_up(word, known) for word in words]
    case = casing(words)
    none = _Word([], ["-w="], ["+w="], "")
    found = [
        [*here.own, *before.before, *after.after, f"s3={before.shape} {here.shape} {after.shape} {case}"]
        for before, here, after in zip([none, *seen[:-1]], seen, [*seen[1:], none], strict=True)
    ]
    _add_pairs(found, words, seen)
    _add_places(found, words, case)
    if case == "plain":
        _add_runs(found, words, known)
    for start, end, kind in gazetteer(words, known):
        _add_entry(found, start, end, kind)
    return found


def _add_pairs(found: list[list[str]], words: Sequence[str], seen: Sequence[_Word]) -> None:
    for number, (one, two) in enumerate(pairwise(seen)):
        pair = f"{one.own[0]} {two.own[0]}"
        found[number].append(f"+{pair}")
        found[number + 1].append(f"-{pair}")
    for number in range(2, len(words)):
        found[number].append(f"-2{seen[number - 2].before[1]}")
        found[number - 2].append(f"+2{seen[number].after[1]}")


def _add_places(found: list[list[str]], words: Sequence[str], case: str) -> None:
    starts = True
    for row, word in zip(found, words, strict=True):
        if case != "plain":
            row.append(case)
        if starts and word not in _QUOTES:
            row.append("first")
        starts = word in _ENDS or (starts and word in _QUOTES)


def _add_runs(found: list[list[str]], words: Sequence[str], known: Lexicon) -> None:
    """Tell each word of a run of capitals ("New England Aquarium") how the run ends and begins."""
    start = 0
    while start < len(words):
        end = _run(words, start)
        if end > start + 1:
            last, first = words[end - 1].lower(), known.cues.get(words[start].lower(), "")
            ending = (
                f"end={last[-4:]}",
                f"last={known.cues.get(last, '')}{min(end - start, 5)}",
                f"lead={first}",
            )
            for row in found[start:end]:
                row.extend(ending)
        start = max(end, start + 1)


def _run(words: Sequence[str], start: int) -> int:
    end = start
    for place in range(start, len(words)):
        word = words[place]
        if word[0].isupper():
            end = place + 1
        elif not (end == place and word in _JOINTS) or end == start:
            break
    return end


def _add_entry(found: list[list[str]], start: int, end: int, kind: str) -> None:
    found[start].append(f"g=B{kind}")
    for row in found[start + 1 : end]:
        row.append(f"g=I{kind}")
    found[end - 1].append(f"g=E{kind}")


def gazetteer(words: Sequence[str], known: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Longest known terms from left to right as (start, end, type), case ignored, none overlapping."""
    lower, place = [word.lower() for word in words], 0
    while place < len(lower):
        length, kind = _entry(lower, place, known)
        if length:
            yield place, place + length, kind
        place += length or 1


def _entry(lower: Sequence[str], place: int, known: Lexicon) -> tuple[int, str]:
    for entry, kind in known.entries.get(lower[place], {}).items():
        if tuple(lower[place : place + len(entry)]) == entry:
            return len(entry), kind
    return 0, ""
