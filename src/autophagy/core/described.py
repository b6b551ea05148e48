"""How a spec is shown to people and to editors: its signature in plain types, and a line a field."""

import inspect
import textwrap
import types
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import WrapValidator
from pydantic.fields import FieldInfo

from .parts import Part

WIDTH = 110  # of a line of the docstring


def described(summary: str, fields: Mapping[str, FieldInfo]) -> str:
    """The docstring of a spec: what it is, and what each field says of itself."""
    width = max(map(len, fields), default=0) + 2
    lines = [
        textwrap.fill(" ".join((field.description or "").split()), WIDTH, initial_indent=f"{name:{width}}",
                      subsequent_indent=" " * width)
        for name, field in fields.items()
    ]  # fmt: skip
    return "\n".join([inspect.cleandoc(summary), "", *lines])


class PlainSignature:
    """The signature of a spec's class, made when it is asked for, since a default may take an import to find out."""

    def __get__(self, instance: Any, owner: Any) -> inspect.Signature:
        own = inspect.signature(owner.__init__).parameters  # the fields that it takes by themselves
        named = [_parameter(name, field, own.get(name)) for name, field in owner.model_fields.items()]
        return inspect.Signature(sorted(named, key=lambda each: each.kind))


def _parameter(name: str, field: FieldInfo, own: inspect.Parameter | None) -> inspect.Parameter:
    """A field as a parameter, which stands where the class itself takes it."""
    default: Any = inspect.Parameter.empty
    if not field.is_required():
        default = own.default if own else _written(field.get_default(call_default_factory=True, validated_data={}))
    hint = plain(Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation)
    return inspect.Parameter(
        name, own.kind if own else inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint
    )


def _written(default: Any) -> Any:
    """A default as one would write it."""
    if isinstance(default, tuple):
        return [str(each) for each in default]
    return str(default) if isinstance(default, Part) else default


def plain(hint: Any) -> Any:
    """A type as its users write it: plug-ins by their names, one thing for a list of it, Any where data may stand."""
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return Any if any(isinstance(part, WrapValidator) for part in inner[1:]) else plain(inner[0])
    if origin in (Union, types.UnionType):
        parts = [plain(part) for part in inner]
        return Any if Any in parts else reduce(or_, parts)
    if origin is tuple and inner[-1] is ...:
        return plain(inner[0]) | list[plain(inner[0])]  # type: ignore[misc]
    return str if hint is Part else hint
