"""autophagy forecast: a loop at any scale, without training."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from ..forecast.spec import ForecastSpec
from .ending import closing, settled
from .flags import flags, path, read
from .numbers import spread
from .voice import voiced
from .words import Json, Log, Ray, Require, SpecFile, Undecided, Workers

Out = Annotated[
    str | None,
    Parameter(
        help="A folder for forecast.json, report.html and, with a map, map.png (default with a map: "
        "runs/forecast-MODEL)."
    ),
]


@voiced
@flags(ForecastSpec, first="model")
def forecast(
    *,
    spec: SpecFile = None,
    out: Out = None,
    workers: Workers = None,
    ray: Ray = None,
    log: Log = None,
    require: Require = None,
    undecided: Undecided = "fail",
    json: Json = False,
    **given: Any,
) -> int:
    """Forecast a loop and print what it comes to."""
    from ..core.errors import UsageError
    from ..core.registry import load_plugin
    from ..forecast.families import find
    from ..forecast.run import foretell, run
    from ..gates.gate import Gate
    from ..report.forecast.result import check_extras, print_result, write_page
    from ..report.terminal import Progress
    from ..runs.tracked import tell_trackers
    from ..trackers.tracking import find_trackers

    gate = Gate.parse(require, undecided)
    plan = read(ForecastSpec, spec, given)
    for file in plan.plugins if gate.requirements else ():
        load_plugin(file)
    for requirement in gate.requirements if plan.calibrate is None else ():
        find(plan.model.name).quantity(requirement.bound.name)  # a word that is wrong is told before anything runs
    where = spread(workers, ray)
    folder = path(out) if out else Path("runs") / f"forecast-{plan.model.name}" if plan.map and not json else None
    if log and not folder:
        raise UsageError("--log follows a forecast that is written to a folder: add --out and its name.")
    trackers = find_trackers(log or ())
    if folder:
        check_extras(plan.map is not None)
    with Progress() as progress:
        if folder:
            record = run(plan, folder, progress=progress.row, **where)
            result = record.found
            tell_trackers(record, result, trackers)
        else:
            result = foretell(plan, progress=progress.row, **where)
    page = write_page(result, folder) if folder else None
    if not json:
        print_result(result)
        if folder:
            closing(["report", folder, "--open"], run=folder, run_folder=folder, the_report=page)
    return settled(gate, result, json)
