"""A calibration at the command line: what was asked, and what a person sees of what was found."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...core.errors import UsageError
from ...core.parts import literal
from ...forecast import CalibratedRun, Calibration
from ...forecast.calibrate.calibrate import calibrate
from ...statistics.intervals import figure
from .terminal import spaced


def read_calibration(model: str, run: Path | None, first: Any, given: Mapping[str, Any]) -> CalibratedRun:
    """Calibrate a run as the words say; raises UsageError for words that a recorded run leaves no room for."""
    if run is None:
        raise UsageError("first is only for calibrating: give --calibrate and the folder of a run.")
    if model != "gaussian":
        raise UsageError(f"a run is calibrated by the family gaussian, not by {model}: autophagy forecast gaussian.")
    extra = sorted(set(given) - {"generations"})
    if extra:
        raise UsageError(f"the run says its own numbers: leave out {', '.join(f'--{name}' for name in extra)}.")
    return calibrate(run, _whole("first", first), _whole("generations", given.get("generations")))


def _whole(name: str, value: Any) -> int | None:
    number = literal(value) if isinstance(value, str) else value
    if isinstance(number, float) and number.is_integer():
        number = int(number)
    if number is not None and (isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= 10**6):
        raise UsageError(f"{name} is {value}: give a whole number, 1 or more.")
    return number


def print_calibration(found: CalibratedRun, page: Path | None = None) -> None:
    """Each regime as a table of its generations, then what they come to."""
    console = Console()
    for regime in found.regimes:
        console.print(_table(regime))
        console.print()
    for sentence in found.verdict:
        console.print(Text(f"- {sentence}"))
    if page is not None:
        console.print(Text(f"\nThe report: {page}"))


def _table(regime: Calibration) -> Table:
    """Measured, forecast and closed form: every fitted generation, then a handful up to the last."""
    table = Table(title=regime.recorded.regime, title_justify="left", box=None, pad_edge=False)
    for column in ("generation", "measured", "forecast", "closed form", "excess"):
        table.add_column(column, justify="right")
    last = len(regime.measured) - 1
    for place in sorted({*range(regime.first), last, *spaced(len(regime.forecast))}):
        fitted = " (fitted)" if place < regime.first else ""
        seen = (str(regime.measured[place]), figure(regime.excess[place].value)) if place <= last else ("", "")
        forecast, nominal = str(regime.forecast[place]), figure(float(regime.nominal[place]))
        table.add_row(*map(Text, (f"{place + 1}{fitted}", seen[0], forecast, nominal, seen[1])))
    return table
