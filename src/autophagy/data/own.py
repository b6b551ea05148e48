"""Run folders among the data: the rows that a curation or a generation kept are read, what else was written is not."""

from pathlib import Path

from ..core.errors import DataError
from ..core.folder import ENVIRONMENT, SPEC
from .stored.spec import KEPT

MADE = "rows.parquet"  # the rows of a generation


def is_run(folder: Path) -> bool:
    """Whether a folder is one that this program wrote, such as the one that results go into: it is no data."""
    return (folder / ENVIRONMENT).is_file() and (folder / SPEC).is_file()


def kept_rows(folder: Path) -> Path | None:
    """Where the rows lie that a run folder kept; None where it has none."""
    return next((folder / name for name in (KEPT, MADE) if (folder / name).exists()), None)


def rows_within(folder: Path) -> Path:
    """Where the rows lie that a run folder kept; raises DataError where it has none."""
    if rows := kept_rows(folder):
        return rows
    raise DataError(
        f"{folder} is a run that kept no rows, and its other files are no data: give the data itself, or the folder of "
        "a finished curation or generation."
    )


def told_of_rows(folder: Path) -> str:
    """What is read of a run folder, in one sentence."""
    kind = "curation" if (folder / KEPT).exists() else "generation"
    return f"{folder.name} is a {kind}: the rows that it kept are read."


def told_of_runs(names: set[str]) -> str:
    """Which run folders among the data were passed by; empty where none was."""
    return f"What autophagy wrote is not read again: {', '.join(sorted(names))}." if names else ""
