"""How many threads the numeric libraries take, and that a program has its own number again behind it."""

import os
import sys
from types import SimpleNamespace

import pytest

from autophagy.scale import threads as room
from autophagy.scale.threads import threads

NAMES = ("OMP_NUM_THREADS", "OMP_WAIT_POLICY")


@pytest.fixture
def torch(monkeypatch):
    """A torch that counts its threads."""
    counted = SimpleNamespace(count=4)
    counted.set_num_threads = lambda count: setattr(counted, "count", count)
    counted.get_num_threads = lambda: counted.count
    monkeypatch.setitem(sys.modules, "torch", counted)
    return counted


def test_the_number_of_threads_is_put_back(monkeypatch):
    torch = pytest.importorskip("torch", reason="the threads are those of torch")
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    before = torch.get_num_threads()
    with threads(before + 1):
        assert (torch.get_num_threads(), os.environ["OMP_NUM_THREADS"]) == (before + 1, str(before + 1))
    assert (torch.get_num_threads(), os.environ["OMP_NUM_THREADS"]) == (before, "5")


def test_the_environment_is_as_it_was(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    with threads(1):
        assert os.environ["OMP_WAIT_POLICY"] == "PASSIVE"
    assert not set(NAMES) & set(os.environ)


def test_calls_that_overlap_leave_all_as_the_first_found_it(monkeypatch, torch):
    """As in two threads of a program: the one that began later ends later."""
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    first, second = threads(1), threads(2)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    second.__exit__(None, None, None)
    assert ("OMP_NUM_THREADS" in os.environ, torch.count) == (False, 4)


def test_calls_within_each_other_count_each_for_itself(torch):
    with threads(2):
        with threads(1):
            assert torch.count == 1
        assert (torch.count, os.environ["OMP_NUM_THREADS"]) == (2, "2")
    assert torch.count == 4


def test_a_torch_that_was_imported_meanwhile_has_its_usual_number(monkeypatch, torch):
    monkeypatch.delitem(sys.modules, "torch")
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setattr(room, "available_cores", lambda: 8)
    with threads(1):
        monkeypatch.setitem(sys.modules, "torch", torch)
        torch.count = 1  # as it reads from the environment
    assert torch.count == 8
