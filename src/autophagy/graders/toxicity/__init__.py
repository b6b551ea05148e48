"""Toxicity: how rude, hateful or threatening a text is, by a list of words, a classifier of the user's, or a judge."""

from . import toxicity

__all__ = ["toxicity"]
