"""What an endpoint honours: each option is asked for once, and judged by what comes back, not by a friendly status."""

from typing import Any

import openai

from .endpoint import Endpoint

ASK = "Count from one to fifty in words."
LONG, FEW = 48, 3  # tokens
Reply = Any


def probe(endpoint: Endpoint) -> dict[str, Any]:
    """What the endpoint does with each option: True honoured, False ignored or refused, None where it cannot be told.

    `answers` is False where the plain request fails, and then `error` says why; the rest is not asked for.
    `model` and `fingerprint` are what the server calls itself.
    """
    client = openai.OpenAI(
        base_url=endpoint.base_url, api_key=endpoint.api_key, timeout=endpoint.timeout, max_retries=endpoint.retries
    )
    with client:
        try:
            plain = _ask(client, endpoint.model)
        except FAILURES as error:
            return {"answers": False, "error": f"{type(error).__name__}: {str(error).splitlines()[0]}"[:200]}
        text = _text(plain)
        if text is None:
            return {"answers": False, "error": "the reply holds no text"}
        honoured: dict[str, Any] = {"answers": True, "error": ""}
        honoured["model"], honoured["fingerprint"] = plain.model, getattr(plain, "system_fingerprint", None)
        honoured["usage"] = _tokens(plain) is not None
        again = _try(client, endpoint.model)
        honoured["greedy"] = None if again is None else _text(again) == text
        honoured["max_tokens"] = _shortened(text, _try(client, endpoint.model, max_tokens=FEW))
        honoured["stop"] = _stopped(client, endpoint.model, text)
        two = _try(client, endpoint.model, n=2, temperature=1.0)
        honoured["n"] = two is not None and len(two.choices or ()) == 2
        likely = _try(client, endpoint.model, logprobs=True, top_logprobs=2)
        honoured["logprobs"] = likely is not None and bool(getattr(likely.choices[0].logprobs, "content", None))
        honoured["seed"] = _seeded(client, endpoint.model)
        honoured["system"] = _system(client, endpoint.model, plain)
        return honoured


FAILURES = (openai.OpenAIError, ValueError, TypeError, AttributeError, KeyError, IndexError)


def _ask(client: openai.OpenAI, model: str, system: str = "", **options: Any) -> Reply:
    messages: list[Any] = [{"role": "user", "content": ASK}]
    if system:
        messages.insert(0, {"role": "system", "content": system})
    settings: dict[str, Any] = {"max_tokens": LONG, "temperature": 0.0, **options}
    return client.chat.completions.create(model=model, messages=messages, **settings)


def _try(client: openai.OpenAI, model: str, system: str = "", **options: Any) -> Reply | None:
    """The reply, or nothing where the server refuses the option or sends what cannot be read."""
    try:
        reply = _ask(client, model, system, **options)
    except FAILURES:
        return None
    return None if _text(reply) is None else reply


def _text(reply: Reply) -> str | None:
    choices = getattr(reply, "choices", None)
    text = choices[0].message.content if choices and choices[0].message else None
    return text if isinstance(text, str) else None


def _tokens(reply: Reply) -> tuple[int, int] | None:
    """The prompt's and the answer's tokens as the server counts them, if it does."""
    counts: list[Any] = [getattr(reply.usage, name, None) for name in ("prompt_tokens", "completion_tokens")]
    return (counts[0], counts[1]) if all(isinstance(count, int) and count > 0 for count in counts) else None


def _shortened(text: str, reply: Reply | None) -> bool | None:
    """Whether an answer that was asked to be shorter is; None where the plain answer is as short already."""
    if reply is None:
        return False
    counts = _tokens(reply)
    if counts and counts[1] > FEW:
        return False
    short = _text(reply) or ""
    return True if len(short) < len(text) else None if len(text.split()) <= FEW else False


def _stopped(client: openai.OpenAI, model: str, text: str) -> bool | None:
    """Whether an answer ends before a string that the plain answer holds; None where that is empty."""
    middle = text.strip()[len(text.strip()) // 2 :][:1]
    if not middle.strip():
        middle = next((letter for letter in text if letter.strip()), "")
    if not middle:
        return None
    reply = _try(client, model, stop=[middle])
    return reply is not None and middle not in (_text(reply) or "").removesuffix(middle)


def _seeded(client: openai.OpenAI, model: str) -> bool | None:
    """Whether a seed makes a draw repeat; None where other seeds give the same text too."""
    first, again, other = (_try(client, model, temperature=1.0, seed=seed) for seed in (1, 1, 2))
    if first is None or again is None:
        return False
    if _text(first) != _text(again):
        return False
    return None if other is None or _text(other) == _text(first) else True


def _system(client: openai.OpenAI, model: str, plain: Reply) -> bool | None:
    """Whether a system message reaches the model: it is counted among the prompt's tokens, or changes the answer."""
    reply = _try(client, model, system="You answer every question with the single word no.")
    if reply is None:
        return False
    before, after = _tokens(plain), _tokens(reply)
    if before and after:
        return after[0] > before[0]
    return True if _text(reply) != _text(plain) else None
