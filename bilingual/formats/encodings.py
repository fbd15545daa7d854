"""Bytes to text: byte order marks, what the page declares, UTF-8, Korean, then a guess; binaries by name."""

import codecs
import re
from collections.abc import Sequence

from bilingual.errors import DocumentError

_ACCENTS = 3  # high bytes that a short English text may have
_SAMPLE = 1 << 16
_BOMS: Sequence[tuple[bytes, str]] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Sequence[tuple[bytes, str]] = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3", "a database"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)
_ZIPPED: Sequence[tuple[bytes, str]] = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint file (.pptx)"),
    (b"application/epub+zip", "an e-book (.epub)"),
    (b"opendocument", "an OpenDocument file"),
    (b"metadata.json", "an Argos model package"),
)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,30})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{2,30})", re.IGNORECASE)
_ALIASES = {  # what browsers read under these names
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_STATEFUL = ("iso2022", "hz", "utf-7")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_KNOWN = re.compile(r"[\t\n\r -\u024f\u2000-\u206f\u3000-\u303f가-힣]")
_MAC = re.compile(r"(?<=[a-z])[ÒÓÔÕÐÑ](?=[a-z\s])|(?<=\s)[ÒÔ](?=[A-Za-z])")
_NEWLINES = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def decode(data: bytes, name: str, declared: str = "") -> tuple[str, str, tuple[str, ...]]:
    """Decode the bytes of a document to text with LF, its encoding, and what an editor should know of it.

    Raises:
        DocumentError: the bytes are none, binary, or text in no encoding that can be told.
    """
    if not data:
        raise DocumentError(name, "is empty", "give a file with text in it")
    encoding = _by_mark(data)
    if not encoding:
        _refuse_binary(data, name)
        encoding = _declared(data, declared) or _by_content(data, name)
    text, notes = _decoded(data, encoding)
    if len(_CONTROL.findall(text[:_SAMPLE])) * 50 > len(text[:_SAMPLE]):
        raise DocumentError(name, "is a binary file, not text", "give a .txt, .md or .html file")
    text = _NEWLINES.sub("\n", _CONTROL.sub("", text)).lstrip("\ufeff")
    if not text.strip("\u200b\u2060\ufeff \t\n\f\xa0"):
        raise DocumentError(name, "holds only white space", "give a file with text in it")
    return text, encoding, notes


def kind_of(data: bytes) -> str:
    """Name the kind of a binary file in plain words, or nothing for what may be text."""
    if data.startswith(b"PK\x03\x04"):
        return next((what for sign, what in _ZIPPED if sign in data[:_SAMPLE]), "a zip archive")
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        return "a picture" if data[8:12] == b"WEBP" else "a sound or film file"
    return next((what for sign, what in _MAGIC if data.startswith(sign)), "")


def _refuse_binary(data: bytes, name: str) -> None:
    if what := kind_of(data):
        raise DocumentError(name, f"is {what}, not text", "save it as .txt, .md or .html and give that file")
    if b"\0" in data and not _wide(data):
        place = data.index(b"\0")
        raise DocumentError(
            name, f"is a binary file (a NUL byte at {place})", "give a .txt, .md or .html file"
        )


def _by_mark(data: bytes) -> str:
    return next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "")


def _wide(data: bytes) -> str:
    """Recognise UTF-16 without a byte order mark: it has NUL bytes and yet reads well."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or not sample.count(0):
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = sample[: len(sample) // 2 * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_KNOWN.findall(text)) * 20 >= len(text) * 19:
            return encoding
    return ""


def _declared(data: bytes, declared: str) -> str:
    """Take the encoding that the server or the page names, unless the bytes speak against it."""
    head = data[:4096]
    found = _META.search(head) or _XML.search(head)
    try:
        name = codecs.lookup(declared or (found[1].decode() if found else "")).name
    except (LookupError, UnicodeError):
        return ""
    stateful = name.startswith(_STATEFUL)
    if (data.isascii() and not stateful) or _fits(data, "utf-8"):
        return name if stateful else "utf-8"
    name = _ALIASES.get(name, name)
    return name if not name.startswith("utf") and _fits(data, name) else ""


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeError, LookupError):
        return False
    return True


def _by_content(data: bytes, name: str) -> str:
    if _fits(data, "utf-8") or _is_damaged_utf8(data):
        return "utf-8"
    return _wide(data) or _korean(data) or _western(data) or _guess(data, name)


def _is_damaged_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few bad bytes from an older encoding: most high bytes still make whole characters."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    other = len(text) - len(text.encode("ascii", "ignore")) - bad
    return bad > 0 and other >= 3 * bad


def _korean(data: bytes) -> str:
    """Recognise CP949: nearly all that is not ASCII are syllables of the Korean standard set."""
    if not _fits(data, "cp949"):
        return ""
    wide = [c for c in data.decode("cp949")[: 4 * _SAMPLE] if c > "\x7f"]
    common = sum("가" <= c <= "힣" and _is_standard(c) for c in wide)
    return "cp949" if common * 10 >= len(wide) * 7 and wide else ""


def _is_standard(syllable: str) -> bool:
    return len(syllable.encode("euc_kr", "ignore")) == 2  # noqa: PLR2004 bytes of a syllable in EUC-KR


def _western(data: bytes) -> str:
    """Recognise English with some accents and typographic quotes: Windows or old Mac."""
    high = len(data) - len(data.decode("ascii", "ignore"))
    if high > max(_ACCENTS, len(data) // 12):
        return ""
    text = data.decode("cp1252", "replace")
    mac = _MAC.search(text) or "\ufffd" in text
    return "mac_roman" if mac else "cp1252"


def _guess(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 4 * _SAMPLE]).best()
    if best is None:
        raise DocumentError(
            name, "is not text in an encoding that can be told", "save it as UTF-8 and try again"
        )
    return best.encoding


def _decoded(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd") - (data.count("\ufffd".encode()) if encoding.startswith("utf-8") else 0)
    plural = "s" if bad > 1 else ""
    note = f"{bad} place{plural} could not be read as {encoding} and became \ufffd"
    return text, (note,) if bad > 0 else ()
