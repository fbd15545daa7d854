"""Fetching a file from the first of several addresses that gives it whole, straight to disk."""

import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit

from bilingual.errors import PackageError

CHUNK = 1 << 18
PATIENCE = 30.0
WEB = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a download may do: kinds of link, bytes at most, seconds without a byte."""

    schemes: frozenset[str] = WEB
    largest: int = 4 << 30
    patience: float = PATIENCE


class Progress(Protocol):
    """Who is told how far a download is."""

    def advance(self, done: int, total: int | None) -> None:
        """Bytes so far, and in all where the server says."""
        ...

    def note(self, text: str) -> None:
        """Something the user should know, such as a link that failed while others are left."""
        ...


class Quiet:
    """Progress that nobody watches."""

    def advance(self, done: int, total: int | None) -> None:
        """Say nothing."""

    def note(self, text: str) -> None:
        """Say nothing."""


def fetch(
    links: Sequence[str],
    place: Path,
    *,
    progress: Progress,
    bounds: Bounds,
) -> str:
    """Write to `place` what the first link gives that works, and give that link.

    Raises PackageError that names each link and what was wrong with it, OSError where `place` cannot be
    written; either way `place` is gone.
    """
    failed = []
    for link in links:
        try:
            _fetch_one(link, place, progress, bounds)
        except PackageError as error:
            failed.append(error)
            progress.note(f"{error.where}: {error.what}")
        else:
            return link
    what = "; ".join(f"{error.where}: {error.what}" for error in failed) or "it has no link"
    remedy = "check the network, or install an .argosmodel file that was fetched on another machine"
    raise PackageError("download failed", what, remedy)


def _fetch_one(link: str, place: Path, progress: Progress, bounds: Bounds) -> None:
    try:
        with place.open("wb") as file:
            for chunk in _checked(link, _read(link, bounds), progress, bounds.largest):
                file.write(chunk)
    except BaseException:
        with suppress(OSError):
            place.unlink(missing_ok=True)
        raise


def _checked(
    link: str, parts: Iterator[tuple[bytes, int | None]], progress: Progress, largest: int
) -> Iterator[bytes]:
    """Pass chunks on while the whole stays as long as the server said and no longer than allowed."""
    done, total = 0, None
    for chunk, total in parts:
        done += len(chunk)
        if max(done, total or 0) > largest:
            raise PackageError(link, f"more than the {largest / 1e6:,.0f} MB allowed")
        progress.advance(done, total)
        yield chunk
    if total is not None and done != total:
        raise PackageError(link, f"it broke off: {done:,} of {total:,} bytes came")
    if not done:
        raise PackageError(link, "it gave nothing")


def _read(link: str, bounds: Bounds) -> Iterator[tuple[bytes, int | None]]:
    """Yield chunks with the length that was announced; a network's error becomes a PackageError."""
    try:
        if urlsplit(link).scheme.lower() not in bounds.schemes:
            raise PackageError(link, f"only {' and '.join(sorted(bounds.schemes))} links are used")
        request = urllib.request.Request(link, headers={"User-Agent": "bilingual"})  # noqa: S310 - checked above
        with urllib.request.urlopen(request, timeout=bounds.patience) as answer:  # noqa: S310
            length = answer.headers.get("Content-Length", "")
            total = int(length) if length.isdecimal() else None
            yield b"", total
            while chunk := answer.read(CHUNK):
                yield chunk, total
    except HTTPError as error:
        error.close()
        raise PackageError(link, f"the server answered {error.code}") from error
    except (OSError, HTTPException, ValueError) as error:
        raise PackageError(link, _reason(error)) from error


def _reason(error: Exception) -> str:
    inner = getattr(error, "reason", error)
    return str(getattr(inner, "strerror", None) or inner or type(inner).__name__)
