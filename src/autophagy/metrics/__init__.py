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

ON_REQUEST = {"semantic"}  # metrics that take so long that they are computed only when asked for
OF_TEACHER = ("imitation",)  # and these only where the run has a teacher

__all__ = [
    "OF_TEACHER",
    "ON_REQUEST",
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
