"""From the name of a language model to the model."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from ..core.errors import need
from ..gguf.find import find_gguf
from .endpoint import Endpoint
from .language_model import LanguageModel


def find_model(
    model: str,
    base_url: str = "",
    *,
    one_line: bool = True,
    tuned: bool = False,
    system: str = "",
    limits: Mapping[str, Any] = MappingProxyType({}),
    begins: str = "",
) -> LanguageModel:
    """The model that is named by a folder or hub id, or, with an address, by what the server there calls it.

    The path of a GGUF file, or `smollm2`, names a model that llama.cpp runs; where it is compared with what was `tuned`
    of it, transformers does, as it runs those.

    With `one_line` the answers of a local model end with their first line, as most small ones talk on. A `system`
    message goes before each prompt. `limits` are `connections` and `per_minute`, how hard a server is asked. An answer
    of a model that runs here goes on behind the words that it `begins` with.
    Raises DataError where there is no such model, UsageError where the address cannot be one.
    """
    if base_url:
        endpoint = Endpoint(model, base_url, system=system, **limits)
        need("aiohttp", f"the served model {model}")
        from .served import ServedModel

        return ServedModel(endpoint)
    file = None if tuned else find_gguf(model)
    if file:
        need("xllamacpp", f"the model {model}")
        from .llama import LlamaModel

        return LlamaModel(model, file, one_line, system, begins)
    need("transformers", f"the model {model}")
    from .local import LocalModel

    return LocalModel.find(model, one_line=one_line, system=system, begins=begins)


def reach(endpoint: Endpoint) -> None:
    """Raise DataError where nothing answers at an address, before other work is done for it."""
    need("aiohttp", f"the served model {endpoint.model}")
    from .client import Client
    from .running import run_async

    run_async(Client(endpoint).reach)
