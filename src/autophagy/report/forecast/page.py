"""The page of a forecast: its verdict, its curves, its map and what it was checked against."""

import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...charts.colours import colour
from ...core.files import writing
from ...core.folder import SPEC
from ...cost.footprint import footprint
from ...forecast import Forecast, find
from ...forecast.charts import quantities
from ...forecast.record import PAGE, PICTURE
from ...statistics.intervals import Score
from ..page import fill
from ..plot import Plot, plot, plots_in
from ..points import thinned
from ..table import GroupedTable, Swatch, table
from .map import AXES, draw_map
from .summary import opening

POINTS = 400  # of a curve
ROLES = {  # what a family's quantity says
    "risk": "the distance from the real distribution",
    "variety": "how much of the variety is left",
    "tails": "how much of the tails of the real distribution is left",
    "modes": "the share of the real modes that is left",
    "made_up": "the share that lies where the real distribution has almost nothing",
}
GOOD = {"higher": "higher is better", "lower": "lower is better"}


def write_forecast(forecast: Forecast, folder: Path) -> Path:
    """Write report.html and, where there is a map, map.png into a folder; returns the page's path."""
    if forecast.map is not None:
        with writing(folder / PICTURE) as file:
            draw_map(forecast.map, file)
    return write_page(render(forecast, command(folder), str(footprint(folder))), folder)


def write_page(page: str, folder: Path) -> Path:
    """Write report.html into a folder and return its path."""
    with writing(folder / PAGE) as file:
        file.write(page.encode())
    return folder / PAGE


def command(folder: Path) -> str:
    """The line that makes the forecast and its page once more."""
    return f"autophagy forecast --spec {shlex.quote(str(folder / SPEC))} --out {shlex.quote(str(folder))}"


def render(forecast: Forecast, made_by: str = "", energy: str = "") -> str:
    """The page as text; `made_by` is the line that makes it, and `energy` what it took in words."""
    plan, curves = forecast.plan, _curves(forecast)
    values: dict[str, Any] = {
        "counts": [
            f"{plan.samples:,} samples a generation",
            f"{plan.generations:,} generations",
            f"{plan.chains:,} chains" if plan.chains > 1 else "one chain",
        ],
        **opening(forecast),
        "curves": curves,
        "place": _place(forecast),
        "legend": _legend(forecast),
        "checks": _checks(forecast) if forecast.checks else None,
        "profile": _profile(forecast),
        "plan": json.dumps(plan.to_dict(), indent=2),
        "energy": energy,
    }
    values["findings"] = [{"name": "", "text": sentence, "hue": colour(0)} for sentence in values["findings"]]
    return fill(
        "forecast/page.html",
        title=f"{plan.family} forecast",
        command=made_by,
        family=plan.family,
        plots=plots_in(values),
        **values,
    )


def _place(forecast: Forecast) -> str:
    """Of which place of a map the curves are, in words; nothing where there is no map."""
    if forecast.map is None:
        return ""
    fields = forecast.plan.to_dict()
    known = {**fields, **fields.get("settings", {})}
    parts = [f"{AXES.get(axis.name, axis.name)} = {known.get(axis.name)}" for axis in (forecast.map.x, forecast.map.y)]
    return " and ".join(parts)


def _legend(forecast: Forecast) -> list[Swatch]:
    typical = [Swatch("typical chain", colour(1), style="dotted")] if forecast.typical else []
    return [Swatch("mean", colour(0)), *typical]


def _curves(forecast: Forecast) -> list[Plot]:
    """Each quantity over the generations, with the target's line where there is one."""
    family = find(forecast.plan.family)
    meaning = {quantity: role for role, quantity in family.roles.items()}
    lines = [forecast.line(place) for place in thinned(list(range(forecast.plan.generations)), POINTS)]
    every = forecast.targets or ([forecast.map.target] if forecast.map else [])
    shown = []
    for name, chart in quantities(lines, family.quantities, forecast.plan.chains).items():
        if name.startswith("log_"):
            continue
        targets = [target for target in every if target.of(family).quantity == name]
        level = Score(targets[0].value, float("nan"), float("nan"), 1) if targets else None
        said = [ROLES.get(meaning.get(name, ""), ""), f"Dashed: the target {targets[0]}." if targets else ""]
        shown.append(
            plot(
                f"quantity-{name}",
                replace(chart, y="", level=level, level_label=str(targets[0]) if targets else ""),
                label=f"{chart.title} over the generations",
                caption=" ".join(filter(None, [said[0][:1].upper() + said[0][1:] + "." * bool(said[0]), said[1]])),
                good=_good(family.quantities[name].better),
            )
        )
    return shown


def _good(better: str | float) -> str:
    """Which direction is better; a number is that of the real distribution."""
    return GOOD[better] if isinstance(better, str) else f"nearer to {better:g} is better"


def _checks(forecast: Forecast) -> GroupedTable:
    family = find(forecast.plan.family)
    rows = [
        [check.law.formula, family.worded(check.law.label), check.law.source, _z(check)] for check in forecast.checks
    ]
    caption = "The simulation at the last generation against every closed form that applies; z in standard errors"
    return table(["Closed form", "Quantity", "Source", "z"], rows, caption, wraps=True)


def _z(check: Any) -> str:
    return "approximate" if check.law.approximate else f"{check.z:z.1f}" if check.tested else "no test"


def _profile(forecast: Forecast) -> GroupedTable:
    met = {True: "from generation {}", False: "no", None: "does not apply"}
    rows = [[definition.name, met[definition.met].format(definition.since)] for definition in forecast.profile]
    return table(
        ["Definition", "Met"],
        rows,
        "The eight definitions of model collapse, after Schaeffer et al. (2025)",
        wraps=True,
    )
