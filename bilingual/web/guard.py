"""Who may speak to the page: this machine's browser, under our own name, with the key of this session."""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LIMIT = 1 << 20  # bytes of a request body
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_CLOSED = "터미널에 나온 주소로 여십시오.\n"


@dataclass(frozen=True, slots=True)
class Door:
    """The key of this session, and the port that it is served at."""

    key: str
    port: int

    @property
    def hosts(self) -> frozenset[str]:
        """Names under which a browser on this machine reaches us."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    @property
    def cookie(self) -> str:
        """Name of our cookie; browsers keep one jar for all ports of a machine."""
        return f"bilingual_{self.port}"

    def fits(self, key: str | None) -> bool:
        """Whether a key is that of this session."""
        return compare_digest((key or "").encode(), self.key.encode())


class Guard:
    """Middleware that turns strangers away and puts the security headers on every answer."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 400, 403 or 413 to what is not ours, and pass on the rest."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refused = refusal(Request(scope), self.door)
        await (refused or self.app)(scope, receive, headed)


def refusal(request: Request, door: Door) -> PlainTextResponse | None:
    """The answer to a request that is not let in, or none."""
    headers = request.headers
    if headers.get("host", "") not in door.hosts:
        return PlainTextResponse("이 이름으로는 열 수 없습니다.\n", 400)
    if not _same_origin(headers, door):
        return PlainTextResponse("다른 곳에서 온 요청입니다.\n", 403)
    if not (door.fits(request.cookies.get(door.cookie)) or _knocks(request, door)):
        return PlainTextResponse(_CLOSED, 403)
    if request.method not in ("GET", "HEAD") and not door.fits(headers.get("x-key")):
        return PlainTextResponse(_CLOSED, 403)
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > LIMIT:
        return PlainTextResponse("한 번에 보내기에는 너무 깁니다.\n", 413)
    return None


def _same_origin(headers: Headers, door: Door) -> bool:
    origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
    known = origin is None or origin in {f"http://{host}" for host in door.hosts}
    return known and site in ("none", "same-origin")


def _knocks(request: Request, door: Door) -> bool:
    """Whether this opens the page by the address that the terminal shows."""
    return request.url.path == "/" and request.method == "GET" and door.fits(request.query_params.get("key"))


async def read_body(request: Request) -> bytes | None:
    """Body of a request, or none where it is longer than it may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT:
            return None
    return bytes(body)


def page_cookie(door: Door) -> Mapping[str, object]:
    """How our cookie is set: for this site alone, and for as long as the browser is open."""
    return {"key": door.cookie, "value": door.key, "httponly": True, "samesite": "strict", "path": "/"}
