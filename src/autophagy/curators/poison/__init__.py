"""Poison: what stands in a text for a model to learn or obey, and for no reader to see."""

from . import hidden, injection

__all__ = ["hidden", "injection"]
