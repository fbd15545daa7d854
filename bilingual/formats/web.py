"""Pages of the web, fetched with a limit of bytes and of time; only http and https, also after redirects."""

import http.client
import time
import zlib
from http.client import HTTPMessage, HTTPResponse
from typing import IO
from urllib import error, request

from bilingual.errors import DocumentError

_SECONDS = 30.0
_PIECE = 1 << 16
_TEXTS = ("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "application/xml", "text/xml")
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; bilingual)",
    "Accept": "text/html, text/plain;q=0.9, text/markdown;q=0.9",
    "Accept-Encoding": "identity",
}


class _Redirect(request.HTTPRedirectHandler):
    """Follows redirects to pages only, never into the file system or to other protocols."""

    def redirect_request(
        self, req: request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> request.Request | None:
        if not newurl.lower().startswith(("http://", "https://")):
            fp.close()
            raise DocumentError(
                req.full_url, f"redirects to {newurl[:100]}, which is no page", "check the address"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, *, limit: int, seconds: float = _SECONDS) -> tuple[bytes, str, str]:
    """Fetch a page: its bytes, media type and declared charset ("" where the server names none).

    Raises:
        DocumentError: the address is wrong, cannot be reached, answers with an error or no text, is longer
            than limit bytes, or takes longer than seconds.
    """
    until = time.monotonic() + seconds
    try:
        asked = request.Request(_ascii(url), headers=_HEADERS)  # noqa: S310 the opener knows only http and https
        with _opener().open(asked, timeout=seconds) as response:
            media = (
                response.headers.get_content_type() if response.headers.get("Content-Type") else "text/html"
            )
            _refuse_media(media, url)
            data = _body(response, url, limit, until)
            return data, media, response.headers.get_content_charset() or ""
    except error.HTTPError as problem:
        with problem:
            told = f"the server answered {problem.code} {' '.join(problem.reason.split())}"
            raise DocumentError(url, told, "check the address") from None
    except TimeoutError as problem:
        raise _late(url) from problem
    except (OSError, ValueError, http.client.HTTPException, zlib.error) as problem:
        raise DocumentError(url, f"cannot be fetched ({_why(problem)})", _REMEDY) from problem


_REMEDY = "check the address and the network, or save the page and give the file"


def _opener() -> request.OpenerDirector:
    opener = request.OpenerDirector()
    for handler in (
        request.ProxyHandler(),
        request.HTTPHandler(),
        request.HTTPSHandler(),
        request.HTTPDefaultErrorHandler(),
        request.HTTPErrorProcessor(),
        _Redirect(),
    ):
        opener.add_handler(handler)
    return opener


def _ascii(url: str) -> str:
    """Write an address as it may be sent: the host in its ASCII form, other letters as percent codes."""
    from urllib.parse import quote, urlsplit, urlunsplit

    parts = urlsplit(url)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    safe = "/%:=&?~#+!$,;'@()*[]"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe), quote(parts.query, safe), ""))


def _refuse_media(media: str, url: str) -> None:
    if media not in _TEXTS:
        raise DocumentError(url, f"is {media}, not a page of text", "give the address of an article")


def _body(response: HTTPResponse, url: str, limit: int, until: float) -> bytes:
    zipped = (response.headers.get("Content-Encoding") or "").lower() in {"gzip", "deflate", "x-gzip"}
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 32) if zipped else None
    data = bytearray()
    while piece := response.read1(_PIECE):
        data += unzip.decompress(piece, limit + 1) if unzip else piece
        if len(data) > limit:
            raise DocumentError(
                url, f"is longer than {limit / (1 << 20):g} MB", "save the part you need as a file"
            )
        if time.monotonic() > until:
            raise _late(url)
    return bytes(data)


def _late(url: str) -> DocumentError:
    return DocumentError(url, "did not answer in time", _REMEDY)


def _why(problem: BaseException) -> str:
    reason = getattr(problem, "reason", None) or problem
    told = getattr(reason, "strerror", None) or str(reason) or type(problem).__name__
    return " ".join(told.split())
