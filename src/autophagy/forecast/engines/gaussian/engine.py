"""The Gaussian family: the exact law of a loop over Gaussian fits, at a cost that does not know the sample size."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from ....core.errors import UsageError
from ....core.heard import heard
from ...families import Quantity, family
from ...plan import Floats, ForecastPlan, Trajectories
from .answers import answers
from .draws import BLOCK, Draws
from .laws import laws
from .loop import loop

WIDE = 256  # chains from which adding rows is quicker than a cumulative sum across them
TAIL, NEVER = 0.01, 1e-6  # shares of the real law: its tails, and what lies where it has next to nothing
QUANTITIES = {
    "variance": Quantity("variance", better=1.0, score="variance_ratio"),
    "log_variance": Quantity("logarithm of the variance", (-np.inf, np.inf), better=0.0),
    "deviation": Quantity("standard deviation", better=1.0),
    "mean_error": Quantity("squared error of the mean", score="mean_error"),
    "wasserstein2": Quantity("squared Wasserstein distance"),
    "tails": Quantity("mass of the tails", better=1.0),
    "beyond": Quantity("mass beyond the real law", (0.0, 1.0)),
    "log_determinant": Quantity("logarithm of the determinant", (-np.inf, np.inf), better=0.0),
}
MOST_DIMENSIONS = 1000  # a covariance of a chain is 8 MB there
NO_WIDTH = 1e-300  # of a collapsed chain, in place of 0: its mass is all on one side of an edge
REFUSED = {
    "phi": "the rows of a gaussian carry no label that a verifier could find right or wrong",
    "psi": "the rows of a gaussian carry no label that a verifier could find right or wrong",
}
ROLES = {"risk": "wasserstein2", "variety": "variance", "tails": "tails", "made_up": "beyond"}


def notes(plan: ForecastPlan) -> list[str]:
    """What of this plan is not exact in law, in one sentence each."""
    reuse = plan.numbers.memory != 1 or plan.numbers.fixed != 0
    if not (reuse and any(plan.rows(t).total < plan.rows(t).pool for t in (2, plan.generations))):
        return []
    return [
        "Rows are cut from a pool that stays: the law of each cut given the pool is exact, so the expected mean error "
        "and variance are exact at every generation; the pool is held as one sample, and between two cuts of the same "
        "rows only the dependence beyond second moments is left out, which moves medians and quantiles by a relative "
        "1/n at most in order."
    ]


def ceiling(plan: ForecastPlan) -> float:
    """The most that the mean squared Wasserstein distance comes to: 2 where the second moment does not grow.

    E[W2^2] = E[D + V] + 1 - 2 E[sqrt V], and E[D + V] is at most 1 under the maximum likelihood fit without a bias
    above 1, whatever the mixture: real rows have a second moment of 1, and a fit has that of the rows it learns from.
    """
    kept = plan.settings["covariance"] == "mle" and plan.bias <= 1
    return 2.0 if kept and not set(plan.operators.used) - {"weight", "correction"} else np.inf


@family(
    "gaussian",
    quantities=QUANTITIES,
    operators=("weight", "choices", "correction", "extrapolation"),
    refused=REFUSED,
    roles=ROLES,
    chains=1000,
    laws=laws,
    notes=notes,
    answers=answers,
    ceiling=ceiling,
)
def gaussian(
    plan: ForecastPlan,
    rng: np.random.Generator,
    *,
    d: int = 1,
    covariance: Literal["mle", "unbiased"] = "mle",
    centre: float = 0.0,
    width: float = 1.0,
    slope: float = 0.0,
) -> Trajectories:
    """A Gaussian in d dimensions, refitted on mixtures of real rows, N(0, I), and of its own samples.

    Simulated from the sufficient statistics: the mean of n rows of N(m, S) is N(m, S/n), their scatter is Wishart of
    n - 1 degrees, the two independent. Quantities: `variance` (fitted over true, a mean over dimensions),
    `log_variance`, `deviation`, `mean_error` (squared distance of the mean from the truth over the dimension),
    `wasserstein2` (squared distance of the laws over the dimension), `tails` (the model's mass beyond the real law's
    central 99 %, over the real law's own, in one dimension), `beyond` (its mass where the real law has 1e-6) and
    `log_determinant` (the fully synthetic loop, d > 1).
    `covariance` is "mle" or "unbiased". `centre`, `width`: the reward -(x - centre)^2 / (2 width^2) of curation, or
    `slope`: the reward slope x where it is not 0. Memory: 16 bytes a generation and chain in one dimension, 8 (d + 4)
    in several.

    Ref: Shumailov et al. (2024), theorem 3.1; Bertrand et al. (2024), E[Sigma^(1/2)] = alpha^k.
    """
    _refuse(plan)
    draws = Draws(rng)
    if d == 1:
        states = _line(plan, draws) if _synthetic_only(plan) else loop(plan, draws)
    else:
        states = _product(plan, draws) if _synthetic_only(plan) else loop(plan, draws)
    return Trajectories(quantities(states))


def quantities(states: dict[str, Floats]) -> dict[str, Floats | Callable[[], Floats]]:
    """The quantities from what an engine keeps: `log_variance` (generations, chains) and `mean` (..., d) or (...).

    In several dimensions also `roots`, the mean of the square roots of the eigenvalues, `gap`, the mean of
    (1 - root)^2, and `log_determinant` where it is known.
    """
    logs, mean = states["log_variance"], states["mean"]
    if mean.ndim == 3:
        known: dict[str, Floats | Callable[[], Floats]] = {
            "variance": lambda: np.exp(logs),
            "log_variance": logs,
            "deviation": states["roots"],
            "mean_error": lambda: np.square(mean).mean(axis=2),
            "wasserstein2": lambda: np.square(mean).mean(axis=2) + states["gap"],
        }
        return known | {name: states[name] for name in ("log_determinant",) if name in states}
    return {
        "variance": lambda: np.exp(logs),
        "log_variance": logs,
        "deviation": lambda: np.exp(logs / 2),
        "mean_error": lambda: np.square(mean),
        "wasserstein2": lambda: np.square(mean) + np.square(np.expm1(logs / 2)),
        "tails": lambda: _outside(TAIL, mean, np.exp(logs / 2)) / TAIL,
        "beyond": lambda: _outside(NEVER, mean, np.exp(logs / 2)),
    }


def _outside(share: float, mean: Floats, deviation: Floats) -> Floats:
    """The model's mass where the real law, outside its central part, has no more than `share`."""
    from scipy.special import ndtr, ndtri

    edge = -ndtri(share / 2)  # the real law is N(0, 1): half of the share on either side
    width = np.maximum(deviation, NO_WIDTH)
    with np.errstate(over="ignore"):  # a width of almost nothing puts the edges infinitely far out
        return np.asarray(ndtr((mean - edge) / width) + ndtr((-mean - edge) / width))


def _refuse(plan: ForecastPlan) -> None:
    """Every plan that this engine cannot follow exactly, in one sentence."""
    settings, operators = plan.settings, plan.operators
    d = settings["d"]
    if not 1 <= d <= MOST_DIMENSIONS:
        raise UsageError(f"d is {d!r}: give a whole number of dimensions, 1 to {MOST_DIMENSIONS}.")
    if not settings["width"] > 0:
        raise UsageError(f"width is {settings['width']}: give the reward a width above 0.")
    fewest = min(plan.rows(t).total for t in {1, min(2, plan.generations)})
    if fewest < 2:
        raise UsageError(f"a gaussian needs at least 2 rows to fit and the plan gives it {fewest}: raise samples.")
    if operators.choices is not None and not np.isinf(operators.choices):
        raise UsageError(
            f"the best of {operators.choices:g} Gaussian rows is no Gaussian, so curation has a closed update "
            "only in the limit: give choices inf, or run autophagy loop."
        )
    if operators.extrapolation and d > 1:
        raise UsageError("negative extrapolation has a closed update in one dimension only: leave d at 1.")
    if operators.weight is not None:
        _refuse_weight(plan)
    rows = plan.rows(min(2, plan.generations))
    smallest = min((n for n in (rows.fixed, rows.fresh, rows.synthetic) if n), default=0)
    if d > 1 and rows.total < rows.pool and smallest <= d:
        raise UsageError(f"a cut in {d} dimensions needs more than {d} rows of each kind: raise the counts.")


def _refuse_weight(plan: ForecastPlan) -> None:
    if plan.numbers.budget is not None:
        raise UsageError("a weight on the real data and a budget together have no closed update: give one of them.")
    if plan.settings["covariance"] != "mle":
        raise UsageError("a weight on the real data is defined for the maximum likelihood fit: use covariance=mle.")
    rows = plan.rows(min(2, plan.generations))
    if plan.generations > 1 and (rows.fixed + rows.fresh == 0 or rows.synthetic == 0):
        raise UsageError("a weight on the real data needs real and synthetic rows to weigh: give fixed or fresh.")


def _synthetic_only(plan: ForecastPlan) -> bool:
    """Whether generation t depends on generation t - 1 alone, through rows of its own making and nothing else."""
    rows = plan.rows(2)
    return plan.numbers.memory == 1 and rows.fixed + rows.fresh == 0 and not plan.operators.used


def _line(plan: ForecastPlan, draws: Draws) -> dict[str, Floats]:
    """The fully synthetic loop in one dimension, whole blocks of generations at once.

    log V_t is a random walk, V_t = b V_{t-1} chi2_{n-1} / n with the bias b, and the mean walks by
    sqrt(b V_{t-1} / n) z: so all draws come first and two cumulative sums follow.
    """
    generations, chains = plan.generations, plan.chains
    lost = _lost(plan)
    logs, mean = np.empty((generations, chains)), np.empty((generations, chains))
    rows, bias = plan.rows(1).total, 1.0
    last_log, last_mean = np.zeros(chains), np.zeros(chains)
    begin = 0
    while begin < generations:
        end = 1 if begin == 0 else min(generations, begin + max(1, BLOCK // chains))
        step = draws.log_chi_square(rows - 1, end - begin, chains)  # (generations of the block, chains)
        step += np.log(bias) - np.log(rows - lost)
        _sum_up(last_log, step, logs[begin:end])
        walk = draws.normal(end - begin, chains)  # steps of the mean, before their scale
        walk[0] *= np.exp(last_log / 2)
        walk[1:] *= np.exp(logs[begin : end - 1] / 2)
        walk *= np.sqrt(bias / rows)
        _sum_up(last_mean, walk, mean[begin:end])
        last_log, last_mean = logs[end - 1], mean[end - 1]
        if begin == 0 and generations > 1:
            rows, bias = plan.rows(2).total, plan.bias
        begin = end
    return {"log_variance": logs, "mean": mean}


def _sum_up(start: Floats, steps: Floats, out: Floats) -> None:
    """The running sums of steps (generations, chains) from a start (chains,); rows at a time, as cumsum does not."""
    if len(start) < WIDE:
        steps[0] += start
        np.cumsum(steps, axis=0, out=out)
        return
    for step, place in zip(steps, out, strict=True):
        start = np.add(start, step, out=place)


def _product(plan: ForecastPlan, draws: Draws) -> dict[str, Floats]:
    """The fully synthetic loop in d dimensions: a root of the covariance is a product of Bartlett's triangles.

    R_t = sqrt(b) R_{t-1} A_t / sqrt(n), A_t A_t^T Wishart of n - 1 degrees; the product is kept at size one and its
    logarithm apart, so that it neither underflows nor loses its determinant.
    """
    generations, chains, d = plan.generations, plan.chains, plan.settings["d"]
    lost = _lost(plan)
    names = ("log_variance", "roots", "gap", "log_determinant")
    kept = {name: np.empty((generations, chains)) for name in names} | {"mean": np.empty((generations, chains, d))}
    root = np.broadcast_to(np.eye(d), (chains, d, d))  # of size one; the covariance is root root^T e^(2 size)
    size, determinant, mean = np.zeros(chains), np.zeros(chains), np.zeros((chains, d))
    for t in heard(range(generations), generations, "generation"):
        rows, bias = plan.rows(t + 1).total, plan.bias if t else 1.0
        scale = np.sqrt(bias) * np.exp(size)
        mean = mean + scale[:, None] * np.einsum("cij,cj->ci", root, draws.normal(chains, d)) / np.sqrt(rows)
        triangle = draws.wishart_root(rows - 1, d, chains) / np.sqrt(rows - lost)  # (chains, d, d)
        with np.errstate(divide="ignore"):  # no more rows than dimensions: the determinant is 0, its logarithm -inf
            determinant = determinant + d * np.log(bias) + 2 * np.log(np.einsum("cii->ci", triangle)).sum(axis=1)
        root = root @ triangle
        length = np.sqrt(np.einsum("cij,cij->c", root, root) / d)
        root = root / length[:, None, None]
        size = size + np.log(bias) / 2 + np.log(length)
        values = np.linalg.svd(root, compute_uv=False) * np.exp(size)[:, None]  # roots of the eigenvalues, (chains, d)
        kept["log_variance"][t], kept["mean"][t], kept["log_determinant"][t] = 2 * size, mean, determinant
        kept["roots"][t], kept["gap"][t] = values.mean(axis=1), np.square(1 - values).mean(axis=1)
    return kept


def _lost(plan: ForecastPlan) -> int:
    return 1 if plan.settings["covariance"] == "unbiased" else 0
