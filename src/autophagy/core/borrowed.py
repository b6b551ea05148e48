"""A folder that lasts as long as what was made in it."""

import shutil
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Made = TypeVar("Made")


def made_in(out: str | Path | None, make: Callable[[Path], Made]) -> Made:
    """What `make(folder)` returns, in the folder `out`, or in a temporary one that goes when nobody holds it."""
    if out is not None:
        return make(Path(out).expanduser())
    folder = Path(tempfile.mkdtemp(prefix="autophagy-"))
    try:
        made = make(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(made, shutil.rmtree, folder, ignore_errors=True)
    return made
