"""Cells with a unit behind each number, such as `50 kg`: the numbers alone, where all have one unit."""

import re
from collections.abc import Sequence

from .numbers import is_missing

NUMBER = r"[-+−]?[\d.,'’\s]*\d"
UNIT = r"[^\W\d_]{1,12}[²³23]?|°\s?[CFK]?|[^\W\d_]{1,5}/[^\W\d_]{1,5}[²³23]?"
CELL = re.compile(rf"({NUMBER})(\s*)({UNIT})\.?")
_KNOWN = """
kg g mg µg t lb lbs oz m km cm mm µm ft in mi yd l ml dl s sec ms min h hr hrs d w v a kw kwh mw hz khz mhz ghz kb mb gb
tb px pt dpi rpm bpm mph kph km/h m/s mg/l pa hpa kpa bar n j kj cal kcal m² m2 cm² km² m³ m3 °c °f ° k yr yrs years
days hours
"""
KNOWN = frozenset(_KNOWN.split())  # units that stand behind a number without a blank as well


def without_unit(cells: Sequence[object]) -> tuple[list[object], str] | None:
    """The cells without their unit, and the first with it; None where a cell has none, or another one."""
    units: set[str] = set()
    bare: list[object] = []
    first = ""
    for cell in cells:
        if is_missing(cell):
            bare.append("")
            continue
        found = CELL.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if not found or not (found[2] or found[3].lower() in KNOWN):
            return None
        units.add(_singular(found[3].lower()))
        if len(units) > 1:
            return None
        bare.append(found[1])
        first = first or str(cell)
    return (bare, first) if units else None


def _singular(unit: str) -> str:
    return unit.removesuffix("s") if len(unit) > 2 else unit
