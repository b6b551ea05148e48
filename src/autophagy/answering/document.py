"""The JSON of a reply; one that comes in pieces, as a stream, is put together."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from .message import calls_a_tool, said
from .shapes import Json, as_chat, mappings

# the lines of a stream of events: fields, and comments, which begin with a colon
EVENTS = re.compile(r"\A\s*(?:data|event|id|retry|error)?:")
DONE = "[DONE]"  # what ends a stream
OF_A_PIECE = ("choices", "message", "delta", "response", "usage")  # what stands in each piece, and is no fact of all
# a web page in place of JSON: a proxy's, or a login
PAGE = re.compile(r"\A\s*<(?:!doctype|html|head|body|\?xml)", re.IGNORECASE)


class BrokenReply(Exception):
    """A reply that holds no readable answer, so that it is to be asked for again."""


class WebPage(BrokenReply):
    """A web page where a reply was wanted: the address is probably another one."""


def read_document(text: str) -> Json:
    """The JSON of a reply, or of the pieces of a stream, which comes also where none was asked for.

    Raises BrokenReply for what is neither.
    """
    if PAGE.match(text):
        raise WebPage("a web page came back")
    if EVENTS.match(text):
        return _joined(_events(text), over=DONE in text)
    try:
        return _json(text)
    except BrokenReply:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise
        return _joined([_json(line) for line in lines], over=True)


def _events(text: str) -> list[Json]:
    """The pieces of a stream; what is no JSON among them only says that the server is still there."""
    lines = [line.partition(":") for line in text.splitlines()]
    fields = [(name.strip(), told.strip()) for name, _, told in lines]
    if failed := [told for name, told in fields if name == "error" and told]:  # as llama.cpp tells of an error
        return [{"error": _json(failed[0])} if failed[0].startswith("{") else {"error": failed[0]}]
    told = [told for name, told in fields if name == "data" and told and not told.startswith((":", DONE))]
    return [_json(each) for each in told if each.startswith(("{", "[{"))] or [_json(each) for each in told[:1]]


def _json(text: str) -> Json:
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise BrokenReply(f"no JSON came back but {' '.join(text.split())[:60]!r}") from error
    if isinstance(found, Sequence) and len(found) == 1:
        found = found[0]
    if not isinstance(found, Mapping):
        raise BrokenReply(f"no reply came back but {str(found)[:60]!r}")
    return found


def _joined(pieces: Sequence[Json], over: bool) -> Json:
    """The pieces of a stream as one reply; it has no choice where no piece is of an answer.

    Raises BrokenReply where the stream is not `over`, nor says a piece that the answer is.
    """
    failed = next((piece for piece in pieces if piece.get("error")), None)
    whole = next(filter(None, map(_whole, reversed(pieces))), None)
    if failed or whole:
        return failed or whole or {}
    last, usage = dict[str, Any](), dict[str, Any]()
    for piece in pieces:
        last |= {name: value for name, value in piece.items() if value is not None and name not in OF_A_PIECE}
        usage |= {name: value for name, value in _usage(piece).items() if value is not None}
    choices = [choice for piece in pieces for choice in _choices(piece)]
    choices = [choice for choice in choices if not choice.get("index")]  # the first answer of several
    told = [said(choice) for choice in choices]
    ends = [choice["finish_reason"] for choice in choices if choice.get("finish_reason")]
    if not (over or ends) and any(mappings(piece.get("choices")) for piece in pieces):
        raise BrokenReply("the stream broke off before the end of the answer")
    message = {
        "content": "".join(text or "" for text, _ in told),
        "reasoning_content": "".join(thought for _, thought in told),
        "tool_calls": any(map(calls_a_tool, choices)),
    }
    choice = {"message": message, "finish_reason": ends[-1] if ends else last.get("finish_reason")}
    return {**last, **({"usage": usage} if usage else {}), "choices": [choice] if choices else []}


def _choices(piece: Json) -> list[Json]:
    """What a piece holds of each choice."""
    chat = as_chat(piece)
    return mappings(chat.get("choices")) or ([chat] if isinstance(chat.get("message"), Mapping) else [])


def _usage(piece: Json) -> Json:
    """What a piece says of tokens: by itself, within its message as Anthropic's first, or as Groq's last."""
    places = [piece, piece.get("x_groq"), piece.get("message")]
    found = (place.get("usage") for place in places if isinstance(place, Mapping))
    return next((usage for usage in found if isinstance(usage, Mapping)), {})


def _whole(piece: Json) -> Json:
    """The whole reply, which ends a stream of OpenAI's newer interface."""
    reply = piece.get("response")
    ended = isinstance(reply, Mapping) and reply.get("status") not in (None, "queued", "in_progress")
    return reply if ended and isinstance(reply, Mapping) else {}
