"""Linear regression that relabels its own inputs: the loop of the fitted coefficients.

Rows are (x, y) with x ~ N(0, I) of `dimensions` and y = x beta + noise of variance 1. A generation's model labels new
rows, y = x beta_hat + noise. What a fit needs of a set of rows is X'X, a Wishart matrix, and X'(y - x beta), which
is normal given X'X; both are drawn exactly, at a cost that does not depend on the number of rows.
"""

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ...core.errors import UsageError
from ..families import Quantity, family
from ..laws import ClosedForm
from ..plan import Floats, ForecastPlan, RowCounts, Trajectories
from .descent import descent

MOST_DIMENSIONS = 1000  # a Wishart matrix of a chain is 8 MB there
CELLS = 2**22  # numbers in the matrices of the chains that are simulated together: 32 MiB
Part = tuple[NDArray[np.float64], NDArray[np.float64]]  # X'X (chains, d, d) and X'(y - x beta) (chains, d)


def step(rows: float, dimensions: int) -> float:
    """E|error|^2 of one fit on so many rows: d / (T - d - 1), infinite where T <= d + 1.

    Ref: Gerstgrasser et al. (2024), b sigma^2 with the inverse Wishart mean.
    """
    return dimensions / (rows - dimensions - 1) if rows > dimensions + 1 else np.inf


def _settings(plan: ForecastPlan) -> tuple[int, str, bool]:
    dimensions, design, grow = (plan.settings[name] for name in ("dimensions", "design", "grow"))
    if not 1 <= dimensions <= MOST_DIMENSIONS:
        raise UsageError(f"dimensions is {dimensions}: give a whole number from 1 to {MOST_DIMENSIONS}.")
    if plan.numbers.budget is not None:
        raise UsageError("a budget has no closed update in regression: leave it out.")
    for generation in {1, min(2, plan.generations), plan.generations}:
        rows = plan.rows(generation)
        if rows.total <= dimensions:
            raise UsageError(f"{rows.total} rows do not determine {dimensions} coefficients: raise samples.")
        if design == "fixed" and not {rows.fixed, rows.fresh, rows.synthetic} <= {0, plan.samples}:
            raise UsageError(
                "with the fixed design every set has the same inputs: fixed and fresh must be 0 or samples."
            )
    if grow and not _replaces(plan):
        raise UsageError("grow=true is the growing fully synthetic loop: leave fixed, fresh and memory out.")
    return dimensions, design, bool(grow)


def _laws(plan: ForecastPlan) -> Sequence[ClosedForm]:
    dimensions, design, grow = _settings(plan)
    t = np.arange(1, plan.generations + 1, dtype=np.float64)
    source = "Gerstgrasser et al. (2024), replace and accumulate"
    b = step(plan.rows(1).fixed, dimensions)
    later = plan.rows(min(2, plan.generations))
    heavy = plan.rows(1).fixed <= dimensions + 3  # an inverse Wishart has no variance there: the mean is no test
    if not np.isfinite(b) or heavy:
        return []
    if grow:
        noise = np.array([plan.bias if at else 1.0 for at in range(plan.generations)])  # (generations,), of the labels
        expected = np.cumsum(noise * np.array([step(plan.samples * int(at), dimensions) for at in t]))
        return [ClosedForm("E[error] = sum over i of d / (T i - d - 1)", source, "error", expected)]
    if (_replaces(plan) and plan.rows(1).fixed == later.synthetic) or plan.generations == 1:
        text = "E[error] = b t, b = d / (T - d - 1)" + ("" if plan.bias == 1 else ", b times the bias from t = 2 on")
        return [ClosedForm(text, source, "error", np.asarray(b * (1 + plan.bias * (t - 1)), np.float64))]
    if design == "fixed":
        rows = plan.samples
        square, _ = descent(plan, lambda second, square, _: square + plan.bias * rows, real=float(rows))
        text = "E[error] = b k(t), b = d / (T - d - 1), k by the recursion of descent; accumulate: k = sum 1/i^2"
        return [ClosedForm(text, source, "error", b * square)]
    return []


def _notes(plan: ForecastPlan) -> Sequence[str]:
    return ["Errors are in units of the noise variance; inputs are standard normal."]


@family(
    "regression",
    quantities={"error": Quantity("excess test error")},
    operators=("weight",),
    roles={"risk": "error"},
    laws=_laws,
    notes=_notes,
)
def regression(
    plan: ForecastPlan,
    rng: np.random.Generator,
    *,
    dimensions: int = 5,
    design: Literal["fixed", "fresh"] = "fixed",
    grow: bool = False,
) -> Trajectories:
    """Linear regression on labels of its own making, with fixed or fresh inputs.

    `error` is the excess test error |beta_hat - beta|^2, in units of the noise variance. `design=fixed` gives every
    set of rows the same inputs, `fresh` draws new inputs for each; with `grow` generation t is fitted on t times as
    many rows, all of the last model and all with new inputs. Bias scales the variance of the noise that the model adds.

    Ref: Gerstgrasser et al. (2024), "Is Model Collapse Inevitable?"; Dohmatob et al. (2024), "Demystified".
    """
    _settings(plan)
    most = max(1, CELLS // dimensions**2)
    blocks = [min(most, plan.chains - start) for start in range(0, plan.chains, most)]
    errors = [np.stack(_errors(plan, chains, dimensions, design, grow, rng)) for chains in blocks]
    return Trajectories({"error": np.concatenate(errors, axis=1)})


def _errors(
    plan: ForecastPlan, chains: int, dimensions: int, design: str, grow: bool, rng: np.random.Generator
) -> list[Floats]:
    """|error|^2 (chains,) of each generation."""
    shared = wishart(plan.samples, dimensions, chains, rng) if design == "fixed" and not grow else None
    zero = np.zeros((chains, dimensions))

    def rows_of(count: int, error: Floats, noise: float = 1.0) -> Part:
        """A set of rows that a model with this error labels."""
        root = shared if shared is not None else wishart(count, dimensions, chains, rng)
        gram = root @ root.transpose(0, 2, 1)  # (chains, d, d), X'X
        # given X'X, X'noise is N(0, X'X), which a root of it makes of plain normals: (chains, d)
        label = (root @ rng.standard_normal((chains, dimensions, 1)))[..., 0]
        return gram, (gram @ error[..., None])[..., 0] + np.sqrt(noise) * label

    fixed = rows_of(plan.rows(1).fixed, zero)
    error, made = _solve([fixed], [1.0]), list[Part]()
    squares = [(error**2).sum(axis=1)]
    held = plan.rows(1).fixed
    for generation in plan.each(2):
        rows = plan.rows(generation)
        if rows.fixed not in (0, held):
            raise UsageError("regression keeps all of its fixed rows or none: give fixed as a count.")
        if rows.synthetic:
            made.append(rows_of(rows.synthetic * (generation if grow else 1), error, plan.bias))
        if plan.numbers.memory == "all" and len(made) > 1:
            made = [(made[0][0] + made[1][0], made[0][1] + made[1][1])]
        made = made[-rows.kept :]
        real = [fixed] * bool(rows.fixed) + ([rows_of(rows.fresh, zero)] if rows.fresh else [])
        error = _solve([*real, *made], _scales(rows, len(real), len(made), plan.operators.weight))
        squares.append((error**2).sum(axis=1))
    return squares


def _scales(rows: RowCounts, real: int, made: int, weight: float | None) -> list[float]:
    """What each row of each part counts for in the least squares."""
    if weight is None or not real or not made:
        return [1.0] * (real + made)
    each = weight / (rows.fixed + rows.fresh), (1 - weight) / (rows.kept * rows.synthetic)
    return [each[0]] * real + [each[1]] * made


def _solve(parts: list[Part], scales: list[float]) -> Floats:
    """The error of the least-squares fit on these rows."""
    gram: Any = sum(scale * part[0] for scale, part in zip(scales, parts, strict=True))
    label: Any = sum(scale * part[1] for scale, part in zip(scales, parts, strict=True))
    return np.linalg.solve(gram, label[..., None])[..., 0]  # (chains, d)


def _replaces(plan: ForecastPlan) -> bool:
    if plan.generations == 1:
        return True
    rows = plan.rows(plan.generations)
    return rows.fixed == rows.fresh == 0 and rows.kept == 1


def wishart(rows: int, dimensions: int, chains: int, rng: np.random.Generator) -> Floats:
    """Lower triangular roots (chains, d, d) of X'X for `rows` standard normal rows, which may be fewer than d.

    Ref: Bartlett (1933), decomposition; with fewer rows the root has that many columns.
    """
    if rows < dimensions:
        return rng.standard_normal((chains, dimensions, rows))
    root = np.tril(rng.standard_normal((chains, dimensions, dimensions)), -1)
    at = np.arange(dimensions)
    root[:, at, at] = np.sqrt(rng.chisquare(rows - at, (chains, dimensions)))  # rows - i degrees in row i, from 0 on
    return root
