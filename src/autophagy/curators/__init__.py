"""Curators: which rows of a batch to keep, and why the others go; each is imported when it is first wanted."""

from ..core.lazy import lazily

_HOME = {
    "best_of": "",
    "contamination": "",
    "coverage": "",
    "duplicates": "",
    "language": "",
    "machine": "",
    "novelty": "",
    "outlier": "",
    "passages": "",
    "personal": "",
    "poison": "",
    "quality": "",
    "rights": "",
    "semantic": "",
    "surprising": "",
    "verified": "",
}
__all__ = lazily(__name__)
