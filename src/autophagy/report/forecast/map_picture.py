"""A phase map as a PNG."""

from typing import IO

import numpy as np

from ...core.errors import need
from ...forecast import PhaseMap
from .boundaries import NAMES, axis_label, boundaries, quantity_title

STYLES = {"mean": ("#ffffff", "-", 2.4), "median": ("#ffffff", ":", 1.8), "predicted": ("#000000", (0, (4, 4)), 1.6)}
DOTS = 160  # a inch


def draw_map(phase: PhaseMap, file: IO[bytes]) -> None:
    """Write the map, coloured by the mean, with its measured and its predicted boundary, as a PNG."""
    need("matplotlib", "the picture of a phase map")
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 5.0), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    shade = axes.pcolormesh(
        phase.x.values, phase.y.values, np.ma.masked_invalid(phase.cells["mean"]), cmap="cividis", shading="nearest"
    )
    axes.set_facecolor("#b9bec5")  # cells that cannot be run
    for name, lines in boundaries(phase).items():
        colour, dashes, width = STYLES[name]
        for index, line in enumerate(lines):
            label = NAMES[name] if index == 0 else None
            axes.plot(line[:, 0], line[:, 1], color=colour, linestyle=dashes, linewidth=width, label=label)
    axes.set_xlabel(axis_label(phase, "x"))
    axes.set_ylabel(axis_label(phase, "y"))
    axes.set_xscale("log" if phase.x.ratios else "linear")
    axes.set_yscale("log" if phase.y.ratios else "linear")
    axes.set_title(title(phase), loc="left", fontsize=10.5)
    figure.colorbar(shade, ax=axes, label=f"{quantity_title(phase)}, mean over {phase.plan.chains} chains")
    if axes.get_legend_handles_labels()[0]:
        legend = axes.legend(loc="best", fontsize=8.5, facecolor="#5b6570", labelcolor="#ffffff", framealpha=0.95)
        legend.set_title(str(phase.target))
        legend.get_title().set(color="#ffffff", size=8.5)
    figure.savefig(file, format="png", dpi=DOTS)


def title(phase: PhaseMap) -> str:
    """What the map shows, in one line."""
    plan = phase.plan
    axes = {phase.x.name, phase.y.name}
    size = "" if "samples" in axes else f", {plan.samples:,} samples a generation"
    return f"{quantity_title(phase).capitalize()} at generation {plan.generations} ({plan.family}{size})"
