"""Suites: prompts with known answers that need no file, drawn from random numbers; importing registers them."""

from . import happy, instructions, primes

__all__ = ["happy", "instructions", "primes"]
