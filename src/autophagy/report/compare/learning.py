"""What more wordings of each fact teach a tuned arm: its share right over the number of rewritings."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...compare.rows import AnswerRows
from ...core.registry import build
from ..chart import Figure, literal, short
from .charts import SHARES, error, interval, lettered
from .marks import Look

Arm = Mapping[str, Any]
Curves = Mapping[str, Mapping[int, Arm]]  # the arms by number of rewritings, by what else they are


def curves(rows: AnswerRows, arms: Sequence[Arm]) -> dict[str, dict[int, Arm]]:
    """The arms that differ in `rewritings` alone, where there are two of a kind or more."""
    by_name = {arm["arm"]: arm for arm in arms}
    found: dict[str, dict[int, Arm]] = {}
    for part in rows.spec.arms:
        amount = getattr(build("arm", part), "rewritings", None)
        if amount is not None and str(part) in by_name and not by_name[str(part)]["control"]:
            rest = ", ".join(f"{name}={value}" for name, value in part.settings.items() if name != "rewritings")
            found.setdefault(f"{part.name} {rest}".strip(), {})[amount] = by_name[str(part)]
    return {name: curve for name, curve in found.items() if len(curve) > 1}


def chart(
    curves: Curves, looks: Mapping[str, Look], score: Callable[[Arm], Mapping[str, Any]], level: Arm | None
) -> Figure:
    """The score of each arm over its rewritings, a line for each kind; dashes are the arm `level`."""
    amounts = sorted({amount for curve in curves.values() for amount in curve})
    traces = [] if level is None else _level(looks[level["arm"]], score(level), len(amounts))
    for name, curve in curves.items():
        shown = [(amounts.index(n), arm, score(arm)) for n, arm in sorted(curve.items()) if score(arm)["n"]]
        if not shown:
            continue
        hue = looks[shown[0][1]["arm"]].colour
        xs, ys = [place for place, _, _ in shown], [short(known["value"]) for _, _, known in shown]
        line = {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": {"color": hue, "width": 1.5}}
        traces.append({**line, "hoverinfo": "skip"})
        traces += [_point(place, f"{name}, {amounts[place]} rewritings", looks[a["arm"]], s) for place, a, s in shown]
    across = {
        "title": {"text": "rewritings"},
        "tickvals": list(range(len(amounts))),
        "ticktext": [str(amount) for amount in amounts],
        "range": [-0.5, len(amounts) - 0.5],
    }
    return {"data": traces, "layout": {"xaxis": across, "yaxis": SHARES, "margin": {"l": 44, "r": 8, "t": 12, "b": 40}}}


def _point(place: int, name: str, look: Look, known: Mapping[str, Any]) -> dict[str, Any]:
    words = f"{literal(name)}: {100 * known['value']:.0f} %{interval(known)}"
    shown = lettered(look, [place], [short(known["value"])])
    return {**shown, "error_y": error([known], look), "hovertemplate": f"{words}<extra></extra>"}


def _level(look: Look, known: Mapping[str, Any], width: int) -> list[dict[str, Any]]:
    """What an arm reaches that learns no wordings, as a dashed line; none where it is not known."""
    if known["value"] is None:
        return []
    words = f"{literal(look.arm)}: {100 * known['value']:.0f} %{interval(known)}"
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [-0.5, width - 0.5],
            "y": [short(known["value"])] * 2,
            "line": {"color": look.colour, "dash": "dash", "width": 1.5},
            "hovertemplate": f"{words}<extra></extra>",
        }
    ]
