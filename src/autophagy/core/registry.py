"""The registry: plug-ins of every kind, found by name, built from their own settings.

A model, an arm, a recipe, an instruction or a density is a frozen dataclass whose fields are its settings. A plug-in of
any other kind (regime, curator, metric, grader, reading, suite, family) is a plain function: its positional parameters
are what we supply, its keyword-only parameters are the user's settings. Either way the settings are the configuration,
the flags, the record and the docs.
"""

import dataclasses
import importlib
import importlib.metadata
import logging
import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from .entry import Entry
from .errors import UsageError
from .parts import Part, nearest
from .plugin import Thing
from .user_code import plugin_file, running
from .wired import check_call, check_name

KINDS = (
    "model",
    "regime",
    "curator",
    "metric",
    "arm",
    "grader",
    "reading",
    "suite",
    "recipe",
    "instruction",
    "family",
    "density",
)
DATACLASSES = ("model", "arm", "recipe", "instruction", "density")  # the kinds whose plug-ins are no functions
ROWS = ("numbers", "text", "any", "pairs")  # what the rows of a model, curator or metric are
# what a metric may need beside rows: a run with a teacher; to be asked for, being slow; rows with a class each
NEEDS = ("teacher", "request", "classes")
HOMES = (
    "models",
    "regimes",
    "curators",
    "metrics",
    "arms",
    "graders",
    "graders.readings",
    "suites",
    "recipes",
    "text.instructions",
    "forecast.engines",
    "data.densities",
)
ANNEX = {"curator": "verifiers"}  # a second room, of what stands on plug-ins that stand on the first

LOG = logging.getLogger(__name__)

_entries: dict[tuple[str, str], Entry] = {}


def register(kind: str, name: str, of: str = "any", **facts: Any) -> Callable[[Thing], Thing]:
    """A decorator that registers what it stands on; see `decorators` for one of each kind."""
    check_name(kind, name)

    def keep(thing: Thing) -> Thing:
        entry = Entry(kind, name, thing, of, **facts)
        if of not in ROWS:
            raise UsageError(f"the {kind} {name!r} is of {of!r}: choose from {', '.join(ROWS)}.")
        if not re.fullmatch(r"\w[\w.+-]*", name):
            raise UsageError(f"the {kind} {name!r} cannot be called that: use letters, digits, '_', '-', '+' and '.'.")
        if not built_in(entry):
            import_room(kind)  # so that a name that is taken is known to be
        if kind in DATACLASSES and not dataclasses.is_dataclass(entry.function):
            raise UsageError(f"the {kind} {name!r} is not a dataclass: put @dataclass(frozen=True) below @{kind}.")
        if not built_in(entry):
            check_call(kind, name, entry.thing)
        old = _entries.get((kind, name))
        if old is not None and _origin(old.thing) != _origin(thing):
            raise UsageError(f"the {kind} {name!r} exists already, from {old.thing.__module__}: choose another name.")
        if not entry.caption:
            raise UsageError(f"the {kind} {name!r} has no docstring: give it one sentence that could be a caption.")
        _entries[kind, name] = entry
        return thing

    return keep


def discover(kind: str = "") -> None:
    """Import the room of the built-in plug-ins of a kind, or of every kind, and whatever is installed beside them."""
    for known in [kind] if kind else KINDS:
        import_room(known)
    _installed()


def import_room(kind: str, annex: bool = True) -> None:
    """Import the folder of the built-in plug-ins of a kind, and its annex where it has one."""
    for room in filter(None, (_home(kind), ANNEX.get(kind) if annex else None)):
        package = importlib.import_module(f"autophagy.{room}")
        for name in getattr(package, "__all__", ()):
            getattr(package, name)  # which imports it, in a room whose modules wait to be wanted


def _home(kind: str) -> str:
    return HOMES[KINDS.index(kind)]


def _import_alone(kind: str, name: str) -> None:
    """Import the module of a room that bears the name of a plug-in, where there is one, and none of its neighbours."""
    room = importlib.import_module(f"autophagy.{_home(kind)}")
    if name in getattr(room, "__all__", ()):
        getattr(room, name)


@cache
def _installed() -> None:
    """Load every installed entry point of the group `autophagy`."""
    for point in importlib.metadata.entry_points(group="autophagy"):
        with running(f"the installed plug-in {point.value}"):
            point.load()


def load_plugin(path: str | Path) -> None:
    """Run a user's own Python file, so that what it registers joins the rest; a file that ran already is left alone.

    Raises UsageError where the file is missing, does not run, or registers nothing.
    """
    name, run = plugin_file(Path(path))
    if name in sys.modules:
        return
    before = dict(_entries)
    LOG.debug("running the plug-in file %s", path)
    try:
        run()
        if all(built_in(entry) for key, entry in _entries.items() if key not in before):
            raise UsageError(
                f"the plug-in file {path} registers nothing: put @model(NAME) or the like on what it holds."
            )
    except UsageError:
        sys.modules.pop(name, None)
        for key in [key for key, entry in _entries.items() if key not in before and not built_in(entry)]:
            del _entries[key]
        raise


def plural(kind: str) -> str:
    """The name of a kind as `autophagy list` takes it: models, families, ..."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def entries(kind: str) -> dict[str, Entry]:
    """All plug-ins of a kind by name."""
    discover(kind)
    return {entry.name: entry for entry in of_kind(kind)}


def unnamed(kind: str) -> list[Entry]:
    """The plug-ins of a kind that may run though nobody names them, by name: all but those of an annex."""
    import_room(kind, annex=False)
    _installed()
    annex = f"autophagy.{ANNEX.get(kind)}."
    return [entry for entry in of_kind(kind) if not entry.thing.__module__.startswith(annex)]


def added(kind: str) -> list[Entry]:
    """The plug-ins of a kind that do not come with the package, by name."""
    _installed()
    return [entry for entry in of_kind(kind) if not built_in(entry)]


def of_kind(kind: str) -> list[Entry]:
    """The plug-ins of a kind that are registered by now, by name."""
    return [entry for entry in sorted(_entries.values(), key=lambda e: e.name) if entry.kind == kind]


def find(kind: str, name: str) -> Entry:
    """One plug-in, a metric also by the name of one of its figures.

    Raises UsageError with a suggestion where there is none of that name.
    """
    _import_alone(kind, name)  # before its room, and the room before its annex, each of which takes its time
    if (kind, name) not in _entries:
        import_room(kind, annex=False)
    if (kind, name) in _entries:
        return _entries[kind, name]
    known = entries(kind)
    by_figure = {figure: entry for entry in known.values() for figure in entry.figures}
    if name not in known | by_figure:
        meant = next((entry.name for entry in known.values() if name.lower() in entry.also), None)
        if meant:
            raise UsageError(f"the {kind} {name!r} is called {meant} here: write {meant}.")
        called = {other: entry.name for entry in known.values() for other in entry.also}
        near = nearest(name, [*known, *by_figure, *called])
        guess = f" (did you mean {called.get(near, near)!r}?)" if near else ""
        raise UsageError(f"there is no {kind} {name!r}{guess}; autophagy list {plural(kind)} shows all.")
    return known.get(name) or by_figure[name]


def build(kind: str, part: "str | Mapping[str, Any] | Part") -> Any:
    """Build a plug-in from "kde", "kde:bandwidth=scott" or {"kde": {"bandwidth": "scott"}}."""
    part = Part.parse(part)
    return find(kind, part.name).build(part.settings)


def built_in(entry: Entry) -> bool:
    """Whether a plug-in comes with the package."""
    return entry.thing.__module__.startswith("autophagy.")


def _origin(thing: Callable[..., Any]) -> tuple[str, str]:
    return thing.__module__, thing.__qualname__
