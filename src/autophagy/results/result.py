"""The result of any verb: what it found as a tidy frame, a summary, sentences and charts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, overload
from xml.etree.ElementTree import Element, SubElement, tostring

from ..charts.chart import Chart, Ends
from ..core.errors import UsageError
from ..core.folder import RunFolder
from ..core.parts import did_you_mean
from .frames import Kind, to_frame
from .scored import TIME, Scored, last
from .table import FigureTable, tabled

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from matplotlib.figure import Figure


class Result(ABC):
    """What a verb found; `autophagy.run` returns it, and `autophagy.open` reads it back from a run folder.

    `verb` is the verb, and `record` the run folder, None where nothing was written. A result that `counts_all` has
    figures of all rows, which are exact where they have no interval.
    """

    verb: ClassVar[str]
    value_is: ClassVar[str] = "value"
    counts_all: ClassVar[bool] = False
    record: RunFolder | None = None

    @property
    @abstractmethod
    def title(self) -> str:
        """What was looked at, in a few words: the data and the model."""

    @property
    @abstractmethod
    def verdict(self) -> list[str]:
        """What was found, in sentences; the first one says it in short."""

    @abstractmethod
    def rows(self) -> list[dict[str, Any]]:
        """Every recorded value in a row of its own, each with where it stands, its metric and its value."""

    @abstractmethod
    def scores(self) -> list[Scored]:
        """Every figure with its 95 % interval and the number of values behind it, the headline figures first."""

    @abstractmethod
    def charts(self) -> Mapping[str, Chart | Ends]:
        """The charts by the name of what they show, that of the headline first."""

    @property
    def kind(self) -> str:
        """What it is the result of, with its article: "a loop", "a comparison"."""
        return f"a {self.verb}" if self.record is None else self.record.spec_type.of

    @property
    def folder(self) -> Path:
        """The run folder; raises UsageError where nothing was written."""
        if self.record is None:
            raise UsageError("this result was not written: give autophagy.run a spec and a folder.")
        return self.record.folder

    @property
    def done(self) -> bool:
        """Whether the run is complete."""
        return self.record is None or self.record.done

    def figure_names(self) -> Mapping[str, str]:
        """The names that the figures go by, each with the figure's own; those of a run that goes on, too."""
        return {each.metric: each.metric for each in self.scores()}

    def headline_figures(self) -> list[str]:
        """The figures that carry a verdict, the first one first; where none does more than others, all of them."""
        return list(dict.fromkeys(each.metric for each in self.scores()))

    def chosen(self, metrics: Sequence[str] | None = None) -> list[str]:
        """The figures of these names, or those of the headline; raises UsageError where there is no such figure."""
        if metrics is None:
            return self.headline_figures()
        metrics = [metrics] if isinstance(metrics, str) else metrics
        known = self.figure_names()
        for name in metrics:
            if name not in known:
                raise UsageError(
                    f"there is no figure {name!r}{did_you_mean(name, known)}: this result has {', '.join(known)}."
                )
        return [known[name] for name in metrics]

    def levels(self) -> list[Scored]:
        """What held-out real rows score, figure by figure; nothing where that is not measured."""
        return []

    def places(self) -> list[str]:
        """The regimes or the arms; those that are still to come, too."""
        return list(dict.fromkeys(str(part) for each in self.scores() for _, part in each.of))

    @property
    def last_generation(self) -> int:
        """The last generation, or the one that will be; 0 where there are none."""
        return max((int(each.where.get(TIME, 0)) for each in self.scores()), default=0)

    def ends(self) -> list[Scored]:
        """The scores at the last generation of each regime, or of each arm; unknown ones are left out."""
        return [each for each in last(self.scores()) if each.score.n]

    @property
    def headline_score(self) -> Scored | None:
        """The one figure that stands for the result in a list of many; None where nothing is known yet."""
        return next(iter(self.ends()), None)

    @overload
    def frame(self, kind: Literal["pandas"] = "pandas") -> "pandas.DataFrame": ...
    @overload
    def frame(self, kind: Literal["polars"]) -> "polars.DataFrame": ...
    @overload
    def frame(self, kind: Literal["arrow"]) -> "pyarrow.Table": ...
    def frame(self, kind: Kind = "pandas") -> Any:
        """Every recorded value as a tidy data frame: "pandas", "polars" or "arrow"."""
        return to_frame(self.rows(), kind)

    @overload
    def summary(self, kind: Literal["pandas"] = "pandas") -> "pandas.DataFrame": ...
    @overload
    def summary(self, kind: Literal["polars"]) -> "polars.DataFrame": ...
    @overload
    def summary(self, kind: Literal["arrow"]) -> "pyarrow.Table": ...
    def summary(self, kind: Kind = "pandas") -> Any:
        """Every figure with the ends of its 95 % interval and its n as a tidy data frame."""
        return to_frame([each.row for each in self.scores()], kind)

    def chart(self, name: str | None = None) -> Chart | Ends:
        """The chart of that name, or that of the headline; raises UsageError where there is none."""
        charts = self.charts()
        if name is None and not charts:
            raise UsageError(f"there is no chart of {self.title} yet: nothing is finished that could be drawn.")
        if name is None:
            name = next(iter(charts))
        if name not in charts:
            known = ", ".join(charts) or "none"
            raise UsageError(f"there is no chart {name!r}{did_you_mean(name, charts)}: this result has {known}.")
        return charts[name]

    def plot(self, name: str | None = None, *, size: tuple[float, float] = (6.75, 4.2), grey: bool = False) -> "Figure":
        """A chart as a matplotlib figure, `size` in inches; `grey` tells the curves apart without colours."""
        from ..charts.draw import draw

        sides = tuple(size) if isinstance(size, Sequence) else ()
        if len(sides) != 2 or not all(isinstance(side, int | float) and 0.5 <= side <= 100 for side in sides):
            raise UsageError(
                f"the size of a figure cannot be {size!r}: give its width and height in inches, 0.5 to 100."
            )
        return draw(self.chart(name), size=size, grey=grey)

    def save(
        self,
        path: str | Path,
        *,
        chart: str | None = None,
        metrics: Sequence[str] | None = None,
        size: tuple[float, float] = (6.75, 4.2),
        grey: bool = False,
    ) -> Path:
        """Write a chart (.svg, .pdf, .png) or the table (.csv, .parquet, .md, .tex) and return its path.

        A chart is that of the headline or the one named `chart`, drawn as by `plot`. A table in Markdown or LaTeX has
        the figures that carry a verdict, or the `metrics`, at the end, rounded; .csv and .parquet have all generations
        as `summary` does. Equal results make equal bytes. Raises UsageError for another suffix and where there is
        nothing to write, and RecordError where the file cannot be written; it appears whole or not at all.
        """
        from .save import save

        return save(
            path,
            figure=lambda: self.plot(chart, size=size, grey=grey),
            table=lambda: self._table(metrics),
            summary=lambda: to_frame(self._known(metrics), "arrow"),
        )

    def _table(self, metrics: Sequence[str] | None) -> FigureTable:
        """The chosen figures at the end, and below each what real rows score."""
        scores = [*last(self.scores()), *self.levels()]
        return tabled(scores, self.chosen(metrics), of=self.title, value_is=self.value_is, done=self.done)

    def _known(self, metrics: Sequence[str] | None) -> list[dict[str, Any]]:
        """The rows of the summary, or those of some figures of it; raises UsageError where there are none."""
        chosen = None if metrics is None else self.chosen(metrics)
        rows = [each.row for each in self.scores() if chosen is None or each.metric in chosen]
        if not rows:
            raise UsageError(f"there is nothing to show of {self.title} yet: no figure is known.")
        return rows

    def __repr__(self) -> str:
        lead = next(iter(self.verdict), "")
        place = f" in {str(self.record.folder)!r}" if self.record else ""
        return f"<{self.verb} of {self.title}{place}: {lead}>"

    def _repr_html_(self) -> str:
        """The verdict and the figures at the end, as a notebook shows them."""
        whole = Element("div")
        for sentence in self.verdict:
            SubElement(whole, "p").text = sentence
        _add_table(whole, [_shown(each) for each in self.ends()])
        return tostring(whole, encoding="unicode", method="html")


def _shown(each: Scored) -> dict[str, str]:
    """A score as a row for people."""
    return {**{name: str(part) for name, part in each.where.items()}, "figure": each.title, "value": str(each.score)}


def _add_table(whole: Element, rows: Sequence[Mapping[str, str]]) -> None:
    """Rows of texts as a table; nothing where there are none."""
    if not rows:
        return
    told = ("figure", "value")  # behind the places, which not every row has
    names = [*dict.fromkeys(name for row in rows for name in row if name not in told), *told]
    table = SubElement(whole, "table")
    _add_row(table, names, "th")
    for row in rows:
        _add_row(table, [row.get(name, "") for name in names], "td")


def _add_row(table: Element, cells: Sequence[str], tag: str) -> None:
    row = SubElement(table, "tr")
    for cell in cells:
        SubElement(row, tag).text = cell
