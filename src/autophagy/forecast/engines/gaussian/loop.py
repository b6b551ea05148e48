"""The Gaussian loop under any regime and operator, generation by generation, from groups of sufficient statistics."""

import numpy as np

from ....core.heard import heard
from ...plan import Floats, ForecastPlan, RowCounts
from .draws import Draws
from .pool import RowGroup, apply, drawn, like, part, pooled, root_of, size_of

MOST_LOG = 690.0  # of a variance: e^690 is 5e299, and a product with another few digits is still a double


def loop(plan: ForecastPlan, draws: Draws) -> dict[str, Floats]:
    """Mean and log variance of every generation and chain, in several dimensions with the roots of the eigenvalues.

    Fixed real rows are the same in every generation, fresh ones new, synthetic ones drawn once and remembered; a
    budget takes a random part of each group, in hypergeometric numbers.
    """
    d, chains, lost = plan.settings["d"], plan.chains, 1 if plan.settings["covariance"] == "unbiased" else 0
    # the frame in which a loop without real rows is held
    origin, scale = np.zeros((chains, d) if d > 1 else chains), np.ones(chains)
    log_scale = np.zeros(chains)
    plans = [plan.rows(t) for t in range(1, plan.generations + 1)]
    real = _fixed(plan, plans, draws)
    remembered: list[RowGroup] = []
    floats = _floats(plan, plans)
    kept: dict[str, list[Floats]] = {"log_variance": [], "mean": [], "roots": [], "gap": []}
    first: tuple[Floats, Floats] | None = None
    steps = zip(plans, [*plans[1:], None], strict=True)
    for rows, following in heard(steps, plan.generations, "generation"):
        remembered = remembered[-rows.kept :] if rows.kept else []
        fit = _training(plan, rows, real, remembered, draws)
        mean, covariance = fit.mean, fit.scatter / (rows.total - lost)  # (chains,) each, or (chains, d), (chains, d, d)
        size = size_of(covariance)
        kept["mean"].append(origin + like(scale, mean) * mean)
        with np.errstate(divide="ignore"):  # rows that agree to the last bit have variance 0
            kept["log_variance"].append(2 * log_scale + np.log(size))
        if d > 1:
            values = np.sqrt(np.maximum(np.linalg.eigvalsh(covariance), 0)) * scale[:, None]
            kept["roots"].append(values.mean(axis=1))
            kept["gap"].append(np.square(1 - values).mean(axis=1))
        first = first or (mean, covariance)
        if following is None:
            break
        if floats:
            # the next generation's law becomes N(0, 1) again, and what is remembered moves with it
            origin = kept["mean"][-1]
            unit = np.where(size > 0, np.sqrt(size), 1.0)
            remembered = [group.moved(mean, unit) for group in remembered]
            mean, covariance = np.zeros_like(mean), covariance / like(unit**2, covariance)
            log_scale = log_scale + np.log(unit)
            scale = np.exp(log_scale)
        made = _made(plan, following.synthetic, mean, covariance, first, draws)
        if made is not None:
            gather = plan.numbers.memory == "all" and remembered  # one group, however many generations: the cost stays
            remembered = [pooled([*remembered, made])] if gather else [*remembered, made]
    return {name: np.stack(values) for name, values in kept.items() if values}


def _fixed(plan: ForecastPlan, plans: list[RowCounts], draws: Draws) -> dict[int, RowGroup]:
    """The fixed real rows, by how many of them a generation uses: each set holds all smaller ones."""
    d = plan.settings["d"]
    zero = np.zeros((plan.chains, d) if d > 1 else plan.chains)
    sets: dict[int, RowGroup] = {}
    so_far: RowGroup | None = None
    for size in sorted({rows.fixed for rows in plans} - {0}):
        more = drawn(size - (so_far.count if so_far else 0), zero, 1.0, draws, "fixed")
        joined = pooled([so_far, more]) if so_far else more
        so_far = sets[size] = RowGroup(size, joined.mean, joined.scatter)
    return sets


def _training(
    plan: ForecastPlan, rows: RowCounts, real: dict[int, RowGroup], remembered: list[RowGroup], draws: Draws
) -> RowGroup:
    """The statistics of a generation's training set."""
    groups = [real[rows.fixed]] if rows.fixed else []
    if rows.fresh:
        d = plan.settings["d"]
        zero = np.zeros((plan.chains, d) if d > 1 else plan.chains)
        groups.append(drawn(rows.fresh, zero, 1.0, draws, "fresh"))
    weight = plan.operators.weight
    if weight is not None and remembered:
        real_rows = rows.fixed + rows.fresh
        synthetic = sum(group.count for group in remembered)
        shares = [weight * group.count / real_rows for group in groups]
        shares += [(1 - weight) * group.count / synthetic for group in remembered]
        return pooled([*groups, *remembered], shares)
    groups += remembered
    if rows.total < rows.pool:
        counts = draws.cut([int(group.count) for group in groups], rows.total, plan.chains)
        groups = [part(group, kept, draws) for group, kept in zip(groups, counts, strict=True)]
    return pooled(groups)


def _made(
    plan: ForecastPlan, count: int, mean: Floats, covariance: Floats, first: tuple[Floats, Floats], draws: Draws
) -> RowGroup | None:
    """The statistics of the rows that a generation makes, after every operator on its law; None where it makes none."""
    if not count:
        return None
    operators = plan.operators
    if operators.extrapolation:
        mean, covariance = _extrapolated(operators.extrapolation, first, (mean, covariance))
    covariance = plan.bias * covariance
    if operators.choices is not None:
        mean, covariance = _curated(plan, mean, covariance)
    if not operators.correction:
        return drawn(count, mean, root_of(covariance), draws, "made")
    true = draws.binomial(count, operators.correction / (1 + operators.correction), plan.chains)
    truth = drawn(true, np.zeros_like(mean), 1.0, draws, "truth")
    joined = pooled([truth, drawn(count - true, mean, root_of(covariance), draws, "made")])
    return RowGroup(count, joined.mean, joined.scatter)


def _extrapolated(
    strength: float, reference: tuple[Floats, Floats], fitted: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """(1 + w) theta_reference - w theta, theta = (mean, log variance), which keeps the variance above 0.

    Ref: Neon (2025), theta = (1 + w) theta_r - w theta_s; here theta_r is the fit of generation 1.
    """
    mean = (1 + strength) * reference[0] - strength * fitted[0]
    smallest = np.finfo(float).tiny
    logs = [np.log(np.maximum(covariance, smallest)) for covariance in (reference[1], fitted[1])]
    return mean, np.exp(np.minimum((1 + strength) * logs[0] - strength * logs[1], MOST_LOG))


def _curated(plan: ForecastPlan, mean: Floats, covariance: Floats) -> tuple[Floats, Floats]:
    """The law p e^r / E_p[e^r] of the limit of many choices, a Gaussian again.

    Reward -|x - b|^2 / (2 tau^2): covariance S (S/tau^2 + I)^-1, mean (I - G) m + G b with G = S (S + tau^2 I)^-1.
    Reward c x: the mean moves by c S 1 and the covariance stays. Ref: Ferbach et al. (2024), K to infinity.
    """
    centre, width, slope = (plan.settings[name] for name in ("centre", "width", "slope"))
    if slope:
        return mean + slope * (covariance if mean.ndim == 1 else covariance.sum(axis=2)), covariance
    if mean.ndim == 1:
        gain = covariance / (covariance + width**2)
        return mean + gain * (centre - mean), covariance * (1 - gain)
    eye = np.eye(mean.shape[1])
    gain = np.linalg.solve(covariance + width**2 * eye, covariance).swapaxes(1, 2)  # S (S + tau^2 I)^-1, both symmetric
    return mean + apply(gain, centre - mean), width**2 * gain


def _floats(plan: ForecastPlan, plans: list[RowCounts]) -> bool:
    """Whether nothing holds the loop to the real law's scale, so that its own must be followed, or it underflows."""
    real = any(rows.fixed + rows.fresh for rows in plans[1:])
    return plan.numbers.memory != "all" and not (real or plan.operators.used)
