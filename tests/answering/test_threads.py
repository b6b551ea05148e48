"""How many threads are taken: as many as are hardly ever late, since the luckiest try sees nothing of other work."""

import pytest

from autophagy.answering import threads


@pytest.mark.parametrize(
    ("tries", "cores", "count"),
    [
        ({1: [1.0, 1.1, 1.0], 2: [1.0, 1.2, 1.1], 4: [1.2, 1.1, 1.0]}, 4, 4),
        ({1: [1.0, 1.1, 1.0], 2: [1.0, 1.2, 1.1], 4: [1.2, 1.1, 1.0]}, 2, 2),  # there are no more cores
        ({1: [1.0, 3.0, 3.0], 2: [1.0, 9.0, 1.1]}, 2, 2),  # late once may be chance
        ({1: [1.0, 3.0, 3.0], 2: [1.0, 9.0, 9.0]}, 2, 1),  # late twice is other work
        ({1: [1.0, 1.0, 1.0], 2: [1.1, 1.0, 1.1], 4: [1.0, 2.0, 2.0]}, 8, 2),
    ],
)
def test_all_but_one_of_the_tries_decide(monkeypatch, tries, cores, count):
    monkeypatch.setattr(threads, "_seconds", tries.__getitem__)
    monkeypatch.setattr(threads, "available_cores", lambda: cores)
    assert threads.free_threads.__wrapped__() == count  # what the process has measured stays as it is


def test_the_try_in_which_the_threads_are_made_does_not_count(monkeypatch):
    clock = iter([0.0, 9.0, *(float(tick) for tick in range(100))])  # the first try takes 9, the others 1
    monkeypatch.setattr(threads.time, "perf_counter", lambda: next(clock))
    assert threads._seconds(2) == [1.0] * threads.TRIES
