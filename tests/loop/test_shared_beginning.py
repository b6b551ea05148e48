"""Generation 1 is fitted once for all the regimes that begin alike, in memory and in a run folder."""

import numpy as np
import pytest

import autophagy

PLUGIN = '''
"""A Gaussian that counts how often it is fitted, in a file beside it."""
from dataclasses import dataclass
from pathlib import Path
import numpy as np
from autophagy import model

class Fitted:
    def __init__(self, x):
        self.x = x
    def sample(self, n, rng, bias=1.0):
        return rng.normal(self.x.mean(axis=0), self.x.std(axis=0), (n, self.x.shape[1]))

@model("counted")
@dataclass(frozen=True)
class Counted:
    """A Gaussian that counts its fits."""
    def fit(self, train, rng, *, start=None):
        with Path(__file__).with_suffix(".count").open("a") as file:
            file.write("x")
        return Fitted(np.asarray(train.x))
'''


@pytest.fixture
def spec(tmp_path, own_registry):
    path = tmp_path / "counted.py"
    path.write_text(PLUGIN)

    def of(*regimes, generations=3, **fields):
        return autophagy.LoopSpec(
            "ring", model="counted", regimes=regimes, generations=generations, samples=40, seeds=2, metrics="drift",
            plugins=str(path), **fields,
        )  # fmt: skip

    return of


@pytest.fixture
def fits(tmp_path):
    """How often the model was fitted since it was last asked."""

    def count():
        path = tmp_path / "counted.count"
        found = len(path.read_text()) if path.exists() else 0
        path.unlink(missing_ok=True)
        return found

    return count


THREE = ("replace", "accumulate", "augment")


def test_three_regimes_share_it_in_memory(spec, fits):
    found = list(autophagy.loop(spec(*THREE)))
    assert fits() == 2 * (1 + 3 * 2)  # two seeds; one first generation, and two more of each regime
    assert len(found) == 18
    alone = [each for regime in THREE for each in autophagy.loop(spec(regime))]
    assert [(each.regime, each.index, each.scores) for each in found] == [
        (each.regime, each.index, each.scores) for each in alone
    ]


@pytest.mark.parametrize("workers", [1, 2])
def test_three_regimes_share_it_in_a_folder(spec, fits, tmp_path, workers):
    record = autophagy.run(spec(*THREE), tmp_path / "run", workers=workers).record
    assert fits() == 2 * (1 + 3 * 2)
    for regime in THREE:
        alone = autophagy.run(spec(regime), tmp_path / regime).record
        assert alone.lines() == [line for line in record.lines() if line["regime"] == regime]
        for generation in (1, 2, 3):
            one, other = (r.read_samples(r.samples_path(regime, generation)) for r in (alone, record))
            assert np.array_equal(one.x, other.x)


def test_the_time_of_what_is_shared_is_told_once(spec, tmp_path):
    record = autophagy.run(spec(*THREE, generations=1), tmp_path / "run").record
    seconds = {line["regime"]: sum(line["seconds"].values()) for line in record.timings()}
    assert seconds["replace"] > 0
    assert seconds["accumulate"] == seconds["augment"] == 0


def test_regimes_that_begin_with_other_rows_do_not_share(spec, fits):
    list(autophagy.loop(spec("replace", "mix:fixed=10", generations=1)))
    assert fits() == 4


def test_a_warm_start_shares_nothing(spec, fits):
    list(autophagy.loop(spec(*THREE, generations=1, warm=True)))
    assert fits() == 6
