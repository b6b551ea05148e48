"""A model of the loop as a language model: it goes on with a text, as the passages do that it was fitted on."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..core.stops import CUT
from ..core.streams import stream
from ..scale.threads import threads
from .language_model import ANSWER, Completion, Seeds, seeds_of


@dataclass(frozen=True)
class FittedWriter:
    """A fitted model with `complete`; what it was fitted on begins as the last line of each prompt does."""

    name: str
    fitted: Any = field(repr=False)

    def complete(
        self, prompts: Sequence[str], *, max_tokens: int = ANSWER, temperature: float = 0.0, seed: Seeds = None
    ) -> list[Completion]:
        """What goes on behind the last line of each prompt; it hangs on that line and its seed alone.

        The seconds of all are shared by them.
        """
        begun = time.perf_counter()
        lines = [prompt.rstrip("\n").rpartition("\n")[2] for prompt in prompts]
        rngs = [stream(own or 0, "completion") for own in seeds_of(seed, len(prompts))]
        with threads(1):  # so that no text hangs on how many there are; the networks are small
            made = self.fitted.complete(lines, rngs, longest=max_tokens, bias=temperature)
        read, written = self._tokens(lines), self._tokens([text for text, _ in made])
        seconds = (time.perf_counter() - begun) / max(1, len(prompts))
        return [
            Completion(text, read[place], written[place] + ended, seconds, stop="stop" if ended else CUT)
            for place, (text, ended) in enumerate(made)
        ]

    def _tokens(self, texts: Sequence[str]) -> list[float]:
        """The tokens of each text, without its end."""
        return [float(count) - 1 for count in self.fitted.tokens(np.array(texts, np.dtypes.StringDType()))]
