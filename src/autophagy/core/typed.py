"""A value checked against a type as it is written in a signature."""

from typing import Any, Literal, get_args, get_origin


def typed(hint: Any, value: Any) -> Any:
    """The value as the type has it; 8.0 and 1e3 pass for whole numbers, and "a;b" for two texts.

    Raises TypeError, which names the type.
    """
    from pydantic import TypeAdapter, ValidationError

    if hint == tuple[str, ...] and isinstance(value, str):
        return tuple(filter(None, map(str.strip, value.split(";"))))

    adapter: TypeAdapter[Any] = TypeAdapter(hint)
    for candidate in (value, int(value)) if isinstance(value, float) and value.is_integer() else (value,):
        try:
            return adapter.validate_python(candidate, strict=True)
        except ValidationError:
            continue
    if get_origin(hint) is Literal:
        raise TypeError(" or ".join(map(str, get_args(hint))))
    name = getattr(hint, "__name__", str(hint)) if isinstance(hint, type) else str(hint).replace("typing.", "")
    raise TypeError("float (a finite number)" if hint is float else name)
