"""What a person sees of a calibration in the terminal."""

from rich.table import Table
from rich.text import Text

from ...forecast import CalibratedRun, Calibration
from ...statistics.intervals import figure
from ..console import open_console
from .terminal import spaced


def print_calibration(found: CalibratedRun) -> None:
    """Each regime as a table of its generations, then what they come to."""
    console = open_console()
    for regime in found.regimes:
        console.print(_table(regime))
        console.print()
    for sentence in found.verdict:
        console.print(Text(f"- {sentence}"))


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
