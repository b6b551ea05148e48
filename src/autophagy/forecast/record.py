"""The folder of a forecast, to be read: `forecast.json` holds all of it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..core.folder import RunFolder
from .spec import ForecastSpec

if TYPE_CHECKING:  # whoever reads a folder needs no engine
    from .calibrate.calibration import CalibratedRun
    from .forecast import Forecast

RESULT, PAGE, PICTURE = "forecast.json", "report.html", "map.png"


class ForecastRecord(RunFolder):
    """The folder of a forecast; `autophagy.run` writes it, whole and at once."""

    spec_type = ForecastSpec
    shown_by = "autophagy.forecast.result"
    holds = (RESULT, PAGE, PICTURE)
    found: "Forecast | CalibratedRun"  # of the record that `run` returns: what it has just worked out

    @staticmethod
    def depends_on(environment: Mapping[str, Any]) -> dict[str, str]:
        """Nothing: a forecast of the same spec is written anew, whatever it was of before."""
        return {}

    @staticmethod
    def about(fields: Mapping[str, Any]) -> tuple[str, str]:
        """The run that is calibrated, if any, and the model."""
        return str(fields.get("calibrate", "")), str(fields["model"])

    def document(self) -> dict[str, Any]:
        """The forecast as the command line's JSON has it."""
        return self.read_json(RESULT)
