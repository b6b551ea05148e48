"""The connections to one server, which are used again, and what a request without a response is called.

aiohttp, since it takes a fifth of the processor time of httpx: where replies come at once, it makes 6,700 to 8,900
requests in a second of it, and httpx 1,100 to 1,200 (docs/log.md).
"""

import json
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp

from ..core.errors import DataError

CONNECT = 10.0  # seconds for a connection
TOO_SLOW = TimeoutError  # no response in time, or no connection
NO_WAY_IN_TIME = aiohttp.ConnectionTimeoutError
NO_WAY = (aiohttp.ClientConnectorError, NO_WAY_IN_TIME, aiohttp.ClientHttpProxyError)
CLOSED = (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, aiohttp.ClientPayloadError)  # and no way, too
NOT_TRUSTED = aiohttp.ClientConnectorCertificateError  # one of NO_WAY, as is the next
NO_TLS = aiohttp.ClientConnectorSSLError
NO_ADDRESS = aiohttp.InvalidURL
NO_RESPONSE = (aiohttp.ClientError, TOO_SLOW)  # all of them


@dataclass(frozen=True, slots=True)
class Response:
    """What came back; the names of `headers` are found however they are written."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(eq=False)
class Wire:
    """As many connections as are in use at a time; they belong to one event loop.

    A response, or the next piece of it, has to come within `timeout` seconds. Redirects are not followed, cookies are
    not kept, and proxies are those of the environment.
    """

    timeout: float
    headers: Mapping[str, str]
    _session: aiohttp.ClientSession | None = None
    _proxies: dict[str, str | None] = field(default_factory=dict)

    async def request(self, verb: str, url: str, sent: Any = None, timeout: float | None = None) -> Response:
        """The response to a request, whose body is `sent` as JSON; raises one of NO_RESPONSE where there is none."""
        body = None if sent is None else _json(sent)
        headers = {"Content-Type": "application/json"} if body else None
        if url not in self._proxies:
            self._proxies[url] = proxy_of(url)
        asked = self._open().request(
            verb,
            url,
            data=body,
            headers=headers,
            proxy=self._proxies[url],
            allow_redirects=False,
            timeout=_patience(timeout or self.timeout),
        )
        async with asked as response:
            return Response(response.status, response.headers, await response.read())

    async def close(self) -> None:
        """Let go of the connections."""
        session, self._session = self._session, None
        if session:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers=self.headers,
                connector=aiohttp.TCPConnector(limit=0, ssl=trusted()),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that are trusted, which take 30 ms to read, once a process: certifi's, or SSL_CERT_FILE's."""
    import certifi

    return ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())


def proxy_of(url: str) -> str | None:
    """The proxy that the environment names for an address, if any; raises DataError where it is of no kind we speak."""
    parts = urlsplit(url)
    known = getproxies()
    proxy = known.get(parts.scheme) or known.get("all")
    if not proxy or not parts.hostname or proxy_bypass(parts.hostname):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    if not proxy.startswith(("http://", "https://")):
        raise DataError(
            f"the proxy of the environment begins with {proxy.partition('://')[0]}://, which is not supported: name "
            f"one with http://, or add {parts.hostname} to NO_PROXY."
        )
    return proxy


@cache
def _patience(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, connect=min(CONNECT, seconds), sock_read=seconds)


def _json(sent: Any) -> bytes:
    return json.dumps(sent, ensure_ascii=False, separators=(",", ":")).encode()
