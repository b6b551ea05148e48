"""Instructions whose following a program can check, each with the sentence that asks for it; attachable to any prompt.

Ref: Zhou et al. (2023), "Instruction-Following Evaluation for Large Language Models", arXiv 2311.07911, table 1.
"""

from . import ends, keywords, lengths
from .attach import attach
from .instruction import KINDS, Instruction, build, parse

__all__ = ["KINDS", "Instruction", "attach", "build", "ends", "keywords", "lengths", "parse"]
