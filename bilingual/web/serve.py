"""The server of a review: opened on an output folder, saving into its tables now and then and at the end."""

import asyncio
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import uvicorn
from starlette.applications import Starlette

from bilingual.checks import Known
from bilingual.errors import BilingualError, WorkspaceError
from bilingual.formats.pairs_csv import write_pairs_csv
from bilingual.records import Pair
from bilingual.tables import PAIRS
from bilingual.web.app import make_app
from bilingual.web.desk import Desk
from bilingual.web.guard import Door
from bilingual.web.learn import fold_journals
from bilingual.workspace.decisions import settle
from bilingual.workspace.folder import Workspace, open_workspace
from bilingual.workspace.journal import Folded, write_journal

QUIET = 20.0  # seconds without a decision after which the tables are brought up to date


@dataclass(slots=True)
class Saver:
    """Keeps decisions in the journal at once, and folds them into the tables when a reviewer pauses."""

    workspace: Workspace
    memory: Path
    last: float = 0.0
    dirty: bool = False
    failed: list[BilingualError] = field(default_factory=list)
    folded: list[Folded] = field(default_factory=list)

    def keep(self, pairs: Sequence[Pair]) -> None:
        """Put a batch on the disk; raises WorkspaceError."""
        write_journal(self.workspace, pairs)
        self.last, self.dirty = time.monotonic(), True

    def save(self) -> None:
        """Fold what was decided so far; a failure is kept for the end, and so are the decisions."""
        self.dirty = False
        try:
            self.fold()
        except BilingualError as error:
            self.failed.append(error)

    def fold(self) -> None:
        """Take what the journals hold into the memory, then into the tables; raises WorkspaceError."""
        self.folded.append(fold_journals(self.workspace, self.memory, _now()))

    async def now_and_then(self) -> None:
        """Save whenever no decision has come for a while."""
        while True:
            await asyncio.sleep(QUIET / 4)
            if self.dirty and time.monotonic() - self.last > QUIET:
                await asyncio.to_thread(self.save)

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Save now and then while the server runs, and once more when it stops."""
        task = asyncio.create_task(self.now_and_then())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        self.save()


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked for; port 0 takes any that is free."""

    root: Path
    port: int
    memory: Path
    reviewer: str
    known: Known


def serve_folder(order: Order, show: Callable[[str], None]) -> Saver:
    """Serve the review of a folder until it is stopped; show is given the address to open.

    Gives what was saved; raises WorkspaceError.
    """
    if not (order.root / "pairs.parquet").is_file():
        raise WorkspaceError(str(order.root), "holds no run", "name the folder that translate wrote to")
    with open_workspace(order.root) as workspace, _bound(order.port) as listener:
        door = Door(secrets.token_urlsafe(24), listener.getsockname()[1])
        saver = Saver(workspace, order.memory)
        desk = open_desk(saver, order.reviewer, order.known)
        app = make_app(desk, door, order.memory, saver.lifespan)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=5
        )
        show(f"http://127.0.0.1:{door.port}/?key={door.key}")
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])
        return saver


def open_desk(saver: Saver, reviewer: str, known: Known | None = None) -> Desk:
    """The pairs of a folder, with what a killed server left folded in; raises WorkspaceError."""
    settle(saver.workspace, write_pairs_csv)
    saver.fold()
    pairs = pl.read_parquet(saver.workspace.pairs).match_to_schema(PAIRS)
    return Desk(pairs, saver.keep, _now, reviewer, known or Known())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _bound(port: int) -> socket.socket:
    """A socket at a port of the loopback alone; raises WorkspaceError for one that is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen()  # so that the address answers as soon as it is shown
    except OSError as error:
        listener.close()
        raise WorkspaceError(
            f"port {port}", error.strerror or str(error), "choose another with --port"
        ) from error
    return listener
