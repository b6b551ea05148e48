"""Suites: prompts with known answers that need no file, drawn from random numbers; importing registers them."""

from . import causal, happy, instructions, primes

__all__ = ["causal", "happy", "instructions", "primes"]
