"""Seconds and memory of the full phase map: 97 x 65 cells, 80 generations and 100 chains each, on two processes.

python bench/phase_map.py

Every cell is a simulation of its own with its closed form beside it. The clock is the wall's, since that is what a user
waits for; the start of the processes counts. Memory is the highest of the parent and of any one process.
"""

import resource
import sys
import time

from autophagy.forecast import make_plan, parse_axes, phase_map
from autophagy.scale.threads import threads

WORKERS = 2
MAPS = [
    ("gaussian", {"samples": 1000}, ["fresh=0..0.5", "bias=0.8..1"]),
    ("gaussian", {"fresh": 0.1}, ["samples=8..512", "bias=0.8..1"]),
]


def main() -> None:
    for family, fields, words in MAPS:
        plan = make_plan(family, generations=80, chains=100, **fields)
        x, y = parse_axes(words, plan)
        begin = time.perf_counter()
        drawn = phase_map(plan, x, y, workers=WORKERS)
        seconds = time.perf_counter() - begin
        cells = drawn.cells["mean"].size
        print(
            f"{family} {' '.join(words)}: {len(x.values)} x {len(y.values)} cells in {seconds:.1f} s on {WORKERS} "
            f"processes, {1000 * seconds / cells:.2f} ms a cell"
        )
        print(*drawn.sentences, sep="\n")
    own, theirs = (
        resource.getrusage(who).ru_maxrss / (1024 if sys.platform == "linux" else 2**20)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(f"peak memory: {own:.0f} MiB here, {theirs:.0f} MiB in the largest of the other processes")


if __name__ == "__main__":
    with threads(1):
        main()
