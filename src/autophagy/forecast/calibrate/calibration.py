"""A calibration: what was fitted to a recorded regime, how the forecast of the rest did, and the excess collapse."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ...statistics.intervals import Score, figure
from ...text.percent import percent
from ..document import DocumentResult
from ..plan import Floats
from .recorded import Recorded

RELEVANT = 0.05  # a forecast that is off by less than this share of itself has not failed
CLOSE = 0.2  # nor has one held that may be off by more than this share


@dataclass(frozen=True)
class Calibration:
    """One regime of a run: what was fitted to its first generations, and how the forecast of the rest did.

    The fitted loop learns from `scale` times its rows, samples with `bias` and can carry a share `capacity` of the real
    variance; each has its 95 % interval over seeds, and `identified` says whether the figures tell the three apart.
    `measured`, `miss` (measured minus forecast, paired by seed) and `excess` (measured minus `nominal`, the closed form
    of the run's own rows and bias) are scores of the variance ratio at every recorded generation; `forecast` and
    `nominal` may go on beyond them.
    """

    recorded: Recorded
    first: int
    scale: Score
    bias: Score
    capacity: Score
    identified: bool
    measured: Sequence[Score]
    forecast: Sequence[Score]
    miss: Sequence[Score]
    excess: Sequence[Score]
    nominal: Floats

    @property
    def effective(self) -> Score:
        """The effective sample size of generation 1."""
        rows = self.recorded.plan.rows(1).total
        return Score(self.scale.value * rows, self.scale.low * rows, self.scale.high * rows, self.scale.n)

    @cached_property
    def held(self) -> bool | None:
        """Whether the forecast held at the last recorded generation, the only one that is tested; None leaves it open.

        It failed where the interval of its miss excludes 0 and the miss is more than 5 % of the forecast, and held
        where the whole interval is within 20 % of it.
        """
        return self._holds(len(self.miss) - 1) if self.first < len(self.miss) else None

    @property
    def off(self) -> float:
        """The largest miss at the last recorded generation that its interval allows, as a share of the forecast."""
        return self._off(len(self.miss) - 1)

    @property
    def failed_at(self) -> int | None:
        """The first generation from which on, to the last, every forecast failed."""
        first = None
        for place in range(len(self.miss) - 1, self.first - 1, -1):
            if self._holds(place) is not False:
                break
            first = place + 1
        return first

    @property
    def sentences(self) -> list[str]:
        """What the calibration found: the fit, how the forecast did, the excess collapse, and what lies ahead."""
        rows = self.recorded.plan.rows(1).total
        fit = (
            f"In their first {self.first} generations, the runs of {self.recorded.regime} behave like a Gaussian with "
            f"{self.effective} effective rows instead of {rows:,}, a sampling bias of {self.bias}, and room for "
            f"{self.capacity} of the real variance."
        )
        if not self.identified:
            fit += " These runs do not tell rows and bias apart: only their joint effect is known."
        return [fit, self._verdict(), self._excess(), *self._ahead()]

    def json(self) -> dict[str, Any]:
        """The calibration as the command line's JSON has it."""
        return {
            "regime": self.recorded.regime,
            "fitted_on": self.first,
            "effective_samples": self.effective.json(),
            "scale": self.scale.json(),
            "bias": self.bias.json(),
            "capacity": self.capacity.json(),
            "identified": self.identified,
            "held": self.held,
            "failed_at": self.failed_at,
            "generations": [self._line(place) for place in range(len(self.forecast))],
        }

    def _line(self, place: int) -> dict[str, Any]:
        line = {"generation": place + 1, "forecast": self.forecast[place].json(), "nominal": float(self.nominal[place])}
        parts = {"measured": self.measured, "miss": self.miss, "excess": self.excess}
        return line | {name: scores[place].json() for name, scores in parts.items() if place < len(scores)}

    def _off(self, place: int) -> float:
        miss = self.miss[place]
        return max(abs(miss.low), abs(miss.high)) / max(abs(self.forecast[place].value), 1e-300)

    def _holds(self, place: int) -> bool | None:
        miss = self.miss[place]
        if not math.isfinite(miss.low):
            return None
        if miss.decided and abs(miss.value) > RELEVANT * abs(self.forecast[place].value):
            return False
        return True if self._off(place) <= CLOSE else None

    def _verdict(self) -> str:
        last = len(self.measured)
        if self.first >= last:
            return f"Nothing is left to forecast after generation {self.first}: run more generations, or lower --first."
        forecast, measured, miss = self.forecast[last - 1], self.measured[-1], self.miss[-1]
        figures = f"the forecast variance ratio at generation {last} was {forecast}, and {measured} was measured"
        if miss.n < 2:
            return f"One seed cannot show whether the forecast held: {figures}."
        if self.held is None:
            off = percent(self.off, 0)
            return f"Whether the forecast held is open (it may be off by {off}): {figures}, a miss of {miss}."
        if self.held:
            return f"The forecast held to within {percent(self.off, 0)}: {figures}, a miss of {miss}."
        return f"The forecast failed, from generation {self.failed_at} on: {figures}, a miss of {miss}."

    def _excess(self) -> str:
        excess, last = self.excess[-1], len(self.measured)
        if excess.n < 2:
            how = "one seed does not decide by how much"
        elif not excess.decided:
            how = "which is not decided"
        else:
            how = "collapse beyond it" if excess.value < 0 else "more variety than it"
        return (
            f"A perfect fit with the run's own rows and bias would keep {figure(float(self.nominal[last - 1]))} of the "
            f"variance at generation {last}. The excess is {excess}, {how}."
        )

    def _ahead(self) -> list[str]:
        last = len(self.forecast)
        if last <= len(self.measured):
            return []
        but = ", which no run has measured and the failed forecast does not support" if self.held is False else ""
        return [f"Generation {last} is forecast to keep {self.forecast[-1]} of the variance{but}."]


@dataclass(frozen=True, repr=False)
class CalibratedRun(DocumentResult):
    """A recorded run, each of whose regimes was calibrated."""

    run: Path
    regimes: Sequence[Calibration]

    @property
    def lead(self) -> str:
        """Of which regimes the forecast held, for a reader who will read no further."""
        said = {True: "held for", False: "failed for", None: "is open for"}
        parts = []
        for held, words in said.items():
            names = [each.recorded.regime for each in self.regimes if each.held is held]
            parts += [f"{words} {', '.join(names)}"] if names else []
        return f"The forecast {'; it '.join(parts)}."

    @property
    def verdict(self) -> list[str]:
        """What every regime came to, in sentences, the shortest first."""
        return [self.lead, *(sentence for regime in self.regimes for sentence in regime.sentences)]

    def document(self) -> dict[str, Any]:
        """The calibrated run as the command line's JSON has it."""
        regimes = [regime.json() for regime in self.regimes]
        return {"model": "gaussian", "run": str(self.run), "calibration": regimes, "verdict": self.verdict}
