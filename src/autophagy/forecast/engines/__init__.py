"""The exact engines, a file or a folder each; importing the room registers every family that can be forecast."""

from . import kernel, poisson, regression, weights
from .discrete import engine as discrete
from .gaussian import engine as gaussian
from .ngram import engine as ngram

__all__ = ["discrete", "gaussian", "kernel", "ngram", "poisson", "regression", "weights"]
