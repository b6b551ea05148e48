"""What the closed forms of the Gaussian loop answer at once: admissible and effective rows, half-lives, weights."""

import math
from typing import Any

from ....statistics.intervals import figure
from ...plan import ForecastPlan
from ...words import count
from .formulas import admissible, best_synthetic, effective_rows, golden_weight, half_life


def answers(plan: ForecastPlan) -> dict[str, Any]:
    """The closed answers that hold for a plan, by name, each with its figures, its source and a sentence."""
    rows = plan.rows(min(2, plan.generations))
    simple = plan.numbers.memory == 1 and plan.numbers.budget is None and plan.settings["covariance"] == "mle"
    others = set(plan.operators.used) - {"weight"}
    if plan.generations < 2 or not simple or rows.fixed or others:
        return {}
    if not rows.fresh:
        return {} if plan.operators.used else {"half_life_formula": _half_life(plan, rows.synthetic)}
    if not rows.synthetic:
        return {}
    if plan.operators.weight is not None:
        return {"best_weight": _weight(rows.fresh, rows.synthetic)}
    if plan.bias == 1:
        return {"effective_real_rows": _effective(rows.fresh, rows.synthetic)}
    if plan.bias > 1 or plan.settings["d"] > 1:
        return {}
    return {"admissible_synthetic": _admissible(rows.fresh, rows.synthetic, plan.bias)}


def _half_life(plan: ForecastPlan, n: int) -> dict[str, Any]:
    mean, median = half_life(n, plan.bias)
    return {
        "mean": mean if math.isfinite(mean) else None,
        "median": median if math.isfinite(median) else None,
        "formula": "log 2 / -log(b (1 - 1/n)) and log 2 / -(log b + psi((n-1)/2) - log(n/2))",
        "source": "ours",
        "sentences": [_halves(mean, median, plan.bias)],
    }


def _halves(mean: float, median: float, bias: float) -> str:
    """Every how many generations the variance halves, of the average and of the typical chain."""
    alone = "Learning from its own output alone, the loop"
    average, typical = (
        f"every {x:,.1f} generations" if x < 1e6 else f"every {count(x)} generations" for x in (mean, median)
    )
    if math.isinf(mean) and math.isinf(median):
        return f"{alone} loses no variance in the long run, since a bias of {bias:g} widens what it samples."
    if math.isinf(mean):
        return f"{alone} halves its variance {typical} in the typical chain, and on average keeps it."
    also = typical.removesuffix(" generations")
    return f"{alone} halves its variance {average} on average and {also} in the typical chain."


def _admissible(real: int, synthetic: int, bias: float) -> dict[str, Any]:
    most = admissible(real, bias)
    best, gain = best_synthetic(real, bias)
    over = "within" if synthetic <= most else "beyond"
    return {
        "value": most,
        "low": 0.97 * most,
        "high": 1.03 * most,
        "planned": synthetic,
        "best": {"count": best, "risk_ratio": gain},
        "formula": "E[W2^2](n_r, n_s, b) = 1.5/n_r in the fresh loop at rest",
        "source": "ours, within 3 %; admissible after Alemohammad et al. (2023)",
        "sentences": [
            f"Beside {count(real)} fresh real rows and under a bias of {bias:g}, up to {count(most)} synthetic rows a "
            f"generation (within 3 %) are no worse than none; the planned {count(synthetic)} are {over} that. "
            f"The best number is about {count(best)}, at {figure(gain)} of the risk of the real rows alone."
        ],
    }


def _effective(real: int, synthetic: int) -> dict[str, Any]:
    rows = effective_rows(real, synthetic)
    return {
        "value": rows,
        "formula": "n_r (2 - a) + (1 - a), a = n_r / (n_r + n_s)",
        "source": "ours",
        "sentences": [
            f"Without bias no number of synthetic rows does harm in the long run: {count(real)} fresh real rows beside "
            f"{count(synthetic)} synthetic ones fix the mean as well as {count(rows)} real rows alone."
        ],
    }


def _weight(real: int, synthetic: int) -> dict[str, Any]:
    weight = golden_weight(synthetic / real)
    return {
        "value": weight,
        "formula": "w* = (sqrt(1 + 4k) - 1) / (2k), k = n_s / n_r",
        "source": "He, Xu, Cheng (2025); ours for every k",
        "sentences": [
            f"The weight on the real rows that fixes the mean best is {figure(weight)}, at {figure(weight)} of the "
            f"squared error of the {count(real)} real rows alone."
        ],
    }
