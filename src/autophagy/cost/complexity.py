"""Complexity: what an arm takes to run, counted as declared facts and not as opinion."""

import math
from dataclasses import dataclass

from ..core.known import or_null


@dataclass(frozen=True, slots=True)
class Complexity:
    """What someone has to run, keep and do for one arm.

    `services` run beside the model (a vector store), `artifacts` are versioned (weights, an index), `settings` were
    searched on held-out data. `steps` are what brings one changed document into effect, in `seconds` (measured; NaN
    where it was not). `gpu` says whether it cannot do without one.
    """

    services: tuple[str, ...] = ()
    artifacts: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    seconds: float = math.nan
    gpu: bool = False

    @property
    def count(self) -> int:
        """All that was declared, counted; the seconds stand beside it."""
        return len(self.services) + len(self.artifacts) + len(self.settings) + len(self.steps) + self.gpu

    def __or__(self, other: "Complexity") -> "Complexity":
        """An arm that is both: each thing once, the steps of one after those of the other."""
        both = {name: tuple(dict.fromkeys(getattr(self, name) + getattr(other, name))) for name in PARTS}
        return Complexity(**both, seconds=self.seconds + other.seconds, gpu=self.gpu or other.gpu)

    def json(self) -> dict[str, list[str] | float | bool | None]:
        """The facts as JSON has them, null where the seconds are unknown."""
        parts: dict[str, list[str] | float | bool | None] = {name: list(getattr(self, name)) for name in PARTS}
        return {**parts, "seconds": or_null(self.seconds), "gpu": self.gpu}


PARTS = ("services", "artifacts", "settings", "steps")
