"""What a transformer learns once a run: its tokenizer and how passages are read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core.samples import Array

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from .packing import Passages


@dataclass(frozen=True, eq=False)
class Reader:
    """What is learnt once a run from the real passages.

    `longest` is the most tokens of a made passage, its end counted; `prompts` (b, prompt) are blocks of real text,
    and `passages` the real passages, where the model edits them.
    """

    tokenizer: "Tokenizer"
    longest: int
    prompts: Array
    passages: "Passages | None" = None
