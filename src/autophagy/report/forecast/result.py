"""What a forecast came to, shown: a forecast or a calibration, in the terminal or on a page."""

from pathlib import Path
from typing import TYPE_CHECKING

from ...core.errors import need
from ...forecast import Forecast
from ...forecast.record import PAGE, ForecastRecord
from ...forecast.run import foretell

if TYPE_CHECKING:
    from ...forecast import CalibratedRun
from .terminal import print_forecast


def print_result(result: "Forecast | CalibratedRun") -> None:
    """Tables and the verdict in the terminal."""
    if isinstance(result, Forecast):
        print_forecast(result)
    else:
        from .calibration_terminal import print_calibration

        print_calibration(result)


def check_extras(mapped: bool) -> None:
    """Raise MissingExtra where a library that draws the page is not installed, before any work is done for it."""
    for library in ("jinja2", "matplotlib", *(("contourpy",) if mapped else ())):
        need(library, "the page of a forecast")


def page_of(folder: Path, out: Path | None = None) -> Path:
    """The page of a recorded forecast: the one in its folder, or one that is drawn into `out` from its spec."""
    page = folder / PAGE
    if page.is_file():
        return page
    spec = ForecastRecord(folder).spec()
    check_extras(spec.map is not None)
    return write_page(foretell(spec), out or folder)


def write_page(result: "Forecast | CalibratedRun", folder: Path) -> Path:
    """Write report.html and, where there is a map, map.png into the folder; returns the page's path.

    Raises RecordError where they cannot be written, and MissingExtra where matplotlib is not installed.
    """
    if isinstance(result, Forecast):
        from .page import write_forecast

        return write_forecast(result, folder)
    from .calibration_page import write_calibration

    return write_calibration(result, folder)
