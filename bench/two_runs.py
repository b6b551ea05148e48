"""How often autophagy diff finds a difference between runs that do not differ, and between runs that do.

Loops of many root seeds on one file of rows: `python bench/two_runs.py [RUNS] [SEEDS]`. Runs of other root seeds hold
other real rows out. `equal` counts pairs of runs of one setting in which anything is found, with Holm's correction and
with the intervals that diff gives; `seeds alone` is what Welch's test over the seeds would have found, as if every run
had the same real rows; `mirrored` counts runs of one root seed whose model draws other numbers of the same law, paired
by seed; `biased` counts pairs with a sampling bias of 0.6, unpaired and paired.
"""

import sys
import tempfile
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

import autophagy
from autophagy.diff.compared import LEVEL
from autophagy.diff.diff import diff
from autophagy.results.result import Result
from autophagy.statistics.intervals import contrast

MIRRORED = '''
"""The Gaussian model with the sign of its noise turned round: the same law, other numbers."""
from dataclasses import dataclass

import autophagy
from autophagy.core.registry import find


class Mirrored:
    def __init__(self, fitted, centre):
        self.fitted, self.centre = fitted, centre

    def sample(self, n, rng, bias=1.0):
        return 2 * self.centre - self.fitted.sample(n, rng, bias=bias)

@autophagy.model("mirrored")
@dataclass(frozen=True)
class Mirror:
    """A Gaussian whose noise is mirrored at its mean."""

    def fit(self, train, rng, start=None):
        return Mirrored(find("model", "gaussian").function().fit(train, rng), train.x.mean(axis=0))
'''


def rows(n: int = 200) -> np.ndarray[Any, Any]:
    """Real rows (n, 2) of two clusters."""
    rng = np.random.default_rng(3)
    return np.concatenate([rng.normal(size=(n // 2, 2)), 0.5 * rng.normal(size=(n - n // 2, 2)) + 2])


def run(folder: Path, root: int, seeds: int, **changes: Any) -> Result:
    """A loop of a root seed on these rows."""
    data = folder / "rows.npy"
    if not data.exists():
        np.save(data, rows())
    given = {
        "regimes": ("replace", "accumulate"), "generations": 3, "metrics": ("recall", "precision", "variance_ratio"),
    } | changes  # fmt: skip
    spec = autophagy.LoopSpec(str(data), seeds=seeds, seed=root, **given)
    name = "-".join(str(value).rpartition("/")[2] for value in changes.values())
    result: Result = autophagy.run(spec, folder / f"{root}-{name}", workers=1)
    return result


def found(a: Result, b: Result) -> bool:
    """Whether diff finds anything."""
    return any(each.differs for each in diff(a, b).comparable.figures)


def found_by_seeds_alone(a: Result, b: Result) -> bool:
    """Whether Welch's test over the seeds does: some figure is beyond Bonferroni's level, so some is after Holm's."""
    names = {each.metric for each in diff(a, b).comparable.figures}
    samples = [(_last(a, name, regime), _last(b, name, regime)) for name in names for regime in a.places()]
    return any(contrast(x, y, confidence=1 - LEVEL / len(samples)).decided for x, y in samples)


def _last(result: Result, name: str, regime: str) -> list[float]:
    return [
        row["value"]
        for row in result.rows()
        if (row["metric"], row["regime"], row["generation"]) == (name, regime, result.last_generation)
    ]


def rate(pairs: list[tuple[Result, Result]], by: Callable[[Result, Result], bool] = found) -> str:
    """How many of the pairs have a difference."""
    count = sum(by(a, b) for a, b in pairs)
    return f"{count} of {len(pairs)} ({100 * count / len(pairs):.1f} %)"


def main(runs: int = 40, seeds: int = 4) -> None:
    """Print the rates."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plugin = folder / "mirrored.py"
        plugin.write_text(MIRRORED)
        plain = [run(folder, root, seeds) for root in range(runs)]
        mirrored = [run(folder, root, seeds, model="mirrored", plugins=(str(plugin),)) for root in range(runs)]
        biased = [run(folder, root, seeds, bias=0.6) for root in range(runs)]
        equal = list(combinations(plain, 2))
        print("equal, other root seeds:", rate(equal))
        print("the same by the seeds alone:", rate(equal, found_by_seeds_alone))
        print("mirrored, one root seed:", rate(list(zip(plain, mirrored, strict=True))))
        print("biased, other root seeds:", rate(list(zip(plain, biased[1:] + biased[:1], strict=True))))
        print("biased, one root seed:", rate(list(zip(plain, biased, strict=True))))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
