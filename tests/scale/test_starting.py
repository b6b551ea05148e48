"""Processes that are started in several threads at once leave the script and its workers alone."""

import sys
import threading

from autophagy.scale.processes import _own, staying
from autophagy.scale.start import apart


def test_the_script_is_there_again_whichever_thread_is_done_first():
    script, inside, both, done = sys.modules["__main__"], *(threading.Event() for _ in range(3))

    def first():
        with apart():
            inside.set()
            both.wait(0.05)
        done.set()

    def second():
        inside.wait(1)
        with apart():
            both.set()
            done.wait(1)

    started = [threading.Thread(target=each) for each in (first, second)]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()
    assert sys.modules["__main__"] is script


def test_workers_stay_for_the_thread_that_started_them_alone():
    """The kernel kills a worker when that thread ends."""
    seen = []
    with staying():
        other = threading.Thread(target=lambda: seen.append(_own.waiting))
        other.start()
        other.join()
        assert _own.waiting == []
    assert seen == [None]
