"""Data in memory: frames, tables, arrays and iterables -> the bytes of a file that the readers know."""

from .given import Data, Given, given, held

__all__ = ["Data", "Given", "given", "held"]
