"""What ends the asking of all questions: no key, no model, no server; each is one sentence that names the way on."""

import re
from collections.abc import Sequence

from ..core.errors import DataError
from ..core.parts import did_you_mean
from ..text.plural import plural
from .endpoint import ANY_KEY, Endpoint
from .failure import gone, words_of
from .refusal import Refusal
from .wire import CLOSED, NO_ADDRESS, NO_TLS, NO_WAY, NOT_TRUSTED

TOO_LONG = 300.0  # seconds that no attempt waits: longer than all pauses of a question together
SPENT = ("insufficient_quota", "insufficient_balance", "insufficient balance", "insufficient credits", "billing_")
# a key that is refused with 400, as Google and xAI do
KEYLESS = re.compile(
    r"api[ _-]?key.{0,40}(?:not valid|invalid|incorrect|expired|missing|required|not found)|"
    r"(?:invalid|incorrect|missing|expired|no valid|wrong)\W.{0,20}api[ _-]?key"
)
MODEL = re.compile(r"model|deployment")
# what is said of a model that is not there, or no longer
GONE = re.compile(r"not\b|n't|not_|no such|removed|deprecated|retired|decommissioned|unknown")
# the same, where the status does not say that something is not found
NO_MODEL = re.compile(
    r"model\b.{0,80}(?:(?:does not|doesn't|not) exist|(?:is|was) not found)|"
    r"model\b.{0,80} has been (?:\w+ and )?(?:decommissioned|removed|deprecated|retired)|"
    r"model[ _]not[ _](?:exist|found)|model_decommissioned|invalid_model|not a valid model|"
    r"(?:invalid|unknown) model(?: name| id)?\W*[:'\"`]|invalid model name"
)


def ending(error: Exception, endpoint: Endpoint, answered: bool, models: Sequence[str]) -> DataError | None:
    """What ends the asking of all questions, as a sentence; None for what may pass, or is one question's matter."""
    where, name = endpoint.base_url, endpoint.model
    if not isinstance(error, Refusal):
        return _no_way(error, endpoint, answered)
    if _keyless(error, answered):
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
    if error.status == 402 or any(word in error.said for word in SPENT):
        return DataError(f"the account at {where} is spent ({error.message}): pay it up, or take another key.")
    if 300 <= error.status < 400:
        return DataError(f"the server at {where} has moved to {error.message or 'another place'}: give that address.")
    if missing(error, answered):
        known = f": it has {', '.join(models[:8])}{', ...' if len(models) > 8 else ''}" if models else ""
        told = did_you_mean(name, models) or known or f" ({error.message}): name one that it has"
        return DataError(f"the server at {where} has no model {name!r}{told}.")
    if error.status in (404, 405, 501) and not answered:
        return DataError(f"there is no chat at {where} ({error.status}): give the address up to /v1.")
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
            f"nothing answers at {where} ({words_of(error, endpoint)}): start the server there, or check the address."
        )
    if isinstance(error, NO_ADDRESS):
        return DataError(f"{where} is no address ({error}): give one such as http://127.0.0.1:8000/v1.")
    return None


def _keyless(refusal: Refusal, answered: bool) -> bool:
    """Whether a server wants another key, or has none for this model; one that has answered says so with 401 alone."""
    if refusal.status == 401 or answered:
        return refusal.status == 401
    return refusal.status == 403 or (refusal.status == 400 and bool(KEYLESS.search(refusal.said)))


def missing(refusal: Refusal, answered: bool = True) -> bool:
    """Whether a server has no model of that name; one that has answered says so with 404 alone."""
    if refusal.status == 404:
        return bool(MODEL.search(refusal.said) and GONE.search(refusal.said))
    return not answered and refusal.status in (400, 422) and bool(NO_MODEL.search(refusal.said))


def lost(error: Exception, endpoint: Endpoint, answered: bool) -> DataError | None:
    """What ends the asking of all questions once one of them has been asked in vain for long; None where others may go.

    A server that takes connections and closes them may do so at one question, unless it has never answered any.
    """
    if gone(error):
        return DataError(
            f"nothing answers at {endpoint.base_url} any more ({words_of(error, endpoint)}): start the server there "
            "again, and then this run, with --resume if it takes that."
        )
    if isinstance(error, CLOSED) and not answered:
        return DataError(
            f"what is at {endpoint.base_url} takes connections and closes them without a reply: see whether the server "
            "behind it runs, or check the address."
        )
    return None
