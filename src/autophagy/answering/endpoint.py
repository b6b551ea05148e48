"""The address of a served model and how patiently it is asked: vLLM, llama.cpp, Ollama, a vendor."""

import os
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit, urlunsplit

from ..core.errors import UsageError, must

ANY_KEY = "none"  # local servers want some key and look at none
VERBS = re.compile(r"/+(?:chat/completions|completions|responses|models)?/*$")  # what people copy with an address
VERSION = re.compile(r"/v\d\w*(?:/|$)")  # a version in an address: ".../v1", ".../v1beta/models"
# an address of Azure, which wants a key by another name: it takes what is borne for a token
AZURE = re.compile(r"\.(?:azure\.com|azure-api\.net)(?:[:/]|$)|/openai/deployments/|[?&]api-version=", re.IGNORECASE)
TOKEN = "eyJ"  # how a token begins, which is a JSON object in base64


@dataclass(frozen=True)
class Endpoint:
    """What a server calls its model, where it is, and the patience with it.

    `base_url` is by default that of OPENAI_BASE_URL, and `api_key` OPENAI_API_KEY, or any word where there is none. It
    is taken with or without /v1, a slash at its end, and /chat/completions; a query, as Azure has it, stays.
    An attempt that takes more than `timeout` seconds is made once more. One that is turned away with 429 or 5xx, or
    brings no readable answer, is made again up to `retries` times, first after `pause` seconds and then after twice as
    long each time, or four times at a 429 that names no time, up to a minute, and twice more where a server that has
    answered is gone; one that says it is loading its model is waited for, up to `loading` seconds. `connections` is the
    number of requests at a time, and `per_minute` the most that are sent in a minute, one after the other at equal
    distances; 0 is no limit. A `system` message goes before each prompt. Raises UsageError where there is no address.
    """

    model: str
    base_url: str = ""
    api_key: str = field(default="", repr=False)
    timeout: float = 300.0
    retries: int = 4
    pause: float = 1.0
    loading: float = 300.0
    connections: int = 16
    per_minute: float = 0.0
    system: str = ""

    def __post_init__(self) -> None:
        address = (self.base_url or os.environ.get("OPENAI_BASE_URL", "")).strip()
        if not address.startswith(("http://", "https://")):
            raise UsageError(
                f"the endpoint of the model {self.model} has no address that starts with http:// or https:// "
                f"({address!r}): give its base_url, such as http://127.0.0.1:8000/v1, or set OPENAI_BASE_URL."
            )
        parts = urlsplit(address)
        object.__setattr__(self, "base_url", urlunsplit(parts._replace(path=VERBS.sub("", parts.path), fragment="")))
        object.__setattr__(self, "api_key", (self.api_key or os.environ.get("OPENAI_API_KEY", "")).strip() or ANY_KEY)
        if not self.api_key.isascii() or not self.api_key.isprintable():
            raise UsageError("OPENAI_API_KEY holds a character that no key has: copy the key again.")
        must(self.timeout > 0, "timeout", self.timeout, "a number of seconds above 0")
        must(self.retries >= 0, "retries", self.retries, "a count, 0 or more")
        must(self.per_minute >= 0, "per_minute", self.per_minute, "a number of requests, or 0 for no limit")
        must(self.connections >= 1, "connections", self.connections, "a count, 1 or more")

    @property
    def headers(self) -> dict[str, str]:
        """What goes with each request: the key, as OpenAI wants it or as Azure does."""
        azure = AZURE.search(self.base_url) and not self.api_key.startswith(TOKEN)
        key = {"api-key": self.api_key} if azure else {"Authorization": f"Bearer {self.api_key}"}
        return {**key, "Accept": "application/json"}

    @property
    def roots(self) -> tuple[str, ...]:
        """Where the interface may lie: as given, and with /v1, which goes first where the address has no path."""
        path = urlsplit(self.base_url).path
        given, versioned = self.base_url, self._at(f"{path}/v1")
        if VERSION.search(path):
            return (given,)
        return (given, versioned) if path else (versioned, given)

    def url(self, root: str, verb: str) -> str:
        """The address of a verb, such as chat/completions, below a root; a query stays behind it."""
        parts = urlsplit(root)
        return urlunsplit(parts._replace(path=f"{parts.path}/{verb}"))

    def _at(self, path: str) -> str:
        return urlunsplit(urlsplit(self.base_url)._replace(path=path))
