"""Curators: which rows of a batch to keep, and why the others go."""

from . import duplicates, outlier

__all__ = ["duplicates", "outlier"]
