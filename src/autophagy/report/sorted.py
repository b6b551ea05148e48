"""Which of some folders a page can be written about, and what is to be said of the others."""

from collections.abc import Sequence
from pathlib import Path

from ..core.folder import SPEC
from ..drift.watch.result import is_looks
from ..forecast.record import PAGE, RESULT


def sort_folders(folders: Sequence[Path]) -> tuple[list[Path], list[Path], list[str]]:
    """The folders of runs and the files of looks, the pages of forecasts, and a sentence about each of the others.

    A path that is not there counts as a run, so that whoever misspelt it is told.
    """
    runs, pages, others = [], [], []
    for folder in folders:
        if is_looks(folder) or not folder.exists() or ((folder / SPEC).is_file() and not (folder / RESULT).is_file()):
            runs.append(folder)
        elif (folder / PAGE).is_file() and (folder / RESULT).is_file():
            pages.append(folder / PAGE)
        elif (folder / RESULT).is_file():
            draw = f"autophagy forecast --spec {folder / SPEC} --out {folder}"
            others.append(f"{folder} is a forecast without a page: {draw} draws it")
        else:
            others.append(f"{folder} is no run folder")
    return runs, pages, others
