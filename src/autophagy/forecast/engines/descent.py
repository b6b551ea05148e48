"""The exact second moment of a loop's fitted mean, under any five numbers.

Every part of a training set (fixed rows, fresh rows, the rows of each remembered generation) has a mean, and the
expected products of these means, taken about the truth, close on themselves: new rows have the products of the fit
that made them, and one more of their own. For one-hot rows the product of two parts, over its value for one
row with itself, is the chance that a row of each descends from the same real row, whence the name.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ..plan import Floats, ForecastPlan, RowCounts

Spread = Callable[[float, float, int], float]


def descent(plan: ForecastPlan, spread: Spread, *, real: float = 1.0, pull: float = 1.0) -> tuple[Floats, Floats]:
    """E|fitted mean - truth|^2 and E|training row - truth|^2, each (generations,).

    `spread(second, square, rows)` says what E|row - truth|^2 the model gives its samples that was fitted on so many
    rows with these two moments. `real` is that moment of a real row, and the unit of the result; `pull` is the
    factor by which sampling draws the fitted mean towards the truth. Values are NaN from the generation on in
    which the count of fixed rows changes, because nested sets of fixed rows have no closed recursion here.
    """
    square, second = np.full(plan.generations, np.nan), np.full(plan.generations, np.nan)
    first, later = plan.rows(1).fixed, plan.rows(min(2, plan.generations)).fixed  # sizes of the fixed set
    # two parts of real rows: those that every generation uses, and those that only the larger set holds
    sizes = [min(first, later), abs(first - later)] if plan.generations > 1 else [first, 0]
    products = np.diag([real / max(size, 1) for size in sizes])  # (parts, parts), means of unlike rows are independent
    seconds = np.array([real, real])  # (parts,), E|row - truth|^2
    for at in range(plan.generations):
        rows = plan.rows(at + 1)
        if at and rows.fixed != later:
            break
        used = np.array([*_real(sizes, rows.fixed), *_made(plan, rows, len(seconds) - 2)], float)  # (parts,)
        shares, fresh = _shares(plan, used, rows)
        second[at] = shares @ seconds + fresh * real  # of a training row, which is of each part by its share
        pooled = float(shares @ products @ shares) + (fresh**2 * real / rows.fresh if rows.fresh else 0.0)
        cut = rows.total < rows.pool
        square[at] = _cut(pooled, float(second[at]), rows) if cut else pooled
        made = plan.rows(2).synthetic if at + 1 < plan.generations else 0
        if made == 0:
            continue
        moment = spread(second[at], square[at], rows.total)
        # two of the new rows: with chance 1/made the same one, else independent about the fitted mean
        own = (1 - 1 / made) * pull**2 * square[at] + moment / made
        products, seconds = _remember(plan, products, seconds, pull * shares @ products, own, moment, at)
    return square, second


def _real(sizes: list[int], fixed: int) -> list[int]:
    """How many of the two sets of real rows that generation uses: the shared ones, and the difference."""
    return [sizes[0], fixed - sizes[0]]


def _made(plan: ForecastPlan, rows: RowCounts, parts: int) -> list[int]:
    """How many synthetic rows stand behind each part: all in one with endless memory, else one generation each."""
    if plan.numbers.memory == "all":
        return [rows.kept * rows.synthetic] * parts
    return [rows.synthetic] * parts


def _shares(plan: ForecastPlan, used: Floats, rows: RowCounts) -> tuple[Floats, float]:
    """The training weight of each part, and of the fresh rows; they add up to 1."""
    weight = plan.operators.weight
    real, made = used[:2].sum() + rows.fresh, used[2:].sum()
    if weight is None or not real or not made:
        return used / (real + made), rows.fresh / (real + made)
    scale = np.where(np.arange(len(used)) < 2, weight / real, (1 - weight) / made)
    return used * scale, rows.fresh * weight / real


def _cut(pooled: float, second: float, rows: RowCounts) -> float:
    """The square of the mean of `total` of `pool` rows, drawn without replacement."""
    pairs = (rows.pool * pooled - second) / max(rows.pool - 1, 1)  # the product of two unlike rows of the pool
    return second / rows.total + (1 - 1 / rows.total) * pairs


def _remember(
    plan: ForecastPlan,
    products: NDArray[np.float64],
    seconds: Floats,
    cross: Floats,
    own: float,
    moment: float,
    at: int,
) -> tuple[NDArray[np.float64], Floats]:
    """The products and moments with the new generation in them, and without what is forgotten."""
    products = np.block([[products, cross[:, None]], [cross[None, :], np.array([[own]])]])
    seconds = np.append(seconds, moment)
    parts = len(seconds) - 2
    if plan.numbers.memory == "all":
        if parts == 2:  # one mean for everything made so far: `at` generations and the new one
            mix = np.zeros((3, 4))  # from both real parts, the old whole and the new generation
            mix[0, 0] = mix[1, 1] = 1
            mix[2, 2:] = np.array([at, 1]) / (at + 1)
            return mix @ products @ mix.T, mix @ seconds
        return products, seconds
    if parts > int(plan.numbers.memory):
        return np.delete(np.delete(products, 2, 0), 2, 1), np.delete(seconds, 2)
    return products, seconds
