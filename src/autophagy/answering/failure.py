"""What went wrong at an attempt, in a word and in some."""

import os

from .document import BrokenReply
from .endpoint import Endpoint
from .refusal import Refusal
from .wire import CLOSED, NO_RESPONSE, NO_WAY, NO_WAY_IN_TIME, TOO_SLOW

FAILURES = (Refusal, BrokenReply, *NO_RESPONSE)


def kind(error: Exception) -> str:
    """The failure of an attempt in a word: a status such as 503, broken reply, timeout or no connection."""
    if isinstance(error, Refusal):
        return str(error.status or "error")
    if isinstance(error, BrokenReply):
        return "broken reply"
    return "timeout" if isinstance(error, TOO_SLOW) else "no connection"


def gone(error: Exception) -> bool:
    """Whether nothing is there that takes a connection, and not only too slowly."""
    return isinstance(error, NO_WAY) and not isinstance(error, TOO_SLOW)


def words_of(error: Exception, endpoint: Endpoint) -> str:
    """What went wrong, as far as the failure tells."""
    if isinstance(error, TOO_SLOW) and not isinstance(error, NO_WAY_IN_TIME):
        return f"no answer within {endpoint.timeout:g} s"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno and cause.strerror:
            return (os.strerror(cause.errno) if cause.errno > 0 else cause.strerror).lower()
        cause = cause.__cause__ or cause.__context__
    if isinstance(error, CLOSED) and not isinstance(error, NO_WAY):
        return "the connection was closed without a reply"
    text = error.message if isinstance(error, Refusal) else str(error)
    return " ".join(text.split()) or type(error).__name__
