"""Laws over types: two of them, K of them, and a vocabulary whose frequencies fall by Zipf's law."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ....core.errors import UsageError
from ...families import Quantity, family
from ...laws import ClosedForm
from ...plan import Floats, ForecastPlan, Trajectories
from ..descent import descent
from ..poisson import poisson
from .formulas import missing_mass, survival_rates, types_seen
from .laws import Truth
from .loop import simulate

__all__ = ["bernoulli", "categorical", "poisson", "truth_of", "zipf", "zipf_shares"]

ROLES = {"risk": "total_variation", "variety": "heterozygosity", "tails": "types", "modes": "types"}
QUANTITIES = {
    "heterozygosity": Quantity("heterozygosity", better=1.0),
    "entropy": Quantity("entropy", better=1.0),
    "types": Quantity("types alive", (0.0, 1.0), better="higher"),
    "missing": Quantity("mass of the lost types", (0.0, 1.0)),
    "top": Quantity("share of the commonest type", better=1.0),
    "squared_error": Quantity("squared error of the law"),
    "total_variation": Quantity("total variation", (0.0, 1.0)),
    "fixed": Quantity("loops with one type left", (0.0, 1.0)),
    "wrong": Quantity("wrong rows", (0.0, 1.0)),
}
OPERATORS = ("weight", "choices", "phi", "psi", "correction")
REFUSED = {"extrapolation": "the log probability of a type that the model has lost is not finite"}
CARRIED = 50  # a mean over chains is tested while at least so many carry it: a figure of fewer is far from normal
MOST_TYPES = 10**7  # an array over them is 80 MB a chain
MOST_EXPONENT = 10  # of Zipf's law: the second type has a thousandth of the first
MOST_EXACT = 10**15  # doubles hold whole numbers up to 9e15
TINY = 1e-6  # expected squares below this are tested over their value (see _relative)
SMALLEST, LARGEST = 1e-300, 1e300  # keep quotients and powers within what a double holds


def zipf_shares(types: int, exponent: float, shift: float = 0.0) -> Floats:
    """The probabilities (types,) of Zipf's law: p_i proportional to 1 / (i + shift)^exponent, i from 1.

    Ref: Zipf (1949); Mandelbrot (1953) for the shift.
    """
    weights = (np.arange(1, types + 1) + shift) ** -float(exponent)
    return weights / weights.sum()


def truth_of(plan: ForecastPlan) -> Truth:
    """The real law that the settings of a discrete plan describe."""
    settings = plan.settings
    if plan.family == "bernoulli":
        p = settings["probability"]
        if not 0 < p < 1:
            raise UsageError(f"the probability is {p}: give a number between 0 and 1.")
        return Truth.of([p, 1 - p], settings["reward"], 0.5 if plan.operators.phi is not None else 0.0)
    types = settings["types"]
    listed = settings.get("probabilities")
    if listed is not None:
        return Truth.of(_listed(listed), settings["reward"], _wrong(plan))
    if not 2 <= types <= MOST_TYPES:
        raise UsageError(f"types is {types}: give a whole number from 2 to {MOST_TYPES:,}.")
    exponent, shift = settings.get("exponent", 0.0), settings.get("shift", 0.0)
    if not (np.isfinite(exponent) and 0 <= exponent <= MOST_EXPONENT and np.isfinite(shift) and shift > -1):
        raise UsageError(
            f"Zipf's law has exponent {exponent} and shift {shift}: give 0 to {MOST_EXPONENT}, and a shift above -1."
        )
    return Truth.of(zipf_shares(types, exponent, shift), settings["reward"], _wrong(plan))


def _listed(text: Any) -> Floats:
    """The probabilities written as 0.7/0.2/0.1, in any unit."""
    try:
        shares = np.array([float(share) for share in str(text).split("/")])
    except ValueError:
        shares = np.array([])
    if len(shares) < 2 or not (shares > 0).all() or not np.isfinite(shares).all():
        raise UsageError(f"probabilities is {text!r}: write two or more numbers above 0, as in 0.7/0.2/0.1.")
    return shares


def _wrong(plan: ForecastPlan) -> float:
    share = plan.settings["wrong"]
    if not 0 <= share < 1:
        raise UsageError(f"wrong is {share}: give the share of the types that a verifier should reject, below 1.")
    return float(share)


def discrete_laws(plan: ForecastPlan) -> Sequence[ClosedForm]:
    """What theory says of the plan: exact second moments without bias, survival, missing mass, and limits."""
    truth = truth_of(plan)
    return [*_first_generation(plan, truth), *_moments(plan, truth), *_survival(plan, truth), *_limits(plan, truth)]


def _first_generation(plan: ForecastPlan, truth: Truth) -> list[ClosedForm]:
    """What n real rows show, which holds in every regime."""
    p, n = truth.probability, plan.rows(1).fixed
    after = np.full(plan.generations - 1, np.nan)
    seen, missing = types_seen(n, p) / len(p), missing_mass(n, p)
    good = ClosedForm("E[types] = mean over types of 1 - (1 - p)^n at t = 1", "exact", "types", np.append(seen, after))
    mass = ClosedForm("E[missing] = sum p (1 - p)^n at t = 1", "Good (1953)", "missing", np.append(missing, after))
    rare = plan.chains * len(p) * min(seen, 1 - seen) >= CARRIED  # how many types of all chains are on the rarer side
    heavy = missing * plan.chains >= CARRIED * (p * np.exp(n * np.log1p(-p))).max() / max(missing, SMALLEST)
    return [law for law, carried in ((good, rare), (mass, rare and heavy)) if carried]


def _moments(plan: ForecastPlan, truth: Truth) -> list[ClosedForm]:
    """The martingale and the second moment, exact under any five numbers where nothing bends the law."""
    operators = plan.operators
    if plan.bias != 1 or operators.choices not in (None, 1) or (operators.phi != operators.psi):
        return []
    p = truth.probability
    square, _ = descent(plan, lambda second, square, rows: 1.0, pull=1 / (1 + operators.correction))
    scale = 1 - (p**2).sum()  # the chance that two real rows differ
    # once nearly all chains are fixed, the few that are not carry the mean
    still = 1 - square >= min(0.5, CARRIED / plan.chains)
    top = p.max()
    pooled = "" if _replaces(plan) else ", k by the recursion of descent over the parts of the training set"
    kept = "(1 - 1/n)^t" if _replaces(plan) else "1 - k(t)"
    laws = [
        ClosedForm(
            f"E[1 - sum p^2] = (1 - sum q^2) {kept}{pooled}", _wright(plan), "heterozygosity", 1 - square, still
        ),
        _relative(
            f"E[sum (p - q)^2] = (1 - sum q^2) (1 - {kept}){pooled}",
            _wright(plan),
            lambda trajectories: trajectories["squared_error"],
            scale * square,
            still,
            "squared_error",
        ),
    ]
    if plan.chains * top * (1 - top) >= CARRIED:
        laws.append(ClosedForm("E[p] = q, a martingale", "Seddik et al. (2024)", "top", np.ones(plan.generations)))
        laws.append(
            _relative(
                f"Var p = q (1 - q) (1 - {kept}){pooled}",
                _wright(plan),
                lambda trajectories: (trajectories["top"] - 1) ** 2,
                square * (1 - top) / top,
                still,
                "top, squared distance",
            )
        )
    return laws


def _relative(
    formula: str, source: str, measured: Callable[[Trajectories], Floats], expected: Floats, testable: Any, name: str
) -> ClosedForm:
    """A law of a square; where squares are too small to be held apart from rounding, over its expected value."""
    if np.nanmax(expected) > TINY:
        return ClosedForm(formula, source, measured, expected, testable, name=name)
    relative = np.where(np.isnan(expected), np.nan, 1.0)
    return ClosedForm(
        f"{formula}, shown over its value",
        source,
        lambda trajectories: measured(trajectories) / expected[:, None],
        relative,
        testable,
        name=f"{name} over expected",
    )


def _survival(plan: ForecastPlan, truth: Truth) -> list[ClosedForm]:
    """How many types are alive in the fully synthetic loop."""
    if not _replaces(plan) or plan.bias != 1 or set(plan.operators.used) - {"weight"}:
        return []
    counts = plan.samples * truth.probability  # (types,)
    expected = np.array([-np.expm1(-counts * g).mean() for g in survival_rates(plan.generations)])
    expected[0] = np.nan  # known exactly, see _first_generation
    off = "rare types and n without end; within 1 % at n = 1000"
    formula = "E[types] = mean of 1 - exp(-n p g_t), g_1 = 1, g_(t+1) = 1 - exp(-g_t)"
    return [ClosedForm(formula, "Suresh et al. (2024)", "types", expected, approximate=off)]


def _limits(plan: ForecastPlan, truth: Truth) -> list[ClosedForm]:
    """Where the law goes with samples without end, for the operators whose path closes: temperature and curation."""
    operators = plan.operators
    used = set(operators.used)
    tilts = operators.choices is not None and np.isinf(operators.choices)
    if not _replaces(plan) or not ((plan.bias != 1 and not used) or (tilts and used == {"choices"} and plan.bias == 1)):
        return []
    t = np.arange(plan.generations)[:, None]  # (generations, 1)
    logs = np.log(truth.probability)
    with np.errstate(over="ignore"):
        paths = logs + t * truth.reward if tilts else logs * np.minimum(plan.bias ** -t.astype(float), LARGEST)
    paths = np.exp(paths - paths.max(axis=1, keepdims=True))  # (generations, types)
    paths /= paths.sum(axis=1, keepdims=True)
    top = truth.probability.argmax()
    formula = "p_t proportional to q e^((t-1) r)" if tilts else "p_t proportional to q^(1 / T^(t-1))"
    source = "Ferbach et al. (2024), infinite K" if tilts else "log odds multiply by 1/T in each generation"
    expected = paths[:, top] / truth.probability[top]
    return [ClosedForm(formula, source, "top", expected, approximate="samples without end: drift is left out")]


def _replaces(plan: ForecastPlan) -> bool:
    """Whether every generation learns only from the last one, and from as many rows as the first."""
    if plan.generations == 1:
        return True
    rows = plan.rows(plan.generations)
    return rows.fixed == rows.fresh == 0 and rows.kept == 1 and rows.total == rows.synthetic == plan.rows(1).fixed


def _wright(plan: ForecastPlan) -> str:
    return "Wright (1931); Seddik et al. (2024)" if _replaces(plan) else "ours; descent.py"


def discrete_notes(plan: ForecastPlan) -> Sequence[str]:
    """What the plan leaves out."""
    notes = []
    if plan.operators.phi is not None:
        notes.append("The rows counted are those that pass the verifier; more must be made where it rejects many.")
    if plan.samples > MOST_EXACT:
        notes.append("Above 10^15 samples single counts are exact only to the rounding of double precision.")
    return notes


@family(
    "bernoulli",
    quantities=QUANTITIES,
    operators=OPERATORS,
    refused=REFUSED,
    roles=ROLES | {"made_up": "wrong"},
    laws=discrete_laws,
    notes=discrete_notes,
)
def bernoulli(
    plan: ForecastPlan, rng: np.random.Generator, *, probability: float = 0.5, reward: float = 1.0
) -> Trajectories:
    """A coin: the share of one of two outcomes, learnt from its own tosses.

    Ref: Wright (1931); Seddik et al. (2024), "How Bad is Training on Synthetic Data?".
    """
    return simulate(truth_of(plan), plan, rng)


@family(
    "categorical",
    quantities=QUANTITIES,
    operators=OPERATORS,
    refused=REFUSED,
    roles=ROLES | {"made_up": "wrong"},
    laws=discrete_laws,
    notes=discrete_notes,
)
def categorical(
    plan: ForecastPlan,
    rng: np.random.Generator,
    *,
    types: int = 10,
    probabilities: str | None = None,
    wrong: float = 0.0,
    reward: float = 1.0,
) -> Trajectories:
    """K types, equally likely or with given probabilities, learnt from their own samples.

    Ref: Wright (1931); Kazdan et al. (2024), "Collapse or Thrive?", discrete sweep.
    """
    return simulate(truth_of(plan), plan, rng)


@family(
    "zipf",
    quantities=QUANTITIES,
    operators=OPERATORS,
    refused=REFUSED,
    roles=ROLES | {"made_up": "wrong"},
    chains=20,
    laws=discrete_laws,
    notes=discrete_notes,
)
def zipf(
    plan: ForecastPlan,
    rng: np.random.Generator,
    *,
    types: int = 100_000,
    exponent: float = 1.0,
    shift: float = 0.0,
    wrong: float = 0.0,
    reward: float = 1.0,
) -> Trajectories:
    """A vocabulary whose word frequencies fall by Zipf's law, learnt from its own text.

    Ref: Suresh et al. (2024), "Rate of Model Collapse in Recursive Training", unigrams; Zipf (1949).
    """
    return simulate(truth_of(plan), plan, rng)
