"""What a paper takes from a result: a figure for each chart, and the table beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..core.errors import UsageError
from ..core.files import slug
from ..core.parts import did_you_mean
from .figure import KINDS
from .result import Result
from .save import TABLES


@dataclass(frozen=True)
class Exported:
    """The files that were written."""

    figures: Sequence[Path] = ()
    table: Path | None = None


def export(
    result: Result,
    folder: Path,
    *,
    figures: str | None = None,
    table: str | None = None,
    metrics: Sequence[str] | None = None,
    grey: bool = False,
) -> Exported:
    """Write a figure of the kind `figures` for each chart and a table of the kind `table`; neither where it is None.

    They show the figures that carry a verdict, or the `metrics`. Raises UsageError for another kind and where there is
    nothing to show, and RecordError where a file cannot be written.
    """
    _known("figures", figures, KINDS)
    _known("table", table, TABLES)
    names = _charts(result, metrics) if figures else []
    places = _files(names)
    drawn = [result.save(folder / f"{place}.{figures}", chart=name, grey=grey) for name, place in places.items()]
    path = result.save(folder / f"table.{table}", metrics=metrics) if table else None
    return Exported(drawn, path)


def _known(flag: str, kind: str | None, known: Sequence[str]) -> None:
    if kind is not None and kind not in known:
        raise UsageError(f"--{flag} is {kind!r}{did_you_mean(kind, known)}: choose from {', '.join(known)}.")


def _charts(result: Result, metrics: Sequence[str] | None) -> list[str]:
    """The charts of the chosen figures; all where charts are of something else, such as the regimes of a calibration.

    Raises UsageError where there is none.
    """
    charts, chosen = result.charts(), result.chosen(metrics)
    if not charts.keys() & set(result.figure_names().values()):
        chosen = list(charts)
    names = [name for name in chosen if name in charts and charts[name].is_known]
    if not names:
        raise UsageError(f"there is nothing to draw of {result.title}: no chart has {', '.join(chosen) or 'a figure'}.")
    return names


def _files(names: Iterable[str]) -> dict[str, str]:
    """A name for the file of each chart, no two alike, be it in their case alone."""
    files: dict[str, str] = {}
    for name in names:
        stem, taken = slug(name).strip(".") or "figure", {each.lower() for each in files.values()}
        number = 1
        while (place := stem if number == 1 else f"{stem}-{number}").lower() in taken:
            number += 1
        files[name] = place
    return files
