"""The line that runs a comparison again, with changes."""

import shlex
from collections.abc import Iterable
from typing import Any

from ..core.memory import InMemory
from .spec import CompareSpec, default_arms_of

ALWAYS = ("documents", "questions", "model")  # also where they are the default


def command(spec: CompareSpec, *, verb: str = "compare", **changes: Any) -> str:
    """The command line of a spec with other values of some fields; None leaves a field out.

    Arms that nobody named are left out: with another model they may be others.
    """
    words = ["autophagy", verb]
    values = {name: getattr(spec, name) for name in CompareSpec.model_fields}
    if spec.arms == default_arms_of(values):
        values["arms"] = None
    for name, field in CompareSpec.model_fields.items():
        value = changes.get(name, values[name])
        if value is None or (value == field.get_default() and (name not in ALWAYS or value == "world")):
            continue
        for each in value if isinstance(value, Iterable) and not isinstance(value, str) else (value,):
            words += [f"--{CompareSpec.flag(name)}", _word(each)]
    return " ".join(words)


def asking(spec: CompareSpec) -> str:
    """The command line that asks the documents of a spec one question."""
    words = ["autophagy", "ask", "QUESTION"]
    for name in ("documents", "model", "base_url", "embedder"):
        value = getattr(spec, name)
        if value is not None:
            words += [f"--{name.replace('_', '-')}", _word(value)]
    return " ".join(words)


def _word(value: Any) -> str:
    """A value as a shell reads it; data that were given in memory by the file in which their run keeps them."""
    return shlex.quote(str(value.place or value if isinstance(value, InMemory) else value))
