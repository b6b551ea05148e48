"""Calibrate a forecast: fit the Gaussian family to a recorded run's first generations and forecast the rest."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from ...core.errors import DataError, UsageError
from ...statistics.intervals import Score, interval
from ..engines.gaussian.moments import moments
from ..plan import Floats, ForecastPlan
from .calibration import CalibratedRun, Calibration
from .recorded import Recorded, read_run

FEWEST = 3  # generations that a fit needs: three unknowns, and both figures of each generation
LEAST_SPREAD = 0.005  # of the value: two seeds that agree by chance must not rule the fit
ROUNDS = 4  # of fit and weights in turn
SCALES, BIASES = (-9.0, 3.0), (-3.0, 0.5)  # bounds of the logarithms of scale and bias

Curve = Callable[[Floats], Floats]


def calibrate(folder: Path | str, first: int | None = None, generations: int | None = None) -> CalibratedRun:
    """Fit each regime's effective sample size and bias to the first generations of a run and forecast the rest.

    `first` is by default a third of the generations, and at least three; with `generations` the forecast goes on
    beyond the run. Raises RecordError where the folder is no run, DataError where it is too short or lacks scores,
    and UsageError for fewer than three generations to fit.
    """
    if first is not None and first < FEWEST:
        raise UsageError(f"first is {first}: a fit needs {FEWEST} generations or more.")
    regimes = [calibrate_regime(recorded, first, generations) for recorded in read_run(Path(folder))]
    return CalibratedRun(Path(folder), regimes)


def calibrate_regime(recorded: Recorded, first: int | None = None, generations: int | None = None) -> Calibration:
    """Fit one regime; the intervals are Student's over seeds, of each seed's own pull on the estimate.

    With y the observed figures of a seed, f(x) the model's for the unknowns x and J its slope, the estimate moves by
    A (y_i - mean y), A = (J' W J)^-1 J' W, for seed i: this gives each seed an estimate and a forecast of its own,
    which are paired with what that seed measured.

    Ref: ours; the influence of one observation on weighted least squares is Hampel (1974).
    """
    reached = recorded.generations
    if reached < FEWEST:
        raise DataError(f"{recorded.regime} has {reached} generations: calibrate a run of {FEWEST} or more.")
    first = min(max(FEWEST, reached // 3) if first is None else first, reached)
    plan = recorded.plan.but(generations=max(reached, generations or 0))
    seen = np.concatenate([recorded.variance[:, :first], recorded.mean_error[:, :first]], axis=1)
    early = recorded.plan.but(generations=first)
    x, spread = _fit(recorded, lambda at: np.concatenate(_model(recorded, early, at)), seen)
    weighted = _slope(lambda at: np.concatenate(_model(recorded, early, at)), x) / spread[:, None]
    moved = (seen - seen.mean(axis=0)) / spread @ np.linalg.pinv(weighted, rcond=1e-8).T
    forecast = _model(recorded, plan, x)[0] + moved @ _slope(lambda at: _model(recorded, plan, at)[0], x).T
    nominal = recorded.seen(moments(plan)[1], plan.bias)
    scale, bias, capacity = (_exponential(value, column) for value, column in zip(x, moved.T, strict=True))
    return Calibration(
        recorded,
        first,
        scale,
        bias,
        capacity,
        bool(np.linalg.cond(weighted / np.linalg.norm(weighted, axis=0)) < 100),
        [_variance(column) for column in recorded.variance.T],
        [_variance(column) for column in forecast.T],
        [interval(column) for column in (recorded.variance - forecast[:, :reached]).T],
        [interval(column) for column in (recorded.variance - nominal[:reached]).T],
        nominal,
    )


def _model(recorded: Recorded, plan: ForecastPlan, x: Floats) -> tuple[Floats, Floats]:
    """Expected variance ratio and mean error as they are measured, for log scale, log bias and log capacity."""
    scale, bias, capacity = np.exp(x)
    mean_error, variance = moments(plan.but(bias=float(bias)), float(scale))
    made = recorded.seen(capacity * variance, float(bias))
    return made, capacity * mean_error + recorded.noise * made + recorded.floor


def _fit(recorded: Recorded, model: Curve, seen: Floats) -> tuple[Floats, Floats]:
    """The unknowns, and the spread of each figure that weighs it.

    The spread of a figure is in proportion to what the model expects of it, not to what was seen: figures that came
    out low by chance would else weigh most. So fit and weights are found in turn.
    """
    from scipy.optimize import least_squares  # slow to import, and only a calibration needs it

    mean, relative = seen.mean(axis=0), _relative(seen)
    fewest = math.log(2.5 / min(recorded.plan.rows(t).total for t in (1, min(2, recorded.generations))))
    low = np.array([max(SCALES[0], fewest), BIASES[0], -8.0])
    high = np.array([max(SCALES[1], fewest + 1), BIASES[1], 2.0])
    level, own = math.log(max(float(mean[0]), 1e-3)), math.log(recorded.plan.bias)
    starts = [np.array([scale, bias, level]) for scale in (0.0, -2.0, -4.0) for bias in (own, own - 0.2)]
    spread = relative * np.maximum(mean, 1e-300)
    for _ in range(ROUNDS):
        within = [np.clip(start, low + 1e-6, high - 1e-6) for start in starts]
        fits = [least_squares(_misfit, x, bounds=(low, high), args=(model, mean, spread)) for x in within]
        best: Floats = min(fits, key=lambda each: each.cost).x
        starts, spread = [best], relative * np.maximum(model(best), 1e-300)
    return best, spread


def _misfit(x: Floats, model: Curve, mean: Floats, spread: Floats) -> Floats:
    return (model(x) - mean) / spread


def _relative(seen: Floats) -> Floats:
    """The standard error over seeds as a share of the figure, pooled over the generations of its kind."""
    if len(seen) < 2:
        return np.full(seen.shape[1], 0.05)
    share = seen.std(axis=0, ddof=1) / np.maximum(seen.mean(axis=0), 1e-300)
    pooled = np.sqrt(np.mean(np.square(share.reshape(2, -1)), axis=1) / len(seen))
    return np.repeat(np.maximum(pooled, LEAST_SPREAD), seen.shape[1] // 2)


def _slope(model: Curve, x: Floats) -> Floats:
    """Central differences (figures, unknowns)."""
    step = 1e-4
    moves = step * np.eye(len(x))
    return np.stack([(model(x + move) - model(x - move)) / (2 * step) for move in moves], axis=1)


def _variance(seeds: Floats) -> Score:
    """The score of a variance, whose mean lies above 0 whatever the slope makes of a single seed."""
    score = interval(seeds)
    return replace(score, low=max(score.low, 0.0)) if score.value >= 0 and score.n > 1 else score


def _exponential(value: float, moved: Floats) -> Score:
    """The score of exp(x) from the seeds' own estimates of x."""
    score = interval(value + moved)
    return Score(math.exp(value), math.exp(score.low), math.exp(score.high), score.n)
