"""Diffusion: a flow-matching model of rows and images."""

from .model import Diffusion

__all__ = ["Diffusion"]
