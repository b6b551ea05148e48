"""How a plug-in of a kind is called: a slip is told where it is registered, and not in the middle of a run."""

import inspect
from collections.abc import Callable
from typing import Any

from .errors import UsageError

WIRED = {  # what a function is handed, before the settings behind a *
    "regime": ("history", "rng"),
    "curator": ("batch", "reference", "rng"),
    "metric": ("reference", "generated", "rng"),
    "grader": ("question", "answer"),
    "reading": ("question", "answer"),
    "suite": ("n", "rng"),
    "family": ("plan", "rng"),
}
METHODS = {"model": ("fit",), "arm": ("fit",), "recipe": ("ask", "read")}


def check_name(kind: str, name: Any) -> None:
    """Raise UsageError where a decorator stands without a name."""
    if not isinstance(name, str):
        raise UsageError(f'@{kind} has no name: write @{kind}("NAME") above what it registers.')


def check_call(kind: str, name: str, thing: Callable[..., Any]) -> None:
    """Raise UsageError where a plug-in cannot be called as its kind is."""
    lacks = next((method for method in METHODS.get(kind, ()) if not callable(getattr(thing, method, None))), None)
    if lacks:
        raise UsageError(f"the {kind} {name!r} has no method {lacks}: see docs/add-a-thing.md for what it takes.")
    handed = WIRED.get(kind)
    parameters = inspect.signature(thing).parameters.values() if handed else ()
    if handed is None or any(each.kind is each.VAR_POSITIONAL for each in parameters):
        return
    taken = [each.name for each in parameters if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)]
    if len(taken) != len(handed):
        raise UsageError(
            f"the {kind} {name!r} takes ({', '.join(taken)}): let it take ({', '.join(handed)}), and its settings "
            "behind a *."
        )
