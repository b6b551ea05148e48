"""Workers that stay from one spread to the next: the same processes, gone at the end, replaced where one was killed."""

import os
import signal
from collections import Counter

import pytest

import jobs
from autophagy.scale.processes import spread, staying

pytestmark = pytest.mark.slow  # every test starts processes


def gone(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_workers_stay_for_the_next_task_and_end_with_the_last():
    with staying():
        first = dict(spread(jobs.who, range(40), 2))
        between = Counter(spread(jobs.count_to, [0, 3, 1], 2))
        second = dict(spread(jobs.who, range(40, 60), 2))
    assert first.keys() == set(range(40))
    assert between == Counter([0, 1, 2, 0])
    assert second.keys() == set(range(40, 60))
    assert len({*first.values(), *second.values()}) <= 2
    assert all(map(gone, {*first.values(), *second.values()}))


def test_without_it_they_do_not_stay():
    first = set(dict(spread(jobs.who, range(40), 2)).values())
    assert all(map(gone, first))
    assert not first & set(dict(spread(jobs.who, range(40), 2)).values())


def test_one_that_was_killed_while_it_waited_is_replaced():
    with staying():
        killed = next(iter(dict(spread(jobs.who, range(40), 2)).values()))
        os.kill(killed, signal.SIGKILL)
        second = dict(spread(jobs.who, range(40), 2))
    assert second.keys() == set(range(40))
    assert killed not in second.values()


def test_after_an_error_they_are_gone():
    seen = []

    def stop():
        with staying():
            for _, pid in spread(jobs.who, range(40), 2):
                seen.append(pid)
                raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        stop()
    assert all(map(gone, seen))
