"""The exact expected mean error and variance of a Gaussian loop, for any five numbers, bias, weight and correction."""

import numpy as np

from ....core.heard import heard
from ...plan import Floats, ForecastPlan, RowCounts


def moments(plan: ForecastPlan, scale: float = 1.0) -> tuple[Floats, Floats]:
    """E[mean_error] and E[variance] of every generation, (generations,) each; no chain is simulated.

    Second moments close on themselves. With C_ij the expected product of the means of groups i and j, q_i the
    expected second moment of a row of group i and w_i the weight that group i has in the fit, the fit has
    D = w' C w and V = w' q - D. Its `n` new rows have q = b V + D (b the bias), C_new,i = (C w)_i and
    C_new,new = D + b V / n. A correction of strength gamma draws a share p = gamma / (1 + gamma) of them from the
    truth: q' = p + (1 - p) q, C_new,i' = (1 - p) C_new,i, C_new,new' = (q' - s^2) / n + s^2 with s^2 = (1 - p)^2 D.
    A budget of B rows of a pool of N adds V N (1/B - 1/N) / (N - 1) to D and takes it from V. With the unbiased
    fit V is multiplied by n / (n - 1). Real rows have q = 1 and C = 1/n. `scale` multiplies every number of rows and
    need not give whole numbers: a model that learns from n rows as if they were `scale` n.

    Ref: ours; the cases are named in laws.py.
    """
    lost = 1 if plan.settings["covariance"] == "unbiased" else 0
    blocks = _blocks(plan)
    products, second, counts = np.diag(1 / (scale * blocks)), np.ones(len(blocks)), np.zeros(0)
    real = len(blocks)
    mean_error, variance = np.empty(plan.generations), np.empty(plan.generations)
    share = plan.operators.correction / (1 + plan.operators.correction)
    for t in heard(range(plan.generations), plan.generations, "closed form of generation"):
        rows = plan.rows(t + 1)
        if plan.numbers.memory != "all" and len(counts) > rows.kept:
            # the oldest generation is forgotten: it stands first behind the real blocks
            keep = [*range(real), *range(real + 1, len(second))]
            products, second, counts = products[keep][:, keep], second[keep], counts[1:]
        weights, fresh = _weights(plan, rows, blocks, counts)
        d = weights @ products @ weights + (fresh**2 / (scale * rows.fresh) if rows.fresh else 0.0)
        v = weights @ second + fresh - d
        if rows.total < rows.pool:
            # the mean of the cut varies about the pool's by the variance of sampling without replacement
            pool, total = scale * rows.pool, scale * rows.total
            extra = v * pool / (pool - 1) * (1 / total - 1 / pool)
            crossing = products @ weights
            d, v = d + extra, v - extra
        else:
            crossing = products @ weights
        if lost:
            v *= scale * rows.total / (scale * rows.total - 1)
        mean_error[t], variance[t] = d, v
        if t + 1 == plan.generations or not (made := plan.rows(t + 2).synthetic):
            continue
        centre = (1 - share) ** 2 * d  # s^2 of the docstring, the square of what the rows lie about
        row = share + (1 - share) * (plan.bias * v + d)
        own = (row - centre) / (scale * made) + centre
        products = _bordered(products, (1 - share) * crossing, float(own))
        second, counts = np.array([*second, row]), np.array([*counts, made])
        if plan.numbers.memory == "all" and len(counts) == 2:
            products, second, counts = _gathered(products, second, counts, real)
    return mean_error, variance


def _bordered(products: Floats, crossing: Floats, own: float) -> Floats:
    """The symmetric matrix with one row and column more."""
    size = len(products)
    grown = np.empty((size + 1, size + 1))
    grown[:size, :size], grown[size, size] = products, own
    grown[:size, size] = grown[size, :size] = crossing
    return grown


def _blocks(plan: ForecastPlan) -> Floats:
    """The numbers of rows by which the set of fixed real rows grows from one used size to the next."""
    sizes = sorted({plan.rows(t).fixed for t in range(1, plan.generations + 1)} - {0})
    return np.diff(np.array([0, *sizes], float))


def _weights(plan: ForecastPlan, rows: RowCounts, blocks: Floats, counts: Floats) -> tuple[Floats, float]:
    """The weight of each group that stays, and of the fresh rows."""
    used = np.where(blocks.cumsum() <= rows.fixed, blocks, 0.0) if len(blocks) else blocks
    real, synthetic = rows.fixed + rows.fresh, float(counts.sum())
    weight = plan.operators.weight
    share = real / (real + synthetic) if weight is None or not synthetic else weight
    scale = share / real if real else 0.0  # the weight of one real row
    other = (1 - share) / synthetic if synthetic else 0.0
    return np.concatenate([used * scale, counts * other]), rows.fresh * scale


def _gathered(products: Floats, second: Floats, counts: Floats, real: int) -> tuple[Floats, Floats, Floats]:
    """All remembered generations as one group, where none is ever forgotten."""
    shares = counts / counts.sum()
    gather = np.zeros((real + 1, real + 2))
    gather[:real, :real] = np.eye(real)
    gather[real, real:] = shares
    return gather @ products @ gather.T, gather @ second, np.array([counts.sum()])
