"""When to ask a server again, when to give a question up, and when to give up all of them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..core.errors import DataError
from ..core.parts import did_you_mean
from ..text.plural import plural
from .endpoint import ANY_KEY, Endpoint
from .manners import LIMIT
from .reply import BrokenReply, Refusal
from .wire import NO_ADDRESS, NO_RESPONSE, NO_TLS, NO_WAY, NO_WAY_IN_TIME, NOT_TRUSTED, TOO_SLOW

LONGEST_PAUSE, LONGEST_LOADING = 60.0, 10.0  # seconds between two attempts, and while a model is loaded
TOO_LONG = 300.0  # seconds that no attempt waits: longer than all pauses of a question together
LESSONS = 8  # times that one question is asked otherwise
PASSING = (0, 408, 409, 425, 429)  # statuses that pass, as those from 500 on do
SPENT = ("insufficient_quota", "insufficient_balance", "insufficient balance", "insufficient credits", "billing_")
FAILURES = (Refusal, BrokenReply, *NO_RESPONSE)


class Unanswered(Exception):
    """Why a question has no answer, in a few words; `passing` where it may have one later."""

    def __init__(self, reason: str, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


@dataclass(eq=False)
class Asking:
    """One question with the options that are wanted, and how often it was asked in vain."""

    prompt: str
    wanted: dict[str, Any]
    tries: int = 0
    lessons: int = 0
    slow: int = 0
    waited: float = 0.0

    def shorten(self, tokens: int, refusal: Refusal) -> None:
        """Ask for so many tokens at most; raises Unanswered where the prompt leaves no room for them."""
        if not tokens:
            raise Unanswered(f"the prompt is longer than the model reads: {refusal.message}") from refusal
        self.wanted[LIMIT] = tokens

    def teaches(self, refusal: Refusal) -> bool:
        """Whether a refusal may be of an option, which is to be learnt from."""
        self.lessons += 1
        return refusal.status not in (401, 403, 404, *PASSING[1:]) and self.lessons <= LESSONS

    def pause(self, error: Exception, endpoint: Endpoint) -> float:
        """The seconds before the next attempt, twice as long each time; raises Unanswered where there is none."""
        refusal = error if isinstance(error, Refusal) else None
        wanted = refusal.wait if refusal else 0.0
        seconds = min(LONGEST_PAUSE, max(wanted, endpoint.pause * 2.0**self.tries))
        if refusal and refusal.loading and self.waited < endpoint.loading:
            seconds = min(seconds, LONGEST_LOADING)
            self.waited += seconds
            self.tries = min(self.tries + 1, endpoint.retries)
            return seconds
        passing = refusal is None or refusal.status in PASSING or refusal.status >= 500
        self.tries += 1
        self.slow += isinstance(error, TOO_SLOW)
        if not passing or self.tries > endpoint.retries or self.slow > 1:
            raise Unanswered(f"{kind(error)}: {_words(error, endpoint)}"[:300], passing) from error
        return seconds


def ending(error: Exception, endpoint: Endpoint, answered: bool, models: Sequence[str]) -> DataError | None:
    """What ends the asking of all questions, as a sentence; None for what may pass, or is one question's matter."""
    where, name = endpoint.base_url, endpoint.model
    if not isinstance(error, Refusal):
        return _no_way(error, endpoint, answered)
    if error.status == 401 or (error.status == 403 and not answered):
        if endpoint.api_key == ANY_KEY:
            return DataError(f"the server at {where} wants a key ({error.status}): set OPENAI_API_KEY to it.")
        return DataError(
            f"the server at {where} refuses the key in OPENAI_API_KEY ({error.status}: {error.message}): "
            "set it to a key that may use this model."
        )
    if error.wait > TOO_LONG and not error.loading:
        wait = plural(round(error.wait / 60), "minute")
        return DataError(
            f"the server at {where} asks to be left alone for {wait} ({error.status}: {error.message}): try again then."
        )
    if error.status == 402 or any(word in f"{error.code} {error.message}".lower() for word in SPENT):
        return DataError(f"the account at {where} is spent ({error.message}): pay it up, or take another key.")
    if 300 <= error.status < 400:
        return DataError(f"the server at {where} has moved to {error.message or 'another place'}: give that address.")
    if error.status in (404, 405) and (missing(error, endpoint) or not answered):
        if not missing(error, endpoint):
            return DataError(f"there is no chat at {where} ({error.status}): give the address up to /v1.")
        known = f": it has {', '.join(models[:8])}{', ...' if len(models) > 8 else ''}" if models else ""
        told = did_you_mean(name, models) or known or f" ({error.message}): name one that it has"
        return DataError(f"the server at {where} has no model {name!r}{told}.")
    return None


def _no_way(error: Exception, endpoint: Endpoint, answered: bool) -> DataError | None:
    """Why no request gets to an address, or no reply back, whatever is asked; None for what may pass."""
    where = endpoint.base_url
    if isinstance(error, NOT_TRUSTED):
        reason = getattr(error.certificate_error, "verify_message", "") or "unknown issuer"
        return DataError(
            f"the certificate of the server at {where} is not trusted ({reason}): set SSL_CERT_FILE to the file of the "
            "certificate that vouches for it."
        )
    if isinstance(error, NO_TLS) and not answered:
        return DataError(
            f"the server at {where} answers and speaks no TLS ({error.strerror or error}): write its address with "
            "http://, if it is one that you trust."
        )
    if isinstance(error, NO_WAY) and not answered:
        return DataError(
            f"nothing answers at {where} ({_words(error, endpoint)}): start the server there, or check the address."
        )
    if isinstance(error, NO_ADDRESS):
        return DataError(f"{where} is no address ({error}): give one such as http://127.0.0.1:8000/v1.")
    return None


def missing(refusal: Refusal, endpoint: Endpoint) -> bool:
    """Whether a server has no model of that name."""
    said = f"{refusal.code} {refusal.message}".lower()
    return refusal.status == 404 and ("model" in said and ("not" in said or "no such" in said))


def kind(error: Exception) -> str:
    """The failure of an attempt in a word: a status such as 503, broken reply, timeout or no connection."""
    if isinstance(error, Refusal):
        return str(error.status or "error")
    if isinstance(error, BrokenReply):
        return "broken reply"
    return "timeout" if isinstance(error, TOO_SLOW) else "no connection"


def _words(error: Exception, endpoint: Endpoint) -> str:
    """What went wrong, as far as the failure tells."""
    if isinstance(error, TOO_SLOW) and not isinstance(error, NO_WAY_IN_TIME):
        return f"no answer within {endpoint.timeout:g} s"
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno and cause.strerror:
            return (os.strerror(cause.errno) if cause.errno > 0 else cause.strerror).lower()
        cause = cause.__cause__ or cause.__context__
    text = error.message if isinstance(error, Refusal) else str(error)
    return " ".join(text.split()) or type(error).__name__
