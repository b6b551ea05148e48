"""The answer that a reply is, or why it is none."""

from ..core.stops import CUT
from .language_model import Completion
from .plain import plain
from .reply import ServerReply


def answer_of(reply: ServerReply, limit: int, seconds: float) -> Completion:
    """The answer in a reply; what was cut, blocked or only thought is none."""
    said = plain(reply.text)
    reasoning = "\n".join(filter(None, (reply.reasoning.strip(), said.reasoning)))
    if not said.text and (inner := plain(reply.reasoning)).reasoning:  # all of it came where only reasoning belongs
        said, reasoning = inner, inner.reasoning
    full = bool(limit) and reply.tokens_out >= limit and (said.open or not said.text or not reply.ended)
    stop = CUT if full and reply.stop == "stop" else reply.stop
    if stop == CUT and said.ended and said.text:  # the model came to its end, and the server let it go on
        stop = "stop"
    error = ""
    if stop == CUT:
        place = f" at {limit:,} tokens" if limit else ""
        error = f"the answer was cut{place}" + ("" if said.text else ", before it began")
    elif stop != "stop":
        error = f"the reply ended with {reply.ended}: {said.text[:80]}".rstrip(": ")
    elif not said.text and reasoning:
        error = "the reply holds reasoning and no answer"
    text, written = (said.text, said.written) if not error or stop == CUT else ("", "")
    model, build = (str(reply.document.get(name) or "") for name in ("model", "system_fingerprint"))
    return Completion(text, reply.tokens_in, reply.tokens_out, seconds, error, stop, reasoning, written, model, build)
