"""The plug-ins of a run: found and built once in each process, and checked against the data."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..core.entry import Entry
from ..core.errors import UsageError
from ..core.parts import Part
from ..core.plugin import Verdict
from ..core.registry import build, entries, find
from ..core.samples import Samples
from ..features.features import classes_of
from ..regimes.numbers import NUMBERS
from ..regimes.resolve import resolve
from ..statistics.intervals import Histogram
from .spec import LoopSpec

Measure = Callable[..., float | dict[str, float | Histogram]]
HOLDS = {"text": "texts", "numbers": "numbers"}  # what rows of a kind are called


@dataclass(frozen=True)
class Parts:
    """What a spec names: the model, the regimes by label, the curators, and the metrics, None for all that fit.

    What is built stays in its process: another one builds its own, since a script's plug-ins cannot be sent there.
    """

    model: Part
    regimes: dict[str, Part]
    curators: tuple[Part, ...]
    metrics: tuple[Part, ...] | None

    @classmethod
    def of(cls, spec: LoopSpec) -> "Parts":
        """The parts of a spec, built; raises UsageError where there is none of a name, or a setting is wrong."""
        regimes = resolve(spec.regimes, {name: getattr(spec, name) for name in NUMBERS})
        parts = cls(spec.model, regimes, spec.curators, spec.metrics)
        _ = parts.built_model, parts.judges, parts.mixers  # a wrong setting is told before any data are loaded
        return parts

    @cached_property
    def entry(self) -> Entry:
        """What the registry knows of the model."""
        return find("model", self.model.name)

    @cached_property
    def built_model(self) -> Any:
        """The model with its settings."""
        return self.entry.build(self.model.settings)

    @cached_property
    def mixers(self) -> dict[str, Callable[..., Samples]]:
        """The regimes by label, each a function of a history."""
        return {label: build("regime", part) for label, part in self.regimes.items()}

    @cached_property
    def judges(self) -> dict[str, Callable[..., Verdict]]:
        """The curators by label, in their order."""
        return {str(part): build("curator", part) for part in self.curators}

    def take_runs(self, regime: str) -> bool:
        """Whether the runs of all seeds go together: model and regime take them so, and nothing is curated."""
        return self.entry.takes_runs and find("regime", self.regimes[regime].name).takes_runs and not self.curators

    def readable(self, kind: str, data: str) -> None:
        """Refuse a model or a curator that cannot read rows of this kind, "text" or "numbers"."""
        for role, part in (("model", self.model), *(("curator", part) for part in self.curators)):
            of = find(role, part.name).of
            if of not in (kind, "any"):
                fit = ", ".join(name for name, entry in entries(role).items() if entry.of in (kind, "any"))
                raise UsageError(f"the {role} {part.name} is for {of}, and {data} holds {HOLDS[kind]}: choose {fit}.")

    def measuring(self, kind: str, data: str, teacher: bool) -> tuple[Part, ...]:
        """The metrics that were asked for, by their own name or that of one of their figures, or all that can be had.

        Raises UsageError where one cannot measure rows of this kind, or needs a teacher and there is none.
        """
        fit = {name: entry for name, entry in entries("metric").items() if entry.of in (kind, "any")}
        there = {"classes", *(["teacher"] if teacher else [])}  # without classes its figures are unknown, which is told
        if self.metrics is None:
            return tuple(Part(name) for name, entry in fit.items() if entry.needs <= there)
        # by the metric's own name, so that its random stream is the same however it was asked for
        asked = {part: find("metric", part.name) for part in self.metrics}
        for part, entry in asked.items():
            for need in entry.needs - there - {"request"}:
                raise UsageError(f"the metric {part.name} needs a {need}: name one with --{need}, or leave it out.")
            if entry.name not in fit:
                raise UsageError(
                    f"the metric {part.name} cannot measure {data}, which holds {HOLDS[kind]}: choose {', '.join(fit)}."
                )
        return tuple(dict.fromkeys(Part(entry.name, part.settings) for part, entry in asked.items()))

    def without_classes(self, data: str, training: Samples) -> list[str]:
        """What to tell of metrics of classes that were asked for, where no class can be learnt from the rows."""
        if classes_of(training) is not None:
            return []
        names = [part.name for part in self.metrics or () if "classes" in find("metric", part.name).needs]
        if not names:
            return []
        figures = "The figures of the metric" if len(names) == 1 else "The figures of the metrics"
        why = f"{data} has no classes: call their column label"
        if "label" in training.meta:
            why = f"{data} has {len(training)} rows to learn its classes from, fewer than five of each: give it more"
        return [f"{figures} {', '.join(names)} are unknown, since {why}."]

    def modules(self) -> set[str]:
        """The modules that hold the parts; a script's own, `__main__`, no other process can import."""
        kinds: Mapping[str, Iterable[Part]] = {
            "model": [self.model],
            "regime": self.regimes.values(),
            "curator": self.curators,
        }
        return {find(kind, part.name).function.__module__ for kind, parts in kinds.items() for part in parts}

    def __getstate__(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in ("model", "regimes", "curators", "metrics")}
