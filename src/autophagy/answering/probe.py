"""What an endpoint honours: each option is asked for once, and judged by what comes back, not by a friendly status."""

import json
import math
from typing import Any

from ..core.errors import DataError
from .client import Client
from .endpoint import Endpoint
from .failure import FAILURES
from .manners import LIMIT
from .patience import Asking, Unanswered
from .reply import ServerReply
from .running import run_async

ASK = "Count from one to fifty in words."
LONG, FEW = 48, 3  # tokens
PLAIN = {LIMIT: LONG, "temperature": 0.0}  # what every server takes; each option is tried beside it
# an object that nobody makes unasked, and that ends within the tokens
SCHEMA = {
    "type": "object",
    "properties": {"dozen": {"enum": [12]}},
    "required": ["dozen"],
    "additionalProperties": False,
}
FORM = {"type": "json_schema", "json_schema": {"name": "count", "strict": True, "schema": SCHEMA}}
NAMED = {"model": "model", "fingerprint": "system_fingerprint"}


def probe(endpoint: Endpoint) -> dict[str, Any]:
    """What the endpoint does with each option: True honoured, False ignored or refused, None where it cannot be told.

    `manners` says what it wants otherwise than others, `model` and `fingerprint` what the server calls itself. Raises
    DataError where it does not answer at all.
    """
    return run_async(lambda: _probe(Client(endpoint)))


async def _probe(client: Client) -> dict[str, Any]:
    try:
        plain, _, _ = await client.patiently(Asking(ASK, dict(PLAIN)))
        return await _options(client, plain)
    except Unanswered as error:
        name, where = client.endpoint.model, client.endpoint.base_url
        raise DataError(
            f"the model {name} at {where} does not answer ({str(error).rstrip('.')}): check the address and what the "
            "server calls the model."
        ) from error
    finally:
        await client.close()


async def _options(client: Client, plain: ServerReply) -> dict[str, Any]:
    text = _text(plain)
    honoured: dict[str, Any] = {"manners": client.manners.json()}
    honoured |= {name: plain.document.get(there) for name, there in NAMED.items()}
    honoured["usage"] = _tokens(plain) is not None
    again = await _try(client)
    drawn = "temperature" in client.manners.refused
    honoured["greedy"] = False if drawn else None if again is None else _text(again) == text
    honoured["max_tokens"] = _shortened(text, await _try(client, max_tokens=FEW))
    honoured["stop"] = await _stopped(client, text)
    two = await _try(client, n=2, temperature=1.0)
    honoured["n"] = two is not None and len(two.document.get("choices") or ()) == 2
    likely = await _try(client, logprobs=True, top_logprobs=2)
    honoured["logprobs"] = likely is not None and _likely(likely)
    honoured["seed"] = await _seeded(client)
    honoured["system"] = await _system(client, plain)
    honoured["schema"] = _follows(await _try(client, response_format=FORM))
    return honoured


async def _try(client: Client, system: str = "", **options: Any) -> ServerReply | None:
    """The reply, or nothing where the server refuses the option or sends what cannot be read."""
    try:
        return await client.reply(ASK, PLAIN | options, system)
    except FAILURES:
        return None


def _text(reply: ServerReply) -> str:
    """What came: of a model that reasons at length, the reasoning alone."""
    return reply.text or reply.reasoning


def _likely(reply: ServerReply) -> bool:
    choice = (reply.document.get("choices") or [{}])[0]
    known = choice.get("logprobs") if isinstance(choice, dict) else None
    return bool(known.get("content") if isinstance(known, dict) else known)


def _follows(reply: ServerReply | None) -> bool:
    """Whether an answer has the form that was asked for."""
    try:
        return reply is not None and json.loads(_text(reply)) == {"dozen": 12}
    except ValueError:
        return False


def _tokens(reply: ServerReply) -> tuple[float, float] | None:
    """The prompt's and the answer's tokens as the server counts them, if it does."""
    return (reply.tokens_in, reply.tokens_out) if math.isfinite(reply.tokens_in + reply.tokens_out) else None


def _shortened(text: str, reply: ServerReply | None) -> bool | None:
    """Whether an answer that was asked to be shorter is; None where the plain answer is as short already."""
    if reply is None:
        return False
    counts = _tokens(reply)
    if counts and counts[1] > FEW:
        return False
    short = _text(reply)
    return True if len(short) < len(text) else None if len(text.split()) <= FEW else False


async def _stopped(client: Client, text: str) -> bool | None:
    """Whether an answer ends before a string that the plain answer holds; None where that is empty."""
    middle = text.strip()[len(text.strip()) // 2 :][:1]
    if not middle.strip():
        middle = next((letter for letter in text if letter.strip()), "")
    if not middle:
        return None
    reply = await _try(client, stop=[middle])
    return reply is not None and middle not in _text(reply).removesuffix(middle)


async def _seeded(client: Client) -> bool | None:
    """Whether a seed makes a draw repeat; None where other seeds give the same text too."""
    first, again, other = [await _try(client, temperature=1.0, seed=seed) for seed in (1, 1, 2)]
    if first is None or again is None:
        return False
    if _text(first) != _text(again):
        return False
    return None if other is None or _text(other) == _text(first) else True


async def _system(client: Client, plain: ServerReply) -> bool | None:
    """Whether a system message reaches the model: it is counted among the prompt's tokens, or changes the answer."""
    reply = await _try(client, system="You answer every question with the single word no.")
    if reply is None:
        return False
    before, after = _tokens(plain), _tokens(reply)
    if before and after:
        return after[0] > before[0]
    return True if _text(reply) != _text(plain) else None
