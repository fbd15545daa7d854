"""Sentences as pieces, in which a term that stands inline is cut the same way on both sides."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

Pieces = list[int]
_SYLLABLES = re.compile("[가-힣]")
_RESAMPLING = 0.2  # inverse temperature of sampled segmentations (Kudo 2018)


def cut(
    text: str, terms: Sequence[str], tokenizer: "SentencePieceProcessor", *, sampled: bool = False
) -> Pieces:
    """The pieces of a sentence; each term at the beginning of a word is cut as if it stood alone.

    So a particle behind it never melts into its last piece, and the network need only copy what it reads.
    sampled: what is no term is cut at random, not in the likeliest way.
    """
    pieces: Pieces = []
    at = 0
    for found in _places(text, terms):
        behind = (text + " ").index(" ", found.end())
        pieces += _whole(text[at : found.start()], tokenizer, sampled=sampled)
        pieces += _whole(found[0], tokenizer) + _part(text[found.end() : behind], tokenizer)
        at = behind
    return pieces + _whole(text[at:], tokenizer, sampled=sampled)


def words(tokenizer: "SentencePieceProcessor") -> list[bool]:
    """Of each piece, whether it has two or more Korean syllables: enough to know a copy by."""
    return [
        len(_SYLLABLES.findall(tokenizer.id_to_piece(number))) > 1
        for number in range(tokenizer.get_piece_size())
    ]


def _places(text: str, terms: Sequence[str]) -> list[re.Match[str]]:
    """Where terms begin a word, longer ones first."""
    if not terms:
        return []
    ordered = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    return list(re.finditer(rf"(?<!\S)(?:{ordered})", text))


def _whole(text: str, tokenizer: "SentencePieceProcessor", *, sampled: bool = False) -> Pieces:
    pieces: Pieces = tokenizer.encode(text, enable_sampling=sampled, alpha=_RESAMPLING, nbest_size=-1)
    return pieces


def _part(text: str, tokenizer: "SentencePieceProcessor") -> Pieces:
    """Pieces of the rest of a word, from the left the longest that there are; bytes for what has none."""
    pieces: Pieces = []
    while text:
        lengths = (
            n for n in range(len(text), 0, -1) if tokenizer.piece_to_id(text[:n]) != tokenizer.unk_id()
        )
        if length := next(lengths, 0):
            pieces.append(tokenizer.piece_to_id(text[:length]))
        else:
            length = 1
            pieces += [tokenizer.piece_to_id(f"<0x{byte:02X}>") for byte in text[:1].encode()]
        text = text[length:]
    return pieces
