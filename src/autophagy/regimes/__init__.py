"""Regimes: how the training set of a generation is mixed from real and synthetic rows."""

from . import mixtures
from .numbers import History

__all__ = ["History", "mixtures"]
