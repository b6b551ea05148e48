"""A model behind an address that speaks OpenAI's language."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from .endpoint import Endpoint
from .language_model import Completion
from .provider import ask


@dataclass(eq=False)
class ServedModel:
    """A served model, asked through inspect_ai's provider of OpenAI-compatible addresses.

    `faults` counts the attempts that failed, by reason. No answer is an error, never a wrong answer. No option is
    relied on that a server may silently ignore: the temperature is asked to be 0 and the length to be `max_tokens`, and
    with `one_line` the answer is cut to one line here.
    """

    endpoint: Endpoint
    one_line: bool = True
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """What the server calls the model."""
        return self.endpoint.model

    def complete(self, prompts: Sequence[str], *, max_tokens: int) -> list[Completion]:
        """The answer to each prompt, several asked at once; one that never came has an error instead."""
        arguments = (self.endpoint, self.faults, list(prompts), max_tokens, self.one_line)
        with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own, which may not be run again
            return thread.submit(ask, *arguments).result()
