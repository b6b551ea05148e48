"""A kernel density estimate fitted on its own samples: the loop whose variance grows instead of dying.

A kernel estimate has no sufficient statistic but its rows, so rows are drawn, as many as ROWS of each chain; only the
expected second moment has a closed form, exact at any size. Above that, samples are taken to be normal: exact as
the rows grow, because a normal law smoothed by a normal kernel is normal, and then exact in the expected second moment.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...core.errors import UsageError
from ..families import Quantity, family
from ..laws import ClosedForm
from ..plan import Floats, ForecastPlan, RowCounts, Trajectories
from .descent import descent

ROWS = 1 << 16  # of a chain, up to which every row is drawn: 512 KiB, which stays in the processor's cache
CELLS = 1 << 22  # rows of all chains that are drawn together: 32 MiB an array
RULES = {"scott": 1.0, "silverman": (4 / 3) ** 0.2}  # c of the bandwidth c n^(-1/5) s: Scott 1992, Silverman 1986
MOST_WIDTH = 1e6  # of the truth's deviations; more is a slip
AVERAGED = 20  # chains for each unit of e^(2t/n), the spread of the variance, over which its mean is a test


def growth(rows: float, constant: float) -> float:
    """The factor of the variance per generation at bandwidth c n^(-1/5) s: 1 - 1/n + c^2 n^(-2/5).

    Ref: ours; exact second moment of a kernel estimate of n of its own samples.
    """
    return float(1 - 1 / rows + constant**2 * rows**-0.4)


def fixed_variance(rows: float, width: float, generation: int) -> float:
    """The expected variance of the estimate of fixed bandwidth h at generation t, which settles at n h^2.

    v_t = (1 - 1/n) v_(t-1) + h^2, from v_0 = 1, the truth; t counts fits, the first of them on real rows.

    Ref: ours; exact second moment of a kernel estimate of n of its own samples.
    """
    settled = rows * width**2
    return float(settled + (1 - settled) * (1 - 1 / rows) ** generation)


def kernel_variance(width: str | float, rows: int, variance: Floats) -> Floats:
    """h^2 of each chain, from the variance of its rows (divided by n - 1); a rule is c n^(-1/5) deviations."""
    if isinstance(width, str):
        return RULES[width] ** 2 * rows**-0.4 * variance
    return np.full_like(variance, float(width) ** 2)


def _width(plan: ForecastPlan) -> str | float:
    width = plan.settings["bandwidth"]
    if plan.rows(1).fixed < 2:
        raise UsageError("one row has no variance: give samples=2 or more.")
    if width in RULES:
        return str(width)
    if isinstance(width, str) or not (np.isfinite(width) and 0 <= width <= MOST_WIDTH):
        raise UsageError(f"bandwidth is {width!r}: give scott, silverman, or a number of the truth's deviations.")
    return float(width)


def _laws(plan: ForecastPlan) -> Sequence[ClosedForm]:
    width = _width(plan)

    def spread(second: float, square: float, rows: int) -> float:
        kernel = float(kernel_variance(width, rows, np.array((second - square) * rows / max(rows - 1, 1))))
        return second + plan.bias * kernel

    square, second = descent(plan, spread)  # (generations,) each: of the fitted mean, and of a training row
    totals = np.array([plan.rows(t).total for t in range(1, plan.generations + 1)])
    own = (second - square) * totals / np.maximum(totals - 1, 1)  # the rows' variance, divided by n - 1
    expected = (
        second
        - square
        + np.array([float(kernel_variance(width, int(n), np.array(v))) for n, v in zip(totals, own, strict=True)])
    )
    t = np.arange(1, plan.generations + 1)
    units = max(plan.chains, AVERAGED + 1) / AVERAGED
    testable = 2 * t / totals < np.log(units)  # after that rare chains carry the mean
    text = "v' = v (1 - 1/n + c^2 n^(-2/5))" if isinstance(width, str) else "v' = (1 - 1/n) v + h^2, towards n h^2"
    if not (_replaces(plan) and plan.bias == 1):
        text = "E[variance] by the recursion of descent, a row's second moment growing by h^2"
    return [ClosedForm(text, "ours; exact second moment", "variance", expected, testable)]


def _notes(plan: ForecastPlan) -> Sequence[str]:
    if plan.rows(plan.generations).pool <= ROWS:
        return []
    return [f"Above {ROWS:,} rows samples are taken to be normal: exact in the mean of the variance and as rows grow."]


@family(
    "kernel",
    quantities={
        "variance": Quantity("variance", better=1.0, score="variance_ratio"),
        "mean_error": Quantity("squared error of the mean", score="mean_error"),
    },
    roles={"risk": "variance"},
    chains=200,
    laws=_laws,
    notes=_notes,
)
def kernel(plan: ForecastPlan, rng: np.random.Generator, *, bandwidth: str | float = "scott") -> Trajectories:
    """A kernel density estimate, with a fixed or a scaled bandwidth, refitted on its own samples.

    The truth is N(0, 1), and the variance grows without end. `variance` is that of the estimate, its rows' plus the
    kernel's; `mean_error` the squared mean. Bias scales the kernel's variance when sampling.

    Ref: Kazdan et al. (2024), "Collapse or Thrive?", kernel density sweeps; the second moment is ours.
    """
    width = _width(plan)
    most = max(plan.rows(t).pool for t in {1, min(2, plan.generations), plan.generations})
    if most > ROWS and plan.numbers.budget is not None:
        raise UsageError(f"a budget on more than {ROWS:,} pooled rows has no closed update here: lower samples.")
    loop = _rows_loop if most <= ROWS else _normal_loop
    together = max(1, CELLS // most) if most <= ROWS else plan.chains
    blocks = [min(together, plan.chains - start) for start in range(0, plan.chains, together)]
    steps = [np.stack(loop(plan, width, chains, rng)) for chains in blocks]
    variance, mean = np.moveaxis(np.concatenate(steps, axis=2), 1, 0)  # (generations, chains) each
    return Trajectories({"variance": variance, "mean_error": mean**2})


def _rows_loop(
    plan: ForecastPlan, width: str | float, chains: int, rng: np.random.Generator
) -> list[NDArray[np.float64]]:
    """The variance and mean (2, chains) of each generation, every row drawn."""
    held = max(plan.rows(1).fixed, plan.rows(plan.generations).fixed)
    real = rng.standard_normal((chains, held))  # of which smaller sets are the first columns
    made: list[Floats] = []
    pool, steps = real[:, : plan.rows(1).fixed], []
    for generation in plan.each():
        rows = plan.rows(generation)
        if generation > 1:
            parts = [real[:, : rows.fixed], *made[-rows.kept :]]
            pool = np.concatenate([*parts, rng.standard_normal((chains, rows.fresh))], axis=1)  # (chains, rows.pool)
            pool = rng.permuted(pool, axis=1)[:, : rows.total] if rows.total < rows.pool else pool
        mean, variance = pool.mean(axis=1), pool.var(axis=1)
        size = pool.shape[1]
        smooth = kernel_variance(width, size, variance * size / max(size - 1, 1))
        steps.append(np.stack([variance + smooth, mean]))
        if generation < plan.generations and (count := plan.rows(generation + 1).synthetic):
            picked = np.take_along_axis(pool, rng.integers(0, size, (chains, count)), axis=1)  # (chains, count)
            noise = np.sqrt(plan.bias * smooth)[:, None] * rng.standard_normal((chains, count))
            made.append(picked + noise)
            if plan.numbers.memory != "all":
                made = made[-int(plan.numbers.memory) :]
    return steps


def _normal_loop(
    plan: ForecastPlan, width: str | float, chains: int, rng: np.random.Generator
) -> list[NDArray[np.float64]]:
    """The variance and mean (2, chains) of each generation, from the mean and second moment of each part."""
    zero, one = np.zeros(chains), np.ones(chains)
    fixed = _normal_part(plan.rows(1).fixed, zero, one, rng)
    held, made = plan.rows(1).fixed, list[NDArray[np.float64]]()
    count, steps = 0, []
    for generation in plan.each():
        rows = plan.rows(generation)
        if generation > 1 and rows.fixed not in (0, held):
            raise UsageError(f"above {ROWS:,} rows all fixed rows are kept or none: give fixed as a count.")
        weighed = [(rows.fixed, fixed)] * bool(rows.fixed)  # how many rows, and their moments (2, chains)
        if rows.fresh:
            weighed.append((rows.fresh, _normal_part(rows.fresh, zero, one, rng)))
        weighed += [(count, part) for part in made] if rows.kept else []
        total = sum(size for size, _ in weighed)
        mean, second = np.sum([size / total * part for size, part in weighed], axis=0)
        variance = np.maximum(second - mean**2, 0)
        smooth = kernel_variance(width, total, variance * total / max(total - 1, 1))
        steps.append(np.stack([variance + smooth, mean]))
        if generation < plan.generations and (new := plan.rows(generation + 1).synthetic):
            part = _normal_part(new, mean, variance + plan.bias * smooth, rng)
            if plan.numbers.memory == "all":
                made = [part if not made else (made[0] * count + part * new) / (count + new)]
                count += new
            else:
                made, count = [*made, part][-int(plan.numbers.memory) :], new
    return steps


def _normal_part(rows: int, mean: Floats, variance: Floats, rng: np.random.Generator) -> NDArray[np.float64]:
    """Mean and second moment (2, chains) of so many normal rows."""
    centre = mean + np.sqrt(variance / rows) * rng.standard_normal(len(mean))
    within = variance * rng.chisquare(rows - 1, len(mean)) / rows if rows > 1 else np.zeros(len(mean))  # divided by n
    return np.stack([centre, centre**2 + within])


def _replaces(plan: ForecastPlan) -> bool:
    if plan.generations == 1:
        return True
    rows: RowCounts = plan.rows(plan.generations)
    return rows.fixed == rows.fresh == 0 and rows.kept == 1 and rows.total == plan.rows(1).fixed
