"""The contract suites: what every registered plug-in must do, ours and yours."""

from .contract import Check, checks

__all__ = ["Check", "checks"]
