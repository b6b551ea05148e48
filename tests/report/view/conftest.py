"""A server of its own for the tests of `autophagy view`, as its user starts it."""

import atexit
import http.client
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from autophagy import LoopSpec, run

pytest.importorskip("uvicorn", reason="the server needs uvicorn")


@cache
def _made() -> Path:
    spec = LoopSpec("normal", model="gaussian", samples=40, generations=3, seeds=2, metrics=["drift"])
    place = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, place)
    return run(spec, place / "run", workers=1).folder


def make_run(folder: Path, finished: bool = True) -> None:
    """A small run folder, each a copy of the same."""
    shutil.copytree(_made(), folder)
    if not finished:
        (folder / "DONE").unlink()


class Server:
    """A running server: its address, and what it answers."""

    def __init__(self, process: "subprocess.Popen[str]", address: str) -> None:
        self.process, self.address = process, address
        self.parts = urlsplit(address)

    def ask(self, path: str = "", method: str = "GET", headers: Mapping[str, str] | None = None) -> Any:
        """The answer, with its `text`, at a path below the address, or at a whole one that begins with a slash."""
        link = http.client.HTTPConnection(self.parts.hostname or "", self.parts.port or 0, timeout=60)
        link.putrequest(
            method,
            path if path.startswith("/") else self.parts.path + path,
            skip_host=bool(headers and "Host" in headers),
        )
        for name, value in (headers or {}).items():
            link.putheader(name, value)
        link.endheaders()
        answer: Any = link.getresponse()
        live = answer.getheader("content-type") == "text/event-stream"
        answer.text = "" if live and method == "GET" else answer.read().decode()
        answer.link = link
        if answer.isclosed():
            link.close()
        return answer


@contextmanager
def serving(folder: Path, *words: str) -> Iterator[Server]:
    """`autophagy view` of a folder, ended as by Ctrl-C."""
    command = [sys.executable, "-m", "autophagy", "view", str(folder), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)
    assert process.stdout
    address = process.stdout.readline().strip()
    if not address:
        raise AssertionError(process.communicate()[1])
    try:
        yield Server(process, address)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
