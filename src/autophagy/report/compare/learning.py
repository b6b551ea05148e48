"""What more wordings of each fact teach a tuned arm: its share right over the number of rewritings."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...charts import Chart, Curve
from ...compare.rows import AnswerRows
from ...core.registry import build
from ...statistics.intervals import Score
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
    curves: Curves, looks: Mapping[str, Look], score: Callable[[Arm], Mapping[str, Any]], level: Arm | None, title: str
) -> Chart:
    """The score of each kind of arm over its rewritings; dashes are the arm `level`, which learns no wordings."""
    amounts = sorted({amount for curve in curves.values() for amount in curve})
    lines = []
    for name, curve in curves.items():
        shown = [(amounts.index(n), arm) for n, arm in sorted(curve.items()) if score(arm)["n"]]
        hue = hue_of(curve, looks)
        lines.append(Curve(name, [x for x, _ in shown], [Score.read(score(arm)) for _, arm in shown], hue=hue))
    known = None if level is None or score(level)["value"] is None else Score.read(score(level))
    return Chart(
        f"learning {title}", title, "rewritings", "", lines, known, (0.0, 1.0),
        level_label="" if level is None else level["arm"], y_unit="share",
        ticks={float(place): str(amount) for place, amount in enumerate(amounts)},
        x_limits=(-0.5, len(amounts) - 0.5), y_limits=(0.0, 1.04),
    )  # fmt: skip


def hue_of(curve: Mapping[int, Arm], looks: Mapping[str, Look]) -> int:
    """The hue of a kind of arm: that of its first."""
    return looks[curve[min(curve)]["arm"]].hue
