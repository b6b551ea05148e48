"""A learning rate searched outwards from the usual one, until one that is worth it lies between two that are not."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ..core.errors import Diverged

FACTOR = 3  # between neighbours
MOST = 4  # steps away from the usual rate, either way


@dataclass(frozen=True)
class SearchedRate:
    """The rate that is taken, and the loss of each that was tried, from the lowest up; a diverged one is inf."""

    rate: float
    tried: dict[float, float]

    @property
    def bracketed(self) -> bool:
        """Whether a lower and a higher rate were tried, too."""
        return min(self.tried) < self.rate < max(self.tried)


def search_rate(loss: Callable[[float], float], usual: float, gain: float) -> SearchedRate:
    """Go up from the usual rate by factors of 3 as long as that is worth it, or else down as long as the loss falls.

    A rate above the usual one is worth it where it lowers the loss by more than the share `gain`: at 0 the rate of the
    least loss is found, if the loss has one valley. A rate whose `loss` raises Diverged or is no number is infinitely
    bad, and none above it is tried. Raises Diverged where every rate does.
    """
    tried: dict[int, float] = {}

    def at(step: int) -> float:
        if step not in tried:
            tried[step] = _known(loss, _rate(usual, step))
        return tried[step]

    def worth(step: int) -> bool:
        return at(step) < min(math.inf, (1 - gain * (step > 0)) * at(step - 1))

    end = 0
    while at(end) < math.inf and end < MOST and worth(end + 1):
        end += 1
    while end > -MOST and not worth(end):
        end -= 1
    if at(end) == math.inf:
        raise Diverged("the tuning diverged at every learning rate that was tried: set learning_rate lower.")
    return SearchedRate(_rate(usual, end), {_rate(usual, step): tried[step] for step in sorted(tried)})


def _rate(usual: float, step: int) -> float:
    """Rounded to the two digits that are shown, so that what is shown is what was tried."""
    return float(f"{usual * FACTOR**step:.2g}")


def _known(loss: Callable[[float], float], rate: float) -> float:
    try:
        value = loss(rate)
    except Diverged:
        return math.inf
    return value if math.isfinite(value) else math.inf
