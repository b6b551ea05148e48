"""Pilot: from some calls of a source, an interval of what so many new things will cost in all.

Calls differ in length and in how many things they bring, and what they bring is new more and more rarely. Runs that go
on from the pilot are simulated: each draws a law of new things from those that the pilot makes likely, weights the
pilot's calls anew, and takes calls by these weights until it has enough.

The n-th thing is of a new class with the chance (theta + sigma k) / (theta + n) where there are k classes: with
sigma > 0 classes grow as a power of the things and never end, with sigma < 0 there are -theta / sigma in all.

Ref: Pitman (1995), "Exchangeable and partially exchangeable random partitions"; Lijoi, Mena and Pruenster (2007) for
new species after a sample; Rubin (1981), "The Bayesian bootstrap".
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..core.errors import must
from .intervals import Score

CONFIDENCE = 0.9  # of the interval of what a run will take
TAIL = 0.03  # of the simulated runs beyond each end, instead of .05, since no source has just one of these laws
RUNS = 1000  # that are simulated
MOST = 200_000  # calls of a simulated run, after which it is taken never to end
SIGMAS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9)  # laws without an end
WEIGHTS = (1.0, 5.0)  # -sigma of laws with one: classes that differ much, and hardly
ENDED = 0.1  # the chance of a law with an end, before the pilot
SIZES = np.geomspace(1, 1e6, 61)  # theta, or the number of classes

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pilot:
    """Calls of a source in their order: of each how many things it `offered`, how many were `new`, and what it cost.

    Things that could never be new, such as copies of what was known before and broken ones, are not offered.
    """

    offered: Sequence[int]
    new: Sequence[int]
    costs: Mapping[str, Sequence[float]]

    def __post_init__(self) -> None:
        must(len(self.offered) >= 2, "offered", len(self.offered), "two calls or more")
        must(
            all(0 <= b <= a for a, b in zip(self.offered, self.new, strict=True)), "new", "more", "at most the offered"
        )
        for name, values in self.costs.items():
            must(len(values) == len(self.offered), f"costs of {name}", len(values), "one of each call")


def total_cost(pilot: Pilot, new: int, rng: np.random.Generator, runs: int = RUNS) -> dict[str, Score]:
    """What `new` new things cost in all, the pilot with them, with 90 % prediction intervals, and "calls".

    The value is the median. An end that so few calls do not bound, because the source may be used up before, is NaN,
    and so is a cost that was not known of a call. Where the costs have a "calls", such as follow-ups, it stands.
    """
    calls, taken = _simulated(pilot, new, rng, runs)  # (runs,), (runs, calls of the pilot)
    costs = np.array([*pilot.costs.values()], float).reshape(len(pilot.costs), -1)
    totals = dict(zip(pilot.costs, costs @ taken.T + costs.sum(axis=1, keepdims=True), strict=True))
    endless = calls >= MOST
    return {name: _score(np.where(endless, math.inf, total), len(pilot.offered))
            for name, total in {"calls": calls + len(pilot.offered), **totals}.items()}  # fmt: skip


def _score(totals: Floats, n: int) -> Score:
    if np.isnan(totals).any():
        return Score(math.nan, math.nan, math.nan, 0)
    value, low, high = np.quantile(totals, [0.5, TAIL, 1 - TAIL], method="inverted_cdf")
    value, low, high = (float(end) if math.isfinite(end) else math.nan for end in (value, low, high))
    return Score(value, low, high, n)


def _simulated(pilot: Pilot, new: int, rng: np.random.Generator, runs: int) -> tuple[Floats, Floats]:
    """How many calls more each run takes, and how often each call of the pilot stands for one of them."""
    offered = np.array(pilot.offered, float)
    sigma, theta = _laws(pilot, rng, runs)
    weights = rng.dirichlet(np.full(len(offered), _spread(len(offered))), runs)
    bounds = weights.cumsum(axis=1)
    n, k = np.full(runs, offered.sum()), np.full(runs, float(sum(pilot.new)))
    calls, taken = np.zeros(runs), np.zeros((runs, len(offered)))
    if not offered.any():
        return np.full(runs, float(MOST)), taken
    going = np.flatnonzero(k < new)
    step = 1
    while len(going):
        drawn = (rng.random(len(going))[:, None] > bounds[going, :-1]).sum(axis=1)
        things = offered[drawn] * step
        chance = np.clip((theta[going] + sigma[going] * k[going]) / (theta[going] + n[going]), 0, 1)
        k[going] += rng.binomial(things.astype(int), chance)
        n[going] += things
        calls[going] += step
        taken[going, drawn] += step
        going = going[(k[going] < new) & (calls[going] < MOST)]
        step = max(1, int(calls.max() // 200))  # long runs take calls of a kind together
    return calls, taken


def _laws(pilot: Pilot, rng: np.random.Generator, runs: int) -> tuple[Floats, Floats]:
    """Laws (sigma, theta) of new things, each as often as the pilot makes it likely."""
    laws = [(sigma, float(theta)) for sigma in SIGMAS for theta in SIZES]
    laws += [(-weight, weight * float(size)) for weight in WEIGHTS for size in SIZES]
    sigma, theta = np.array(laws).T
    likely = np.where(sigma < 0, math.log(ENDED / len(WEIGHTS)), math.log((1 - ENDED) / len(SIGMAS)))
    n = k = 0
    for offered, new in zip(pilot.offered, pilot.new, strict=True):
        chance = np.clip((theta + sigma * k) / np.maximum(theta + n + (offered - 1) / 2, 1e-9), 0, 1)
        with np.errstate(divide="ignore"):
            likely += _times(new, np.log(chance)) + _times(offered - new, np.log1p(-chance))
        n, k = n + offered, k + new
    weights = np.exp(likely - likely.max()) if np.isfinite(likely.max()) else np.ones(len(laws))
    drawn = rng.choice(len(laws), runs, p=weights / weights.sum())
    return sigma[drawn], theta[drawn]


def _times(count: int, logs: ArrayLike) -> Floats:
    return np.asarray(count * np.asarray(logs)) if count else np.zeros(np.shape(logs))


def _spread(calls: int) -> float:
    """The parameter of the weights with which means vary as Student's quantile says, not the normal one."""
    from scipy.special import ndtri, stdtrit

    upper = (1 + CONFIDENCE) / 2
    ratio = (float(stdtrit(calls - 1, upper)) / float(ndtri(upper))) ** 2
    return float(max(0.05, ((calls - 1) / ratio - 1) / calls))
