"""The four neighbour metrics against the package prdc and against their own bare products, in one process.

Prints processor seconds, ratios and peak memory above the inputs:

    python bench/neighbours.py [--rows 10000] [--dimensions 768] [--rounds 3] [--no-prdc]

- `ours` is one generation of a run: precision, recall, density and coverage (and authenticity) of fresh made rows, the
  reference side cached as in a run. `ours, first generation` includes the reference side.
- `bare products` are the float32 matrix products that the definitions need, in the same tiles, and nothing else:
  made x real and made x made, both in full (and real x real for the first generation). We make only half of made x
  made; `products made` are the products that our pass does make.
"""

import argparse
import contextlib
import io
import time
import tracemalloc
from collections.abc import Callable

import numpy as np
from prdc import compute_prdc

from autophagy.core.samples import Samples
from autophagy.features.distances import TILE
from autophagy.features.features import FeatureMap, Features, Linear
from autophagy.metrics.neighbours import authenticity, coverage, density, precision, recall

PLAIN = FeatureMap("as given", Linear(0.0))


def main() -> None:
    """Run both sides and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--dimensions", type=int, default=768)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-prdc", action="store_true", help="leave prdc out: it holds rows^2 floats several times")
    options = parser.parse_args()
    rng = np.random.default_rng(1)
    n, d = options.rows, options.dimensions
    real = rng.standard_normal((n, d), np.float32)
    made = 0.97 * rng.standard_normal((n, d), np.float32) + np.float32(0.02)
    reference = side(real)
    score(reference, side(made), 3)  # the reference side is now cached, and the libraries are warm

    runs: dict[str, Callable[[], object]] = {
        "bare products, made x real and made x made": lambda: (bare(made, real), bare(made, made)),
        "products made, the second by half": lambda: (bare(made, real), bare(made, made, half=True)),
        "ours, reference side cached": lambda: score(reference, side(made), 3),
        "bare products, all three": lambda: (bare(made, real), bare(made, made), bare(real, real)),
        "ours, first generation": lambda: score(side(real), side(made), 3),
    }
    if not options.no_prdc:
        runs["prdc"] = lambda: quiet(compute_prdc, real, made, 3)
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():  # in turn, so that a busy machine hurts all alike
            seconds[name].append(processor_seconds(run))
    best = {name: float(np.median(times)) for name, times in seconds.items()}

    print(f"N = {n:,}, D = {d}, medians of {options.rounds} rounds")
    for name, value in best.items():
        print(f"  {name:45s} {value:8.2f} processor seconds   peak {peak(runs[name]):7.0f} MiB above the inputs")
    ours, first = best["ours, reference side cached"], best["ours, first generation"]
    print(f"  ours / bare products                    {ours / best['bare products, made x real and made x made']:.2f}")
    print(f"  ours / products made                    {ours / best['products made, the second by half']:.2f}")
    print(f"  first generation / bare products        {first / best['bare products, all three']:.2f}")
    if "prdc" in best:
        theirs, mine = quiet(compute_prdc, real.astype(float), made.astype(float), 3), score(reference, side(made), 3)
        print(f"  prdc / ours                             {best['prdc'] / ours:.1f}")
        print(f"  largest difference of the four metrics  {max(abs(theirs[name] - mine[name]) for name in theirs):.1e}")


def side(x: np.ndarray) -> Features:
    """Rows as one side of a comparison, their features made already."""
    features = Features(Samples.of(x), PLAIN)
    features.x  # noqa: B018
    return features


def score(reference: Features, made: Features, k: int) -> dict[str, float]:
    """All the neighbour metrics at one k, as prdc has them, and authenticity."""
    rng = np.random.default_rng(0)
    four = (precision, recall, density, coverage)
    return {f.__name__: f(reference, made, rng, neighbours=k) for f in four} | {
        "authenticity": authenticity(reference, made, rng)
    }


def bare(x: np.ndarray, y: np.ndarray, half: bool = False) -> None:
    """The product of every tile; with `half` only of those on one side of the diagonal."""
    for j in range(0, len(y), TILE):
        for i in range(0, j + 1 if half else len(x), TILE):
            x[i : i + TILE] @ y[j : j + TILE].T


def processor_seconds(run: Callable[[], object]) -> float:
    """The processor time of all threads of this process."""
    start = time.process_time()
    run()
    return time.process_time() - start


def peak(run: Callable[[], object]) -> float:
    """The most memory that arrays took during the run, above that before it, in MiB."""
    tracemalloc.start()
    run()
    highest = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return highest / 2**20


def quiet(call: Callable[..., dict[str, float]], *arguments: object) -> dict[str, float]:
    """The result of a call that prints."""
    with contextlib.redirect_stdout(io.StringIO()):
        return call(*arguments)


if __name__ == "__main__":
    main()
