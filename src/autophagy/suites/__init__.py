"""Suites: prompts with known answers that need no file, drawn from random numbers; importing registers them."""

from . import arithmetic, causal, happy, instructions, primes

__all__ = ["arithmetic", "causal", "happy", "instructions", "primes"]
