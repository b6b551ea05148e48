"""The energy and the carbon of devices whose hours and power somebody declares: nothing is measured."""

import math
from dataclasses import dataclass
from typing import Any

from ..core.errors import must
from .energy import JOULES_PER_KWH, Energy, carbon, of_power
from .grid import KNOWN, PowerGrid
from .units import mass, watt_hours

MOST = 1e15  # hours or watts, more than there are; the energy of so many is still a number


@dataclass(frozen=True, slots=True)
class Declared:
    """Hours of all devices together, the watts of each, the data centre's overhead (PUE), and the grid.

    Raises UsageError for a number that cannot be.
    """

    gpu_hours: float
    watts: float
    pue: float = 1.0
    grid: PowerGrid | None = None

    def __post_init__(self) -> None:
        must(0 < self.gpu_hours <= MOST, "gpu_hours", self.gpu_hours, "a number above 0 and up to 1e15")
        must(0 < self.watts <= MOST, "watts", self.watts, "a number above 0 and up to 1e15")
        must(1 <= self.pue <= 5, "pue", self.pue, "between 1, which is no overhead, and 5")

    @property
    def energy(self) -> Energy:
        """What the devices took, by their declared power."""
        return of_power(self.gpu_hours, self.watts, self.pue)

    @property
    def grams(self) -> float:
        """Grams of CO2 equivalent; NaN where no grid is named."""
        return carbon(self.energy.joules, self.grid.grams_per_kwh) if self.grid else math.nan

    @property
    def sentences(self) -> list[str]:
        """What it comes to, and what is not in it."""
        overhead = f"with a PUE of {self.pue:g}" if self.pue > 1 else "without a data centre's overhead (PUE 1)"
        taken = f"{self.gpu_hours:,.10g} h of devices at {self.watts:,.10g} W, {overhead}"
        spent = f"Energy: {watt_hours(self.energy.joules)} (declared, not measured): {taken}."
        if self.grid is None:
            return [spent, f"Carbon: unknown, because no grid is named: give {KNOWN}."]
        return [spent, f"Carbon: {mass(self.grams)} CO2e ({self.grid})."]

    def document(self) -> dict[str, Any]:
        """As JSON has it: null for what is unknown."""
        grid, energy = self.grid, self.energy
        intensity = {"name": grid.name, "grams_per_kwh": grid.grams_per_kwh, "source": grid.source} if grid else None
        return {
            "gpu_hours": self.gpu_hours,
            "watts": self.watts,
            "pue": self.pue,
            "kwh": energy.joules / JOULES_PER_KWH,
            "joules": energy.joules,
            "method": energy.method,
            "grid": intensity,
            "grams_co2e": self.grams if grid else None,
            "verdict": self.sentences,
        }
