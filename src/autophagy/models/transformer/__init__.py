"""A small transformer trained from scratch."""

from .model import Transformer

__all__ = ["Transformer"]
