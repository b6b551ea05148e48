"""Replies of other interfaces than OpenAI's, as gateways pass them on -> one with choices; and complaints."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

TEXTS = ("generated_text", "response", "completion", "output_text", "content", "text", "result")  # of an answer
COMPLAINTS = ("error_msg", "error_message", "msg", "message", "detail", "status_msg", "reason")


def as_chat(document: Json) -> Json:
    """The reply with its answer in `choices`; as it is where it has none that is known."""
    choices = document.get("choices")
    if isinstance(choices, Mapping):
        return {**document, "choices": list(choices.values())}
    if choices or isinstance(document.get("message"), Mapping):
        return document
    inner = document.get("output")
    if isinstance(inner, Mapping):  # DashScope
        return {**document, **as_chat(inner)}
    for shape in (_gemini, _responses, _anthropic, _plain):
        choice = shape(document)
        if choice:
            return {**document, "choices": [choice]}
    return document


def complaint(document: Json) -> str:
    """What a reply without an answer says is wrong; empty where it says nothing."""
    errors = document.get("errors")
    places = [document, document.get("base_resp"), *(errors if isinstance(errors, list) else [])]
    for place in places:
        known = place if isinstance(place, Mapping) else {"message": place}
        told = next((known[name] for name in COMPLAINTS if known.get(name) and isinstance(known[name], str)), "")
        if told and told.lower() not in ("success", "ok"):
            return told
    return ""


def _gemini(document: Json) -> Json:
    found = next(iter(mappings(document.get("candidates"))), None)
    if not found:
        return {}
    content = found.get("content")
    said = mappings(content.get("parts")) if isinstance(content, Mapping) else []
    words = [{"type": "thinking" if part.get("thought") else "text", "text": part.get("text", "")} for part in said]
    return {"message": {"content": words or None}, "finish_reason": found.get("finishReason")}


def _responses(document: Json) -> Json:
    """OpenAI's newer interface: a list of messages, reasoning and calls of tools."""
    output = document.get("output")
    if not isinstance(output, list):
        return {}
    messages = [part for part in mappings(output) if part.get("type") == "message"]
    content = [part for message in messages for part in message.get("content") or ()]
    cut = document.get("incomplete_details")
    reason = cut.get("reason") if isinstance(cut, Mapping) else None
    return {"message": {"content": content or None}, "finish_reason": reason or document.get("status")}


def _anthropic(document: Json) -> Json:
    content = document.get("content")
    if not isinstance(content, list):
        return {}
    return {"message": {"content": content}, "finish_reason": document.get("stop_reason")}


def _plain(document: Json) -> Json:
    """A text alone, as llama.cpp, Ollama and TGI complete one."""
    text = next((document[name] for name in TEXTS if isinstance(document.get(name), str)), None)
    return {} if text is None else {"message": {"content": text}, "finish_reason": document.get("done_reason")}


def mappings(value: Any) -> list[Json]:
    """The mappings in a list; none where it is no list."""
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list | tuple) else []
