"""Recipes: ways of asking a writer for new rows; importing the room registers them all."""

from . import (
    alpaca,
    backtranslate,
    continuation,
    evol,
    magpie,
    mix,
    persona,
    questions,
    rephrase,
    self_instruct,
    textbook,
    verbalised,
    words,
)

__all__ = [
    "alpaca",
    "backtranslate",
    "continuation",
    "evol",
    "magpie",
    "mix",
    "persona",
    "questions",
    "rephrase",
    "self_instruct",
    "textbook",
    "verbalised",
    "words",
]
