"""Pretrained checkpoints, tuned in full or by adapters."""

from .model import Pretrained

__all__ = ["Pretrained"]
