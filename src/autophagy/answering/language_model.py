"""What a language model is to the rest: prompts go in, completions come out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

SHORT = 32  # tokens: enough for a name, a date or a refusal


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model said to one prompt; `error` says why it said nothing, and then the text is no answer."""

    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = math.nan
    error: str = ""


class LanguageModel(Protocol):
    """A model that completes prompts, likeliest token first."""

    @property
    def name(self) -> str:
        """What the model is called in logs and reports."""

    def complete(self, prompts: Sequence[str], *, max_tokens: int) -> list[Completion]:
        """One completion of at most `max_tokens` tokens for each prompt, in their order."""


@runtime_checkable
class Scorer(Protocol):
    """A model that also tells how likely it holds each of several answers to be."""

    def score(self, prompts: Sequence[str], choices: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
        """The natural-log probability of each choice behind its prompt."""


def first_line(text: str) -> str:
    """The answer itself: the first line of the text that is not blank, since most models talk on."""
    return text.strip().partition("\n")[0].rstrip()
