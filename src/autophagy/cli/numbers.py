"""Numbers that a verb takes beside those of its spec: how they are written, and the flags that several verbs share."""

from collections.abc import Mapping
from typing import Annotated, Any

from cyclopts import Parameter

from ..core.errors import UsageError
from .words import Number

NUMBER, WHOLE, SHARE = "a number", "a whole number", "a share such as 0.02 or 2%"

Connections = Annotated[
    Number | None, Parameter(help="The number of requests that a server is sent at a time (default: 16).")
]
PerMinute = Annotated[
    Number | None, Parameter(help="The most requests that a server is sent in a minute (default: no limit).")
]


def numeric(flag: str, text: str, what: str = NUMBER, *, least: float | None = None) -> Any:
    """The number that a flag was given, as people write it: 1e4, 10k, 2%.

    `what` says what the flag takes: WHOLE is a number without a fraction. Raises UsageError for a text that is none,
    and for a number below `least`.
    """
    from ..core.written import written

    number = written(text)
    if what == WHOLE and isinstance(number, float) and number.is_integer():
        number = int(number)  # 1e4
    if not isinstance(number, int if what == WHOLE else int | float) or (least is not None and number < least):
        bound = "" if least is None else f", {least:g} or more"
        raise UsageError(f"--{flag.replace('_', '-')} is {text!r}: give {what}{bound}.")
    return number


def numerics(given: Mapping[str, str | None], what: str = NUMBER, *, least: float | None = None) -> dict[str, Any]:
    """The numbers of the flags that were given, by their names."""
    return {flag: numeric(flag, text, what, least=least) for flag, text in given.items() if text is not None}


def limits(connections: str | None, per_minute: str | None) -> dict[str, Any]:
    """How hard a server may be asked, as far as flags say so."""
    at_once = numerics({"connections": connections}, WHOLE, least=1)
    return at_once | numerics({"per_minute": per_minute}, least=0)


def spread(workers: str | None, ray: str | None) -> dict[str, Any]:
    """In how many processes a run goes, and whose."""
    from ..core.literal import literal

    return {"workers": None if workers is None else literal(workers), "ray": ray}
