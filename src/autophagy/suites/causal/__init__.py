"""Causal: what causes what, out of correlations alone, with gold answers that are exact and can be proved."""

from .figures import figures
from .relations import GOLDS, RELATIONS
from .suite import causal
from .twins import TWINS
from .witness import witness

__all__ = ["GOLDS", "RELATIONS", "TWINS", "causal", "figures", "witness"]
