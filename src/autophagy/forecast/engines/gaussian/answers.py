"""What the closed forms of the Gaussian loop answer at once: admissible and effective rows, half-lives, weights."""

import math
from typing import Any

from ....statistics.intervals import figure
from ...plan import ForecastPlan
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
    words = [f"{x:,.1f}" if x < 1e6 else f"{x:.3g}" for x in (mean, median)]
    return {
        "mean": mean if math.isfinite(mean) else None,
        "median": median if math.isfinite(median) else None,
        "formula": "log 2 / -log(b (1 - 1/n)) and log 2 / -(log b + psi((n-1)/2) - log(n/2))",
        "source": "ours",
        "sentences": [
            f"Learning from its own output alone, the loop halves its variance every {words[0]} generations on average "
            f"and every {words[1]} in the typical chain."
        ],
    }


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
            f"Beside {real:,} fresh real rows and under a bias of {bias:g}, up to {_count(most)} synthetic rows a "
            f"generation (within 3 %) are no worse than none; the planned {_count(synthetic)} are {over} that. "
            f"The best number is about {_count(best)}, at {figure(gain)} of the risk of the real rows alone."
        ],
    }


def _effective(real: int, synthetic: int) -> dict[str, Any]:
    rows = effective_rows(real, synthetic)
    return {
        "value": rows,
        "formula": "n_r (2 - a) + (1 - a), a = n_r / (n_r + n_s)",
        "source": "ours",
        "sentences": [
            f"Without bias no number of synthetic rows does harm in the long run: {real:,} fresh real rows beside "
            f"{_count(synthetic)} synthetic ones fix the mean as well as {_count(rows)} real rows alone."
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
            f"squared error of the {real:,} real rows alone."
        ],
    }


def _count(number: float) -> str:
    return f"{number:,.0f}" if number < 1e6 else f"{number:.3g}"
