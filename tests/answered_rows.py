"""Rows with an answer by their columns, and what a verifier says of them."""

import math

import numpy as np

from autophagy.core.registry import build
from autophagy.verifiers.answered import AnsweredRow, samples_of


def judge(part, *rows):
    """The verdict of a verifier on rows that are given as keywords of AnsweredRow."""
    batch = samples_of([AnsweredRow(**row) for row in rows])
    return build("curator", part)(batch, samples_of([]), np.random.default_rng(0))


def said(part, *rows):
    """True for right, False for wrong and None for unknown, of each row."""
    return [None if math.isnan(score) else score > 0 for score in judge(part, *rows).score]
