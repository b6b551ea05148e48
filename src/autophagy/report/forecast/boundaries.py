"""The boundaries of a phase map: the lines at which the target is just met, in the coordinates of its axes."""

from ...core.errors import need
from ...core.samples import Array
from ...forecast import PhaseMap, find

NAMES = {"mean": "simulated, on average", "median": "simulated, typical chain", "predicted": "predicted by closed form"}


def boundaries(phase: PhaseMap) -> dict[str, list[Array]]:
    """For the mean, the median and the closed form: lines, each of points (k, 2), x and y; none where none is known."""
    contourpy = need("contourpy", "the boundary of a phase map")
    lines = {}
    for name in NAMES:
        generator = contourpy.contour_generator(phase.x.values, phase.y.values, phase.cells[name], corner_mask=True)
        lines[name] = [line for line in generator.lines(phase.target.value) if len(line) > 1]
    return lines


def quantity_title(phase: PhaseMap) -> str:
    """What the quantity of a map is called."""
    family = find(phase.plan.family)
    return family.title(family.quantity(phase.target.quantity))


def axis_title(name: str) -> str:
    """What an axis is called in a picture."""
    words = {
        "fresh": "fresh real rows",
        "fixed": "fixed real rows",
        "samples": "samples a generation",
        "synthetic": "synthetic rows of each remembered generation",
        "bias": "sampling bias (1 is unbiased)",
        "memory": "remembered generations",
        "budget": "rows of a training set at most",
        "weight": "weight of the real rows",
    }
    return words.get(name, name.replace("_", " "))


def axis_label(phase: PhaseMap, which: str) -> str:
    """The title of the axis `x` or `y`, with its unit where it is a share."""
    axis = phase.x if which == "x" else phase.y
    share = axis.name in ("fresh", "fixed") and axis.values[-1] < 1
    return axis_title(axis.name) + (", share of the training set" if share else "")
