"""What the command lines of all verbs share: flags made from a spec, words into a spec, the folder's default name."""

import inspect
import json
import logging
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args

from cyclopts import Parameter

from ..core.errors import UsageError

if TYPE_CHECKING:  # a verb without a spec needs none of what it imports
    from ..core.spec import Spec

if TYPE_CHECKING:
    from ..gates.gate import Gate
    from ..results.result import Result

LOG = logging.getLogger(__name__)
Verb = Callable[..., int]


class Number(str):
    """A number as it was written; the spec reads it, so that it is judged in one place."""


REPEAT = "Repeat it for several."
AnySpec = TypeVar("AnySpec", bound="Spec")


def switch(help: str) -> Parameter:
    """A flag without a value."""
    return Parameter(negative="", show_default=False, help=help)


def one_of(names: Iterable[str], help: str) -> Parameter:
    """A flag that takes one of a few words, which a shell completes; the verb says what is wrong with others."""
    return Parameter(help=help, completer=lambda context: list(names))


def repeated(help: str) -> Parameter:
    """A flag that may be given several times."""
    return Parameter(negative="", help=f"{help} {REPEAT}")


# what is given is text, which the library reads, so that a number is judged in one place
Json = Annotated[bool, switch("Print one JSON document instead of a table.")]
Resume = Annotated[bool, switch("Continue the run in the folder; with --out alone, as its own spec says.")]
Out = Annotated[str | None, Parameter(help="The run folder (default: one under runs/ that is named after the spec).")]
SpecFile = Annotated[str | None, Parameter(help="A TOML file with these settings. Flags take precedence over it.")]
Plugin = Annotated[list[str] | None, repeated("A Python file of your own, whose plug-ins are included.")]
Workers = Annotated[
    Number | None, Parameter(help="The number of processes (default: one a core). The results do not depend on it.")
]
Ray = Annotated[
    str | None,
    Parameter(
        help="The Ray cluster whose processes run it, instead of this machine's: auto, local, ray://HOST:PORT or "
        "HOST:PORT."
    ),
]
Log = Annotated[
    list[str] | None,
    Parameter(
        negative="",
        help=f"An experiment tracker that is told the figures while they come: mlflow, tensorboard, trackio or wandb. "
        f"{REPEAT}",
        completer=lambda context: ["mlflow", "tensorboard", "trackio", "wandb"],
    ),
]
Require = Annotated[
    list[str] | None,
    repeated(
        "What must hold at the end of every regime or arm, such as recall:0.8 or 'replace/recall@5>=80%'; else the "
        "exit code is 1."
    ),
]
Undecided = Annotated[
    str,
    one_of(
        ("fail", "pass", "value"),
        "What becomes of a requirement that the interval leaves undecided: fail, pass, or value.",
    ),
]


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


def print_json(document: Any) -> None:
    """Print one JSON document on standard output."""
    print(json.dumps(document, allow_nan=False))


def judged(gate: "Gate", result: "Result", name: str = "") -> tuple[int, dict[str, Any]]:
    """Tell on standard error what became of the requirements; the exit code, and what the JSON gets of them."""
    rulings = gate.rule(result)
    for sentence in gate.sentences(rulings):
        print(f"autophagy: {name}{': ' if name else ''}{sentence}", file=sys.stderr)
    code = int(not all(map(gate.passes, rulings)))
    return code, {"requirements": [ruling.json() for ruling in rulings]} if gate.requirements else {}


def settled(gate: "Gate", result: "Result", json: bool, broken: Sequence[str] = ()) -> int:
    """Rule on the requirements at the end of a verb, print its JSON document with them if asked, and the exit code.

    `broken` are sentences about what else fails a build.
    """
    code, requirements = judged(gate, result)
    if json:
        document: Any = getattr(result, "document")  # noqa: B009 - which every result of a verb with requirements has
        print_json((document() if callable(document) else document) | requirements)
    for sentence in broken:
        print(f"autophagy: {sentence}", file=sys.stderr)
    return max(code, int(bool(broken)))


def spread(workers: str | None, ray: str | None) -> dict[str, Any]:
    """In how many processes a run goes, and whose."""
    from ..core.parts import literal

    return {"workers": None if workers is None else literal(workers), "ray": ray}


def closing(next_words: Sequence[str | Path], *, run: Path | None = None, **places: Path | None) -> None:
    """Tell at the end of a verb what it wrote, by name, and the line to type next; nothing where it is to be quiet.

    Of the run folder `run` the energy and the carbon are told that it took.
    """
    from ..cost.footprint import footprint
    from ..report.console import harmless

    if LOG.isEnabledFor(logging.INFO):
        print()
        spent = str(footprint(run)) if run else ""
        if spent:
            print(f"Energy: {spent}.")
        for name, place in places.items():
            if place is not None:
                print(harmless(f"{name.capitalize().replace('_', ' ')}: {place}"))
        print(harmless(f"Next: {command(next_words)}"))


def command(words: Sequence[str | Path]) -> str:
    """A line of this program as a shell reads it."""
    return shlex.join(["autophagy", *map(str, words)])


def interrupted(verb: str, folder: Path) -> int:
    """Say that the run can go on, and return the exit code."""
    more = command([*verb.split(), "--resume", "--out", folder])
    print(f"autophagy: interrupted; what is finished is kept in {folder}: go on with {more}.", file=sys.stderr)
    return 130
