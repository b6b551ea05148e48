"""Jobs in processes of their own, and how many threads the numeric libraries take for one."""

import os

import pytest

from autophagy.scale.processes import threads


def test_the_number_of_threads_is_put_back(monkeypatch):
    torch = pytest.importorskip("torch", reason="the threads are those of torch")
    monkeypatch.setenv("OMP_NUM_THREADS", "5")
    before = torch.get_num_threads()
    with threads(before + 1):
        assert (torch.get_num_threads(), os.environ["OMP_NUM_THREADS"]) == (before + 1, str(before + 1))
    assert (torch.get_num_threads(), os.environ["OMP_NUM_THREADS"]) == (before, "5")
