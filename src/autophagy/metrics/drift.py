"""How far the fitted mean and variance have drifted from the truth."""

from typing import Any

import numpy as np

from ..core.decorators import metric
from ..core.errors import DataError
from ..core.figures import Figure
from ..core.samples import Array
from ..features.features import Features

Truth = tuple[Array, float]  # a mean (d,) and a total variance


def _together(reference: Features, fitted: Any, truth: Truth | None) -> dict[str, Array] | None:
    """The drift of all runs (runs,) of a model that knows its moments, the same to the last bit; None of another."""
    if not hasattr(fitted, "moments"):
        return None
    means, variances = fitted.moments()
    truth = truth or reference.truth or reference.once("row moments", lambda: _moments(reference))
    true_mean, true_variance = np.reshape(truth[0], -1), truth[1]
    gaps = means.reshape(len(means), -1) - true_mean
    ratios = variances / true_variance if true_variance > 0 else np.full(len(means), np.nan)
    return {"mean_error": np.square(gaps).mean(axis=1), "variance_ratio": np.asarray(ratios, np.float64)}


@metric(
    "drift",
    group="Drift of mean and variance",
    together=_together,
    bounds=(0, None),
    figures={
        "mean_error": Figure("mean error", "The squared error of the mean, over the dimension.", better="lower"),
        "variance_ratio": Figure(
            "variance ratio",
            "The total variance over the true one.",
            better=1.0,
            headline=4,
            gist="variance",
            role="skewed",  # a product of factors: its mean over seeds is carried by a few of them
        ),
    },
)
def drift(reference: Features, generated: Features, rng: np.random.Generator) -> dict[str, float]:
    """Drift of the moments: the squared error of the mean, and the total variance over the true one.

    The error is per dimension. The moments are the fitted model's own where it knows them, and those of the generated
    rows otherwise; the truth is the world's where it is known, and the reference rows' otherwise. Both are of the rows,
    not of their features.
    """
    # the mean (d,) and the total variance, the sum over the d columns
    mean, variance = _fitted(generated) or _moments(generated)
    truth = generated.truth or reference.truth or reference.once("row moments", lambda: _moments(reference))
    true_mean, true_variance = np.reshape(truth[0], -1), truth[1]
    ratio = variance / true_variance if true_variance > 0 else float("nan")
    return {"mean_error": float(np.square(mean - true_mean).mean()), "variance_ratio": float(ratio)}


def _fitted(generated: Features) -> tuple[Array, float] | None:
    known = getattr(generated.fitted, "moments", None)
    if known is None:
        return None
    means, variances = known()
    return np.reshape(means[generated.run], -1), float(variances[generated.run])


def _moments(side: Features) -> tuple[Array, float]:
    """The mean (d,) and the unbiased total variance of the rows."""
    if len(side) < 2:
        raise DataError(f"{len(side)} rows have no variance: give at least two.")
    rows = side.samples.x.reshape(len(side), -1)
    return rows.mean(axis=0, dtype=np.float64), float(rows.var(axis=0, dtype=np.float64, ddof=1).sum())
