"""The server itself: on the loopback address alone, until it is stopped."""

import os
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from ...core.errors import UsageError, need
from .app import make_app
from .listing import Listing

LOOPBACK = "127.0.0.1"
TOKEN_BYTES = 24  # 192 random bits, more than anyone can try
LEAVE = 2  # seconds that answers under way may still take once the server is stopped


def serve(root: Path, port: int, ready: Callable[[str], None]) -> None:
    """Show the runs below `root` until SIGINT or SIGTERM; `ready` is told the address once it is listened to.

    A `port` of 0 takes a free one. Raises UsageError where there is no such folder or the port cannot be had,
    MissingExtra where uvicorn or Starlette is not installed, and KeyboardInterrupt once it was stopped.
    """
    uvicorn = need("uvicorn", "autophagy view")
    listing = Listing(root)
    with _listen(port) as listener:
        port = listener.getsockname()[1]
        token = secrets.token_urlsafe(TOKEN_BYTES)
        server = uvicorn.Server(
            uvicorn.Config(
                make_app(listing, token, port, lambda: bool(server.should_exit)),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=LEAVE,
            )
        )
        start = server.startup

        async def startup(sockets: list[socket.socket]) -> None:
            await start(sockets=sockets)
            if not server.should_exit:  # from here on a signal ends it; while modules are loaded, Python can lose one
                ready(f"http://{LOOPBACK}:{port}/{token}/")

        server.startup = startup
        listing.runs()  # so that the first answer is as quick as the next
        server.run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    if not 0 <= port < 1 << 16:
        raise UsageError(f"the port {port} is none: give a number from 1 to 65535, or no --port for a free one.")
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        raise UsageError(
            f"the port {port} cannot be had ({os.strerror(error.errno or 0)}): give another, or no --port."
        ) from error
