"""Readings: plain functions that read the answer out of what was said, strictly or leniently; importing registers them.

Strictly, an answer is read only in the format that the prompt asks for; leniently, wherever a person would find it.
What the second finds and the first does not is right in another format.
"""

from . import boxed, bracketed, code, letter, number, survey, yes_no

__all__ = ["boxed", "bracketed", "code", "letter", "number", "survey", "yes_no"]
