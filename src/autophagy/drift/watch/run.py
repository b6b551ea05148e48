"""Looking: today's answers against a baseline; the look is kept."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...core.errors import DataError, UsageError
from ...core.folder import ASKED
from ...core.logged import Log, Logged
from ...data.logs import log_of, read_log
from ...data.logs.snapshot import is_snapshot
from ...trackers.tracking import find_trackers, remembered
from ..snapshot.model import AT_ONCE
from .asking import ask_today, decoding_of
from .bank import bank_of
from .look import LookSettings, look
from .looks import Looks
from .match import row_digest
from .record import keep, place_of, read_looks
from .result import WatchResult
from .tracked import place_of_tracking, tell_trackers

DATE = re.compile(r"\d{4}-\d{2}-\d{2}")  # a day as ISO 8601 has it
Tell = Callable[[str, Sequence[str]], None]


def watch(
    baseline: str | Path,
    answers: Any = None,
    *,
    alpha: float = 0.05,
    tolerance: float = 0.0,
    state: str | Path | None = None,
    prompts: int | None = None,
    connections: int = AT_ONCE,
    per_minute: float = 0.0,
    log: str | Sequence[str] = (),
    tell: Tell | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> WatchResult:
    """Whether a model still answers as it was recorded: a look, which is kept in `state` and added to earlier ones.

    `answers` is today's log, as a path, a data frame or a list of dicts. Without it the model that the folder
    `baseline` was recorded from is asked, at most `prompts` of each task. A model that does not answer is a look
    without evidence. `state` is looks.jsonl in the folder of the baseline unless it is given. A server is sent
    `connections` requests at a time, and at most `per_minute` in a minute (0: no limit). The experiment trackers `log`,
    and those of earlier looks, are told the look. `tell` is told of how each log was read, `progress` of each answer.
    Raises AutophagyError, and then nothing is kept.
    """
    _check(alpha, tolerance, prompts)
    folder = Path(baseline)
    if not folder.exists():
        raise UsageError(f"there is no file or folder {baseline}: check the path.")
    recorded_here = is_snapshot(folder)
    if answers is None and not recorded_here:
        raise UsageError(f"{baseline} is no snapshot that names a model to ask: add --answers and a log of today.")
    if isinstance(answers, str | Path) and Path(answers).resolve() == folder.resolve():
        raise UsageError(f"{answers} is the baseline itself: give --answers a log of today.")
    place = place_of(folder, state)
    looks = read_looks(place)
    trackers = remembered(place_of_tracking(place), find_trackers(log))
    name = str(answers) if isinstance(answers, str | Path) else "the answers in memory"
    recorded, today = read_log(baseline), None if answers is None else log_of(answers)
    for where, read in ((str(baseline), recorded), (name, today)) if tell else ():
        if read:
            tell(where, read.notes)  # type: ignore[misc]
    banks = bank_of(recorded, str(baseline))
    if today is None:
        limits = {"connections": connections, "per_minute": per_minute}
        rows, reason = ask_today(folder, banks, looks, prompts, progress, **limits)
    else:
        rows, reason = _of_one_model(today, {row.model for row in recorded.rows}, name), ""
    decoding = decoding_of(folder) if recorded_here else ""
    settings = LookSettings(_date(rows), decoding, alpha, tolerance, reason)
    line = look(banks, looks, rows, settings, [row_digest(row) for row in recorded.rows])
    keep(place, line, looks)
    if recorded_here:
        (folder / ASKED).unlink(missing_ok=True)
    result = WatchResult(place, Looks([*looks.lines, line]))
    tell_trackers(result, str(baseline), trackers)
    return result


def _check(alpha: float, tolerance: float, prompts: int | None) -> None:
    """Raise UsageError for a number out of its bounds."""
    if not 0 < alpha < 1:
        raise UsageError(f"--alpha is {alpha:g}: give a share between 0 and 1, such as 0.05.")
    if not 0 <= tolerance < 1:
        raise UsageError(f"--tolerance is {tolerance:g}: give a share from 0 to below 1, such as 0.02.")
    if prompts is not None and prompts < 1:
        raise UsageError(f"--prompts is {prompts:,}: give at least 1.")


def _date(rows: Sequence[Logged]) -> str:
    """The day of the newest answer; today where no answer has one."""
    dates = [row.date[:10] for row in rows if DATE.match(row.date)]
    return max(dates) if dates else f"{datetime.now(UTC):%Y-%m-%d}"


def _of_one_model(log: Log, recorded: set[str], where: str) -> list[Logged]:
    """The answers of the model that was recorded; of another where the log holds one model alone."""
    names = [name for name in log.models if name in recorded] if len(log.models) > 1 else log.models
    if len(names) != 1:
        shown = ", ".join(log.models)
        raise DataError(f"{where} holds answers of several models ({shown}): give a log of the one that is watched.")
    return [row for row in log.rows if row.model == names[0]]
