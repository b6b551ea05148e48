"""llama.cpp in this process, with one GGUF file: chats and completions, as OpenAI's interface has them, and tokens."""

import json
import secrets
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..core.errors import DataError, need
from ..core.underway import as_begun
from ..gguf.find import GgufFile
from .language_model import as_messages
from .reply import ServerReply, read
from .threads import free_threads

POSITIONS = 8192  # of what a model could read at most: memory is taken for all of them
THREADS = "llama_cpp_threads"  # the fact of a run
SLOTS = 4  # prompts that are answered at the same time, each with its share of the positions

Options = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Engine:
    """A running llama.cpp: its server object, and the key of the loopback address that it opens beside."""

    server: Any
    key: str

    def chat(self, prompt: str, options: Options, system: str = "") -> ServerReply:
        """The reply to one message, behind the system message, through the chat template; raises Refusal."""
        messages = as_messages(prompt, system)
        return _reply(self.server.handle_chat_completions, {"messages": messages, **options})

    def completion(self, prompt: str | list[int], options: Options) -> ServerReply:
        """What follows a text, or tokens; raises Refusal."""
        return _reply(self.server.handle_completions, {"prompt": prompt, **options})

    def chat_text(self, prompt: str, system: str = "") -> str:
        """One message as the chat template writes it, up to where the answer begins."""
        return str(self._post("apply-template", {"messages": as_messages(prompt, system)})["prompt"])

    def tokens(self, text: str, *, control: bool) -> list[int]:
        """The tokens of a text: with `control`, of a whole prompt, where names of control tokens stand for them."""
        return list(
            self._post("tokenize", {"content": text, "add_special": control, "parse_special": control})["tokens"]
        )

    def _post(self, verb: str, body: Options) -> Any:
        """What llama.cpp has behind its address alone; no proxy is asked for it."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        data = json.dumps(body).encode()
        request = urllib.request.Request(f"{self.server.listening_address}/{verb}", data, headers)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as reply:
            return json.load(reply)


def open_engine(file: GgufFile, slots: int) -> Engine:
    """llama.cpp with that file, once a process; raises DataError where it cannot read the file.

    A run keeps the number of threads that it began with: llama.cpp adds up in another order with another number, so
    that a model answers otherwise where it is undecided.
    """
    return _opened(file, slots, as_begun(THREADS, free_threads))


@cache
def _opened(file: GgufFile, slots: int, count: int) -> Engine:
    llama = need("xllamacpp", f"the model {file.path.name}")
    key = secrets.token_hex()
    wanted = llama.CommonParams()
    wanted.model.path = str(file.path)
    wanted.api_keys = [key]
    wanted.chat_template = file.template
    wanted.n_ctx = min(file.positions or POSITIONS, POSITIONS // slots) * slots
    wanted.n_parallel, wanted.kv_unified = slots, False  # in one memory, an answer would hang on those beside it
    wanted.warmup, wanted.verbosity, wanted.ui = False, -1, False
    for threads in (wanted.cpuparams, wanted.cpuparams_batch):
        threads.n_threads = count
    try:
        return Engine(llama.Server(wanted), key)
    except RuntimeError as error:
        raise DataError(
            f"llama.cpp cannot run the model in {file.path}: give a language model's GGUF file, whole, of a kind that "
            f"xllamacpp {llama.__version__} knows, and as much memory as it is large."
        ) from error


def _reply(handle: Any, body: Options) -> ServerReply:
    """What a handler of llama.cpp says to a request."""
    said: list[bytes] = []
    handle(json.dumps(body).encode(), said.append)
    return read(200, said[0])
