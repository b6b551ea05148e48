"""Which of some folders a page can be written about, and what is to be said of the others."""

from collections.abc import Sequence
from pathlib import Path

from ..core.folder import SPEC
from ..drift.watch.result import is_looks
from ..forecast.record import RESULT


def sort_folders(folders: Sequence[Path]) -> tuple[list[Path], list[Path], list[str]]:
    """The folders of runs and the files of looks, the folders of forecasts, and a sentence about each of the others.

    A path that is not there counts as a run, so that whoever misspelt it is told.
    """
    runs, forecasts, others = [], [], []
    for folder in folders:
        if (folder / RESULT).is_file():
            forecasts.append(folder)
        elif is_looks(folder) or not folder.exists() or (folder / SPEC).is_file():
            runs.append(folder)
        else:
            others.append(f"{folder} is no run folder")
    return runs, forecasts, others
