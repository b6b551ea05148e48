"""A result as a file: a chart or a table, by the suffix of its name."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from ..core.errors import UsageError
from ..core.files import ELSEWHERE, writing
from ..core.parts import did_you_mean
from .figure import KINDS as FIGURES
from .figure import write_figure
from .latex import latex
from .markdown import markdown
from .table import FigureTable

PROSE = {"md": markdown, "tex": latex}
TABLES = ("csv", "parquet", *PROSE)


def save(
    path: str | Path, *, figure: Callable[[], Any], table: Callable[[], FigureTable], summary: Callable[[], Any]
) -> Path:
    """Write what the suffix of the path asks for, and return the path: a figure, the table, or an Arrow summary.

    It is made before the file is opened. Raises UsageError for another suffix, and RecordError where the file cannot
    be written; it appears whole or not at all.
    """
    path = Path(os.path.expanduser(path))
    kind = path.suffix[1:].lower()
    if kind not in (*FIGURES, *TABLES) or "\0" in str(path):
        known = [f".{each}" for each in (*FIGURES, *TABLES)]
        raise UsageError(
            f"the name {str(path)!r} does not say what to write{did_you_mean(path.suffix, known)}: let it end in "
            f"{', '.join(known[:-1])} or {known[-1]}."
        )
    made = figure() if kind in FIGURES else PROSE[kind](table()) if kind in PROSE else summary()
    with writing(path, ELSEWHERE) as file:
        if kind in FIGURES:
            write_figure(made, file, kind)
        elif kind in PROSE:
            file.write(made.encode("utf-8", "replace"))
        else:
            _write_frame(made, file, kind)
    return path


def _write_frame(frame: Any, file: IO[bytes], kind: str) -> None:
    if kind == "csv":
        from pyarrow import csv

        csv.write_csv(frame, file)
    else:
        from pyarrow import parquet

        parquet.write_table(frame, file)
