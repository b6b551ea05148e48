"""Metrics: plain functions of a reference side and a generated side; importing the folder registers them all."""

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

__all__ = [
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
