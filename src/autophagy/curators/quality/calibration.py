"""Calibration: log odds -> probabilities that mean what they say."""

from dataclasses import dataclass

import numpy as np

from ...core.samples import Array

MANY = 1000  # rows, from which a step function is learnt in place of a curve of two numbers


@dataclass(frozen=True, eq=False)
class ProbabilityCurve:
    """Margins -> probabilities: a line through log odds (slope, shift), or steps between points."""

    slope: float = 1.0
    shift: float = 0.0
    steps: tuple[Array, Array] | None = None

    def __call__(self, margins: Array) -> Array:
        """The probabilities (n,) of margins (n,)."""
        from scipy.special import expit

        if self.steps is not None:
            return np.interp(margins, *self.steps)
        return expit(self.slope * margins + self.shift)


def calibrated(margins: Array, good: Array) -> ProbabilityCurve:
    """The calibration of margins (n,) whose truth is `good` (n,): Platt's below 1,000 rows, isotonic from there on.

    Platt's targets are drawn in a little from 0 and 1, so that rows that are told apart without a mistake do not become
    certain. A slope below 0, which says that the margins are worth nothing, becomes 0.

    Ref: Platt (1999), "Probabilistic Outputs for Support Vector Machines"; Zadrozny and Elkan (2002); Niculescu-Mizil
    and Caruana (2005) for the thousand rows.
    """
    if len(margins) >= MANY:
        from sklearn.isotonic import IsotonicRegression

        isotonic = IsotonicRegression(y_min=0.0, y_max=1.0, out_of_bounds="clip").fit(margins, good.astype(float))
        return ProbabilityCurve(steps=(isotonic.X_thresholds_, isotonic.y_thresholds_))
    return _platt(margins, good)


def _platt(margins: Array, good: Array) -> ProbabilityCurve:
    from scipy.optimize import minimize
    from scipy.special import expit

    high, low = (good.sum() + 1) / (good.sum() + 2), 1 / ((~good).sum() + 2)
    target = np.where(good, high, low)

    def loss(line: Array) -> tuple[float, Array]:
        odds = line[0] * margins + line[1]
        wrong = expit(odds) - target
        value = np.logaddexp(0, odds) - target * odds
        return float(value.sum()), np.array([wrong @ margins, wrong.sum()])

    start = np.array([0.0, np.log(target.sum() / (1 - target).sum())])
    slope, shift = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None), (None, None)]).x
    return ProbabilityCurve(float(slope), float(shift))
