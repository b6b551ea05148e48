"""Signs of mathematics that `one_form` leaves as LaTeX and programs write them, each as one: ∞, ∈, ≤, ≠, ∪ and ≈."""

import re

from .forms import one_form

WRITTEN = (
    (re.compile(r"\b(?:infinity|inf|oo)\b", re.IGNORECASE), "∞"),
    (re.compile(r"\\in(?![a-z])"), "∈"),
    (re.compile(r"\\leqslant(?![a-z])|<=|=<"), "≤"),
    (re.compile(r"\\geqslant(?![a-z])|>=|=>"), "≥"),
    (re.compile(r"\\lt(?![a-z])"), "<"),
    (re.compile(r"\\gt(?![a-z])"), ">"),
    (re.compile(r"\\cup(?![a-z])"), "∪"),
    (re.compile(r"\\neq?(?![a-z])|!="), "≠"),
    (re.compile(r"\\approx(?![a-z])"), "≈"),
)
ABOUT = " \t\n$.,;:!*"


def plain_signs(text: str) -> str:
    """The text in one form, with one sign for each of these, and without the marks about it."""
    plain = one_form(text)
    for pattern, sign in WRITTEN:
        plain = pattern.sub(sign, plain)
    return plain.strip(ABOUT)
