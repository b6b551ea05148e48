"""Suites: prompts with known answers that need no file, drawn from random numbers; importing registers them."""

from . import happy, primes

__all__ = ["happy", "primes"]
