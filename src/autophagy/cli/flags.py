"""Flags made from the fields of a spec, and what was given with them read into a spec."""

import inspect
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

from cyclopts import Parameter

from ..core.errors import UsageError
from .words import REPEAT, Number, switch

if TYPE_CHECKING:  # a verb without a spec needs none of what it imports
    from ..core.spec import Spec

AnySpec = TypeVar("AnySpec", bound="Spec")
LOG = logging.getLogger(__name__)
Verb = Callable[..., int]


def flags(spec: type["Spec"], first: str | None = None) -> Callable[[Verb], Verb]:
    """Give a verb a flag for each field of a spec: its name, its help and its default are the field's.

    The verb takes them as `**given`, by the names of the fields, where they were given. `first` is the field that
    comes first and without a flag, as often as it may be given.
    """

    def keep(verb: Verb) -> Verb:
        own = [p for p in inspect.signature(verb).parameters.values() if p.kind is not p.VAR_KEYWORD]
        made = [_parameter(spec, name) for name in spec.model_fields if name != first]
        several = bool(first and spec.repeats(first))
        if first:
            kind = inspect.Parameter.VAR_POSITIONAL if several else inspect.Parameter.POSITIONAL_ONLY
            made.insert(0, _parameter(spec, first, kind))

        @wraps(verb)
        def call(*position: Any, **named: Any) -> int:
            given = named | ({first: position if several else position[0]} if first and position else {})
            return verb(**{name: value for name, value in given.items() if value is not None and value is not False})

        call.__signature__ = inspect.Signature([*made, *own], return_annotation=int)  # type: ignore[attr-defined]
        call.__annotations__ = {p.name: p.annotation for p in (*made, *own)}
        return call

    return keep


def _parameter(spec: type["Spec"], name: str, kind: Any = inspect.Parameter.KEYWORD_ONLY) -> inspect.Parameter:
    """The flag of a field, or the word of a field that comes first."""
    field = spec.model_fields[name]
    if field.annotation is bool:
        return inspect.Parameter(name, kind, default=False, annotation=Annotated[bool, switch(_help(spec, name))])
    read_as: Any = Number if {int, float} & set(_types(field.annotation)) else str
    if spec.repeats(name):
        read_as = list[str]
    elif field.annotation == tuple[str, str] | None:
        read_as = tuple[str, str]
    if kind is inspect.Parameter.VAR_POSITIONAL:
        return inspect.Parameter(name, kind, annotation=Annotated[str, Parameter(help=_said(spec, name))])
    flag = None if kind is inspect.Parameter.POSITIONAL_ONLY else f"--{spec.flag(name)}"
    names = partial(_plugins, spec.kinds[name]) if name in spec.kinds else None
    shown = Parameter(name=flag, negative="", help=_help(spec, name), show_default=False, completer=names)
    return inspect.Parameter(name, kind, default=None, annotation=Annotated[read_as | None, shown])


def _plugins(kind: str, context: Any) -> dict[str, str]:
    """The plug-ins of a kind with their captions, for a shell that completes a word; densities with all other data."""
    from ..core.registry import entries

    known = {name: entry.caption for name, entry in entries(kind).items()}
    if kind == "density":
        from ..data.load import built_in

        known = dict.fromkeys(built_in(), "") | known
    return known


def _types(annotation: Any) -> Iterator[Any]:
    """The types that a field takes, out of unions and annotations."""
    inner = get_args(annotation)
    yield from (each for part in inner for each in _types(part)) if inner else [annotation]


def _said(spec: type["Spec"], name: str) -> str:
    """The docstring of a field."""
    return " ".join((spec.model_fields[name].description or "").split())


def _help(spec: type["Spec"], name: str) -> str:
    """The help line of a field: its docstring, and its default where the docstring does not tell one."""
    field = spec.model_fields[name]
    text = _said(spec, name).removesuffix(".")
    default = field.get_default()
    if "(default:" not in text and not field.is_required() and default is not False and default not in (None, ()):
        values = default if isinstance(default, tuple) else (default,)
        text += f" (default: {', '.join(f'{v:g}' if isinstance(v, float) else str(v) for v in values)})"
    return f"{text}. {REPEAT}" if spec.repeats(name) else f"{text}."


def read(
    spec_type: type[AnySpec], file: str | None, given: Mapping[str, Any], out: str | None = None, resume: bool = False
) -> AnySpec:
    """The spec of a file and of flags, which go before it; that of the folder `out` to `resume` where that is all."""
    if resume and not file and not given:
        if out is None:
            raise UsageError("nothing says which run to go on with: add --out and its folder.")
        resumed = out
        from ..core.folder import SPEC

        if not (path(resumed) / SPEC).is_file():
            raise UsageError(f"there is no run in {resumed} to go on with: give --out the folder of one.")
        file = str(path(resumed) / SPEC)
    if file:
        LOG.debug("settings are read from %s", file)
    return spec_type.from_toml(path(file), **given) if file else spec_type(**given)


def path(text: str) -> Path:
    """A path as it was written, with ~ for the home folder."""
    return Path(text).expanduser()


def default_folder(data: str, model: str, digest: str) -> Path:
    """A run folder named after the data, the model and the start of the spec's digest."""
    stem = Path(data.partition(":")[0]).name.partition(".")[0] or "data"
    return Path("runs") / f"{stem}-{model.partition(':')[0]}-{digest[:8]}"
