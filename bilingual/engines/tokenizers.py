"""Text to the pieces a package was trained on, and back: SentencePiece, or Moses and BPE."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast


@dataclass(frozen=True, slots=True)
class Tokenizer:
    """encode: n texts to n lists of pieces; decode: n lists of pieces to n texts."""

    encode: Callable[[Sequence[str]], list[list[str]]]
    decode: Callable[[Sequence[list[str]]], list[str]]


def load_sentencepiece(model: Path) -> Tokenizer:
    """Tokenizer over a SentencePiece model file; raises OSError or RuntimeError where it does not load."""
    from sentencepiece import SentencePieceProcessor

    processor = SentencePieceProcessor(model_file=str(model))

    def encode(texts: Sequence[str]) -> list[list[str]]:
        return cast("list[list[str]]", processor.encode(list(texts), out_type=str))

    def decode(pieces: Sequence[list[str]]) -> list[str]:
        return [processor.decode_pieces(row).replace("▁", " ").removeprefix(" ") for row in pieces]

    return Tokenizer(encode, decode)


def load_bpe(model: Path, source: str, target: str) -> Tokenizer:
    """Tokenizer over a BPE code file as older Argos packages carry it, with Moses rules for each language.

    Method: Sennrich et al. 2016; the order of steps is that of argostranslate.tokenizer.BPETokenizer.
    """
    from argostranslate.apply_bpe import BPE
    from sacremoses import MosesDetokenizer, MosesPunctNormalizer, MosesTokenizer

    normalizer, moses, joiner = MosesPunctNormalizer(source), MosesTokenizer(source), MosesDetokenizer(target)
    with model.open(encoding="utf-8") as codes:
        bpe = BPE(codes)

    def encode(texts: Sequence[str]) -> list[list[str]]:
        rows = (" ".join(moses.tokenize(normalizer.normalize(text))).strip("\r\n ") for text in texts)
        return [bpe.segment_tokens(row.split(" ")) for row in rows]

    def decode(pieces: Sequence[list[str]]) -> list[str]:
        return [joiner.detokenize(" ".join(row).replace("@@ ", "").split(" ")) for row in pieces]

    return Tokenizer(encode, decode)
