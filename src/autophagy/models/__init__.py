"""Models: what a generation learns its data with."""

from . import gaussian, kde, mixture

__all__ = ["gaussian", "kde", "mixture"]
