"""Recipes: ways of asking a writer for new rows; importing the room registers them all."""

from . import alpaca, evol, rephrase, self_instruct, words

__all__ = ["alpaca", "evol", "rephrase", "self_instruct", "words"]
