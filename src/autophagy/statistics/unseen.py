"""Unseen: how much of what a source would give has not come yet, and how many calls so many new things take.

Things of one kind count as one class, and things come in calls. A class that a single call brought tells of those that
no call has brought: the more there are, the more are still to come. Counting by calls, the things of one call may be as
alike as they want. Where every call brings one thing, these are the textbook's estimators.

Ref: Good (1953), "The population frequencies of species and the estimation of population parameters".
"""

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .intervals import Score
from .paired import NORMAL, UNKNOWN, wilson

STEPS = 120  # sizes that are tried for one number of calls

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Outlook:
    """What is still to come: the `unseen` share of the next things, and the `calls` that so many new ones take.

    `by` says how: "Good-Toulmin" up to as many calls again as there were, "smoothed" some way beyond, where the
    interval leaves out the bias, and "rate" where the new things lie too far ahead: then `calls` has a lower end alone,
    since new things never become more frequent.
    """

    unseen: Score
    calls: Score
    by: str


@dataclass(frozen=True)
class Seen:
    """How many of `things` in `calls` are of classes that k calls brought, `times[k - 1]`, and how they vary."""

    things: int
    calls: int
    times: Floats
    single: Floats  # (calls,) classes of each call that it alone brought
    double: Floats  # (calls,) and those that one other call brought, too
    sizes: Floats  # (calls,) things of each call

    @classmethod
    def of(cls, classes: Sequence[Hashable | None], calls: Sequence[Hashable]) -> "Seen":
        """The class of each thing, None for what was known before the first call, and the call that brought it."""
        names = {name: place for place, name in enumerate(dict.fromkeys(calls))}
        pairs = {(kind, names[call]) for kind, call in zip(classes, calls, strict=True) if kind is not None}
        often = Counter(kind for kind, _ in pairs)
        seen = np.zeros((3, len(names)))
        for kind, place in pairs:
            if often[kind] < 3:
                seen[often[kind] - 1, place] += 1
        for call in calls:
            seen[2, names[call]] += 1
        times = np.bincount(list(often.values()) or [0], minlength=3)[1:].astype(np.float64)
        return cls(len(classes), len(names), times, *seen)


def unseen_share(seen: Seen) -> Score:
    """The share of the next things that will be of a class which nothing before them is of; n counts the things.

    It is the number of classes that one call alone brought over that of things, with Esty's variance, summed by call.

    Ref: Good (1953); Esty (1983), "A normal limit law for a nonparametric estimator of the coverage of a sample".
    """
    if seen.calls < 2:
        return UNKNOWN
    share = float(seen.times[0]) / seen.things
    spread = float(np.sum((seen.single - share * seen.sizes) ** 2) + np.sum(seen.double**2))
    variance = spread / seen.things**2
    trials = share * (1 - share) / variance if 0 < share < 1 and variance > 0 else float(seen.things)
    return Score(share, *wilson(share, trials), seen.things)


def outlook(classes: Sequence[Hashable | None], calls: Sequence[Hashable], new: int = 1000) -> Outlook:
    """What is still to come after things of these classes in these calls, and the calls that `new` new ones take.

    The class None is of what was known before. The calls are taken to be alike: a source that learns or tires, or is
    shown what it gave, is none such, and then this is what holds if it goes on as until now. An end that is not known
    is NaN.

    Ref: Good and Toulmin (1956); Efron and Thisted (1976) for the variance; Orlitsky, Suresh and Wu (2016), "Optimal
    prediction of the number of unseen species", for the smoothing beyond as many again.
    """
    seen = Seen.of(classes, calls)
    share = unseen_share(seen)
    if not share.n:
        return Outlook(UNKNOWN, UNKNOWN, "")
    far = max(1.0, math.log(seen.calls))
    ahead = np.geomspace(1 / seen.calls, far, STEPS)  # (steps,) in units of the calls that there were
    value, error = (np.array(column) for column in zip(*(_to_come(seen, t) for t in ahead), strict=True))
    at, low, high = (_first(ahead, line, new) * seen.calls for line in (value, value + error, value - error))
    if math.isnan(at):
        rate = seen.things * share.high / seen.calls
        return Outlook(share, Score(math.nan, new / rate, math.nan, seen.calls), "rate")
    return Outlook(share, Score(at, low, high, seen.calls), "Good-Toulmin" if at <= seen.calls else "smoothed")


def to_come(seen: Seen, times: float) -> Score:
    """How many new classes `times` as many calls again bring, with the interval of what will really come."""
    value, error = _to_come(seen, times)
    return Score(value, max(0.0, value - error), value + error, seen.calls)


def _to_come(seen: Seen, t: float) -> tuple[float, float]:
    k = np.arange(1, len(seen.times) + 1)
    weights = -((-t) ** k) * _smoothing(seen, t, k)
    value = max(0.0, float(weights @ seen.times))
    variance = _dispersion(seen) * (value + float(weights**2 @ seen.times))
    return value, NORMAL * math.sqrt(variance)


def _smoothing(seen: Seen, t: float, k: NDArray[np.int64]) -> Floats:
    """The chance that a binomial number of terms, which keeps the sum from exploding beyond t = 1, reaches k."""
    if t <= 1:
        return np.ones(len(k))
    from scipy.special import bdtrc

    terms = max(1, math.floor(0.5 * math.log2(seen.calls * t**2 / (t - 1))))
    return np.asarray(np.where(k <= terms, bdtrc(k - 1.0, terms, 2 / (2 + t)), 0.0))


def _dispersion(seen: Seen) -> float:
    """How many times as much as independent things the new ones vary from call to call, at least 1."""
    independent = float(seen.times[0] + 2 * seen.times[1])
    spread = float(np.sum((seen.single - seen.single.mean()) ** 2) + np.sum(seen.double**2))
    return max(1.0, spread / independent) if independent else 1.0


def _first(ahead: Floats, line: Floats, new: int) -> float:
    """Where a line first reaches `new`, between two steps in proportion; NaN where it does not."""
    reached = np.flatnonzero(line >= new)
    if not len(reached):
        return math.nan
    place = int(reached[0])
    if not place:
        return float(ahead[0] * new / line[0])
    return float(np.interp(new, line[place - 1 : place + 1], ahead[place - 1 : place + 1]))
