"""Who may ask: the browser page of this very server, with the token of its address, and to read alone.

Any page that the user has open could send requests to a server on the same machine, and a name that its owner points
at 127.0.0.1 would make the answers its own (DNS rebinding). So every request must bear the token, be addressed to the
server by its own name and come from no other site.
"""

import secrets
from typing import Any

from .answers import HEADERS

METHODS = ("GET", "HEAD")
OWN = (b"same-origin", b"none")  # Sec-Fetch-Site of a page of the server, and of an address that was typed


class Guard:
    """An ASGI application that hands on what may be asked, and refuses the rest without looking at its path."""

    def __init__(self, app: Any, token: str, port: int) -> None:
        self.app, self.token = app, token.encode()
        self.hosts = {f"{name}:{port}".encode() for name in ("127.0.0.1", "localhost")}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] == "http" and (status := self._refused(scope)):
            await _refuse(status, send)
        elif scope["type"] == "http":
            await self.app(scope, receive, send)

    def _refused(self, scope: Any) -> int:
        """The status that a request is refused with; 0 where it may be asked."""
        asked = scope["headers"]
        headers = dict(asked)
        token = scope["path"].encode("utf-8", "replace").split(b"/")[1:2]
        origin = headers.get(b"origin")
        if not token or not secrets.compare_digest(token[0], self.token):
            return 403
        if headers.get(b"host") not in self.hosts or sum(name == b"host" for name, _ in asked) > 1:
            return 403  # another name for this machine
        if origin is not None and origin not in {b"http://" + host for host in self.hosts}:
            return 403
        if headers.get(b"sec-fetch-site", b"none") not in OWN:
            return 403
        return 0 if scope["method"] in METHODS else 405


async def _refuse(status: int, send: Any) -> None:
    headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    headers += [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"0")]
    headers += [(b"allow", b", ".join(method.encode() for method in METHODS))] if status == 405 else []
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
