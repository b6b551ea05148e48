"""Forecasts: the exact law of a self-consuming loop, at any scale, from sufficient statistics."""

from .answers import Target, answer
from .calibrate.calibrate import calibrate
from .calibrate.calibration import CalibratedRun, Calibration
from .document import Forecast, forecast
from .families import families, find, laws_of, make_plan, simulate
from .laws import Check, Law, check, checks
from .map.axes import Axis, parse_axes
from .map.map import PhaseMap, phase_map
from .operators import Operators
from .plan import Plan, Rows, Trajectories
from .profile import Definition, profile
from .reading import read_plan

__all__ = [
    "Axis",
    "CalibratedRun",
    "Calibration",
    "Check",
    "Definition",
    "Forecast",
    "Law",
    "Operators",
    "PhaseMap",
    "Plan",
    "Rows",
    "Target",
    "Trajectories",
    "answer",
    "calibrate",
    "check",
    "checks",
    "families",
    "find",
    "forecast",
    "laws_of",
    "make_plan",
    "parse_axes",
    "phase_map",
    "profile",
    "read_plan",
    "simulate",
]
