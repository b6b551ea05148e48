"""What a job costs beside its work: a process for each, workers that take one after another, and Ray on this machine.

    python bench/spread.py [JOBS]

Each way does so many empty jobs with two workers, in turn, three times. CPU seconds are those of all processes.
"""

import os
import statistics
import sys
import time
from functools import partial
from itertools import repeat

from autophagy.scale.spread import spread

NOTHING = partial(repeat, times=1)  # a task that does no work: it yields its job; one of this script cannot be sent


def cost(jobs, **how):
    """Wall and CPU seconds of all jobs, with those of the processes that have ended."""
    wall, cpu = time.perf_counter(), sum(os.times()[:4])
    assert sorted(spread(NOTHING, range(jobs), 2, **how)) == list(range(jobs))
    return time.perf_counter() - wall, sum(os.times()[:4]) - cpu


def main():
    """Print milliseconds a job, medians of three."""
    jobs = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    ways = {"a process for each": {"fresh": True}, "one job after another": {}, "Ray, local": {"ray": "local"}}
    cost(2, ray="local")  # it is started once
    found = {name: [cost(jobs, **how) for _ in range(3)] for name, how in ways.items()}
    for name, times in found.items():
        wall, cpu = (statistics.median(column) / jobs * 1000 for column in zip(*times, strict=True))
        told = "of workers unknown" if "Ray" in name else f"{cpu:.2f} ms of CPU"
        print(f"{name}: {wall:.2f} ms a job, {told}")


if __name__ == "__main__":
    main()
