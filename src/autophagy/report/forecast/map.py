"""A phase map as a chart: the mean of each cell as a shade, and the lines at which the target is just met."""

from collections.abc import Mapping, Sequence
from typing import IO, Any

from ...charts import Outline, Shades, draw
from ...core.errors import need
from ...core.samples import Array
from ...forecast import PhaseMap, find

# what a boundary is of, and its colour, dashes and width
LINES: Mapping[str, tuple[str, str, Any, float]] = {
    "mean": ("simulated, on average", "#ffffff", "-", 2.4),
    "median": ("simulated, typical chain", "#ffffff", ":", 1.8),
    "predicted": ("predicted by closed form", "#000000", (0, (4, 4)), 1.6),
}
DOTS = 160  # a inch
AXES = {
    "fresh": "fresh real rows",
    "fixed": "fixed real rows",
    "samples": "samples a generation",
    "synthetic": "synthetic rows of each remembered generation",
    "bias": "sampling bias (1 is unbiased)",
    "memory": "remembered generations",
    "budget": "rows of a training set at most",
    "weight": "weight of the real rows",
}


def shades(phase: PhaseMap) -> Shades:
    """The map, coloured by the mean, with its simulated and its predicted boundaries."""
    quantity = find(phase.plan.family)
    quantity_title = quantity.title(quantity.quantity(phase.target.quantity))
    cells, plan = phase.cells, phase.plan
    size = "" if "samples" in (phase.x.name, phase.y.name) else f", {plan.samples:,} samples a generation"
    known = boundaries(phase)
    return Shades(
        "map",
        f"{quantity_title[:1].upper()}{quantity_title[1:]} at generation {plan.generations} ({plan.family}{size})",
        axis_label(phase, "x"),
        axis_label(phase, "y"),
        phase.x.values,
        phase.y.values,
        cells["mean"],
        f"{quantity_title}, mean of {plan.chains:,} chains",
        "log" if phase.x.ratios else "linear",
        "log" if phase.y.ratios else "linear",
        [Outline(words, known[name], *look) for name, (words, *look) in LINES.items() if known[name]],
        str(phase.target),
        {
            "typical chain": cells["median"],
            "closed form": cells["predicted"],
            f"share of the chains with {phase.target}": cells["met"],
        },
    )


def draw_map(phase: PhaseMap, file: IO[bytes]) -> None:
    """Write the map as a PNG."""
    draw(shades(phase), size=(7.2, 5.0)).savefig(file, format="png", dpi=DOTS)


def boundaries(phase: PhaseMap) -> dict[str, Sequence[Array]]:
    """For the mean, the median and the closed form: lines, each of points (k, 2), x and y; none where none is known."""
    contourpy = need("contourpy", "the boundary of a phase map")
    lines: dict[str, Sequence[Array]] = {}
    for name in LINES:
        generator = contourpy.contour_generator(phase.x.values, phase.y.values, phase.cells[name], corner_mask=True)
        lines[name] = [line for line in generator.lines(phase.target.value) if len(line) > 1]
    return lines


def axis_label(phase: PhaseMap, which: str) -> str:
    """The title of the axis `x` or `y`, with its unit where it is a share."""
    axis = phase.x if which == "x" else phase.y
    share = axis.name in ("fresh", "fixed") and axis.values[-1] < 1
    return AXES.get(axis.name, axis.name.replace("_", " ")) + (", share of the training set" if share else "")
