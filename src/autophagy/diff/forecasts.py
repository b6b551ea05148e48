"""Two forecasts, quantity by quantity, at the last generation that both have."""

import math
from collections.abc import Mapping

from ..forecast.document import DocumentResult
from ..results.scored import TIME, Scored
from ..statistics.contrasts import of_figures
from ..statistics.intervals import Score
from .compared import Comparable, Compared

Place = tuple[tuple[str, str | int], ...]
EXACT = "Each mean is over simulated loops, or exact where a closed form gives it; nothing is paired."


def compare_forecasts(a: DocumentResult, b: DocumentResult, every: bool) -> Comparable:
    """The mean of each quantity; all of them are shown, be it `every` one or not."""
    mine, other = _by_place(a), _by_place(b)
    figures = []
    for key in mine:
        common = mine[key].keys() & other.get(key, {}).keys()
        if common:
            one, two = (_exact(run, table[key][max(common)]) for run, table in ((a, mine), (b, other)))
            scored = mine[key][max(common)]
            contrast = of_figures(one, two)
            if contrast.score.n:
                figures.append(Compared(scored.where, scored.metric, scored.title, one, two, contrast))
    alone = [
        f"{title} is in {run} only"
        for run, own, rest in (("A", mine, other), ("B", other, mine))
        for title in {scored.title for key in own.keys() - rest.keys() for scored in own[key].values()}
    ]
    return Comparable(figures, "nothing", EXACT, sorted(alone))


def _by_place(result: DocumentResult) -> dict[tuple[str, Place], dict[int, Scored]]:
    """The scores of a forecast as (metric, place) -> generation -> score."""
    table: dict[tuple[str, Place], dict[int, Scored]] = {}
    for each in result.scores():
        table.setdefault((each.metric, each.of), {})[int(each.where[TIME])] = each
    return table


def _exact(result: DocumentResult, scored: Scored) -> Score:
    """The mean from its closed form, where one holds; that of the simulation elsewhere."""
    exact: Mapping[str, list[float | None]] = result.document().get("exact", {})
    values = exact.get(scored.metric, [])
    place = int(scored.where[TIME]) - 1
    value = values[place] if place < len(values) else None
    return Score(value, value, value, 1) if value is not None and math.isfinite(value) else scored.score
