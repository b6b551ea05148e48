"""Forecasts: the exact law of a self-consuming loop, at any scale, from sufficient statistics."""

from .answers import Target, answer
from .document import Forecast, forecast
from .families import families, find, laws_of, make_plan, simulate
from .laws import Check, Law, check, checks
from .operators import Operators
from .plan import Plan, Rows, Trajectories
from .profile import Definition, profile
from .reading import read_plan

__all__ = [
    "Check",
    "Definition",
    "Forecast",
    "Law",
    "Operators",
    "Plan",
    "Rows",
    "Target",
    "Trajectories",
    "answer",
    "check",
    "checks",
    "families",
    "find",
    "forecast",
    "laws_of",
    "make_plan",
    "profile",
    "read_plan",
    "simulate",
]
