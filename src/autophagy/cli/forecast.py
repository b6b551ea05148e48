"""autophagy forecast: a loop at any scale, without training."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from ..core.parts import literal
from ..forecast.spec import ForecastSpec
from .words import Json, SpecFile, Workers, flags, path, print_json, read

Out = Annotated[
    str | None,
    Parameter(
        help="A folder for forecast.json, report.html and, with a map, map.png (default with a map: "
        "runs/forecast-MODEL)."
    ),
]


@flags(ForecastSpec, first="model")
def forecast(
    *, spec: SpecFile = None, out: Out = None, workers: Workers = None, json: Json = False, **given: Any
) -> int:
    """Forecast a loop and print what it comes to."""
    from ..forecast.run import foretell, run
    from ..report.forecast.result import check_extras, print_result, write_page
    from ..report.terminal import Progress

    plan = read(ForecastSpec, spec, given)
    processes = None if workers is None else literal(workers)
    folder = path(out) if out else Path("runs") / f"forecast-{plan.model.name}" if plan.map and not json else None
    if folder:
        check_extras(plan.map is not None)
    with Progress() as progress:
        if folder:
            result = run(plan, folder, workers=processes, progress=progress.row).found
        else:
            result = foretell(plan, processes, progress.row)
    page = write_page(result, folder) if folder else None
    if json:
        print_json(result.document())
    else:
        print_result(result, page)
    return 0
