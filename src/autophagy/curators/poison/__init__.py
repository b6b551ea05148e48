"""Poison: what stands in a text for a model to learn or obey, and for no reader to see."""

from . import hidden, homoglyphs, injection, payloads, triggers

__all__ = ["hidden", "homoglyphs", "injection", "payloads", "triggers"]
