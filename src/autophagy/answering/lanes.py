"""The connections to one server, each a pool of its own.

A pool of httpx looks through all of its connections for every request, and once more for each of them: with 32 under
way that takes two thirds of all processor time of a client. Whoever has these has one free for each request under way.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that are trusted, which take 30 ms to read, once a process."""
    return httpx.create_ssl_context()


@dataclass(eq=False)
class Lanes:
    """As many connections as are in use at a time, kept for the next request; they belong to one event loop."""

    timeout: httpx.Timeout
    headers: Mapping[str, str]
    _free: list[httpx.AsyncClient] = field(default_factory=list)
    _all: list[httpx.AsyncClient] = field(default_factory=list)

    async def request(self, verb: str, url: str, **more: Any) -> httpx.Response:
        """The response to a request, on a connection that nobody uses."""
        lane = self._free.pop() if self._free else self._new()
        try:
            return await lane.request(verb, url, **more)
        finally:
            self._free.append(lane)

    async def close(self) -> None:
        """Let go of the connections."""
        for lane in self._all:
            await lane.aclose()

    def _new(self) -> httpx.AsyncClient:
        one = httpx.Limits(max_connections=1, max_keepalive_connections=1)
        self._all.append(httpx.AsyncClient(timeout=self.timeout, limits=one, headers=self.headers, verify=trusted()))
        return self._all[-1]
