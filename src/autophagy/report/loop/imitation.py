"""What imitation taught: style and capability against the amount of the teacher's text."""

from collections.abc import Mapping
from typing import Any

from ...charts import Chart, Curve
from ...charts.colours import colour
from ...core.figures import Role
from ...loop.legend import Legend
from ...statistics.intervals import Score
from ..plot import MIDDLE, plot
from ..table import Swatch

Amounts = Mapping[int, Mapping[str, Mapping[int, float]]]

LINES: tuple[Role, ...] = ("style", "capability")
TICKS = 8  # amounts that fit under the chart by name


def section(key: str, amounts: Amounts, legend: Legend) -> dict[str, Any] | None:
    """The legend and the chart of a run with a teacher, its id `key`; None for one without."""
    if not amounts:
        return None
    figures = [legend.figure(name) for name in _names(amounts, legend)]
    swatches = [Swatch(f"{each.heading}: {each.caption}", colour(place)) for place, each in enumerate(figures)]
    label = "Style and capability against the number of imitated passages"
    return {"legend": swatches, "plot": plot(key, chart(amounts, legend), label=label, size=MIDDLE)}


def _names(amounts: Amounts, legend: Legend) -> list[str]:
    """The figures of style and of capability."""
    names = [name for cell in amounts.values() for name in cell]
    return [name for role in LINES for name in legend.of_role(role, names)]


def chart(amounts: Amounts, legend: Legend) -> Chart:
    """Style and capability with their bands over the imitated passages, on a logarithmic axis."""
    shown = list(amounts)
    lines = [
        Curve(
            legend.figure(name).heading,
            shown,
            [legend.score(name, cell.get(name, {}).values()) for cell in amounts.values()],
        )
        for name in _names(amounts, legend)
    ]
    ticks = {float(amount): f"{amount:,}" for amount in shown} if len(shown) <= TICKS else {}
    guessing = Score(0.5, float("nan"), float("nan"), 1)
    return Chart(
        "imitation", "Style and capability", "imitated passages", "", lines, guessing, (0, 1), "guessing", "log",
        ticks=ticks, y_limits=(0, 1.02),
    )  # fmt: skip
