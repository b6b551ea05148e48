"""Forecasts: the exact law of a self-consuming loop, at any scale, from sufficient statistics."""

from typing import TYPE_CHECKING

from ..core.lazy import lazily

if TYPE_CHECKING:  # the names below are imported when first used: type checkers and editors read them here
    from .answers import answer as answer
    from .calibrate.calibrate import calibrate as calibrate
    from .calibrate.calibration import CalibratedRun as CalibratedRun
    from .calibrate.calibration import Calibration as Calibration
    from .families import Family as Family
    from .families import Quantity as Quantity
    from .families import families as families
    from .families import family as family
    from .families import find as find
    from .families import laws_of as laws_of
    from .families import make_plan as make_plan
    from .families import simulate as simulate
    from .forecast import Forecast as Forecast
    from .forecast import forecast as forecast
    from .laws import ClosedForm as ClosedForm
    from .laws import FormulaCheck as FormulaCheck
    from .laws import check as check
    from .laws import checks as checks
    from .map.axes import Axis as Axis
    from .map.axes import parse_axes as parse_axes
    from .map.map import PhaseMap as PhaseMap
    from .map.map import phase_map as phase_map
    from .operators import Operators as Operators
    from .plan import ForecastPlan as ForecastPlan
    from .plan import RowCounts as RowCounts
    from .plan import Trajectories as Trajectories
    from .profile import Definition as Definition
    from .profile import profile as profile
    from .reading import plan_of as plan_of
    from .spec import ForecastSpec as ForecastSpec
    from .target import Target as Target

_HOME = {
    "Axis": "map.axes",
    "CalibratedRun": "calibrate.calibration",
    "Calibration": "calibrate.calibration",
    "ClosedForm": "laws",
    "Definition": "profile",
    "Family": "families",
    "Forecast": "forecast",
    "ForecastPlan": "plan",
    "ForecastSpec": "spec",
    "FormulaCheck": "laws",
    "Operators": "operators",
    "PhaseMap": "map.map",
    "Quantity": "families",
    "RowCounts": "plan",
    "Target": "target",
    "Trajectories": "plan",
    "answer": "answers",
    "calibrate": "calibrate.calibrate",
    "check": "laws",
    "checks": "laws",
    "families": "families",
    "family": "families",
    "find": "families",
    "forecast": "forecast",
    "laws_of": "families",
    "make_plan": "families",
    "parse_axes": "map.axes",
    "phase_map": "map.map",
    "plan_of": "reading",
    "profile": "profile",
    "simulate": "families",
}
__all__ = lazily(__name__)
