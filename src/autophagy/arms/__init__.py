"""Arms: ways to answer questions, each with the same model, of which one only is right for a user's documents."""

from ..data.dataset import Corpus
from . import closed, context, finetuned
from .arm import Arm, Preparation, Ready, SharedModel

__all__ = ["Arm", "Corpus", "Preparation", "Ready", "SharedModel", "closed", "context", "finetuned"]
