"""The text and the reasoning of a message, in any of the places and forms in which servers put them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .shapes import Json, mappings

THOUGHTS = (
    *("reasoning_content", "reasoning", "thinking", "thoughts", "reasoning_details"),
    *("thinking_content", "reasoning_text", "thought", "analysis"),
)
SPOKEN = ("text", "output_text", "refusal", None)  # the types of parts that are the answer
WITHIN = ("text", "content", "thinking", "summary", "value", "refusal")  # where the text of a part stands
PART = {"type", *WITHIN}


def said(choice: Json) -> tuple[str | None, str]:
    """The text of a choice, None where it has none, and its reasoning."""
    message = message_of(choice)
    text, inner = _parts(message.get("content", message.get("text")))
    outer = next((thought for name in THOUGHTS if (thought := "".join(_texts(message.get(name))))), "")
    if not text and isinstance(message.get("refusal"), str):
        text = message["refusal"]
    return text, inner or outer


def calls_a_tool(choice: Json) -> bool:
    """Whether a choice calls a tool, which some servers do unasked, and call the end of it "stop"."""
    message = message_of(choice)
    return bool(message.get("tool_calls") or message.get("function_call"))


def message_of(choice: Json) -> Json:
    """The message of a choice, or its piece of one."""
    return next((choice[name] for name in ("message", "delta") if isinstance(choice.get(name), Mapping)), choice)


def _parts(content: Any) -> tuple[str | None, str]:
    """The text and the reasoning of a content, which may be a list of parts, or JSON that was asked for."""
    if content is None or isinstance(content, str):
        return content, ""
    parts = [content] if isinstance(content, Mapping) else content
    if not isinstance(parts, Sequence) or not all(map(_is_part, parts)):
        return json.dumps(content, ensure_ascii=False), ""
    spoken = [part for part in parts if isinstance(part, str) or _spoken(part)]
    thought = [part for part in mappings(parts) if not _spoken(part)]
    return ("".join(_texts(spoken)) if spoken else None), "".join(_texts(thought))


def _is_part(value: Any) -> bool:
    """Whether a value is a part of a content, and no JSON that a model wrote."""
    return isinstance(value, str) or (isinstance(value, Mapping) and not PART.isdisjoint(value))


def _spoken(part: Any) -> bool:
    """Whether a part of a content is of the answer."""
    return isinstance(part, Mapping) and part.get("type") in SPOKEN


def _texts(value: Any) -> Iterator[str]:
    """Every text within parts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name in WITHIN:
            yield from _texts(value.get(name))
    elif isinstance(value, Sequence):
        for part in value:
            yield from _texts(part)
