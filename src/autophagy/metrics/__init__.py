"""Metrics: plain functions of a reference side and a made side; importing the room registers them all."""

from . import classes, drift, frechet, kernel, neighbours, perplexity, transport, vendi

__all__ = ["classes", "drift", "frechet", "kernel", "neighbours", "perplexity", "transport", "vendi"]
