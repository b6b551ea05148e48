"""Poison: what stands in a text for a model to learn or obey, and for no reader to see."""

from . import conflicts, hidden, homoglyphs, injection, payloads, triggers

__all__ = ["conflicts", "hidden", "homoglyphs", "injection", "payloads", "triggers"]
