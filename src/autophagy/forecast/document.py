"""The figures of a forecast or of a calibration by generation, read off its JSON document."""

import math
from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from ..charts.chart import Chart
from ..core.figures import in_words
from ..core.known import or_nan
from ..core.registry import entries
from ..results.result import Result
from ..results.scored import Scored
from ..statistics.intervals import Score
from .charts import calibrations, quantities
from .families import Quantity

Document = Mapping[str, Any]
PARTS = ("mean", "median", "low", "high")  # what a forecast tells of a quantity at a generation
MEASURED = ("measured", "forecast", "miss", "excess")  # and a calibration of the variance ratio


class DocumentResult(Result):
    """What a forecast found, whatever holds its document: the forecast itself, or the folder that it was written to."""

    verb = "forecast"

    @abstractmethod
    def document(self) -> Document:
        """The forecast or the calibration as the command line's JSON has it."""

    @property
    def title(self) -> str:
        """The model, or the run that was calibrated."""
        document = self.document()
        return str(document["run"] if "calibration" in document else document["model"])

    @property
    def verdict(self) -> list[str]:
        """What the forecast shows, the short sentence first."""
        return list(self.document()["verdict"])

    def rows(self) -> list[dict[str, Any]]:
        """A row for each generation, metric and statistic (mean, median, and the ends of eight chains of ten).

        Of a calibration, a row for each regime, generation and metric with its mean.
        """
        document = self.document()
        if "calibration" in document:
            return [
                {**each.where, "metric": each.metric, "statistic": "mean", "value": each.score.value}
                for each in self.scores()
            ]
        return [
            {"generation": line["generation"], "metric": name, "statistic": part, "value": or_nan(values[part])}
            for line in document["generations"]
            for name, values in _quantities(line)
            for part in PARTS
        ]

    def scores(self) -> list[Scored]:
        """The mean over chains of each quantity, by generation; of a calibration the variance ratio, by regime."""
        document = self.document()
        if "calibration" in document:
            return [
                Scored(
                    {"regime": regime["regime"], "generation": line["generation"]},
                    name,
                    f"variance ratio, {name}",
                    Score.read(line[name]),
                )
                for name in MEASURED
                for regime in document["calibration"]
                for line in regime["generations"]
                if name in line
            ]
        chains, known = int(document["plan"].get("chains", 1)), self.quantities()
        titles = {name: quantity.title for name, quantity in known.items()}
        scores = [
            Scored({"generation": line["generation"]}, name, titles.get(name, in_words(name)), _mean(values, chains))
            for line in document["generations"]
            for name, values in _quantities(line)
        ]
        order = {each.metric: place for place, each in reversed(list(enumerate(scores)))}
        return sorted(scores, key=lambda each: order[each.metric])

    def quantities(self) -> Mapping[str, Quantity]:
        """What the family says of its quantities, by name; nothing where it is not registered."""
        family = entries("family").get(str(self.document().get("model")))
        return family.facts.quantities if family else {}

    def figure_names(self) -> Mapping[str, str]:
        """The quantities, which also go by the names of a loop's scores."""
        own = dict.fromkeys(each.metric for each in self.scores())
        scores = {known.score: name for name, known in self.quantities().items() if known.score and name in own}
        return scores | {name: name for name in own}

    def charts(self) -> Mapping[str, Chart]:
        """Each quantity over the generations; of a calibration two a regime, the forecast and the excess."""
        document = self.document()
        if "calibration" in document:
            return calibrations(document["calibration"])
        return quantities(document["generations"], self.quantities(), int(document["plan"].get("chains", 1)))


def _quantities(line: Document) -> Iterator[tuple[str, Document]]:
    return ((name, values) for name, values in line.items() if name != "generation")


def _mean(values: Document, chains: int) -> Score:
    mean, low, high = (or_nan(values.get(part)) for part in ("mean", "mean_low", "mean_high"))
    return Score(mean, low, high, chains if math.isfinite(mean) else 0)
