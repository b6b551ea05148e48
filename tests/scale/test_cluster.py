"""A connection to a Ray whose server for this client does not come up at once, which a busy machine does to it."""

import socket
import sys
from types import SimpleNamespace

import pytest

from autophagy.core.errors import UsageError
from autophagy.scale.cluster import TRIES, connect

DEAD = "Initialization failure from server:\nTraceback (most recent call last):\npsutil.ZombieProcess: it is a zombie"


@pytest.fixture
def address():
    """Where somebody listens who says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield f"ray://127.0.0.1:{door.getsockname()[1]}"


def ray_that_fails(monkeypatch, *failures):
    """A Ray that connects after these failures, and how often it was tried."""
    left, tries = list(failures), []

    def init(**settings):
        tries.append(settings["address"])
        if left:
            raise left.pop(0)

    monkeypatch.setitem(sys.modules, "ray", SimpleNamespace(init=init, is_initialized=lambda: False))
    return tries


def test_a_server_that_does_not_come_up_is_asked_for_again(monkeypatch, address):
    tries = ray_that_fails(monkeypatch, *[ConnectionAbortedError(DEAD)] * (TRIES - 1))
    connect(address)
    assert tries == [address] * TRIES


def test_one_that_never_comes_up_is_a_sentence_with_what_ray_says_last(monkeypatch, address):
    tries = ray_that_fails(monkeypatch, *[ConnectionAbortedError(DEAD)] * TRIES)
    with pytest.raises(UsageError, match=r"psutil\.ZombieProcess: it is a zombie"):
        connect(address)
    assert len(tries) == TRIES


@pytest.mark.parametrize(("message", "told"), [("no token. Set one.", "no token"), ("", "RuntimeError")])
def test_any_other_failure_is_told_at_once(monkeypatch, address, message, told):
    tries = ray_that_fails(monkeypatch, RuntimeError(message))
    with pytest.raises(UsageError, match=rf"\({told}\)"):
        connect(address)
    assert len(tries) == 1
