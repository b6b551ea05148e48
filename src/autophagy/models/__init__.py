"""Models: what a generation learns its data with."""

from . import diffusion, gaussian, kde, mixture, ngram, pretrained, transformer, vae

__all__ = ["diffusion", "gaussian", "kde", "mixture", "ngram", "pretrained", "transformer", "vae"]
