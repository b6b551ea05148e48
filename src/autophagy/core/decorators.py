"""The decorators that register a plug-in, each with what is known of it."""

import dataclasses
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from .curator_facts import CuratorFacts, Over
from .entry import Entry
from .errors import UsageError
from .figures import DIRECTIONS, Direction, Figure, Role
from .logged import Task
from .marks import About, Better, Mark
from .parts import Part
from .plugin import Thing
from .registry import NEEDS, built_in, import_room, of_kind, register
from .wired import check_name


def model(name: str, *, of: str = "numbers", also: Iterable[str] = ()) -> Callable[[Thing], Thing]:
    """Register a frozen dataclass with `fit(train, rng, *, start=None) -> Fitted` as a model.

    `of` says what rows it learns: "numbers", "text" or "any". `also` are other names of the same thing: who asks for
    one of them is told this one.
    """
    return register("model", name, of, also=frozenset(also))


def regime(name: str, *, words: str = "") -> Callable[[Thing], Thing]:
    """Register `(history, rng, *, settings) -> Samples` as a regime.

    `words` complete "trained ..." in a verdict: "only on its own output". {fixed}, {fresh} and {real} in them stand for
    the shares of the last training set that are fixed real, fresh real, and real rows, such as "25 %".
    """
    return register("regime", name, words=words)


def preset(function: Callable[..., Any], name: str, caption: str, **settings: Any) -> Callable[..., Any]:
    """A plug-in function or class under another name, with other defaults and a caption of its own."""
    thing = partial(function, **settings)
    thing.__doc__ = inspect.cleandoc(caption)
    thing.__module__, thing.__qualname__ = function.__module__, name  # type: ignore[attr-defined]
    return thing


def curator(
    name: str,
    *,
    of: str = "numbers",
    over: Over = "rows",
    title: str = "",
    says: str = "",
    advice: str = "",
    audits: bool = False,
    drops: bool = False,
    private: bool = False,
    learns: Callable[..., tuple[Any, Callable[[Any], None]]] | None = None,
    reads: Callable[..., Sequence[str]] | None = None,
    also: Iterable[str] = (),
) -> Callable[[Thing], Thing]:
    """Register `(batch, reference, rng, *, settings) -> Verdict` as a curator.

    `reference` holds real rows that may be learnt from, never those that are held out for measuring. `of` says what
    rows it judges: "numbers", "text", "any", or "pairs" of what was asked and an answer, which makes it a verifier
    (see verifiers.answered). A curator `over` a "corpus" has to see all rows before it judges one: it
    is `(corpus, reference, rng, *, settings) -> an iterable of Verdicts`, one for each chunk of the core.corpus.Corpus,
    and its reference is a Corpus too. `learns(settings)` gives what a curator of rows learns of its files, which is
    sent to every process, and the function that is told of it there. `reads(settings)` says in sentences what is to be
    told of how the files in its settings were read. `also` are its other names (see model). The rest is what a reader
    is told of what it finds (see CuratorFacts).
    """
    check_name("curator", name)
    facts = CuratorFacts(title or name.replace("_", " "), says, advice, over, audits, drops, private)

    def keep(thing: Thing) -> Thing:
        function = Entry("curator", name, thing).function
        function.over, function.learns, function.reads = over, learns, reads  # type: ignore[attr-defined]
        return register("curator", name, of, facts=facts, also=frozenset(also))(thing)

    return keep


def metric(
    name: str,
    *,
    of: str = "numbers",
    title: str = "",
    group: str = "",
    bounds: tuple[float | None, float | None] | None = None,
    better: Direction | None = None,
    headline: int | None = None,
    gist: str = "",
    role: Role | None = None,
    needs: Iterable[str] = (),
    together: Callable[..., Any] | None = None,
    also: Iterable[str] = (),
    figures: Mapping[str, Figure] | None = None,
) -> Callable[[Thing], Thing]:
    """Register `(reference, generated, rng, *, settings) -> float or dict of floats and Histograms` as a metric.

    `of` says what rows it measures: "numbers", "text" or "any". `needs` says what else: "teacher", "classes" of the
    rows, or "request" where it takes so long that it is computed only when it is asked for. `also` are its other names
    (see model). The rest is what a reader is told of its figure (see Figure), whose caption is the docstring's first
    sentence. A metric that returns a dictionary declares what is in it as `figures`, each with a name that no other
    metric has; they share its group, bounds and direction. `together(reference, fitted, truth)` may give the figures of
    all runs of a fitted model as arrays (runs,) by name, where they need no rows; None where it cannot.
    """
    check_name("metric", name)
    if isinstance(better, str) and better not in DIRECTIONS:
        raise UsageError(f"the metric {name!r} is better {better!r}: write {', '.join(DIRECTIONS)}, or a number.")
    whole = Figure(title, "", group, bounds, better, headline, gist, role)

    def keep(thing: Thing) -> Thing:
        entry = Entry("metric", name, thing)
        if not built_in(entry):
            import_room("metric")  # so that a figure that is taken is known to be
        alone = {name: dataclasses.replace(whole, caption=entry.caption)}
        named = {key: figure.named(key, whole) for key, figure in (figures or alone).items()}
        for key in named:
            other = next((entry for entry in of_kind("metric") if key in {entry.name, *entry.figures}), None)
            if other is not None and other.name != name:
                raise UsageError(f"the figure {key!r} of the metric {name!r} is one of {other.name}'s: rename it.")
        unknown = set(needs) - set(NEEDS)
        if unknown:
            raise UsageError(f"the metric {name!r} needs {sorted(unknown)}: choose from {', '.join(NEEDS)}.")
        return register(
            "metric", name, of, figures=named, needs=frozenset(needs), also=frozenset(also), together=together
        )(thing)

    return keep


def arm(name: str, *, also: Iterable[str] = ()) -> Callable[[Thing], Thing]:
    """Register a frozen dataclass with `fit(base, corpus, rng) -> Ready` as an arm of a comparison.

    It may say of itself what it `needs` (none of "weights", "style", "embedder" unless it says so), that it is `seeded`
    and run with every seed (else once), and that it is a `control`: a bound to compare with, that nobody would put into
    service and the verdict never names. `also` are its other names (see model).
    """
    check_name("arm", name)

    def keep(thing: Thing) -> Thing:
        for fact, default in (("needs", frozenset()), ("seeded", False), ("control", False)):
            if not hasattr(Entry("arm", name, thing).function, fact):
                setattr(thing, fact, default)
        return register("arm", name, also=frozenset(also))(thing)

    return keep


def grader(
    name: str,
    *,
    title: str = "",
    bounds: tuple[float, float] = (0.0, 1.0),
    better: Better = "higher",
    about: About = "all",
    decides: bool = False,
    headline: bool = True,
) -> Callable[[Thing], Thing]:
    """Register `(question, answer, *, settings) -> float` as a grader: the mark of an answer, NaN where none applies.

    The rest is what a reader is told of the mark (see Mark); its caption is the docstring's first sentence.
    """
    check_name("grader", name)

    def keep(thing: Thing) -> Thing:
        caption = Entry("grader", name, thing).caption
        mark = Mark(title or name.replace("_", " "), caption, bounds, better, about, decides, headline)
        return register("grader", name, facts=mark)(thing)

    return keep


def reading(name: str) -> Callable[[Thing], Thing]:
    """Register `(question, answer, *, lenient=False, settings) -> str | None` as a reading.

    It reads the answer out of what was said, in the one form that the accepted answers have; None where it cannot be
    read. Unless `lenient`, only what stands in the format that the prompt asks for is read.
    """
    return register("reading", name)


def suite(name: str, *, strict: str, lenient: str, title: str = "") -> Callable[[Thing], Thing]:
    """Register `(n, rng, *, settings) -> list of n Questions` as a suite: prompts that need no file.

    `strict` and `lenient` are the rules that mark its answers as they stand and leniently (see core.logged.Task). The
    `type` of a question is the class that rates are given by. One rng gives the same questions on any machine.
    """
    task = Task(name, Part.parse(strict), Part.parse(lenient), title or name.replace("_", " "))

    def keep(thing: Thing) -> Thing:
        return register("suite", name, facts=task)(thing)

    return keep


def recipe(name: str) -> Callable[[Thing], Thing]:
    """Register a frozen dataclass with `ask(pool, n, rng)` and `read(request, reply)` as a recipe (see core.recipe)."""
    return register("recipe", name)


def family(name: str, facts: Any) -> Callable[[Thing], Thing]:
    """Register `(plan, rng, *, settings) -> Trajectories` as a family that can be forecast.

    `facts` is a forecast.families.Family: its quantities, its closed forms, and what it can follow.
    """
    return register("family", name, facts=facts)


def density(name: str) -> Callable[[Thing], Thing]:
    """Register a frozen dataclass with `draw(n, rng)` and `truth` as a density (see data.densities.Distribution)."""
    return register("density", name)
