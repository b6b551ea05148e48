"""The Gaussian mixture."""

from .model import Mixture

__all__ = ["Mixture"]
