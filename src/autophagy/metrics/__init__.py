"""Metrics: plain functions of a reference side and a made side; importing the room registers them all."""

from . import (
    classes,
    copying,
    diversity,
    drift,
    exponents,
    frechet,
    imitation,
    kernel,
    neighbours,
    perplexity,
    repetition,
    semantic,
    tails,
    transport,
    vendi,
)

OPTIONAL = {"semantic": "sentence_transformers"}  # metrics that are chosen unasked only where this package is installed
OF_TEACHER = ("imitation",)  # and these only where the run has a teacher

__all__ = [
    "OF_TEACHER",
    "OPTIONAL",
    "classes",
    "copying",
    "diversity",
    "drift",
    "exponents",
    "frechet",
    "imitation",
    "kernel",
    "neighbours",
    "perplexity",
    "repetition",
    "semantic",
    "tails",
    "transport",
    "vendi",
]
