"""Which encoding a table has: what its first bytes say, else UTF-8, else Korean or Western Windows."""

import codecs
from pathlib import Path
from typing import NamedTuple

from bilingual.errors import DocumentError, FormatError

_CHUNK = 1 << 17
_HEAD = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class _Failure(NamedTuple):
    """Where decoding failed, and whether characters beyond ASCII had been decoded before."""

    line: int
    late: bool


def text_encoding(path: Path) -> str:
    """Name of the encoding in which the whole file decodes, found in bounded memory.

    Raises DocumentError for a file that is missing, empty or binary, FormatError for damaged text.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        encoding = _marked(head) or _wide(path, head) or _narrow(path, head)
        failure = _failure(path, encoding)
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be read") from None
    if failure:
        raise FormatError(str(path), [(failure.line, f"holds bytes that are not {encoding} text")])
    return encoding


def _marked(head: bytes) -> str:
    return next((name for mark, name in _MARKS if head.startswith(mark)), "")


def _wide(path: Path, head: bytes) -> str:
    """UTF-16 without a mark: its ASCII characters leave zero bytes nearly all on one side (가 is AC 00)."""
    if not head:
        raise DocumentError(str(path), "is empty")
    if b"\0" not in head:
        return ""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if min(even, odd) * 5 > max(even, odd) or max(even, odd) * 20 < len(head):
        raise DocumentError(str(path), "is binary, where text was expected")
    return "utf-16-be" if even > odd else "utf-16-le"


def _narrow(path: Path, head: bytes) -> str:
    if head.startswith(b"PK\x03\x04"):
        raise DocumentError(str(path), "is an archive or workbook, where text was expected")
    failure = _failure(path, "utf-8")
    if failure is None:
        return "utf-8"
    if _mostly_common(head.decode("cp949", "ignore")) and _failure(path, "cp949") is None:
        return "cp949"  # asked first: some syllables of it, such as 척, are whole characters of UTF-8, too
    if failure.late:
        return "utf-8"
    if _failure(path, "cp1252") is None:
        return "cp1252"
    raise DocumentError(str(path), "is in an encoding that is not known", "save it as UTF-8")


def _failure(path: Path, encoding: str) -> _Failure | None:
    decoder, line, late = codecs.getincrementaldecoder(encoding)(), 1, False
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            failure, text = _step(decoder, chunk)
            line, late = line + text.count("\n"), late or not text.isascii()
            if failure:
                return _Failure(line, late)
        return _Failure(line, late) if _step(decoder, b"")[0] else None


def _step(decoder: codecs.IncrementalDecoder, chunk: bytes) -> tuple[bool, str]:
    """Whether a chunk fails, and the text of it that does not."""
    try:
        return False, decoder.decode(chunk, final=not chunk)
    except UnicodeDecodeError as error:
        return True, error.object[: error.start].decode(error.encoding, "replace")


def _mostly_common(text: str) -> bool:
    """Whether the Hangul is mostly among the 2,350 syllables in use; Western text read as Korean is not."""
    syllables = [character for character in text if "가" <= character <= "힣"]
    common = sum(bool(character.encode("euc_kr", "ignore")) for character in syllables)
    return 2 * common > len(syllables)
