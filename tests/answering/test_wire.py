"""The connections to a server: proxies of the environment, redirects, certificates, and what is not kept."""

import http.server
import json
import ssl
import subprocess
import threading
from contextlib import contextmanager

import pytest

pytest.importorskip("aiohttp", reason="a served model needs aiohttp")
from autophagy.answering.endpoint import Endpoint
from autophagy.answering.running import run_async
from autophagy.answering.served import ServedModel
from autophagy.answering.wire import NO_WAY, Wire, proxy_of, trusted
from autophagy.core.errors import DataError
from provider import Provider, Server, served

NAMES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture
def proxies(monkeypatch):
    """Sets the proxies of the environment, and no others."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return lambda **named: [monkeypatch.setenv(name, value) for name, value in named.items()]


def said(handler, request, count):
    handler.say(f"answer to {request['messages'][-1]['content']}")


def got(url, times=1):
    async def ask():
        wire = Wire(5.0, {})
        try:
            return [await wire.request("GET", url) for _ in range(times)]
        finally:
            await wire.close()

    return run_async(ask)


@contextmanager
def running(handler, host="127.0.0.1"):
    with Server((host, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_request_goes_through_the_proxy_of_the_environment(proxies):
    """A proxy is told the whole address, whose host need not exist for us."""
    paths = []

    def script(handler, request, count):
        paths.append(handler.path)
        said(handler, request, count)

    with served(script) as server:
        proxies(http_proxy=f"http://127.0.0.1:{server.server_port}")
        model = ServedModel(Endpoint("fake", "http://writer.invalid/v1"))
        assert [each.text for each in model.complete(["a"])] == ["answer to a"]
    assert paths == ["http://writer.invalid/v1/chat/completions"]


@pytest.mark.parametrize(
    ("named", "proxy"),
    [
        ({}, None),
        ({"http_proxy": "http://one:1"}, "http://one:1"),
        ({"http_proxy": "one:1"}, "http://one:1"),
        ({"https_proxy": "http://one:1"}, None),
        ({"all_proxy": "http://all:1"}, "http://all:1"),
        ({"all_proxy": "http://all:1", "http_proxy": "http://one:1"}, "http://one:1"),
        ({"http_proxy": "http://one:1", "no_proxy": "writer.invalid"}, None),
        ({"http_proxy": "http://one:1", "no_proxy": "*"}, None),
        ({"http_proxy": "http://one:1", "no_proxy": "other.invalid"}, "http://one:1"),
    ],
)
def test_the_proxy_is_the_one_that_the_environment_names_for_the_address(named, proxy, proxies):
    proxies(**named)
    assert proxy_of("http://writer.invalid/v1") == proxy


def test_a_proxy_of_another_kind_is_one_sentence(proxies):
    proxies(all_proxy="socks5://127.0.0.1:1")
    with pytest.raises(DataError, match=r"begins with socks5://.*add writer.invalid to NO_PROXY\.$"):
        ServedModel(Endpoint("fake", "http://writer.invalid/v1")).complete(["a"])


def test_redirects_are_not_followed_and_cookies_are_not_kept():
    """A key goes to the address that was given, and one answer does not depend on another."""
    seen = []

    class Moves(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append((self.path, self.headers.get("Cookie")))
            self.send_response(302)
            for name, value in {"Location": "/other", "Set-Cookie": "a=b", "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_):
            pass

    with running(Moves, "localhost") as server:
        responses = got(f"http://localhost:{server.server_port}/here", times=2)
    assert [response.status for response in responses] == [302, 302]
    assert responses[0].headers["location"] == responses[0].headers["Location"] == "/other"
    assert seen == [("/here", None)] * 2


def test_a_connection_that_the_server_has_closed_is_opened_anew(monkeypatch):
    """Servers let go of idle connections: no failure, no pause."""
    monkeypatch.setattr(Provider, "protocol_version", "HTTP/1.1")

    def script(handler, request, count):
        said(handler, request, count)
        handler.close_connection = True  # which the reply did not tell

    with served(script) as server:
        model = ServedModel(Endpoint("fake", f"http://127.0.0.1:{server.server_port}/v1", connections=1, pause=0.01))
        answers = model.complete([str(n) for n in range(20)])
    assert [each.text for each in answers] == [f"answer to {n}" for n in range(20)]


def test_a_certificate_that_nobody_vouches_for_is_refused_and_one_of_the_users_is_taken(tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], capture_output=True,
    )  # fmt: skip
    if made.returncode:
        pytest.skip("a certificate needs the program openssl")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with served(said) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        url = f"https://localhost:{server.server_port}/v1/models"
        trusted.cache_clear()
        with pytest.raises(NO_WAY):
            got(url)
        with pytest.raises(DataError, match=r"is not trusted \(self.signed certificate\): set SSL_CERT_FILE"):
            ServedModel(Endpoint("fake", url)).complete(["?"])
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        trusted.cache_clear()
        assert got(url)[0].status == 501  # the fake server has no GET
    trusted.cache_clear()


def test_a_server_without_tls_is_told_from_one_that_is_not_there():
    with served(said) as server, pytest.raises(DataError, match=r"speaks no TLS .*: write its address with http://"):
        ServedModel(Endpoint("fake", f"https://127.0.0.1:{server.server_port}/v1")).complete(["?"])


def test_what_is_sent_is_json_in_utf8():
    asked = []

    class Takes(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    async def ask():
        wire = Wire(5.0, {"Authorization": "Bearer key"})
        await wire.request("POST", f"http://127.0.0.1:{server.server_port}/", {"text": "größer 雪"})
        await wire.close()

    with running(Takes) as server:
        run_async(ask)
    ((headers, body),) = asked
    assert (headers["Content-Type"], headers["Authorization"]) == ("application/json", "Bearer key")
    assert json.loads(body) == {"text": "größer 雪"}
    assert "雪".encode() in body
