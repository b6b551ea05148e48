"""How many threads are taken: as many as are never late, since the luckiest try sees nothing of other work."""

import pytest

from autophagy.answering import threads


@pytest.mark.parametrize(
    ("tries", "cores", "count"),
    [
        ({1: [1.0, 1.1], 2: [1.0, 1.2], 4: [1.2, 1.1]}, 4, 4),
        ({1: [1.0, 1.1], 2: [1.0, 1.2], 4: [1.2, 1.1]}, 2, 2),  # there are no more cores
        ({1: [1.0, 3.0], 2: [1.0, 9.0]}, 2, 1),  # late once is late
        ({1: [1.0], 2: [1.1], 4: [1.0, 2.0]}, 8, 2),
    ],
)
def test_the_slowest_try_decides(monkeypatch, tries, cores, count):
    monkeypatch.setattr(threads, "_seconds", tries.__getitem__)
    monkeypatch.setattr(threads, "available_cores", lambda: cores)
    threads.free_threads.cache_clear()
    assert threads.free_threads() == count
    threads.free_threads.cache_clear()
