"""One registered plug-in: its caption and its settings read off it, and the thing built from them."""

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, get_type_hints

from .errors import UsageError
from .figures import Figure
from .memory import InMemory
from .names import File, Files, JoinedNames
from .parts import did_you_mean
from .typed import typed


@dataclass(frozen=True)
class Entry:
    """One registered plug-in: its kind, its name, the thing itself, and its caption and settings read off it.

    `of` says what its rows are: "numbers", "text" or "any". A metric has its `figures` by name and what it `needs`, and
    may know the figures of all runs of a fitted model `together`, without their rows; a regime has its `words`, which
    complete "trained ...". `also` are other names that people use for the same thing, which lead to it. `facts` are
    what other decorators were told.
    """

    kind: str
    name: str
    thing: Callable[..., Any]
    of: str = "any"
    figures: Mapping[str, Figure] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    words: str = ""
    also: frozenset[str] = frozenset()
    together: Callable[..., Any] | None = None
    facts: Any = None

    @property
    def caption(self) -> str:
        """The first sentence of the docstring."""
        return (inspect.getdoc(self.thing) or "").partition("\n\n")[0].replace("\n", " ")

    @property
    def settings(self) -> dict[str, Any]:
        """Name -> default of each setting; inspect.Parameter.empty where a value must be given."""
        if dataclasses.is_dataclass(self.function):
            preset = self.thing.keywords if isinstance(self.thing, partial) else {}
            known = [f for f in dataclasses.fields(self.function) if f.init and not f.kw_only]
            return {f.name: preset.get(f.name, _default(f)) for f in known}
        parameters = inspect.signature(self.thing).parameters.values()
        return {p.name: p.default for p in parameters if p.kind is p.KEYWORD_ONLY}

    @property
    def function(self) -> Callable[..., Any]:
        """The plug-in itself, under a preset the function or class that the preset is of."""
        return self.thing.func if isinstance(self.thing, partial) else self.thing

    @property
    def takes_runs(self) -> bool:
        """Whether the plug-in works on many runs at once (see Model)."""
        call = getattr(self.thing, "fit", self.thing)
        return "runs" in inspect.signature(call).parameters

    @property
    def takes_checkpoint(self) -> bool:
        """Whether the model saves the state of a training that is under way (see Model)."""
        call = getattr(self.thing, "fit", None)
        return call is not None and "checkpoint" in inspect.signature(call).parameters

    def build(self, settings: Mapping[str, Any]) -> Any:
        """The plug-in with these settings: an instance of a class, or a function with its keywords bound."""
        known = self.settings
        for name in settings:
            if name not in known:
                raise UsageError(
                    f"the {self.kind} {self.name} has no setting {name!r}{did_you_mean(name, known)}; "
                    f"it takes {', '.join(known) or 'none'}."
                )
        for name, default in known.items():
            if default is inspect.Parameter.empty and name not in settings:
                raise UsageError(
                    f"the {self.kind} {self.name} needs its setting {name}: write {self.name}:{name}=VALUE."
                )
        values = {name: _typed(self, name, value) for name, value in settings.items()}
        try:
            return self.thing(**values) if inspect.isclass(self.function) else partial(self.thing, **values)
        except (TypeError, ValueError) as error:
            raise UsageError(f"the {self.kind} {self.name} cannot be built ({error}): change its settings.") from error


def _default(f: "dataclasses.Field[Any]") -> Any:
    if f.default is not dataclasses.MISSING:
        return f.default
    return f.default_factory() if f.default_factory is not dataclasses.MISSING else inspect.Parameter.empty


def _held(entry: Entry, name: str, value: InMemory | JoinedNames) -> InMemory | JoinedNames:
    """Data in memory as a setting; raises UsageError where it names no file, or one and is given several."""
    hint = get_type_hints(entry.function, include_extras=True).get(name)
    if hint == Files or (hint == File and isinstance(value, InMemory)):
        return value
    taken = (
        "one table or list: put the rows together" if hint == File else "no data in memory: write a word or a number"
    )
    raise UsageError(f"the setting {name} of the {entry.kind} {entry.name} takes {taken}.")


def _typed(entry: Entry, name: str, value: Any) -> Any:
    """A setting's value, checked against its annotation; data in memory stand only where a file may be named."""
    if isinstance(value, InMemory | JoinedNames):
        return _held(entry, name, value)
    try:
        return typed(get_type_hints(entry.function).get(name, Any), value)
    except TypeError as error:
        raise UsageError(f"the setting {name} of the {entry.kind} {entry.name} takes {error}, not {value!r}.") from None
