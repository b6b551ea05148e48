"""Replies of other interfaces than OpenAI's, as gateways pass them on -> one with choices; and complaints."""

from collections.abc import Mapping
from typing import Any

Json = Mapping[str, Any]

TEXTS = ("generated_text", "response", "completion", "output_text", "content", "text", "result")  # of an answer
COMPLAINTS = ("error_msg", "error_message", "error_description", "msg", "message", "detail", "status_msg", "reason")


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
    for shape in (_gemini, _responses, _anthropic, _piece, _plain):
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
    words = [
        {"type": "thinking" if part.get("thought") else "text", "text": part["text"]} for part in said if "text" in part
    ]
    return {"message": {"content": words or None}, "finish_reason": found.get("finishReason")}


def _responses(document: Json) -> Json:
    """OpenAI's newer interface: a list of messages, reasoning and calls of tools."""
    output = document.get("output")
    if not isinstance(output, list):
        return {}
    parts = mappings(output)
    content = [part for message in parts if message.get("type") == "message" for part in message.get("content") or ()]
    content += [part for part in parts if part.get("type") == "reasoning" and part.get("summary")]
    cut = document.get("incomplete_details")
    reason = cut.get("reason") if isinstance(cut, Mapping) else None
    return {"message": {"content": content or None}, "finish_reason": reason or document.get("status")}


def _anthropic(document: Json) -> Json:
    content = document.get("content")
    if not isinstance(content, list):
        return {}
    return {"message": {"content": content}, "finish_reason": document.get("stop_reason")}


def _piece(document: Json) -> Json:
    """A piece of a stream of Anthropic's or Cohere's."""
    delta = document.get("delta")
    if not isinstance(delta, Mapping):
        return {}
    finish = delta.get("stop_reason") or delta.get("finish_reason")
    return {"delta": delta["message"] if isinstance(delta.get("message"), Mapping) else delta, "finish_reason": finish}


def _plain(document: Json) -> Json:
    """A text alone, as llama.cpp, Ollama and TGI complete one."""
    text = next((document[name] for name in TEXTS if isinstance(document.get(name), str)), None)
    message = {"content": text, "thinking": document.get("thinking")}
    return {} if text is None else {"message": message, "finish_reason": document.get("done_reason")}


def models_of(document: Any) -> list[str]:
    """The names of the models that a server lists, in a list by itself or within."""
    listed = document if isinstance(document, list) else document.get("data") or document.get("models")
    return [str(model.get("id") or model.get("name")) for model in mappings(listed)]


def mappings(value: Any) -> list[Json]:
    """The mappings in a list; none where it is no list."""
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list | tuple) else []
