"""Calibration: what is fitted to a recorded run's first generations, and whether the rest is then believed."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autophagy import LoopSpec, run
from autophagy.cli.main import main
from autophagy.core.errors import DataError, RecordError, UsageError
from autophagy.forecast import calibrate, make_plan
from autophagy.forecast.calibrate.calibrate import calibrate_regime
from autophagy.forecast.calibrate.calibration import CalibratedRun
from autophagy.forecast.calibrate.recorded import Recorded
from autophagy.forecast.engines.gaussian.moments import moments

# A vector of Gaussians whose spread is cut by two from generation 5 on: nothing before foretells it.
BREAKS = '''
from dataclasses import dataclass
import numpy as np
from autophagy import model

@dataclass
class Fitted:
    mean: np.ndarray
    spread: np.ndarray
    generation: int
    def sample(self, n, rng, *, bias=1.0):
        return self.mean + self.spread * rng.standard_normal((n, len(self.mean)))
    def save(self, folder):
        np.savez(folder / "fitted.npz", mean=self.mean, spread=self.spread, generation=self.generation)

@model("breaks")
@dataclass(frozen=True)
class Breaks:
    """A Gaussian that loses half its spread from generation 5 on."""
    def fit(self, train, rng, *, start=None):
        generation = 1 if start is None else start.generation + 1
        spread = train.x.std(axis=0) * (0.5 if generation > 4 else 1.0)
        return Fitted(train.x.mean(axis=0), spread, generation)
    def load(self, folder):
        with np.load(folder / "fitted.npz") as held:
            return Fitted(held["mean"], held["spread"], int(held["generation"]))
'''


def made(regime="replace", *, scale=1.0, capacity=1.0, seeds=4, noise=0.01, generations=12, **fields):
    """A record of what the fitted loop itself would leave, with some scatter over seeds."""
    plan = make_plan("gaussian", samples=200, generations=generations, **fields)
    mean_error, variance = moments(plan, scale)
    rng = np.random.default_rng(5)
    scatter = 1 + noise * rng.standard_normal((2, seeds, 1)) if seeds > 1 else np.ones((2, 1, 1))
    blank = plan.but(bias=1.0)
    return Recorded(regime, blank, capacity * variance * scatter[0], capacity * mean_error * scatter[1], 0.0, 0.0)


def test_a_scaled_plan_is_the_plan_with_so_many_more_rows():
    for numbers in ({}, {"fresh": 0.5}, {"memory": "all", "fixed": 100}, {"memory": "all", "budget": 100}):
        plan = make_plan("gaussian", samples=100, generations=9, bias=0.95, **numbers)
        whole = {name: 4 * value if isinstance(value, int) else value for name, value in numbers.items()}
        larger = make_plan("gaussian", samples=400, generations=9, bias=0.95, **whole)
        np.testing.assert_allclose(moments(plan, 4.0), moments(larger), rtol=1e-12)


def test_rows_that_are_measured_carry_the_bias_of_generation_1_already():
    """A perfect fit under a bias of .9, measured by its rows: .9 of the variance at generation 1, and no excess."""
    plan = make_plan("gaussian", samples=200, generations=6, bias=0.9)
    mean_error, variance = moments(plan)
    rows = 0.9 * variance[None].repeat(3, axis=0)
    found = calibrate_regime(Recorded("replace", plan, rows, mean_error + rows / 200, 1 / 200, 0.0))
    assert found.nominal[0] == pytest.approx(0.9 * (1 - 1 / 200))
    assert found.excess[-1].value == pytest.approx(0, abs=1e-9)
    assert found.capacity.value == pytest.approx(1, rel=0.02)
    assert found.bias.value == pytest.approx(0.9, rel=0.01)


def test_no_interval_of_a_variance_reaches_below_0():
    found = calibrate_regime(made(bias=0.6, seeds=3, noise=0.9), generations=30)
    assert min(score.low for score in [*found.measured, *found.forecast]) >= 0
    assert any(score.low == 0 for score in [*found.measured, *found.forecast])


@pytest.mark.parametrize("scale", [0.05, 0.5, 1.0])
@pytest.mark.parametrize("capacity", [0.4, 1.0])
@pytest.mark.parametrize("numbers", [{}, {"fixed": 200}, {"memory": "all"}, {"fresh": 100}], ids=str)
def test_what_a_fitted_loop_leaves_is_recovered(scale, capacity, numbers):
    found = calibrate_regime(made(scale=scale, capacity=capacity, noise=1e-6, bias=0.93, **numbers))
    assert found.identified
    assert found.scale.value == pytest.approx(scale, rel=0.02)
    assert found.bias.value == pytest.approx(0.93, rel=0.002)
    assert found.capacity.value == pytest.approx(capacity, rel=0.002)
    assert found.held is True
    assert found.excess[-1].value < 0


def test_a_forecast_goes_on_beyond_the_run():
    found = calibrate_regime(made(bias=0.93, noise=1e-6), generations=40)
    plan = make_plan("gaussian", samples=200, generations=40, bias=0.93)
    assert len(found.forecast) == 40
    assert len(found.measured) == 12
    assert found.forecast[-1].value == pytest.approx(moments(plan)[1][-1], rel=0.01)
    assert found.sentences[-1].startswith("Generation 40 is forecast to keep")


def test_one_seed_leaves_the_outcome_open():
    found = calibrate_regime(made(seeds=1))
    assert found.held is None
    assert found.failed_at is None
    assert math.isnan(found.miss[-1].low)
    assert "One seed cannot show whether the forecast held" in found.sentences[1]


def test_the_verdict_leads_with_the_regimes_whose_forecast_held():
    broken = made(bias=0.98)
    broken.variance[:, 7:] *= 0.2
    held, failed, open_ = (calibrate_regime(each) for each in (made(bias=0.98), broken, made(seeds=1)))
    assert held.held
    names = [replace(each, recorded=replace(each.recorded, regime=name)) for each, name in zip(
        (held, failed, open_, failed), ("a", "b", "c", "d"), strict=True)]  # fmt: skip
    whole = CalibratedRun(Path("run"), names)
    assert whole.verdict[0] == whole.lead == "The forecast held for a; it failed for b, d; it is open for c."
    assert CalibratedRun(Path("run"), names[:1]).lead == "The forecast held for a."


def test_nothing_is_claimed_where_all_is_fitted():
    found = calibrate_regime(made(generations=4), first=4)
    assert found.held is None
    assert "Nothing is left to forecast" in found.sentences[1]


@pytest.mark.parametrize("drop", [0.2, 0.5])
def test_a_break_is_said_to_be_a_failure(drop):
    recorded = made(bias=0.98)
    recorded.variance[:, 7:] *= drop
    found = calibrate_regime(recorded)
    assert found.held is False
    assert found.failed_at == 8
    assert "The forecast failed, from generation 8 on" in found.sentences[1]
    assert found.json()["held"] is False


@pytest.mark.slow
def test_the_false_alarm_rate_is_that_of_the_interval():
    """Well-specified loops of 5 seeds: the miss is decided in at most 1 of 20, so 300 runs have under 30 (z < 4.0)."""
    rng = np.random.default_rng(11)
    plan = make_plan("gaussian", samples=100, generations=9)
    decided = 0
    for _ in range(300):
        x = rng.chisquare(99, (5, 9)) / 100
        variance, error = np.cumprod(x, axis=1), np.empty((5, 9))
        mean = np.zeros(5)
        for t in range(9):
            before = variance[:, t - 1] if t else 1.0
            mean = mean + np.sqrt(before / 100) * rng.standard_normal(5)
            error[:, t] = mean**2
        decided += calibrate_regime(Recorded("replace", plan, variance, error, 0.0, 0.0), first=3).miss[-1].decided
    assert decided < 30


@pytest.fixture(scope="module")
def gaussian(tmp_path_factory):
    folder = tmp_path_factory.mktemp("gaussian") / "run"
    spec = LoopSpec(
        data="normal:d=1",
        model="gaussian",
        regimes=["replace", "fresh", "accumulate"],
        generations=9,
        samples=60,
        seeds=300,
        bias=0.95,
        metrics=["drift"],
    )
    run(spec, folder, workers=1)
    return folder


def test_a_gaussian_run_is_forecast_and_has_no_excess(gaussian):
    """Within four standard errors, of which 95 % intervals have 1.97: twelve claims, one false alarm in 1,300."""
    for found in calibrate(gaussian).regimes:
        for score, true in ((found.scale, 1), (found.bias, 0.95), (found.capacity, 1), (found.excess[-1], 0)):
            half = 4 / 1.97 * (score.high - score.low) / 2
            assert abs(score.value - true) < half
        assert found.held is not False


def test_a_model_that_breaks_later_is_said_to_fail(tmp_path):
    (tmp_path / "breaks.py").write_text(BREAKS)
    spec = LoopSpec(
        data="normal:d=2",
        model="breaks",
        regimes=["replace"],
        generations=7,
        samples=400,
        seeds=5,
        warm=True,
        metrics=["drift"],
        plugins=[str(tmp_path / "breaks.py")],
    )
    run(spec, tmp_path / "run", workers=1)
    found = calibrate(tmp_path / "run", first=4).regimes[0]
    assert found.held is False
    assert found.failed_at == 5


def test_a_run_that_cannot_be_calibrated_says_why(tmp_path):
    with pytest.raises(RecordError, match="run"):
        calibrate(tmp_path / "none")
    short = {"data": "normal:d=1", "regimes": ["replace"], "samples": 30, "seeds": 2}
    run(LoopSpec(**short, generations=2, metrics=["drift"]), tmp_path / "short", workers=1)
    with pytest.raises(DataError, match="has 2 generations"):
        calibrate(tmp_path / "short")
    with pytest.raises(UsageError, match="3 generations or more"):
        calibrate(tmp_path / "short", first=2)
    run(LoopSpec(**short, generations=3, metrics=["vendi"]), tmp_path / "other", workers=1)
    with pytest.raises(DataError, match="drift"):
        calibrate(tmp_path / "other")
    texts = {"data": "python-reference", "model": "ngram", "regimes": ["replace"], "generations": 1, "seeds": 1}
    run(LoopSpec(**texts, samples=30, metrics=["types"]), tmp_path / "texts", workers=1)
    with pytest.raises(DataError, match="is a run on texts"):
        calibrate(tmp_path / "texts")


# --- the command line


def test_the_verb_prints_one_document_and_writes_a_page(gaussian, tmp_path, capsys):
    words = ["forecast", "gaussian", "--calibrate", str(gaussian), "--generations", "20", "--first", "4"]
    assert main([*words, "--json", "--out", str(tmp_path / "out")]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["model"] == "gaussian"
    assert [regime["regime"] for regime in document["calibration"]] == ["replace", "fresh", "accumulate"]
    for regime in document["calibration"]:
        assert regime["fitted_on"] == 4
        assert len(regime["generations"]) == 20
        assert {"generation", "forecast", "nominal", "measured", "miss", "excess"} == set(regime["generations"][8])
        assert {"generation", "forecast", "nominal"} == set(regime["generations"][9])
    assert all(sentence.endswith(".") for sentence in document["verdict"])
    assert json.loads((tmp_path / "out" / "forecast.json").read_text()) == document
    page = (tmp_path / "out" / "report.html").read_text()
    assert "Excess collapse" in page
    assert 'id="excess-2" data-plot' in page


def test_people_see_a_table_a_regime_and_the_verdict(gaussian, capsys):
    assert main(["forecast", "gaussian", "--calibrate", str(gaussian)]) == 0
    printed = capsys.readouterr().out
    assert printed.count("(fitted)") == 9
    assert "A perfect fit with the run's own rows and bias would keep" in " ".join(printed.split())


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["gaussian", "--calibrate", "nowhere"], "nowhere"),
        (["zipf", "--calibrate", "RUN"], "family gaussian"),
        (["gaussian", "--first", "3"], "--calibrate"),
        (["gaussian", "--calibrate", "RUN", "--first", "2"], "3 generations"),
        (["gaussian", "--calibrate", "RUN", "--first", "many"], "whole number"),
        (["gaussian", "--calibrate", "RUN", "--samples", "10", "--bias", ".9"], "--bias, --samples"),
        (["gaussian", "--calibrate", "RUN", "--target", "variance>=.9"], "--target"),
    ],
)
def test_wrong_words_get_a_sentence(words, told, gaussian, capsys):
    assert main(["forecast", *(str(gaussian) if word == "RUN" else word for word in words)]) == 2
    printed, said = capsys.readouterr()
    assert printed == ""
    assert told in said
    assert said.count("\n") == 1
    assert not Path("nowhere").exists()
