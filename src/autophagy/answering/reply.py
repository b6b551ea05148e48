"""What a server sent back, read as servers send it: text in any of its places, why it stopped, and what was counted."""

import gzip
import json
import math
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from ..core.stops import CUT, CUT_WORDS
from .shapes import Json, as_chat, complaint, mappings

GZIP = b"\x1f\x8b"
STOPS = {  # what servers call the end of an answer -> what we call it
    CUT: CUT_WORDS,
    "content_filter": (
        "content_filter",
        "content_filtered",
        "safety",
        "recitation",
        "blocklist",
        "prohibited_content",
        "error",
    ),
    "tool_calls": ("tool_calls", "tool_use", "function_call"),
}
THOUGHTS = (
    *("reasoning_content", "reasoning", "thinking", "thoughts", "reasoning_details"),
    *("thinking_content", "reasoning_text", "thought", "analysis"),
)
COUNTS = (
    ("prompt_tokens", "input_tokens", "prompt_eval_count", "promptTokenCount", "tokens_evaluated"),
    ("completion_tokens", "output_tokens", "eval_count", "candidatesTokenCount", "tokens_predicted"),
)
SPOKEN = ("text", "output_text", None)  # the types of parts that are the answer
# the lines of a stream of events: fields, and comments, which begin with a colon
EVENTS = re.compile(r"\A\s*(?:data|event|id|retry|error)?:")
# "Please retry after 33 seconds", "try again in 6m0.5s": how long to wait, where no header says it
WAIT = re.compile(
    r"\b(?:retry|try again|wait)\s+(?:after|in|for|at least)?\s*"
    r"((?:\d+(?:\.\d+)?\s*(?:milliseconds?|ms|hours?|h|minutes?|min|m|seconds?|secs?|s)\b,?\s*(?:and\s+)?|\d+[hm](?=\d))+)",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|mil|h|m|s)", re.IGNORECASE)
UNITS = {"ms": 0.001, "mil": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}  # in seconds
# a web page in place of JSON: a proxy's, or a login
PAGE = re.compile(r"\A\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)


class BrokenReply(Exception):
    """A reply that holds no readable answer, so that it is to be asked for again."""


class WebPage(BrokenReply):
    """A web page where a reply was wanted: the address is probably another one."""


class Refusal(Exception):
    """An error of the server: its status, what it says, and which option it names."""

    def __init__(self, status: int, message: str, option: str = "", code: str = "", wait: float = 0.0) -> None:
        super().__init__(message)
        self.status, self.message, self.option, self.code, self.wait = status, message, option, code, wait

    @property
    def loading(self) -> bool:
        """Whether the server is still loading its model."""
        return self.status in (0, 503) and "load" in self.message.lower() and "overload" not in self.message.lower()


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
        document = _document(text)
    except BrokenReply as error:
        if status >= 400:
            words = "a web page" if isinstance(error, WebPage) else " ".join(text.split())[:160]
            raise Refusal(status, words or "no reason given") from error
        raise
    document = as_chat(document)
    refused = _error(document, status)
    if refused:
        raise refused
    return _reply(document)


def wait_of(headers: Mapping[str, str]) -> float:
    """The seconds that a server asks to wait for, as a number or a date; 0 where it does not."""
    if (told := headers.get("retry-after-ms", "")).isdigit():
        return int(told) / 1000
    told = headers.get("retry-after", "").strip()
    try:
        return float(told) if told[:1].isdigit() and "," not in told else _until(told)
    except (ValueError, TypeError):
        return 0.0


def told_wait(message: str) -> float:
    """The seconds that a refusal asks to wait for in its words; 0 where it does not."""
    told = WAIT.search(message)
    return sum(float(n) * UNITS[unit.lower()] for n, unit in AMOUNT.findall(told[1])) if told else 0.0


def _until(date: str) -> float:
    return max(0.0, parsedate_to_datetime(date).timestamp() - time.time()) if date else 0.0


def _document(text: str) -> Json:
    """The JSON of a reply; the pieces of a stream, which comes also where none was asked for, are put together."""
    if PAGE.match(text):
        raise WebPage("a web page came back")
    if EVENTS.match(text):
        return _joined(_events(text))
    try:
        return _json(text)
    except BrokenReply:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        return _joined([_json(line) for line in lines])


def _events(text: str) -> list[Json]:
    """The pieces of a stream; what is no JSON among them only says that the server is still there."""
    lines = [line.partition(":") for line in text.splitlines()]
    fields = [(name.strip(), told.strip()) for name, _, told in lines]
    if failed := [told for name, told in fields if name == "error" and told]:  # as llama.cpp tells of an error
        return [{"error": _json(failed[0])} if failed[0].startswith("{") else {"error": failed[0]}]
    told = [told for name, told in fields if name == "data" and told and not told.startswith((":", "[DONE]"))]
    return [_json(each) for each in told if each.startswith(("{", "[{"))] or [_json(each) for each in told[:1]]


def _json(text: str) -> Json:
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise BrokenReply(f"no JSON came back but {' '.join(text.split())[:60]!r}") from error
    if isinstance(document, Sequence) and len(document) == 1:
        document = document[0]
    if not isinstance(document, Mapping):
        raise BrokenReply(f"no reply came back but {str(document)[:60]!r}")
    return document


def _joined(pieces: Sequence[Json]) -> Json:
    """The pieces of a stream as one reply."""
    failed = next((piece for piece in pieces if piece.get("error")), None)
    if failed or not pieces:
        return failed or {}
    last: dict[str, Any] = {}
    text, reasoning = "", ""
    for piece in pieces:
        last |= {name: value for name, value in piece.items() if value is not None and name != "choices"}
        for choice in mappings(piece.get("choices"))[:1] or ([piece] if "message" in piece else []):
            said, thought = _said(choice)
            text, reasoning = text + (said or ""), reasoning + thought
            last["finish_reason"] = choice.get("finish_reason") or last.get("finish_reason")
    message = {"content": text, "reasoning_content": reasoning}
    return last | {"choices": [{"message": message, "finish_reason": last.get("finish_reason")}]}


def _error(document: Json, status: int) -> Refusal | None:
    """The error that a reply is, in any of the forms in which servers tell of one."""
    failed = (status >= 400 and not _filtered(document)) or document.get("object") == "error"
    told = document.get("error") or (document if failed else None)
    if not told:
        return None
    known = told if isinstance(told, Mapping) else {"message": told}
    detail = known.get("message") or known.get("detail") or document.get("message") or document.get("detail") or known
    option = known.get("param") or ""
    if isinstance(detail, Sequence) and not isinstance(detail, str):  # as FastAPI tells which field it refuses
        parts = mappings(detail)
        option = next((str(part["loc"][-1]) for part in parts if part.get("loc")), option)
        detail = "; ".join(f"{'.'.join(map(str, part.get('loc', ())))}: {part.get('msg', part)}" for part in parts)
    code = next((known[name] for name in ("code", "status", "status_code", "type") if known.get(name)), "")
    if status < 400:
        status = int(code) if str(code).isdigit() else 0
    message = " ".join((detail if isinstance(detail, str) else json.dumps(detail)).split())[:400]
    wait = document.get("estimated_time") or (told_wait(message) if status in (429, 503) else 0.0)
    words = " ".join(str(known.get(name) or "") for name in ("code", "type"))
    return Refusal(status, message, str(option), words, float(wait) if isinstance(wait, int | float) else 0.0)


def _filtered(document: Json) -> bool:
    """Whether an answer was made and held back, which some servers tell as a reply with the status of an error."""
    ends = {str(choice.get("finish_reason")).lower() for choice in mappings(document.get("choices"))}
    return not ends.isdisjoint(STOPS["content_filter"])


def _reply(document: Json) -> ServerReply:
    choices = mappings(document.get("choices"))
    choice = choices[0] if choices else document if isinstance(document.get("message"), Mapping) else None
    if choice is None:
        told = complaint(document)
        raise BrokenReply("the reply holds no answer" + (told and f": {told}"))
    said, reasoning = _said(choice)
    usage = document.get("usage") or document.get("usageMetadata")
    if isinstance(usage, Mapping) and isinstance(usage.get("tokens"), Mapping):
        usage = usage["tokens"]
    counted: Json = usage if isinstance(usage, Mapping) else document
    tokens_in, tokens_out = (_count(counted, names) for names in COUNTS)
    ended = str(choice.get("finish_reason") or document.get("done_reason") or choice.get("stop_reason") or "")
    stop = next((ours for ours, theirs in STOPS.items() if ended.lower() in theirs), "stop")
    if said is None:
        if stop == "stop" and not reasoning:
            raise BrokenReply("the reply holds no text")
        said = ""
    return ServerReply(said, reasoning, stop, tokens_in, tokens_out, ended, document)


def _said(choice: Json) -> tuple[str | None, str]:
    """The text of a choice, None where it has none, and its reasoning."""
    message = next((choice[name] for name in ("message", "delta") if isinstance(choice.get(name), Mapping)), choice)
    text, inner = _parts(message.get("content", message.get("text")))
    outer = next((thought for name in THOUGHTS if (thought := "".join(_texts(message.get(name))))), "")
    if not text and isinstance(message.get("refusal"), str):
        text = message["refusal"]
    return text, inner or outer


def _parts(content: Any) -> tuple[str | None, str]:
    """The text and the reasoning of a content, which may be a list of parts."""
    if content is None or isinstance(content, str):
        return content, ""
    if isinstance(content, Mapping):
        content = [content]
    if not isinstance(content, Sequence):
        return str(content), ""
    spoken = [part for part in content if isinstance(part, str) or _spoken(part)]
    thought = [part for part in mappings(content) if not _spoken(part)]
    return ("".join(_texts(spoken)) if spoken else None), "".join(_texts(thought))


def _spoken(part: Any) -> bool:
    """Whether a part of a content is of the answer."""
    return isinstance(part, Mapping) and part.get("type") in SPOKEN


def _texts(value: Any) -> Iterator[str]:
    """Every text within parts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name in ("text", "content", "thinking", "summary", "value"):
            yield from _texts(value.get(name))
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)


def _count(usage: Json, names: Sequence[str]) -> float:
    """A count of tokens under any of its names; NaN where there is none, or it cannot be: a prompt has tokens."""
    for name in names:
        value = usage.get(name)
        if isinstance(value, str) and value.isdigit():
            value = int(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value > 0:
            return float(value)
    return math.nan
