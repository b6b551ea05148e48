"""What a language model is to the rest: prompts go in, completions come out."""

import math
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, runtime_checkable

from ..core.errors import DataError, must
from ..core.stops import CUT

SHORT = 32  # tokens: enough for a name, a date or a refusal
ANSWER = 512  # tokens that an answer may have unless told: some sentences, or a short chain of thought


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model said to one prompt; `error` says why that is no answer.

    `stop` is why it stopped: "stop" where it ended by itself, "length" where it was cut at the limit of tokens, and
    then the text is what was said until there. `reasoning` is what it thought before, which is no part of the answer,
    and `written` the text with the preamble and the fence that `text` lacks, "" where nobody kept it. Tokens are NaN
    where nobody counted them. `model` and `fingerprint` are what a server calls its model and its build. `passing` says
    of an error that it may pass, so that asking again later is worth it.
    """

    text: str = ""
    tokens_in: float = math.nan
    tokens_out: float = math.nan
    seconds: float = math.nan
    error: str = ""
    stop: str = ""
    reasoning: str = ""
    written: str = ""
    model: str = ""
    fingerprint: str = ""
    passing: bool = False


Bunch = list[tuple[int, Completion]]  # places of prompts with their completions, which came at the same time
Seeds = int | Sequence[int] | None  # one for all prompts, or one for each
Wishes = Mapping[str, Any]  # options such as top_p by their names in OpenAI's language, not all of which are honoured
RAW = "raw"  # a wish of ours: the prompt itself goes on, without the model's chat template


def seeds_of(seed: Seeds, count: int) -> list[int | None]:
    """The seed of each of so many prompts; raises UsageError where there are others than one for each."""
    if not isinstance(seed, Sequence):
        return [seed] * count
    must(len(seed) == count, "seed", len(seed), f"one number, or one for each of the {count} prompts")
    return list(seed)


class LanguageModel(Protocol):
    """A model that completes prompts."""

    @property
    def name(self) -> str:
        """What the model is called in logs and reports."""

    def complete(
        self, prompts: Sequence[str], *, max_tokens: int = ANSWER, temperature: float = 0.0, seed: Seeds = None
    ) -> list[Completion]:
        """One completion of at most `max_tokens` tokens for each prompt, in their order.

        At temperature 0 it is the likeliest token each time; above, tokens are drawn, the same ones for one seed.
        `seed` is that of all prompts, or holds one for each.
        """


def unbegun(model: LanguageModel) -> LanguageModel:
    """The model with answers that begin with no given words, for prompts that show it no passages."""
    begun: Any = model
    return replace(begun, begins="") if getattr(begun, "begins", "") else model


@runtime_checkable
class Bunching(Protocol):
    """A model that hands out its answers as they come, together those that are there at the same time."""

    def bunches(
        self,
        prompts: Sequence[str],
        *,
        max_tokens: int = ANSWER,
        temperature: float = 0.0,
        seed: Seeds = None,
        wishes: Wishes | None = None,
    ) -> Generator[Bunch]:
        """The places of some prompts with their completions, in the order in which they come."""


@runtime_checkable
class Scorer(Protocol):
    """A model that also tells how likely it holds each of several answers to be."""

    def score(self, prompts: Sequence[str], choices: Sequence[Sequence[str]]) -> list[tuple[float, ...]]:
        """The natural-log probability of each choice behind its prompt."""


def as_messages(prompt: str, system: str = "") -> list[dict[str, str]]:
    """A prompt as a chat, behind the system message where there is one."""
    before = [{"role": "system", "content": system}] if system else []
    return [*before, {"role": "user", "content": prompt}]


def no_system(name: str) -> DataError:
    """What to say of a model that has no place for a system message."""
    return DataError(f"the model {name} has no chat template, so it takes no system message: leave it out.")


def cut(completion: Completion) -> bool:
    """Whether an answer was cut at its limit of tokens."""
    return completion.stop == CUT


def first_line(text: str) -> str:
    """The answer itself: the first line of the text that is not blank, since most models talk on.

    A line that ends in a colon, such as "The answer is:", has the next one with it.
    """
    line, _, rest = text.strip().partition("\n")
    return f"{line.rstrip()} {first_line(rest)}".rstrip() if announces(line) else line.rstrip()


def announces(line: str) -> bool:
    """Whether a line has what it says still before it."""
    return line.rstrip().endswith(":")
