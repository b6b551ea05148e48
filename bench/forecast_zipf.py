"""Seconds and peak memory of a vocabulary of 10^6 words, 10^12 samples a generation, 100 generations.

python bench/forecast_zipf.py

One chain on one thread, on exponents from a flat tail to a steep one, on the fully synthetic loop and with fresh rows.
Peak memory is that of the whole process, the libraries included.
"""

import resource
import time

from autophagy.forecast import make_plan, simulate
from autophagy.scale.threads import threads

TYPES, SAMPLES, GENERATIONS = 10**6, 10**12, 100


def measure(exponent: float, **numbers: float) -> None:
    plan = make_plan(
        f"zipf:types={TYPES},exponent={exponent}", samples=SAMPLES, generations=GENERATIONS, chains=1, **numbers
    )
    begin, processor = time.perf_counter(), time.process_time()
    trajectories = simulate(plan)
    seconds, processor = time.perf_counter() - begin, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    alive = trajectories["types"][-1, 0]
    print(
        f"exponent {exponent}, {numbers or 'replace'}: {seconds:.1f} s ({processor:.1f} s of processor time), "
        f"peak {peak:.0f} MiB so far, {alive:.1%} of the words alive"
    )


def main() -> None:
    print(f"{TYPES:,} words, {SAMPLES:.0e} samples a generation, {GENERATIONS} generations, 1 chain")
    measure(1.0)
    measure(2.0)
    measure(1.0, fresh=SAMPLES // 50, synthetic=SAMPLES - SAMPLES // 50)


if __name__ == "__main__":
    with threads(1):
        main()
