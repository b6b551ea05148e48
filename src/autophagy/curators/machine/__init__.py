"""Machine text: what of a corpus models wrote, by its share, by row, and by what they left behind."""

from . import declared, logged, machine, traces

__all__ = ["declared", "logged", "machine", "traces"]
