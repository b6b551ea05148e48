"""Recipes: ways of asking a writer for new rows; importing the room registers them all."""

from . import alpaca, rephrase

__all__ = ["alpaca", "rephrase"]
