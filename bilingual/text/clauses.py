"""A sentence too long for a model, split where clauses meet; the pieces joined are the sentence again."""

import re
import unicodedata
from collections.abc import Callable, Iterator

_JOINS = (
    re.compile(r";(?P<space>\s+)"),
    re.compile(r":(?P<space>\s+)|(?P<dash>\s+)(?:—|–|--)\s|(?:—|--)(?P<after>)(?=\w)"),
    re.compile(
        r",(?P<space>\s+)(?=(?:and|but|or|so|yet|while|which|who|because|although|as|if|when|where)\b)"
    ),
    re.compile(r"[,，、](?P<space>\s*)(?=\D)"),
    re.compile(r"(?P<space>\s+)"),
)
_EDGE = 4


def split_clauses(sentence: str, fits: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Pieces that fit, each with the white space after it; a single character is a piece even if it does not.

    The cut is the strongest join of the middle half, the nearest to the middle of those: semicolon; colon or
    dash; comma before a conjunction; comma; space; else anywhere. Calls `fits` on O(n log n) characters.

    >>> split_clauses("It rained, and it snowed.", lambda text: len(text) < 16)
    [('It rained,', ' '), ('and it snowed.', '')]
    """
    start = len(sentence) - len(sentence.lstrip())
    lead = [("", sentence[:start])] if start else []
    return [*lead, *_pieces(sentence[start:], fits)]


def _pieces(text: str, fits: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    waiting = [(text, "")] if text else []
    while waiting:
        piece, separator = waiting.pop()
        if len(piece) < len("ab") or fits(piece):
            body = piece.rstrip()
            yield (body, piece[len(body) :] + separator) if body else (piece, separator)
        else:
            end, begin = _cut(piece)
            waiting += [(piece[begin:], separator), (piece[:end], piece[end:begin])]


def _cut(text: str) -> tuple[int, int]:
    """Where the first part ends and the second begins; both parts have text."""
    middle, edge = len(text) // 2, len(text) // _EDGE
    for low, high in ((edge, len(text) - edge), (1, len(text) - 1)):
        for join in _JOINS if low > 1 else _JOINS[-1:]:
            spans = [_space(match) for match in join.finditer(text, low, high)]
            inside = [span for span in spans if span[0] > 0 and span[1] < len(text)]
            if inside:
                return min(inside, key=lambda span: abs(span[0] - middle))
    return _hard(text, middle)


def _space(match: re.Match[str]) -> tuple[int, int]:
    return match.span(match.lastgroup or 0)


def _hard(text: str, at: int) -> tuple[int, int]:
    """A cut that parts no letter from its marks, if there is one near."""
    near = (here for here in range(at, 0, -1) if not _clings(text[here]) and text[here - 1] != "\u200d")
    here = next(near, at)
    return here, here


def _clings(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf"}
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
