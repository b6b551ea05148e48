"""Duplicates: exact and near copies among texts, of which every one is verified, and repeats among numbers."""

from .curator import duplicates
from .pairs import pairs

__all__ = ["duplicates", "pairs"]
