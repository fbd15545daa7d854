"""Documents: which inputs there are, and one of them read."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from glob import has_magic, iglob
from pathlib import Path
from typing import BinaryIO

from bilingual.errors import DocumentError
from bilingual.formats.encodings import decode
from bilingual.formats.web import fetch
from bilingual.records import Document, Markup

LIMIT = 64 << 20
STANDARD_INPUT = "-"
SUFFIXES = {
    ".txt": Markup.TEXT,
    ".md": Markup.MARKDOWN,
    ".markdown": Markup.MARKDOWN,
    ".html": Markup.HTML,
    ".htm": Markup.HTML,
    ".xhtml": Markup.HTML,
}
_OURS = frozenset({"run.json", "pairs.parquet"})  # what a run of ours leaves in its output folder
_HTML = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")


def find_documents(inputs: Sequence[str], skip: Iterable[str] = ()) -> Iterator[str | DocumentError]:
    """Name every document of the inputs once, in order, or the error in its place; nothing is read.

    Inputs are files, folders (searched in sorted order for SUFFIXES; hidden files and output folders of ours,
    with those of skip, are passed over), glob patterns, - for standard input, and http or https addresses.
    """
    seen = {os.path.realpath(path) for path in skip}
    for given in inputs:
        for found in _expand(given, seen):
            known = isinstance(found, DocumentError) or _is_stream(found)
            key = str(found) if known else os.path.realpath(str(found))
            if key not in seen:
                seen.add(key)
                yield found


@dataclass(frozen=True, slots=True)
class Raw:
    """A document as it was fetched; media and declared are the type and encoding that a server told."""

    name: str
    data: bytes
    media: str = ""
    declared: str = ""

    @property
    def checksum(self) -> str:
        """SHA-256 of its bytes, as hex."""
        return hashlib.sha256(self.data).hexdigest()


def read_document(name: str, *, limit: int = LIMIT, stdin: BinaryIO | None = None) -> Document:
    """Read one document; the checksum is SHA-256 of its bytes, the text of a page its visible lines (html).

    Raises:
        DocumentError: it is missing, unreadable, empty, binary, longer than limit bytes, or not text.
    """
    return decode_document(fetch_document(name, limit=limit, stdin=stdin))


def fetch_document(name: str, *, limit: int = LIMIT, stdin: BinaryIO | None = None) -> Raw:
    """Get the bytes of one document; raises DocumentError where it is missing, unreadable or too long."""
    if name.lower().startswith(("http://", "https://")):
        return Raw(name, *fetch(name, limit=limit))
    if name == STANDARD_INPUT and stdin is not None:
        return Raw(name, _within(stdin.read(limit + 1), name, limit))
    return Raw(name, _read(name, limit))


def decode_document(raw: Raw) -> Document:
    """Make a document of its bytes; raises DocumentError where they are empty, binary or not text."""
    text, encoding, notes = decode(raw.data, raw.name, raw.declared)
    markup = _markup(raw.name, raw.media, raw.data)
    if markup is Markup.HTML:
        text = _page(text, raw.name)
    return Document(raw.name, markup, text, raw.checksum, encoding, notes)


def _is_stream(name: str) -> bool:
    return name == STANDARD_INPUT or name.lower().startswith(("http://", "https://"))


def _expand(given: str, skip: set[str]) -> Iterator[str | DocumentError]:
    if _is_stream(given) or os.path.isfile(given):  # noqa: PTH113 a name with a NUL is no file, and no exception
        yield given
    elif os.path.isdir(given):  # noqa: PTH112
        yield from _filled(_walk(given, skip), given)
    elif has_magic(given):
        yield from _filled(_match(given, skip), given, "matches no document")
    elif os.path.exists(given):  # noqa: PTH110 a pipe, which may be read, or a device, which may not
        yield given
    else:
        yield DocumentError(given or "(no name)", "there is no such file or folder", "check the name")


def _filled(
    names: Iterator[str | DocumentError], given: str, empty: str = "holds no document"
) -> Iterator[str | DocumentError]:
    """Pass the names on, or say that there were none."""
    first = next(names, None)
    if first is None:
        yield DocumentError(given, empty, f"documents end in {', '.join(SUFFIXES)}")
        return
    yield first
    yield from names


def _match(pattern: str, skip: set[str]) -> Iterator[str | DocumentError]:
    for found in sorted(iglob(pattern, recursive=True)):  # noqa: PTH207 keeps the name as the user wrote it
        if os.path.isdir(found):  # noqa: PTH112
            if "**" not in pattern:
                yield from _walk(found, skip)
        elif _suffix(found) in SUFFIXES or not pattern.endswith("*"):
            yield found


def _walk(folder: str, skip: set[str]) -> Iterator[str | DocumentError]:
    """Documents under a folder, depth first in sorted order; links to folders are not followed."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = _entries(here, skip, top=here == folder)
        except OSError as error:
            yield DocumentError(here, f"cannot be opened ({error.strerror})", "check who may read it")
            continue
        shown = [entry for entry in entries if not entry.name.startswith(".")]
        yield from (e.path for e in shown if _suffix(e.name) in SUFFIXES and e.is_file())
        waiting += [e.path for e in reversed(shown) if e.is_dir(follow_symlinks=False)]


def _entries(folder: str, skip: set[str], *, top: bool) -> list[os.DirEntry[str]]:
    """Entries of a folder in sorted order; none of what a run of ours wrote, unless the user named it."""
    if not top and os.path.realpath(folder) in skip:
        return []
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    names = {entry.name for entry in entries}
    return [] if not top and names & _OURS and "articles" in names else entries


def _suffix(name: str) -> str:
    return os.path.splitext(name)[1].lower()  # noqa: PTH122 a folder may hold a million names


def _read(name: str, limit: int) -> bytes:
    try:
        mode = os.stat(name)  # noqa: PTH116
        if stat.S_ISREG(mode.st_mode) or stat.S_ISFIFO(mode.st_mode):
            _refuse_long(mode.st_size, name, limit)
            with Path(name).open("rb") as file:
                return _within(file.read(limit + 1), name, limit)
    except FileNotFoundError as error:
        raise DocumentError(name, "there is no such file", "check the name") from error
    except (OSError, ValueError) as error:
        raise DocumentError(
            name, f"cannot be read ({_why(error)})", "check the file and who may read it"
        ) from error
    raise DocumentError(name, "is no file but a folder or device", "give a file")


def _why(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _within(data: bytes, name: str, limit: int) -> bytes:
    _refuse_long(len(data), name, limit)
    return data


def _refuse_long(size: int, name: str, limit: int) -> None:
    if size > limit:
        raise DocumentError(name, f"is longer than {limit / (1 << 20):g} MB", "cut it into smaller files")


def _markup(name: str, media: str, data: bytes) -> Markup:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    looks = head.startswith(_HTML[:2]) or (head.startswith(_HTML) and b"<html" in data[:4096].lower())
    if "html" in media or looks:
        return Markup.HTML
    if "markdown" in media:
        return Markup.MARKDOWN
    return Markup.TEXT if media else SUFFIXES.get(_suffix(name), Markup.TEXT)


def _page(text: str, name: str) -> str:
    from bilingual.formats.html import visible_lines

    lines = visible_lines(text)
    if not lines.strip():
        raise DocumentError(
            name, "is a page without text", "open it in a browser, save it complete, and try again"
        )
    return lines
