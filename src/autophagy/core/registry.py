"""The registry: plug-ins of every kind, found by name, built from their own settings.

A model, an arm or a density is a frozen dataclass whose fields are its settings. A regime, a curator, a metric, a
family or a grader is a plain function: its positional parameters are wiring that we supply, its keyword-only parameters
are the user's settings. Either way the settings are the configuration, the flags, the record and the docs.
"""

import dataclasses
import importlib
import importlib.metadata
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_type_hints, runtime_checkable

import numpy as np

from .errors import UsageError
from .figures import Better, Figure, Role
from .marks import About, Direction, Mark
from .parts import Part, did_you_mean
from .samples import Array, Samples
from .typed import typed
from .user_code import plugin_file, running

KINDS = ("model", "regime", "curator", "metric", "arm", "grader", "family", "density")
DATACLASSES = ("model", "arm", "density")  # the kinds whose plug-ins are no functions
ROWS = ("numbers", "text", "any")  # what the rows of a model, curator or metric are
NEEDS = ("teacher", "request")  # what a metric may need beside rows: a run with a teacher; to be asked for, being slow
HOMES = ("models", "regimes", "curators", "metrics", "arms", "graders", "forecast.engines", "data.densities")

Thing = TypeVar("Thing", bound=Callable[..., Any])


@runtime_checkable
class Fitted(Protocol):
    """What a model's `fit` returns. Optional: log_prob(x) -> (n,), moments(), save(folder)."""

    def sample(self, n: int, rng: np.random.Generator, *, bias: float = 1.0) -> Any:
        """n new rows (of each run), as an array or texts, or (array, {column: (n,) array})."""


class Model(Protocol):
    """A frozen dataclass whose fields are its settings. Optional: load(folder) -> Fitted.

    A model whose `fit` takes the keyword `checkpoint` is handed a models.neural.checkpoint.Checkpoint, in which a long
    training saves its state, or None. A Fitted whose `diverged` names runs says that their training ran away; where
    none is left `fit` raises Diverged.

    A model may have `prepare(real, rng) -> model`: what is learnt once a run, from the real training rows alone, before
    generation 1, such as a tokenizer. It returns a copy of itself that holds it in a keyword-only field (`kw_only`),
    which is no setting; every generation, seed and regime fits with that copy.

    A model whose `fit` takes the keyword `runs` is handed the rows of that many runs at once, run after
    run, and its Fitted samples n rows for each of them, in the same order.
    """

    def fit(self, train: Samples, rng: np.random.Generator, *, start: Any = None) -> Fitted:
        """Learn from the rows, from scratch or going on from the Fitted `start`."""


@dataclass(frozen=True)
class Verdict:
    """What a curator says of a batch: which rows to keep (n,) bool, a score for each (n,) float, and why."""

    keep: Array
    score: Array
    reason: str


@dataclass(frozen=True)
class Entry:
    """One registered plug-in: its kind, its name, the thing itself, and its caption and settings read off it.

    `of` says what its rows are: "numbers", "text" or "any". A metric has its `figures` by name and what it `needs`, a
    regime its `words`, which complete "trained ...". `facts` are what other decorators were told.
    """

    kind: str
    name: str
    thing: Callable[..., Any]
    of: str = "any"
    figures: Mapping[str, Figure] = field(default_factory=dict)
    needs: frozenset[str] = frozenset()
    words: str = ""
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
        values = {name: self._typed(name, value) for name, value in settings.items()}
        try:
            return self.thing(**values) if inspect.isclass(self.function) else partial(self.thing, **values)
        except (TypeError, ValueError) as error:
            raise UsageError(f"the {self.kind} {self.name} cannot be built ({error}): change its settings.") from error

    def _typed(self, name: str, value: Any) -> Any:
        """A setting's value, checked against its annotation."""
        hint = get_type_hints(self.function).get(name, Any)
        try:
            return typed(hint, value)
        except TypeError as error:
            raise UsageError(
                f"the setting {name} of the {self.kind} {self.name} takes {error}, not {value!r}."
            ) from None


_entries: dict[tuple[str, str], Entry] = {}


def _register(kind: str, name: str, of: str = "any", **facts: Any) -> Callable[[Thing], Thing]:
    def keep(thing: Thing) -> Thing:
        entry = Entry(kind, name, thing, of, **facts)
        if of not in ROWS:
            raise UsageError(f"the {kind} {name!r} is of {of!r}: choose from {', '.join(ROWS)}.")
        if not re.fullmatch(r"\w[\w.+-]*", name):
            raise UsageError(f"the {kind} {name!r} cannot be called that: use letters, digits, '_', '-', '+' and '.'.")
        if not _built_in(entry):
            _import_room(kind)  # so that a name that is taken is known to be
        if kind in DATACLASSES and not dataclasses.is_dataclass(entry.function):
            raise UsageError(f"the {kind} {name!r} is not a dataclass: put @dataclass(frozen=True) below @{kind}.")
        old = _entries.get((kind, name))
        if old is not None and _origin(old.thing) != _origin(thing):
            raise UsageError(f"the {kind} {name!r} exists already, from {old.thing.__module__}: choose another name.")
        if not entry.caption:
            raise UsageError(f"the {kind} {name!r} has no docstring: give it one sentence that could be a caption.")
        _entries[kind, name] = entry
        return thing

    return keep


def model(name: str, *, of: str = "numbers") -> Callable[[Thing], Thing]:
    """Register a frozen dataclass with `fit(train, rng, *, start=None) -> Fitted` as a model.

    `of` says what rows it learns: "numbers", "text" or "any".
    """
    return _register("model", name, of)


def regime(name: str, *, words: str = "") -> Callable[[Thing], Thing]:
    """Register `(history, rng, *, settings) -> Samples` as a regime.

    `words` complete "trained ..." in a verdict: "only on its own output". {fixed}, {fresh} and {real} in them stand for
    the shares of the last training set that are fixed real, fresh real, and real rows, such as "25 %".
    """
    return _register("regime", name, words=words)


def preset(function: Callable[..., Any], name: str, caption: str, **settings: Any) -> Callable[..., Any]:
    """A plug-in function or class under another name, with other defaults and a caption of its own."""
    thing = partial(function, **settings)
    thing.__doc__ = inspect.cleandoc(caption)
    thing.__module__, thing.__qualname__ = function.__module__, name  # type: ignore[attr-defined]
    return thing


def curator(name: str, *, of: str = "numbers") -> Callable[[Thing], Thing]:
    """Register `(batch, reference, rng, *, settings) -> Verdict` as a curator.

    `reference` holds real rows that may be learnt from, never those that are held out for measuring. `of` says what
    rows it judges: "numbers", "text" or "any".
    """
    return _register("curator", name, of)


def metric(
    name: str,
    *,
    of: str = "numbers",
    title: str = "",
    group: str = "",
    bounds: tuple[float | None, float | None] | None = None,
    better: Better | None = None,
    headline: int | None = None,
    gist: str = "",
    role: Role | None = None,
    needs: Iterable[str] = (),
    figures: Mapping[str, Figure] | None = None,
) -> Callable[[Thing], Thing]:
    """Register `(reference, generated, rng, *, settings) -> float or dict of floats and Histograms` as a metric.

    `of` says what rows it measures: "numbers", "text" or "any". `needs` says what else: "teacher", or "request" where
    it takes so long that it is computed only when it is asked for. The rest is what a reader is told of its figure (see
    Figure), whose caption is the docstring's first sentence. A metric that returns a dictionary declares what is in it
    as `figures`, each with a name that no other metric has; they share its group, bounds and direction.
    """
    whole = Figure(title, "", group, bounds, better, headline, gist, role)

    def keep(thing: Thing) -> Thing:
        entry = Entry("metric", name, thing)
        if not _built_in(entry):
            _import_room("metric")  # so that a figure that is taken is known to be
        alone = {name: dataclasses.replace(whole, caption=entry.caption)}
        named = {key: figure.named(key, whole) for key, figure in (figures or alone).items()}
        for key in named:
            other = next((entry for entry in _of_kind("metric") if key in {entry.name, *entry.figures}), None)
            if other is not None and other.name != name:
                raise UsageError(f"the figure {key!r} of the metric {name!r} is one of {other.name}'s: rename it.")
        unknown = set(needs) - set(NEEDS)
        if unknown:
            raise UsageError(f"the metric {name!r} needs {sorted(unknown)}: choose from {', '.join(NEEDS)}.")
        return _register("metric", name, of, figures=named, needs=frozenset(needs))(thing)

    return keep


def arm(name: str) -> Callable[[Thing], Thing]:
    """Register a frozen dataclass with `fit(base, corpus, rng) -> Ready` as an arm of a comparison.

    It may say of itself what it `needs` (none of "weights", "style", "embedder" unless it says so), that it is `seeded`
    and run with every seed (else once), and that it is a `control`: a bound to compare with, that nobody would put into
    service and the verdict never names.
    """

    def keep(thing: Thing) -> Thing:
        for fact, default in (("needs", frozenset()), ("seeded", False), ("control", False)):
            if not hasattr(Entry("arm", name, thing).function, fact):
                setattr(thing, fact, default)
        return _register("arm", name)(thing)

    return keep


def grader(
    name: str,
    *,
    title: str = "",
    bounds: tuple[float, float] = (0.0, 1.0),
    better: Direction = "higher",
    about: About = "all",
    decides: bool = False,
    headline: bool = True,
) -> Callable[[Thing], Thing]:
    """Register `(question, answer, *, settings) -> float` as a grader: the mark of an answer, NaN where none applies.

    The rest is what a reader is told of the mark (see Mark); its caption is the docstring's first sentence.
    """

    def keep(thing: Thing) -> Thing:
        caption = Entry("grader", name, thing).caption
        mark = Mark(title or name.replace("_", " "), caption, bounds, better, about, decides, headline)
        return _register("grader", name, facts=mark)(thing)

    return keep


def family(name: str, facts: Any) -> Callable[[Thing], Thing]:
    """Register `(plan, rng, *, settings) -> Trajectories` as a family that can be forecast.

    `facts` is a forecast.families.Family: its quantities, its closed forms, and what it can follow.
    """
    return _register("family", name, facts=facts)


def density(name: str) -> Callable[[Thing], Thing]:
    """Register a frozen dataclass with `draw(n, rng)` and `truth` as a density (see data.densities.Distribution)."""
    return _register("density", name)


def discover(kind: str = "") -> None:
    """Import the room of the built-in plug-ins of a kind, or of every kind, and whatever is installed beside them."""
    for known in [kind] if kind else KINDS:
        _import_room(known)
    _installed()


def _import_room(kind: str) -> None:
    importlib.import_module(f"autophagy.{HOMES[KINDS.index(kind)]}")


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
    try:
        run()
        if all(_built_in(entry) for key, entry in _entries.items() if key not in before):
            raise UsageError(
                f"the plug-in file {path} registers nothing: put @model(NAME) or the like on what it holds."
            )
    except UsageError:
        sys.modules.pop(name, None)
        for key in [key for key, entry in _entries.items() if key not in before and not _built_in(entry)]:
            del _entries[key]
        raise


def plural(kind: str) -> str:
    """The name of a kind as `autophagy list` takes it: models, families, ..."""
    return f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"


def entries(kind: str) -> dict[str, Entry]:
    """All plug-ins of a kind by name."""
    discover(kind)
    return {entry.name: entry for entry in _of_kind(kind)}


def _of_kind(kind: str) -> list[Entry]:
    return [entry for entry in sorted(_entries.values(), key=lambda e: e.name) if entry.kind == kind]


def find(kind: str, name: str) -> Entry:
    """One plug-in, a metric also by the name of one of its figures.

    Raises UsageError with a suggestion where there is none of that name.
    """
    known = entries(kind)
    by_figure = {figure: entry for entry in known.values() for figure in entry.figures}
    if name not in known | by_figure:
        guess = did_you_mean(name, known | by_figure)
        raise UsageError(f"there is no {kind} {name!r}{guess}; autophagy list {plural(kind)} shows all.")
    return known.get(name) or by_figure[name]


def build(kind: str, part: "str | Mapping[str, Any] | Part") -> Any:
    """Build a plug-in from "kde", "kde:bandwidth=scott" or {"kde": {"bandwidth": "scott"}}."""
    part = Part.parse(part)
    return find(kind, part.name).build(part.settings)


def _built_in(entry: Entry) -> bool:
    return entry.thing.__module__.startswith("autophagy.")


def _default(f: "dataclasses.Field[Any]") -> Any:
    if f.default is not dataclasses.MISSING:
        return f.default
    return f.default_factory() if f.default_factory is not dataclasses.MISSING else inspect.Parameter.empty


def _origin(thing: Callable[..., Any]) -> tuple[str, str]:
    return thing.__module__, thing.__qualname__
