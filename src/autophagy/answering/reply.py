"""What a server sent back, read as servers send it: text in any of its places, why it stopped, and what was counted."""

import gzip
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ..core.stops import CUT, CUT_WORDS
from .document import BrokenReply, WebPage, read_document
from .message import calls_a_tool, said
from .refusal import HELD_BACK, Refusal, refusal_of
from .shapes import Json, as_chat, complaint, mappings

GZIP = b"\x1f\x8b"
STOPS = {  # what servers call the end of an answer -> what we call it
    CUT: CUT_WORDS,
    "content_filter": HELD_BACK,
    "tool_calls": ("tool_calls", "tool_use", "function_call"),
}
BROKEN_OFF = (
    "abort",
    "aborted",
    "cancelled",
    "canceled",
    "user_cancel",
    "insufficient_system_resource",
)  # by the server
COUNTS = (
    ("prompt_tokens", "input_tokens", "prompt_eval_count", "promptTokenCount", "tokens_evaluated"),
    ("completion_tokens", "output_tokens", "eval_count", "candidatesTokenCount", "tokens_predicted"),
)


@dataclass(frozen=True, slots=True)
class ServerReply:
    """One reply: its text and reasoning as they came, why it stopped, and its tokens.

    `stop` is "stop", "length", "content_filter" or "tool_calls", and `ended` the server's own word for it, "" where it
    has none. Tokens that nobody counted, or that cannot be, are NaN. `document` is all that came.
    """

    text: str
    reasoning: str
    stop: str
    tokens_in: float
    tokens_out: float
    ended: str = ""
    document: Json = field(default_factory=dict)


def read(status: int, body: bytes) -> ServerReply:
    """Read a reply; raises Refusal for an error, also one with status 200, and BrokenReply for what is no answer."""
    text = (gzip.decompress(body) if body.startswith(GZIP) else body).decode("utf-8-sig", "replace")
    try:
        document = read_document(text)
    except BrokenReply as error:
        if status >= 400:
            words = "a web page" if isinstance(error, WebPage) else " ".join(text.split())[:160]
            raise Refusal(status, words or "no reason given") from error
        raise
    document = as_chat(document)
    if refused := refusal_of(document, status):
        raise refused
    return _reply(document)


def _reply(document: Json) -> ServerReply:
    choices = mappings(document.get("choices"))
    choice = choices[0] if choices else document if isinstance(document.get("message"), Mapping) else None
    if choice is None:
        told = complaint(document)
        raise BrokenReply("the reply holds no answer" + (told and f": {told}"))
    text, reasoning = said(choice)
    usage = document.get("usage") or document.get("usageMetadata")
    if isinstance(usage, Mapping) and isinstance(usage.get("tokens"), Mapping):
        usage = usage["tokens"]
    counted: Json = usage if isinstance(usage, Mapping) else document
    tokens_in, tokens_out = (_count(counted, names) for names in COUNTS)
    ended = str(choice.get("finish_reason") or document.get("done_reason") or choice.get("stop_reason") or "")
    stop = next((ours for ours, theirs in STOPS.items() if ended.lower() in theirs), "stop")
    if ended.lower() in BROKEN_OFF:
        raise BrokenReply(f"the server broke the answer off ({ended})")
    if not text and stop == "stop" and calls_a_tool(choice):
        stop, ended = "tool_calls", "a call of a tool"
    if text is None and stop == "stop" and not reasoning:
        raise BrokenReply("the reply holds no text")
    return ServerReply(text or "", reasoning, stop, tokens_in, tokens_out, ended, document)


def _count(usage: Json, names: Sequence[str]) -> float:
    """A count of tokens under any of its names; NaN where there is none, or it cannot be: a prompt has tokens."""
    for name in names:
        value = usage.get(name)
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value > 0:
            return float(value)
    return math.nan
