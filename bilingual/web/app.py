"""The web application: the page, what it asks for, and what it says back."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bilingual.errors import BilingualError
from bilingual.records import Pair
from bilingual.web import queries, requests, words
from bilingual.web.desk import Batch, Desk, Refused, Stale
from bilingual.web.guard import Door, Guard, page_cookie, read_body
from bilingual.web.near import near
from bilingual.web.views import view

HERE = Path(__file__).parent
SAMPLES = 50  # replacements shown before they are made
Said = Mapping[str, Any]
Answer = Callable[[Desk, Said], Any]
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


def make_app(
    desk: Desk, door: Door, memory: Path | None = None, lifespan: Lifespan | None = None
) -> Starlette:
    """The application for a desk, behind its door; near matches come from the memory."""
    reads: dict[str, Answer] = {
        "rows": rows,
        "counts": counts,
        "articles": articles,
        "near": partial(near_matches, memory=memory),
    }
    writes: dict[str, Answer] = {"decide": decide, "undo": undo, "preview": preview, "replace": swap}
    return Starlette(
        routes=[
            Route("/", partial(page, desk=desk, door=door)),
            *(Route(f"/api/{name}", _reading(desk, answer)) for name, answer in reads.items()),
            *(
                Route(f"/api/{name}", _writing(desk, answer), methods=["POST"])
                for name, answer in writes.items()
            ),
            Mount("/static", StaticFiles(directory=HERE / "static")),
        ],
        middleware=[Middleware(Guard, door=door)],
        lifespan=lifespan,
    )


async def page(request: Request, desk: Desk, door: Door) -> Response:
    """The page itself; the address of the terminal gives the cookie and is then left behind."""
    if "key" in request.query_params:
        response = RedirectResponse("/", 303)
        response.set_cookie(**page_cookie(door))  # type: ignore[arg-type]
        return response
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined
    )
    template = environment.get_template("page.html")
    return HTMLResponse(
        template.render(key=door.key, reviewer=desk.reviewer, issues=words.ISSUES, statuses=words.STATUSES)
    )


def rows(desk: Desk, said: Said) -> Any:
    """A page of the pairs asked for."""
    asked, pairs = requests.read_filter(said), desk.pairs
    after, before = requests.read_number(said, "after", -1), requests.read_number(said, "before")
    found = queries.page_of(
        queries.matching(pairs, asked), after=-1 if after is None else after, before=before
    )
    shown = [view(pair, number) for number, pair in zip(found.numbers, desk.look(found.numbers), strict=True)]
    return {
        "rows": shown,
        "before": found.before,
        "total": found.total,
        "titles": queries.titles(pairs, {row["article"] for row in shown}),
    }


def counts(desk: Desk, said: Said) -> Any:
    """How many pairs there are of each status and issue."""
    return queries.counts(desk.pairs, requests.read_filter(said))


def articles(desk: Desk, said: Said) -> Any:
    """A page of the articles that have the words asked for."""
    start = requests.read_number(said, "start", 0) or 0
    return queries.articles(desk.pairs, requests.read_filter(said).search, max(0, start))


def near_matches(desk: Desk, said: Said, memory: Path | None) -> Any:
    """Near matches for a pair."""
    return {"matches": near(desk, str(said.get("id", "")), memory)}


def decide(desk: Desk, said: Said) -> Any:
    """Take decisions over."""
    return _done(desk, desk.decide(requests.read_decisions(said)))


def undo(desk: Desk, said: Said) -> Any:
    """Take a batch back."""
    number = requests.read_number(said, "batch", -1)
    return _done(desk, desk.undo(-1 if number is None else number))


def preview(desk: Desk, said: Said) -> Any:
    """What a replacement would change: how many pairs, the first of them, and its stamp."""
    changed, stamp = desk.preview(requests.read_swap(said))
    samples = [{"before": pair.target, "after": target} for pair, target in changed[:SAMPLES]]
    return {"total": len(changed), "samples": samples, "stamp": stamp}


def swap(desk: Desk, said: Said) -> Any:
    """Make a replacement that was previewed."""
    batch = desk.swap(requests.read_swap(said), str(said.get("stamp", "")))
    return {"batch": batch.number, "total": len(batch.after)}


def _done(desk: Desk, batch: Batch) -> Any:
    return {
        "batch": batch.number,
        "total": len(batch.after),
        "rows": _views(desk, batch.after[: queries.PAGE]),
    }


def _views(desk: Desk, pairs: Sequence[Pair]) -> list[Mapping[str, Any]]:
    return [view(pair, desk.number(pair.pair_id)) for pair in pairs]


def _reading(desk: Desk, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answered, desk, answer, request.query_params)

    return endpoint


def _writing(desk: Desk, answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        body = await read_body(request)
        if body is None:
            return JSONResponse({"error": "한 번에 보내기에는 너무 깁니다."}, 413)
        return await run_in_threadpool(
            _answered, desk, lambda desk, body: answer(desk, requests.read_json(body)), body
        )

    return endpoint


def _answered(desk: Desk, answer: Callable[[Desk, Any], Any], said: Any) -> Response:
    """The answer, or why there is none: 400 not possible, 409 changed since, 507 not kept."""
    try:
        return JSONResponse(answer(desk, said))
    except Refused as refused:
        return JSONResponse({"error": str(refused)}, 400)
    except Stale as stale:
        what = "그 사이에 다른 창에서 바뀌었습니다."
        return JSONResponse({"error": what, "rows": _views(desk, stale.pairs)}, 409)
    except BilingualError as error:
        return JSONResponse({"error": f"저장하거나 읽지 못했습니다: {error}"}, 507)
