"""Looking: today's answers against a baseline; the look is kept."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from ...core.errors import DataError, UsageError
from ...core.logged import Log, Logged
from ...data.logs import read_log
from .bank import bank_of
from .look import LookSettings, look
from .looks import Looks
from .match import row_digest
from .record import keep, place_of, read_looks

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
Tell = Callable[[str, Sequence[str]], None]


def watch(
    baseline: str | Path,
    answers: str | Path,
    *,
    alpha: float = 0.05,
    tolerance: float = 0.0,
    state: str | Path | None = None,
    tell: Tell | None = None,
) -> Looks:
    """Compare today's `answers`, a log, with those of a baseline, and keep the look in the file `state`.

    `state` is looks.jsonl in the folder of the baseline unless it is given. `tell` is told of how each log was read.
    Raises AutophagyError, and then nothing is kept.
    """
    if not 0 < alpha < 1:
        raise UsageError(f"--alpha is {alpha:g}: give a share between 0 and 1, such as 0.05.")
    if not 0 <= tolerance < 1:
        raise UsageError(f"--tolerance is {tolerance:g}: give a share from 0 to below 1, such as 0.02.")
    place = place_of(Path(baseline), state)
    looks = read_looks(place)
    logs = {str(path): read_log(path) for path in (baseline, answers)}
    for path, log in logs.items() if tell else ():
        tell(path, log.notes)  # type: ignore[misc]
    recorded, today = logs[str(baseline)], logs[str(answers)]
    rows = _of_one_model(today, {row.model for row in recorded.rows}, str(answers))
    dates = [row.date[:10] for row in rows if DATE.match(row.date)]
    settings = LookSettings(max(dates) if dates else f"{datetime.now(UTC):%Y-%m-%d}", "", alpha, tolerance)
    banks = bank_of(recorded, str(baseline))
    line = look(banks, looks, rows, settings, [row_digest(row) for row in recorded.rows])
    keep(place, line, looks)
    return Looks([*looks.lines, line])


def _of_one_model(log: Log, recorded: set[str], where: str) -> Sequence[Logged]:
    """The answers of the model that was recorded; of another where the log holds one model alone."""
    names = [name for name in log.models if name in recorded] if len(log.models) > 1 else log.models
    if len(names) != 1:
        shown = ", ".join(log.models)
        raise DataError(f"{where} holds answers of several models ({shown}): give a log of the one that is watched.")
    return [row for row in log.rows if row.model == names[0]]
