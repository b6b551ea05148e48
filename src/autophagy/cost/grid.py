"""How much carbon a kilowatt-hour costs: a country by codecarbon's table, a number of grams, or the world by name."""

import json
import os
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..core.errors import DataError, UsageError, need
from ..core.machine import version_of
from ..core.parts import did_you_mean
from ..core.written import written

VARIABLE = "AUTOPHAGY_GRID"
WORLD, WORLD_GRAMS = "world", 475.0  # IEA (2019), "Global Energy & CO2 Status Report"; codecarbon's world average too
TABLE = "data/private_infra/global_energy_mix.json"  # within codecarbon; of Our World in Data
MOST = 2000.0  # grams: no grid comes near, and a figure in milligrams is beyond it
KNOWN = f"a country by its name or three letters (FRA), {WORLD}, or a number of grams of CO2e a kWh"


@dataclass(frozen=True, slots=True)
class PowerGrid:
    """A grid by name, its carbon intensity in grams of CO2 equivalent a kWh, and where the figure is from."""

    name: str
    grams_per_kwh: float
    source: str

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.name, f"{self.grams_per_kwh:.0f} g/kWh", self.source)))

    @classmethod
    def of(cls, text: str) -> "PowerGrid":
        """The grid that a text names; raises UsageError for none, MissingExtra where a country needs codecarbon."""
        number = written(text)
        if isinstance(number, int | float):
            return cls._given(float(number))
        if text.strip().casefold() == WORLD:
            return cls(WORLD, WORLD_GRAMS, "IEA 2019")
        code, countries = text.strip().upper(), _countries()
        codes = {known["country_name"].upper(): known["iso_code"] for known in countries.values()}
        known = countries.get(codes.get(code, code))
        if known is None:
            near = did_you_mean(code, countries) or did_you_mean(code, codes) if len(code) > 2 else ""
            raise UsageError(f"there is no grid {text!r} in the table of codecarbon{near}: give {KNOWN}.")
        if not known["carbon_intensity"]:  # which a table has of a country that it knows nothing of
            raise UsageError(f"codecarbon does not know the carbon of {known['country_name']}: give a number of grams.")
        source = f"{known['country_name']} {known['year']}, codecarbon {version_of('codecarbon')}"
        return cls(str(known["iso_code"]), float(known["carbon_intensity"]), source)

    @classmethod
    def _given(cls, grams: float) -> "PowerGrid":
        if not (grams == 0 or 1 <= grams <= MOST):
            raise UsageError(f"a grid of {grams:g} g CO2e a kWh is none: give 0, or 1 to {MOST:.0f} grams (not kg).")
        return cls("given", grams, "")


def chosen_grid() -> PowerGrid | None:
    """The grid that the environment names for the runs of this machine; None where it names none."""
    text = os.environ.get(VARIABLE, "").strip()
    try:
        return PowerGrid.of(text) if text else None
    except UsageError as error:
        raise type(error)(f"{VARIABLE} is {text!r}, and {error}") from error


@cache
def _countries() -> dict[str, dict[str, Any]]:
    """The countries of codecarbon's table by ISO 3166 code; its file is read, for to import it takes pandas along."""
    found = find_spec("codecarbon")
    if found is None or found.origin is None:
        need("codecarbon", "the carbon of a country's grid")
        raise DataError("codecarbon is no package with files here: give a number of grams of CO2e a kWh.")
    path = Path(found.origin).parent / TABLE
    try:
        countries: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"codecarbon {version_of('codecarbon')} has no table of countries at {TABLE}: give a number of grams."
        ) from error
    return countries
