"""Damage that a model does to a sentence: loops, lost quotes and brackets, stray spaces, wrong length."""

import re
from collections import Counter

from bilingual.text.protect import protected_spans

_LOOPS = (
    re.compile(r"(?<!\S)(\S{1,40})(?:[\s,]+\1){3,}(?!\S)"),
    re.compile(r"(?<!\S)(\S{1,40}(?:\s\S{1,40}){1,3}?)(?:\s\1){2,}(?!\S)"),
    re.compile(r"(?<!\S)(\S{1,40}(?:\s\S{1,40}){4,30}?)\s\1(?!\S)"),
    re.compile(r"([^\W\d_ㄱ-ㅣ])\1{9,}"),
    re.compile(r"(\S{2,3})\1{4,}"),
    re.compile(r"(\S.{3,15}?)\1{2,}"),
)
_LOOPS_WITHIN = _LOOPS[3:]  # those that need no word to come twice
_CLOSING = {"”": "“", ")": "(", "]": "[", "」": "「", "』": "『", "》": "《", "〉": "〈"}
_OPENING = {opened: closed for closed, opened in _CLOSING.items()}
_MARKS = re.compile("[" + re.escape('"' + "".join((*_CLOSING, *_OPENING))) + "]")
_REPORTED = re.compile(
    r"(?<=[다까자라])(?=(?:이?라)?[고며] (?:말|밝|전|주장|덧붙|강조|설명|지적|경고|했|답|물))"
)
_STOPS = " \n.!?。…"
_BEFORE = re.compile(
    r"(?<![.!?\s])[ \u3000]++"
    r"(?=(?:[,;!?}”’」』》〉]|\.(?![.\d])|:(?!\w))(?:\s|$|[\"”’)\],.])|[%)\]](?:\W|$|[가-힣]))"
)
_AFTER = re.compile(r"([(\[「『《〈“‘])[ \u3000]+")
_APART = ("", " ", "\u3000", "\n", "(", "[")  # what stands before a quote that opens
_SPACES = re.compile(r"[ \u3000]{2,}")
SHORTEST, LONGEST, ALLOWANCE = 0.2, 1.0, 12


def loops(text: str) -> bool:
    """Whether words or syllables repeat as only a model repeats them; laughter and 매우 매우 are no loops.

    >>> [loops(text) for text in ("하하하하", "매우 매우 좋다", "그는 그는 그는 그는 말했다")]
    [False, False, True]
    """
    words = text.replace(",", " ").split()
    patterns = _LOOPS if len(set(words)) < len(words) else _LOOPS_WITHIN
    return any(_counts(match[1]) for pattern in patterns for match in pattern.finditer(text))


def _counts(unit: str) -> bool:
    """Whether a repeated unit is language: not digits, rules, dots, or one letter drawn out."""
    letters = {character for character in unit if character.isalpha()}
    return len(letters) > 1 or (len(unit) == 1 and bool(letters)) or (bool(letters) and " " in unit)


def length_suspect(source: str, target: str) -> bool:
    """Whether a Korean target is too short or too long for its English source, in characters, to be whole.

    The bounds leave out none of the human references of FLORES dev.
    """
    short, long = len(source) * SHORTEST - ALLOWANCE, len(source) * LONGEST + ALLOWANCE
    return not short <= len(target) <= long


def clean(target: str) -> str:
    """Target without doubled spaces and spaces on the wrong side of punctuation; protected spans stay.

    >>> clean(' 그는 ( 서울 ) 에  있다 . ')
    '그는 (서울) 에 있다.'
    """
    pieces, at = [], 0
    spans = protected_spans(target)
    for span in spans:
        pieces += [_spaced(target[at : span.start]), target[span.start : span.end]]
        at = span.end
    cleaned = "".join((*pieces, _spaced(target[at:])))
    quoted = any('"' in target[span.start : span.end] for span in spans)
    return (cleaned if quoted else _opened(cleaned)).strip()


def _spaced(text: str) -> str:
    return _SPACES.sub(" ", _AFTER.sub(r"\1", _BEFORE.sub("", text)))


def _opened(text: str) -> str:
    """Text without spaces behind straight quotes that open, where these come in pairs."""
    parts = text.split('"')
    if len(parts) % 2:
        for i in range(1, len(parts), 2):
            if parts[i - 1][-1:] in _APART:
                parts[i] = parts[i].lstrip(" \u3000") or parts[i]
    return '"'.join(parts)


def balance(source: str, target: str) -> str:
    """Target with its double quotes and brackets paired as in the source, in the source's style of quotes.

    A mark that has lost its partner gets one where Korean has it or goes, unless the source has it alone,
    too; quotes that enclose the whole source, or open or close it for a longer quotation, are put back.

    >>> balance('"We are ready."', "우리는 준비됐다.")
    '"우리는 준비됐다."'
    >>> balance("He left (for good).", "그는 떠났다(영원히.")
    '그는 떠났다(영원히).'
    """
    if not _MARKS.search(source) and not _MARKS.search(target):
        return target
    curly, here = _curled(source), _curled(target)
    lone = _unpaired(curly)
    spare = Counter(lone.values())
    for place, mark in sorted(_unpaired(here).items(), reverse=True):
        if spare[mark]:
            spare[mark] -= 1
        else:
            here = _mended(curly, here, place)
    return _styled(source, target, _edged(curly, here, lone))


def _curled(text: str) -> str:
    """Text with straight double quotes turned to the side they stand on."""
    found, within = list(text), False
    for i, character in enumerate(text):
        if character == '"':
            apart = i == 0 or text[i - 1].isspace() or text[i - 1] in "([{‘'—–-·"
            within = apart and (bool(text[i + 1 : i + 2].strip()) or not within)
            found[i] = "“" if within else "”"
    return "".join(found)


def lone_marks(text: str) -> Counter[str]:
    """Double quotes and brackets without a partner; of straight quotes the last where they are odd."""
    if not _MARKS.search(text):
        return Counter()
    return Counter(_unpaired(text).values()) + Counter('"' * (text.count('"') % 2))


def _unpaired(text: str) -> dict[int, str]:
    """Marks without a partner, by place."""
    waiting: list[int] = []
    lost: dict[int, str] = {}
    for i, character in enumerate(text):
        if character in _OPENING:
            waiting.append(i)
        elif character in _CLOSING:
            if waiting and text[waiting[-1]] == _CLOSING[character]:
                waiting.pop()
            else:
                lost[i] = character
    return lost | {i: text[i] for i in waiting}


def _mended(source: str, target: str, place: int) -> str:
    """Target with a partner for the mark at a place, where Korean would have it, or without the mark."""
    partner = _OPENING.get(target[place])
    at = _partner_place(source, target, place) if partner else None
    if partner is None or at is None:
        return target[:place] + target[place + 1 :]
    return target[:at] + partner + target[at:]


def _partner_place(source: str, target: str, place: int) -> int | None:
    """After what is reported ("…한다"고 말했다), at the end where the source has it there, or nowhere."""
    partner = _OPENING[target[place]]
    if partner == "”":
        reported = [match.start() for match in _REPORTED.finditer(target, place)]
        whole = len(target.rstrip()) if source.rstrip(".!?… ").endswith(partner) else None
        return reported[-1] if reported else whole
    return len(target.rstrip(_STOPS)) if partner in source else None


def _edged(source: str, target: str, lone: dict[int, str]) -> str:
    """Target with the quotes that stand at the edges of the source and reach over all of it."""
    if "“" in target or "”" in target:
        return target
    whole = source[:1] == "“" and source.find("”") == len(source) - 1
    opened = whole or lone.get(0) == "“"
    closed = whole or lone.get(len(source) - 1) == "”"
    return "“" * opened + target + "”" * closed


def _styled(source: str, target: str, curled: str) -> str:
    """Quotes straight or curly as the source has them, or as the target had them where it has none."""
    model = source if any(mark in source for mark in '"“”') else target
    return curled.replace("“", '"').replace("”", '"') if '"' in model else curled
