"""The legend of a run: what a reader is told of its figures and of its regimes, as the record holds it.

The facts stand in the files of the metrics and of the regimes. They are written into the record when a run begins, so
that a page that is made later, without a user's plug-in, shows its figures all the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..core.errors import RecordError
from ..core.figures import Figure, Role, in_words, read_figures
from ..core.parts import Part
from ..core.registry import find
from ..statistics.intervals import Score, interval
from ..text.percent import percent
from .table import Lines, origins, tabulate

OTHER = "Further metrics"  # the group of figures whose metric names none


@dataclass(frozen=True)
class Legend:
    """The figures of a run by name, and the words of its regimes by label."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    regimes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, metrics: Sequence[Part], regimes: Mapping[str, Part], classes: int | None = None) -> "Legend":
        """The legend of a run with these metrics and regimes, from what each of them says of itself.

        Where the real rows have so many `classes`, no more can be lost.
        """
        figures: dict[str, Figure] = {}
        for part in metrics:
            for name, figure in find("metric", part.name).figures.items():
                figure = replace(figure, title=_with_settings(figure.title, part))
                if figure.role == "lost classes" and classes:
                    figure = replace(figure, bounds=(0, classes))
                figures[recorded_as(name, part)] = figure
        return cls(figures, {label: _words(label, part) for label, part in regimes.items()})

    @classmethod
    def read(cls, environment: Mapping[str, Any]) -> "Legend":
        """The legend in a run's environment.json, empty where there is none; raises RecordError where it is damaged."""
        try:
            return cls(read_figures(environment.get("figures", {})), dict(environment.get("regimes", {})))
        except (ValueError, TypeError) as error:
            raise RecordError(
                "environment.json of the run is damaged: its figures cannot be read. Start a new run."
            ) from error

    def json(self) -> dict[str, Any]:
        """The legend as environment.json has it."""
        figures = {name: figure.json() for name, figure in self.figures.items()}
        return {"figures": figures, "regimes": dict(self.regimes)}

    def figure(self, name: str) -> Figure:
        """What is known of a figure; of one that its metric does not declare only the name."""
        known = self.figures.get(name) or Figure(in_words(name))
        return known if known.group else replace(known, group=OTHER)

    def score(self, name: str, values: Iterable[float | None]) -> Score:
        """The mean of a figure's values with its interval, within the bounds that the figure has."""
        return interval(values, bounds=self.figure(name).limits)

    def words(self, label: str, lines: Lines = ()) -> str:
        """How the model was trained under a regime, with the shares that the lines hold: `trained on 25 % ...`."""
        words = self.regimes.get(label)
        if not words:
            return f"trained with {label}"
        for name, share in origins(label, lines).items():
            words = words.replace(f"{{{name}}}", "some" if share is None else percent(share, 0))
        return f"trained {words}"

    def named(self, label: str, lines: Lines = ()) -> str:
        """The same with the label, which tells a regime from others that are trained alike."""
        words = self.words(label, lines)
        return f"{words} ({label})" if self.regimes.get(label) else words

    def ordered(self, names: Iterable[str]) -> list[str]:
        """Figures group by group, those of the headline first."""
        # by the place in the verdict, then as the metrics declare them; a group stands where its first figure does
        place = {name: number for number, name in enumerate(self.figures)}
        rank = {name: (_rank(self.figure(name)), place.get(name, len(place))) for name in dict.fromkeys(names)}
        groups: dict[str, list[str]] = {}
        for name in sorted(rank, key=rank.__getitem__):
            groups.setdefault(self.figure(name).group, []).append(name)
        groups[OTHER] = groups.pop(OTHER, [])  # what no metric has put anywhere comes last
        return [name for group in groups.values() for name in group]

    def headline(self, names: Iterable[str]) -> list[str]:
        """Those of the figures that carry a verdict, the first one first."""
        carrying = [name for name in dict.fromkeys(names) if self.figure(name).headline is not None]
        return sorted(carrying, key=lambda name: _rank(self.figure(name)))

    def of_role(self, role: Role, names: Iterable[str]) -> list[str]:
        """Those of the figures that have a role in the verdict."""
        return [name for name in dict.fromkeys(names) if self.figure(name).role == role]


def recorded_as(figure: str, part: Part) -> str:
    """The name of a metric's figure in a record: with the metric's settings, so that two variants stay apart."""
    return str(Part(figure, part.settings)) if part.settings else figure


def summary(lines: Lines, legend: Legend) -> list[dict[str, Any]]:
    """Each regime and generation with its scores over seeds."""
    return [
        {
            "regime": regime,
            "generation": generation,
            "scores": {name: legend.score(name, seeds.values()) for name, seeds in cell.items()},
        }
        for regime, generations in tabulate(lines).items()
        for generation, cell in generations.items()
    ]


def _rank(figure: Figure) -> float:
    return float("inf") if figure.headline is None else figure.headline


def _words(label: str, part: Part) -> str:
    """The words of a regime, unless its label has real rows in it that they do not speak of: `replace:fresh=10`."""
    words = find("regime", part.name).words
    added = [name for name in ("fixed", "fresh") if name in Part.parse(label).settings]
    return words if all(f"{{{name}}}" in words or "{real}" in words for name in added) else ""


def _with_settings(title: str, part: Part) -> str:
    settings = ", ".join(f"{in_words(name)} {value}" for name, value in part.settings.items())
    return f"{title} ({settings})" if settings else title
