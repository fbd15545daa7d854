"""Spans that come through a translation untouched, and stand-ins that carry them through a model."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bilingual.text.particles import refit

_EMOJI = (
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
    "\u231a\u231b\u23e9-\u23fa\u2600-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55"
)
_MARKS = "\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_ONE_EMOJI = rf"(?:[\U0001f1e6-\U0001f1ff]{{1,2}}|[0-9#*]\ufe0f?\u20e3|[{_EMOJI}][{_MARKS}]*+)"
_FILES = "pdf|docx?|xlsx?|pptx?|csv|json|xml|ya?ml|txt|md|zip|png|jpe?g|gif|mp[34]|exe|py|js|html?|hwpx?"
_DOMAINS = "com|org|net|edu|gov|mil|int|info|io|ai|app|dev|tv|kr|jp|cn|uk|de|fr|eu|us|ru|in|au|ca"
_REST = r"[^\s<>\"“”‘’`가-힣]"
_KINDS = {
    "code": r"`[^`\n]{1,300}`",
    "markup": r"</?[A-Za-z][^<>\n]{0,300}>|&(?:[A-Za-z]{2,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});",
    "url": (
        rf"(?<!\w)(?:https?|ftp)://{_REST}+|(?<![\w.@/-])www\.{_REST}+"
        rf"|(?<![\w.@/-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,5}}(?:{_DOMAINS})(?![\w@-]|\.\w)(?:/{_REST}*)?"
    ),
    "email": r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}",
    "handle": r"(?<![\w@.])@[A-Za-z0-9_](?:[A-Za-z0-9_.]{0,40}[A-Za-z0-9_])?(?:@[a-z0-9.-]{1,80}[a-z0-9])?",
    "hashtag": r"(?<![\w&#])#(?=\w{0,99}[^\W\d])\w{1,100}",
    "ticker": r"(?<![\w$])\$[A-Z]{1,5}(?![\w.]\w|\w|\s?\d)",
    "path": (
        r"(?<![\w/.\\])(?:~?/|\.{1,2}/)(?:[\w.-]{1,80}/){1,20}[\w.-]{0,80}"
        r"|(?<![\w/\\])[A-Za-z]:\\[\w.\\-]{1,200}"
        rf"|(?<![\w/.@-])[\w-]{{1,80}}\.(?:{_FILES})\b(?!\.\w)"
    ),
    "emoji": rf"(?:{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI})*+)+",
}
_SPANS = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items()))
# Where none of these stands nothing is protected; a set of characters is soon searched.
_HINT = re.compile(rf"[`<&@#$/\\\u20e3\U0001f1e6-\U0001f1ff{_EMOJI}]|\.\S")
_CURRENCY = re.compile(r"[$€£¥₩]\s?\d")
# Hangul words survive the bundled models best (tests/benchmarks/standins.py); these are rare in news.
STAND_INS = ("한글", "링크", "기호", "동그라미", "주소", "갑을", "문서", "가나")


KEPT = 64  # texts whose spans are remembered: each stage asks for those of the same sentence again


@dataclass(frozen=True, slots=True)
class Span:
    """Stretch of a text that is not to be translated, and of what kind it is."""

    start: int
    end: int
    kind: str


@lru_cache(maxsize=KEPT)
def protected_spans(text: str) -> tuple[Span, ...]:
    """Addresses, handles, hashtags, tickers, code, tags, entities, paths and emoji, in order.

    >>> text = "Mail desk@a.kr, see (https://a.kr/b)."
    >>> [text[span.start : span.end] for span in protected_spans(text)]
    ['desk@a.kr', 'https://a.kr/b']
    """
    if not _HINT.search(text):
        return ()
    found = (_span(match) for match in _SPANS.finditer(text))
    return tuple(span for span in found if span.start < span.end)


def _span(match: re.Match[str]) -> Span:
    kind = match.lastgroup or ""
    text = match[0]
    return Span(match.start(), match.start() + len(_trimmed(text) if kind == "url" else text), kind)


def _trimmed(address: str) -> str:
    """An address without the punctuation of the sentence around it."""
    end, depth = len(address), address.count(")") - address.count("(")
    while end and address[end - 1] in ".,;:!?'’”)]}*_…":
        if address[end - 1] == ")":
            if depth <= 0:
                break
            depth -= 1
        end -= 1
    return address[:end]


def untranslatable(text: str) -> bool:
    """Whether nothing is left to translate: only protected spans, digits, signs and white space.

    >>> [untranslatable(text) for text in ("🎉 #Seoul https://a.kr", "2-1", "$5", "OK")]
    [True, True, False, False]
    """
    if _CURRENCY.search(text):
        return False
    return not any(character.isalpha() for character in blanked(text))


@lru_cache(maxsize=KEPT)
def blanked(text: str) -> str:
    """Text of the same length with white space for each protected span.

    >>> blanked("See a.kr now.")
    'See      now.'
    """
    pieces, at = [], 0
    for span in protected_spans(text):
        pieces += [text[at : span.start], " " * (span.end - span.start)]
        at = span.end
    return "".join((*pieces, text[at:]))


def mask(text: str, spans: tuple[Span, ...]) -> tuple[str, tuple[str, ...]]:
    """Text with a stand-in for each span, and what each of STAND_INS is short for ("" where it is not used).

    Stand-ins that the text holds itself are passed over. Where there are more spans than stand-ins the text
    stays as it is, and unmask will find nothing to put back.

    >>> mask("See a.kr now.", protected_spans("See a.kr now."))
    ('See 한글 now.', ('a.kr',))
    """
    free = [number for number, word in enumerate(STAND_INS) if word not in text]
    originals = [""] * len(STAND_INS)
    pieces, at = [], 0
    if len(spans) > len(free):
        return text, tuple(text[span.start : span.end] for span in spans) + ("",) * len(STAND_INS)
    for number, span in zip(free, spans, strict=False):
        originals[number] = text[span.start : span.end]
        pieces += [text[at : span.start], STAND_INS[number]]
        at = span.end
    used = free[len(spans) - 1] + 1 if spans else 0
    return "".join((*pieces, text[at:])), tuple(originals[:used])


def unmask(hypothesis: str, originals: tuple[str, ...]) -> str | None:
    """Hypothesis with the spans put back and the particles after them refitted; None where one went astray.

    >>> unmask("한글을 보라.", ("@kim",)), unmask("보라.", ("@kim",)), unmask("한글 한글", ("@kim",))
    ('@kim을 보라.', None, None)
    """
    if len(originals) > len(STAND_INS):
        return None
    pairs = [(word, original) for word, original in zip(STAND_INS, originals, strict=False) if original]
    if any(hypothesis.count(word) != 1 for word, _ in pairs):
        return None
    for word, original in sorted(pairs, key=lambda pair: -hypothesis.index(pair[0])):
        start = hypothesis.index(word)
        hypothesis = refit(hypothesis, start, start + len(word), original)
    return hypothesis
