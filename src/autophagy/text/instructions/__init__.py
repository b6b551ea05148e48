"""Instructions whose following a program can check, each with the sentence that asks for it; attachable to any prompt.

Ref: Zhou et al. (2023), "Instruction-Following Evaluation for Large Language Models", arXiv 2311.07911, table 1.
"""

from . import cases, combinations, contents, ends, formats, keywords, lengths
from .attach import attach
from .conflicts import conflict
from .ifeval import from_ifeval
from .instruction import Instruction, build, instruction, known, parse

__all__ = [
    "Instruction",
    "attach",
    "build",
    "cases",
    "combinations",
    "conflict",
    "contents",
    "ends",
    "formats",
    "from_ifeval",
    "instruction",
    "keywords",
    "known",
    "lengths",
    "parse",
]
