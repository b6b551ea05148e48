"""Curators: which rows of a batch to keep, and why the others go."""

from . import (
    best_of,
    contamination,
    coverage,
    duplicates,
    language,
    machine,
    novelty,
    outlier,
    passages,
    personal,
    poison,
    quality,
    rights,
    semantic,
    surprising,
    verified,
)

__all__ = [
    "best_of",
    "contamination",
    "coverage",
    "duplicates",
    "language",
    "machine",
    "novelty",
    "outlier",
    "passages",
    "personal",
    "poison",
    "quality",
    "rights",
    "semantic",
    "surprising",
    "verified",
]
