"""A model behind an address that speaks OpenAI's language, such as vLLM, llama.cpp, Ollama or transformers serve."""

import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ..core.errors import UsageError, must, need
from .language_model import Completion

ANY_KEY = "none"  # local servers want some key and look at none


@dataclass(eq=False)
class EndpointReader:
    """A served model, asked through inspect_ai's provider of OpenAI-compatible addresses.

    `base_url` is by default that of OPENAI_BASE_URL, and `api_key` OPENAI_API_KEY, or any word where there is none.
    An attempt that takes more than `timeout` seconds, is turned away with 429 or 5xx, or brings no readable answer is
    made again, up to `retries` times, first after `pause` seconds and then after twice as long each time; `faults`
    counts the attempts that failed, by reason. No answer is an error, never a wrong answer.

    No option is relied on that a server may silently ignore: the temperature is asked to be 0 and the length to be
    `max_tokens`, and the answer is cut to one line here. Raises UsageError where there is no address.
    """

    model: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    timeout: float = 60.0
    retries: int = 4
    pause: float = 1.0
    connections: int = 16
    one_line: bool = True
    faults: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.base_url = (self.base_url or os.environ.get("OPENAI_BASE_URL", "")).rstrip("/")
        self.api_key = self.api_key or os.environ.get("OPENAI_API_KEY", "") or ANY_KEY
        if not self.base_url.startswith(("http://", "https://")):
            raise UsageError(
                f"the endpoint of the model {self.model} has no address, or none of the web ({self.base_url!r}): "
                "give its base_url, such as http://127.0.0.1:8000/v1, or set OPENAI_BASE_URL."
            )
        must(self.timeout > 0, "timeout", self.timeout, "a number of seconds above 0")
        must(self.retries >= 0, "retries", self.retries, "a count, 0 or more")
        must(self.connections >= 1, "connections", self.connections, "a count, 1 or more")

    @property
    def name(self) -> str:
        """What the server calls the model."""
        return self.model

    def complete(self, prompts: Sequence[str], *, max_tokens: int) -> list[Completion]:
        """The answer to each prompt, some asked at once; one that never came has an error instead."""
        need("inspect_ai", "an endpoint")
        from .provider import ask

        with ThreadPoolExecutor(1) as thread:  # a notebook has a loop of its own, which may not be run again
            return thread.submit(ask, self, list(prompts), max_tokens).result()

    def probe(self) -> dict[str, Any]:
        """What the endpoint honours, as `probe.probe` finds it."""
        need("openai", "an endpoint")
        from .probe import probe

        return probe(self)
