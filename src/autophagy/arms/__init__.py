"""Arms: ways to answer questions, each with the same model, of which one only is right for a user's documents."""

from . import closed, context, finetuned
from .arm import Base, Corpus, Ready, Setup

__all__ = ["Base", "Corpus", "Ready", "Setup", "closed", "context", "finetuned"]
