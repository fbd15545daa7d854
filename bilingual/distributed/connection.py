"""Ray itself: found, started or reached, and kept quiet."""

import logging
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from bilingual.errors import ClusterError

REACH = 15.0  # seconds in which a cluster must answer
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # Ray tells nobody of us
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",  # else under `uv run` it would send the working folder around
    "RAY_gcs_server_request_timeout_seconds": str(int(REACH)),
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # what Ray will do by itself, and warns of until then
}


@contextmanager
def connected(address: str) -> Iterator[None]:
    """Ray of this machine, or the cluster at an address, for as long as the block lasts.

    Raises ClusterError where Ray is not installed, does not start or is not reached.
    """
    keep_quiet()
    if not address:
        _lock_up()
    try:
        import ray
    except ImportError as error:
        remedy = "pip install 'bilingual[ray]' (uv run --extra ray in a checkout), or leave --engine out"
        raise ClusterError("ray", "is not installed", remedy) from error
    try:
        _reach(address)
        ray.init(
            address or "local", include_dashboard=False, log_to_driver=False, logging_level=logging.CRITICAL
        )
    except (OSError, RuntimeError, ValueError, ImportError, AssertionError, SystemExit) as error:
        what = f"cannot be used ({_first_line(error)})"
        remedy = (
            "is a Ray of the same version running there, and is this machine one of its own (`ray start`)?"
        )
        raise ClusterError(address or "Ray on this machine", what, remedy) from error
    try:
        yield
    finally:
        ray.shutdown()


def keep_quiet() -> None:
    """Have Ray, which reads its environment when it is imported, keep to itself."""
    os.environ.update({name: os.environ.get(name, value) for name, value in _QUIET.items()})


def _lock_up() -> None:
    """Let nobody else use the Ray that this process starts: other machines may see its ports."""
    os.environ.setdefault("RAY_AUTH_MODE", "token")
    os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))


def _reach(address: str) -> None:
    """See that something answers at HOST:PORT, for which Ray itself takes minutes; raises OSError."""
    host, colon, port = address.rpartition("/")[2].rpartition(":")
    if colon and port.isdecimal():
        socket.create_connection((host.strip("[]"), int(port)), timeout=REACH).close()


def _first_line(error: BaseException) -> str:
    if isinstance(error, SystemExit):
        return f"no answer within {REACH:.0f} seconds"
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
