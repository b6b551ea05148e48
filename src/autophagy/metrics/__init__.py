"""Metrics: plain functions of a reference side and a made side; importing the room registers them all."""

from . import (
    classes,
    copying,
    diversity,
    drift,
    exponents,
    frechet,
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

__all__ = [
    "OPTIONAL",
    "classes",
    "copying",
    "diversity",
    "drift",
    "exponents",
    "frechet",
    "kernel",
    "neighbours",
    "perplexity",
    "repetition",
    "semantic",
    "tails",
    "transport",
    "vendi",
]
