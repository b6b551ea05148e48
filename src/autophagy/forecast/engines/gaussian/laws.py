"""The closed forms that hold for a plan of a Gaussian loop, to be held against its simulation."""

import math
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ...laws import ClosedForm
from ...plan import Floats, ForecastPlan, Trajectories
from .formulas import (
    accumulate_variance,
    deviation_factor,
    log_determinant_step,
    log_step,
    replace_mean_error,
    replace_variance,
    subsample_variance,
)
from .moments import moments


def laws(plan: ForecastPlan) -> Sequence[ClosedForm]:
    """The closed forms that hold for a plan: those of its own regime first, then what holds in all."""
    operators = plan.operators.used
    t = np.arange(1, plan.generations + 1, dtype=float)
    if "extrapolation" in operators or "choices" in operators:
        return _operator_laws(plan, t)
    mean_error, variance = moments(plan)
    testable = _testable(plan, t)
    mle = plan.settings["covariance"] == "mle"
    forms = [] if operators else _named(plan, t, testable)
    named = {law.quantity for law in forms}
    if "variance" not in named:
        formula, source = _formula(plan)
        tail = testable if mle else testable & np.isfinite(variance)
        forms.append(ClosedForm(formula.replace("QUANTITY", "V"), source, "variance", variance, tail))
        forms.append(
            ClosedForm(formula.replace("QUANTITY", "D"), source, "mean_error", mean_error, tail if not mle else None)
        )
    if plan.bias == 1 and mle:
        whole = np.ones(plan.generations)
        forms.append(
            ClosedForm(
                "E[mean_error] + E[variance] = 1, the second moment is a martingale",
                "ours",
                _second_moment,
                whole,
                name="mean_error + variance",
            )
        )
    return forms


def _formula(plan: ForecastPlan) -> tuple[str, str]:
    """The formula to print beside the expected mean error D and variance V of a plan, and where it is from."""
    rows = plan.rows(min(2, plan.generations))
    if plan.operators.weight is not None and not rows.fixed and plan.numbers.memory == 1:
        return (
            "D' = w^2/n_r + (1-w)^2 (D + b V/n_s), V' = w + (1-w)(b V + D) - D': QUANTITY",
            "He, Xu, Cheng (2025); ours for every ratio",
        )
    plain = not plan.operators.used and plan.numbers.memory == 1 and plan.numbers.budget is None
    if plain and rows.fresh and not rows.fixed:
        return (
            "D' = a/n + (1-a)^2 D + (1-a) b V/n, V' = a + (1-a)(b V + D) - D', a = n_r/n: QUANTITY",
            "Alemohammad et al. (2023), fresh data loop; ours",
        )
    if plain and rows.fixed and not rows.fresh:
        return (
            "second moments of the groups; at rest without bias D = 1/n_r + (1-a)(1-1/n_r)/(n a(2-a) + 1-a): QUANTITY",
            "Alemohammad et al. (2023), synthetic augmentation loop; ours",
        )
    return "second moments of the groups, C_new = C w, D = w'Cw, V = w'q - D: QUANTITY", "ours, gaussian_moments"


def _named(plan: ForecastPlan, t: Floats, testable: NDArray[np.bool_]) -> list[ClosedForm]:
    """The laws of the named regimes, where the plan is one of them without any other number."""
    rows, numbers = plan.rows(min(2, plan.generations)), plan.numbers
    first = plan.rows(1).total
    if numbers.memory == 1 and not rows.fixed + rows.fresh and rows.total == first:
        return _replace_laws(plan, first, t, testable)
    whole = plan.generations > 1 and numbers.memory == "all" and rows.fixed == first == rows.synthetic
    if not whole or rows.fresh or plan.bias != 1 or plan.settings["covariance"] != "mle":
        return []
    if rows.budget is None:
        formula, source, kept = (
            "prod_{i=1..t} (1 - 1/(n i^2)), to sin(pi/sqrt n)/(pi/sqrt n)",
            "Kazdan et al. (2024)",
            accumulate_variance(first, t),
        )
    elif rows.budget == first:
        formula, source, kept = (
            "S_t N (n-1)/((N-1) n), N = t n, S_{t+1} = S_t (1 - c_t/(t+1)^2)",
            "ours",
            subsample_variance(first, t),
        )
    else:
        return []
    return [
        ClosedForm(f"E[variance] = {formula}", source, "variance", kept),
        ClosedForm(f"E[mean_error] = 1 - {formula}", source, "mean_error", _complement(plan, kept)),
    ]


def _second_moment(trajectories: Trajectories) -> Floats:
    return trajectories["mean_error"] + trajectories["variance"]


def _log_spread(trajectories: Trajectories, logs: Floats) -> Floats:
    return np.square(trajectories["log_variance"] - logs[:, None])


def _complement(plan: ForecastPlan, kept: Floats) -> Floats:
    """1 - kept; the difference has lost its digits where hardly anything is gone, so that there the moments serve."""
    return np.where(kept > 1 - 1e-6, moments(plan)[0], 1 - kept)


def _replace_laws(plan: ForecastPlan, n: int, t: Floats, testable: NDArray[np.bool_]) -> list[ClosedForm]:
    """The laws of the fully synthetic loop: mean, typical chain, deviation, walk of the mean, distance."""
    unbiased, bias, d = plan.settings["covariance"] == "unbiased", plan.bias, plan.settings["d"]
    letter, lost = ("alpha", "") if unbiased else ("beta", " (1 - 1/n)^t")
    variance = replace_variance(n, t, bias, unbiased)
    mean_error = replace_mean_error(n, t, bias, unbiased)
    source = "Shumailov et al. (2024), theorem 3.1"
    calm = testable if unbiased else None
    forms = [
        ClosedForm(f"E[variance] = b^(t-1){lost}", source, "variance", variance, testable),
        ClosedForm("E[mean_error] = (1 + b sum_{s<t} E[V_s])/n", source, "mean_error", mean_error, calm),
    ]
    if d > 1:
        step = log_determinant_step(n, d, unbiased)
        known = np.full(len(t), np.nan) if math.isinf(step) else t * step + (t - 1) * d * math.log(bias)
        formula = "E[log det] = t (sum_j psi((n-j)/2) + d log(2/n)) + (t-1) d log b"
        return [*forms, ClosedForm(formula, "ours", "log_determinant", known)]
    drift, spread = log_step(n, unbiased)
    logs = t * drift + (t - 1) * math.log(bias)
    factor = deviation_factor(n, unbiased)
    deviation = np.exp(t * math.log(factor) + (t - 1) * math.log(bias) / 2)
    source = f"Bertrand et al. (2024), E[Sigma^(1/2)] = {letter}^k"
    distance = mean_error + variance + 1 - 2 * deviation
    distance = np.where(distance > 1e-6, distance, np.nan)  # below, the sum has lost its digits
    return [
        *forms,
        ClosedForm("E[log variance] = t (psi((n-1)/2) - log(n/2)) + (t-1) log b", "ours", "log_variance", logs),
        ClosedForm(
            "Var[log variance] = t psi'((n-1)/2)",
            "ours",
            partial(_log_spread, logs=logs),
            t * spread,
            name="spread of log_variance",
        ),
        ClosedForm(f"E[sqrt variance] = b^((t-1)/2) {letter}^t", source, "deviation", deviation, testable),
        ClosedForm(f"E[W2^2] = D + V + 1 - 2 b^((t-1)/2) {letter}^t", source, "wasserstein2", distance, testable),
    ]


def _operator_laws(plan: ForecastPlan, t: Floats) -> list[ClosedForm]:
    """The laws of the fully synthetic loop under one operator that acts on its fitted law."""
    rows = plan.rows(min(2, plan.generations))
    single = len(plan.operators.used) == 1 and plan.numbers.memory == 1 and not rows.fixed + rows.fresh
    if not single or plan.settings["d"] > 1:
        return []
    strength, unbiased = plan.operators.extrapolation, plan.settings["covariance"] == "unbiased"
    if strength:
        first, step = log_step(plan.rows(1).total, unbiased)[0], log_step(rows.total, unbiased)[0]
        logs = np.full(len(t), first)
        for i in range(1, len(t)):
            logs[i] = math.log(plan.bias) + (1 + strength) * first - strength * logs[i - 1] + step
        formula = "E[l_t] = log b + (1+w) E[l_1] - w E[l_{t-1}] + psi((n-1)/2) - log(n/2), l = log variance"
        logs = np.where(np.abs(logs) < 600, logs, np.nan)
        return [ClosedForm(formula, "ours; the operator is that of Neon (2025)", "log_variance", logs)]
    if plan.bias != 1 or plan.settings["slope"]:
        return []
    gone = (t - 1) / plan.settings["width"] ** 2
    order = f"the limit of many rows; at n = {rows.total:g} off by order t/n"
    source = "Ferbach et al. (2024), K to infinity"
    shift = np.square(plan.settings["centre"] * gone / (1 + gone))
    return [
        ClosedForm("V = 1/(1 + (t-1)/tau^2)", source, "variance", 1 / (1 + gone), approximate=order),
        ClosedForm("D = (b (t-1)/tau^2 / (1 + (t-1)/tau^2))^2", source, "mean_error", shift, approximate=order),
    ]


def _testable(plan: ForecastPlan, t: Floats) -> NDArray[np.bool_]:
    """Where the mean variance over the chains is a test: not where rare chains, fewer than there are, carry it.

    Without real rows log V spreads as a walk of variance log((n+1)/(n-1)) a generation; the mean of a law so skewed
    is near normal over R chains while e^spread < 1 + R/1000.
    """
    rows = plan.rows(min(2, plan.generations))
    if rows.fixed + rows.fresh or plan.numbers.memory == "all" or plan.operators.correction:
        return np.ones(len(t), bool)
    fewest = min(plan.rows(1).total, rows.total)
    return t * (math.log1p(1 / fewest) - math.log1p(-1 / fewest)) < math.log1p(plan.chains / 1000)
