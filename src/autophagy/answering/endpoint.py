"""The address of a served model and how patiently it is asked: vLLM, llama.cpp, Ollama or transformers serve."""

import os
from dataclasses import dataclass, field

from ..core.errors import UsageError, must

ANY_KEY = "none"  # local servers want some key and look at none


@dataclass(frozen=True)
class Endpoint:
    """What a server calls its model, where it is, and the patience with it.

    `base_url` is by default that of OPENAI_BASE_URL, and `api_key` OPENAI_API_KEY, or any word where there is none.
    An attempt that takes more than `timeout` seconds, is turned away with 429 or 5xx, or brings no readable answer is
    made again, up to `retries` times, first after `pause` seconds and then after twice as long each time. `connections`
    is the number of requests at a time. Raises UsageError where there is no address.
    """

    model: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    timeout: float = 60.0
    retries: int = 4
    pause: float = 1.0
    connections: int = 16

    def __post_init__(self) -> None:
        address = (self.base_url or os.environ.get("OPENAI_BASE_URL", "")).rstrip("/")
        object.__setattr__(self, "base_url", address)
        object.__setattr__(self, "api_key", self.api_key or os.environ.get("OPENAI_API_KEY", "") or ANY_KEY)
        if not address.startswith(("http://", "https://")):
            raise UsageError(
                f"the endpoint of the model {self.model} has no address that starts with http:// or https:// "
                f"({address!r}): give its base_url, such as http://127.0.0.1:8000/v1, or set OPENAI_BASE_URL."
            )
        must(self.timeout > 0, "timeout", self.timeout, "a number of seconds above 0")
        must(self.retries >= 0, "retries", self.retries, "a count, 0 or more")
        must(self.connections >= 1, "connections", self.connections, "a count, 1 or more")
