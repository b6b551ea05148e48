"""The n-gram model of texts."""

from .model import Ngram

__all__ = ["Ngram"]
