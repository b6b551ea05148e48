"""Machine text: what of a corpus models wrote, by its share, by row, and by what they left behind."""

from . import machine, traces

__all__ = ["machine", "traces"]
