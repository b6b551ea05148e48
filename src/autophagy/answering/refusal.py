"""An error of a server, in any of the forms in which servers tell of one."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from .shapes import Json, complaint, mappings
from .waits import told_wait

HELD_BACK = (  # how an answer ends that a filter has held back, or that ended in an error
    *("content_filter", "content_filtered", "safety", "image_safety", "recitation", "blocklist", "prohibited_content"),
    *("spii", "refusal", "error_toxic", "error"),
)
CODES = ("code", "status", "status_code", "type")


class Refusal(Exception):
    """An error of the server: its status, what it says, and which option it names."""

    def __init__(self, status: int, message: str, option: str = "", code: str = "", wait: float = 0.0) -> None:
        super().__init__(message)
        self.status, self.message, self.option, self.code, self.wait = status, message, option, code, wait

    @property
    def loading(self) -> bool:
        """Whether the server is still loading its model."""
        return self.status in (0, 503) and "load" in self.message.lower() and "overload" not in self.message.lower()

    @property
    def said(self) -> str:
        """Its code and what it says, in small letters."""
        return f"{self.code} {self.message}".lower()


def refusal_of(document: Json, status: int) -> Refusal | None:
    """The error that a reply is; None where it is none."""
    failed = (status >= 400 and not _filtered(document)) or document.get("object") == "error"
    error = document.get("error") or (document if failed else None)
    if not error:
        return None
    known = error if isinstance(error, Mapping) else _with_the_rest(error, document)
    detail = known.get("message") or known.get("detail") or document.get("message") or document.get("detail") or known
    option = str(known.get("param") or "")
    if isinstance(detail, Sequence) and not isinstance(detail, str):  # as FastAPI tells which field it refuses
        parts = mappings(detail)
        option = next((str(part["loc"][-1]) for part in parts if part.get("loc")), option)
        detail = "; ".join(f"{'.'.join(map(str, part.get('loc', ())))}: {part.get('msg', part)}" for part in parts)
    if status < 400:
        codes = [str(known.get(name)) for name in CODES]
        status = next((int(code) for code in codes if code.isdigit()), 0)
    told = _handed_on(known, detail)
    if " " in option:  # some put what is wrong with an option in place of its name
        told, option = f"{told}: {option}", ""
    message = " ".join(told.split())[:400]
    wait = document.get("estimated_time") or (told_wait(message) if status in (429, 503) else 0.0)
    words = " ".join(str(known.get(name) or "") for name in ("code", "type"))
    return Refusal(status, message, option, words, float(wait) if isinstance(wait, int | float) else 0.0)


def _with_the_rest(error: Any, document: Json) -> Json:
    """An error that is a word or a number, or only says that there is one, with what stands beside it."""
    rest = {name: value for name, value in document.items() if name != "error"}
    if isinstance(error, int) and 400 <= error < 600:
        rest = {"code": error, **rest}
    words = [error.strip()] if isinstance(error, str) else []
    beside = _opened(complaint(rest))
    if not beside and rest.get("detail"):
        return rest
    if beside and beside not in words:
        words.append(beside)
    return rest | {"message": ": ".join(words)} if words else document


def _handed_on(known: Json, detail: Any) -> str:
    """What a server says, with the words of the one behind it where it is a gateway, as OpenRouter hands them on."""
    text = _opened(detail) if isinstance(detail, str) else json.dumps(detail)
    behind = known.get("metadata")
    raw = behind.get("raw") if isinstance(behind, Mapping) else None
    return f"{text}: {_opened(raw)}" if raw and isinstance(raw, str) else text


def _opened(text: str) -> str:
    """What is said in an error that is JSON in a string, as gateways wrap the one of the server behind them."""
    if not text.lstrip().startswith("{"):
        return text
    try:
        inner = json.loads(text)
    except ValueError:
        return text
    error = inner.get("error") or inner
    told = error.get("message") if isinstance(error, Mapping) else error
    return _opened(told) if told and isinstance(told, str) else text


def _filtered(document: Json) -> bool:
    """Whether an answer was made and held back, which some servers tell as a reply with the status of an error."""
    ends = {str(choice.get("finish_reason")).lower() for choice in mappings(document.get("choices"))}
    return not ends.isdisjoint(HELD_BACK)
