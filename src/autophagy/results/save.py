"""A result as a file: a chart or a table, by the suffix of its name."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from ..core.errors import UsageError
from ..core.files import ELSEWHERE, writing
from ..core.parts import did_you_mean
from .figure import KINDS as FIGURES
from .figure import write_figure
from .frames import to_frame
from .latex import latex
from .markdown import markdown
from .table import tabled

if TYPE_CHECKING:
    from .result import Result

PROSE = {"md": markdown, "tex": latex}
TABLES = ("csv", "parquet", *PROSE)
Write = Callable[[IO[bytes]], None]


def save(
    result: "Result",
    path: str | Path,
    *,
    chart: str | None = None,
    metrics: Sequence[str] | None = None,
    size: tuple[float, float] = (6.75, 4.2),
    grey: bool = False,
) -> Path:
    """Write a chart or the table of a result; `Result.save` says what."""
    path = Path(os.path.expanduser(path))
    kind = path.suffix[1:].lower()
    if kind not in (*FIGURES, *TABLES) or "\0" in str(path):
        known = [f".{each}" for each in (*FIGURES, *TABLES)]
        raise UsageError(
            f"the name {str(path)!r} does not say what to write{did_you_mean(path.suffix, known)}: let it end in "
            f"{', '.join(known[:-1])} or {known[-1]}."
        )
    write = _figure(result, kind, chart, size, grey) if kind in FIGURES else _table(result, kind, metrics)
    with writing(path, ELSEWHERE) as file:
        write(file)
    return path


def _figure(result: "Result", kind: str, chart: str | None, size: tuple[float, float], grey: bool) -> Write:
    figure = result.plot(chart, size=size, grey=grey)
    return lambda file: write_figure(figure, file, kind)


def _table(result: "Result", kind: str, metrics: Sequence[str] | None) -> Write:
    """What writes the table of a paper, or the whole summary for a program to read."""
    if kind in PROSE:
        text = PROSE[kind](tabled(result, metrics))
        return lambda file: _write_text(file, text)
    chosen = None if metrics is None else set(result.chosen(metrics))
    rows = [each.row for each in result.scores() if chosen is None or each.metric in chosen]
    if not rows:
        raise UsageError(f"there is nothing to show of {result.title} yet: no figure is known.")
    frame = to_frame(rows, "arrow")
    return lambda file: _write_frame(frame, file, kind)


def _write_text(file: IO[bytes], text: str) -> None:
    file.write(text.encode("utf-8", "replace"))


def _write_frame(frame: Any, file: IO[bytes], kind: str) -> None:
    if kind == "csv":
        from pyarrow import csv

        csv.write_csv(frame, file)
    else:
        from pyarrow import parquet

        parquet.write_table(frame, file)
