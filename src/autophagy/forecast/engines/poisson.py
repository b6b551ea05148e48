"""A Poisson rate that is learnt from its own counts: the one family in which survival has an exact formula."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from ...core.errors import UsageError
from ..families import Quantity, family
from ..laws import ClosedForm
from ..plan import Floats, ForecastPlan, RowCounts, Trajectories
from .descent import descent
from .discrete.draws import Counts, multinomial, subset
from .discrete.formulas import survival_rates

CARRIED = 50  # a mean over chains is tested while at least so many carry it: a figure of fewer is far from normal
MOST_RATE = 1e6  # beyond, a Poisson law is a normal one for all that the loop shows
MOST_COUNT = 1e18  # of a sum of rows: 64-bit counts end at 9.2e18
MOST_CUT_RATE = 100  # under a budget the rows of every value are counted, and their number grows with the rate
TAIL = 40.0  # standard deviations, and then some, beyond which no row of 10^18 lies
SMALLEST = 1e-300  # keeps the logarithm of a rate of 0 finite


def rate_of(plan: ForecastPlan) -> float:
    """The real rate; rows are counts with this mean."""
    rate = plan.settings["rate"]
    if not (np.isfinite(rate) and 0 < rate <= MOST_RATE):
        raise UsageError(f"the rate is {rate}: give a number above 0, up to {MOST_RATE:.0e}.")
    if rate * plan.samples > MOST_COUNT:
        raise UsageError("the rate times the samples is above 1e18, more than 64-bit counts hold: lower one of them.")
    if plan.numbers.budget is not None and (plan.operators.weight is not None or rate > MOST_CUT_RATE):
        raise UsageError(
            f"a budget is forecast for rates up to {MOST_CUT_RATE} and without a weight: leave one of them out."
        )
    return float(rate)


def _spread(trajectories: Trajectories, scale: Floats) -> Floats:
    return (trajectories["rate"] - 1) ** 2 * scale


def _laws(plan: ForecastPlan) -> Sequence[ClosedForm]:
    rate, chains = rate_of(plan), plan.chains
    square, _ = descent(plan, lambda second, square, rows: 1 + square)
    n = plan.samples
    replaces = plan.generations == 1 or (
        (last := plan.rows(plan.generations)).fixed == last.fresh == 0 and last.kept == 1 and last.total == n
    )
    alive = -np.expm1(-plan.rows(1).fixed * rate * survival_rates(plan.generations))  # (generations,)
    still = alive >= min(0.5, CARRIED / chains)  # half, where there are hardly more chains than that
    kept = "t/n" if replaces else "k(t), k by the recursion of descent over the parts of the training set"
    source = "ours; descent.py"
    even = still & (square / rate < 1)  # beyond it a few chains of very high rate carry the square
    spread = ClosedForm(
        f"E[(rate - lambda)^2] = lambda {kept}, shown over its value",
        source,
        partial(_spread, scale=rate / square[:, None]),
        np.where(np.isnan(square), np.nan, 1.0),
        even,
        name="rate, squared distance over expected",
    )
    laws = [ClosedForm("E[rate] = lambda, a martingale", source, "rate", np.ones(plan.generations), even), spread]
    if replaces and plan.rows(1).fixed == n:
        tested = np.minimum(alive, 1 - alive) * chains >= CARRIED / 10  # a share: 5 chains on the rarer side will do
        formula = "P(rate > 0) = 1 - exp(-n lambda g_t), g_1 = 1, g_(t+1) = 1 - exp(-g_t)"
        laws.append(ClosedForm(formula, "Suresh et al. (2024), equality for Poisson laws", "alive", alive, tested))
    return laws


@family(
    "poisson",
    quantities={
        "rate": Quantity("rate", better=1.0),
        "alive": Quantity("loops whose rate is above 0", (0.0, 1.0), better="higher"),
        "squared_error": Quantity("squared error of the rate"),
    },
    operators=("weight",),
    refused={
        "correction": "a mixture of two Poisson laws is not a Poisson law",
        "choices": "a curated Poisson law is not a Poisson law",
    },
    roles={"risk": "squared_error", "variety": "rate", "tails": "alive"},
    laws=_laws,
)
def poisson(plan: ForecastPlan, rng: np.random.Generator, *, rate: float = 1.0) -> Trajectories:
    """A Poisson rate, learnt as the mean of its own counts.

    `rate` is the fitted rate over the truth's, `alive` whether it is above 0, `squared_error` the squared distance of
    the rate from the truth over the truth. The sum of n counts is one Poisson draw, so samples cost nothing.

    Ref: Suresh et al. (2024), "Rate of Model Collapse in Recursive Training", Poisson.
    """
    truth = rate_of(plan)
    if plan.bias != 1:
        raise UsageError("a Poisson law at another temperature is no Poisson law: leave the bias at 1.")
    rates = np.stack(_cut_rates(truth, plan, rng) if plan.numbers.budget is not None else _rates(truth, plan, rng))
    return Trajectories(
        {
            "rate": rates / truth,
            "alive": (rates > 0).astype(float),
            "squared_error": (rates - truth) ** 2 / truth,
        }
    )


def _rates(truth: float, plan: ForecastPlan, rng: np.random.Generator) -> list[Floats]:
    """The fitted rates (chains,) of each generation, from the sums of the parts."""
    held, spare_rows = plan.rows(1).fixed, 0
    total, spare = rng.poisson(held * truth, plan.chains), np.zeros(plan.chains, np.int64)  # sums of rows, (chains,)
    rates, made = [total / held], list[Counts]()
    for generation in plan.each(2):
        rows = plan.rows(generation)
        if rows.synthetic:
            made.append(rng.poisson(rows.synthetic * rates[-1]))
        if plan.numbers.memory == "all" and len(made) > 1:
            made = [made[0] + made[1]]
        made = made[-rows.kept :]
        # given its sum, the rows of a set share it evenly: a part of the rows has a binomial part of the sum
        if rows.fixed < held:
            head = rng.binomial(total, rows.fixed / held)
            total, spare, spare_rows = head, spare + total - head, spare_rows + held - rows.fixed
        elif rows.fixed > held:
            more = min(rows.fixed - held, spare_rows)
            taken = rng.binomial(spare, more / max(spare_rows, 1))
            new = rng.poisson((rows.fixed - held - more) * truth, plan.chains)
            total, spare, spare_rows = total + taken + new, spare - taken, spare_rows - more
        held = rows.fixed
        real = total + rng.poisson(rows.fresh * truth, plan.chains)
        rates.append(_pooled(real, sum(made, np.zeros_like(real)), rows, plan.operators.weight))
    return rates


def _pooled(real: Counts, made: Counts, rows: RowCounts, weight: float | None) -> Floats:
    """The mean of all rows, or of real and made rows under their weights."""
    reals, mades = rows.fixed + rows.fresh, rows.kept * rows.synthetic
    if weight is None or not reals or not mades:
        return (real + made) / (reals + mades)
    return weight * real / reals + (1 - weight) * made / mades


def _cut_rates(truth: float, plan: ForecastPlan, rng: np.random.Generator) -> list[Floats]:
    """The fitted rates under a budget, which needs more than sums: how many rows have each value."""
    fixed = _values(truth, np.full(plan.chains, plan.rows(1).fixed), rng)
    rates, made = [_mean(fixed)], list[Counts]()
    whole = fixed
    for generation in plan.each(2):
        rows = plan.rows(generation)
        if rows.synthetic:
            made.append(_values(rates[-1], np.full(plan.chains, rows.synthetic), rng))
        if plan.numbers.memory == "all" and len(made) > 1:
            made = [_add(made)]
        made = made[-rows.kept :]
        if rows.fixed != int(fixed[0].sum()):
            if rows.fixed > int(whole[0].sum()) or generation > 2:
                raise UsageError("with a budget, give fixed as a count of rows: a growing share is not forecast.")
            fixed = subset(whole, np.full(plan.chains, rows.fixed), rng)
        parts = [fixed, *made]
        if rows.fresh:
            parts.append(_values(truth, np.full(plan.chains, rows.fresh), rng))
        pool = _add(parts)
        if rows.total < rows.pool:
            pool = subset(pool, np.full(plan.chains, rows.total), rng)
        rates.append(_mean(pool))
    return rates


def _values(rate: float | Floats, rows: Counts, rng: np.random.Generator) -> Counts:
    """How many of the rows have each value 0, 1, ...: a multinomial draw from the Poisson probabilities."""
    from scipy.special import gammaln

    rates = np.broadcast_to(np.asarray(rate, float), rows.shape)
    top = rates.max()
    values = np.arange(int(top + TAIL * (1 + np.sqrt(top))) + 1)  # (values,)
    logs = np.log(np.maximum(rates, SMALLEST))[:, None] * values - rates[:, None] - gammaln(values + 1)
    law = np.exp(logs)  # (chains, values)
    return multinomial(rows, law / law.sum(axis=1, keepdims=True), rng)


def _add(parts: Sequence[Counts]) -> Counts:
    """Counts of unlike numbers of values, added value by value."""
    most = max(part.shape[1] for part in parts)
    total = np.zeros((len(parts[0]), most), np.int64)
    for part in parts:
        total[:, : part.shape[1]] += part
    return total


def _mean(counts: Counts) -> Floats:
    return (counts @ np.arange(counts.shape[1], dtype=float)) / counts.sum(axis=1)  # (chains,)
