"""The way to a Ray cluster: found within seconds or told in one sentence, and quiet."""

import logging
import os
import re
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from types import ModuleType
from typing import Any

from ..core.errors import UsageError, need
from ..core.machine import available_cores

QUIET = {  # what Ray reads when it is first imported: it sends no figures home, and prints nothing of its own
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",  # a warning of what it will do one day
}
ADDRESS = re.compile(r"(?:ray://)?(\[[^]]+\]|[^:/\s]+):(\d+)")  # "ray://host:10001", "[::1]:6379"
KNOCK, WAIT = 5.0, 60.0  # seconds for a port to answer, and for Ray behind it
TRIES = 3  # at a client's own server, which Ray starts behind ray:// and takes for dead on a busy machine
STORE = 2**28  # bytes of memory for what is sent to and fro, where this process starts a Ray of its own


def connect(address: str, workers: int | None = None) -> ModuleType:
    """Ray, connected to the cluster at an address: `auto`, `local`, `ray://HOST:PORT` or `HOST:PORT`.

    `auto` is the cluster that this machine belongs to, `local` a Ray that is started here with `workers` processes and
    ends with this one. A process that is connected already stays so. Raises UsageError where nobody answers.
    """
    if address not in ("auto", "local"):
        _knock(address)
    os.environ.update({name: value for name, value in QUIET.items() if name not in os.environ})
    ray = need("ray", "running on a Ray cluster")
    if ray.is_initialized():
        return ray
    logging.getLogger("ray").setLevel(logging.ERROR)
    settings: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address == "local":
        settings |= {"num_cpus": workers or available_cores(), "include_dashboard": False, "object_store_memory": STORE}
        _start(ray, settings)
    else:
        _within(lambda: ray.init(address=address, **settings), address)
    return ray


def _knock(address: str) -> None:
    """Raise UsageError where an address is none, or nobody listens there."""
    parts = ADDRESS.fullmatch(address)
    if not parts or int(parts[2]) > 65535:
        raise UsageError(f"{address!r} is no address of a Ray cluster: give auto, local, ray://HOST:PORT or HOST:PORT.")
    try:
        socket.create_connection((parts[1].strip("[]"), int(parts[2])), KNOCK).close()
    except OSError as error:
        raise UsageError(
            f"no Ray cluster answers at {address} ({error.strerror or error}): start one with ray start --head, or "
            "check the address."
        ) from error


def _start(ray: ModuleType, settings: dict[str, Any]) -> None:
    """Start a Ray of this machine from this thread, with which it ends, and leave the handler of a polite kill."""
    main = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGTERM)
    try:
        ray.init(address="local", **settings)
    except (OSError, RuntimeError) as error:
        raise UsageError(f"a Ray of this machine cannot be started ({_first(error)}): run without it.") from error
    finally:
        if main:
            signal.signal(signal.SIGTERM, before)


def _within(act: Callable[[], Any], address: str) -> None:
    """Connect in a thread, which may hang, and which leaves the handlers of signals as they are."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            _patiently(act)
        except Exception as error:  # of any kind, as Ray has no one kind
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(WAIT)
    if thread.is_alive() or failed:
        reason = _first(failed[0]) if failed else f"nothing in {WAIT:.0f} seconds"
        raise UsageError(
            f"Ray cannot be reached at {address} ({reason}): start it with ray start --head, and where it asks for a "
            "token, set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN_PATH."
        ) from (failed[0] if failed else None)


def _patiently(act: Callable[[], Any]) -> None:
    """Connect, and again where the server that Ray starts for a client did not come up: the next one may."""
    for _ in range(TRIES - 1):
        with suppress(ConnectionAbortedError):
            act()
            return
    act()


def _first(error: Exception) -> str:
    """The first sentence of what Ray says; behind a heading, of the last line, in which a traceback ends."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return re.split(r"\.\s", lines[-1 if lines[0].endswith(":") else 0].strip())[0].rstrip(".")
