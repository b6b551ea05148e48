"""Paths where nothing is: what to say of them, and of addresses, which are no paths."""

import os
import re
from itertools import islice
from pathlib import Path

from ..core.errors import AutophagyError, DataError, UsageError
from ..core.parts import nearest

PATTERN = re.compile(r"[*?]")
LONGEST, FEW = 60, 8  # letters and words of a name that is one
MANY = 10_000  # names of a folder that are looked at for one that may have been meant
ADDRESS = re.compile(r"([a-z][a-z0-9+]*):/{1,2}(?=[^/])")  # a path keeps one slash of the two


def absent(name: str | Path, check: str = "check the path") -> AutophagyError:
    """The error for a name that is no file or folder here."""
    if address := ADDRESS.match(str(name)):
        whole = ADDRESS.sub(rf"{address[1]}://", str(name), count=1)
        return UsageError(f"{whole} is an address, and data are read from files: download it and give the path.")
    if _is_text(str(name)):
        return DataError(f"there is no file or folder {str(name)[:60]!r}...: if that is a text, give it in a list.")
    if PATTERN.search(str(name)):
        return DataError(f"there is no file or folder {name}: patterns are not read, so name each file, or its folder.")
    return DataError(f"there is no file or folder {name}{_beside(Path(name).expanduser())}: {check}.")


def _is_text(name: str) -> bool:
    """Whether a name reads like a text: it is longer than names of files are, and of several words or lines."""
    return len(name) > LONGEST and len(name.split()) > FEW


def _beside(path: Path) -> str:
    """The name in the same folder that may have been meant, as a question; endings, which are few, do not count."""
    try:
        with os.scandir(path.parent) as entries:
            names = {_stem(entry.name): entry.name for entry in islice(entries, MANY)}
    except (OSError, ValueError):
        return ""
    close = nearest(_stem(path.name), names)
    return f" (did you mean {names[close]!r}?)" if close else ""


def _stem(name: str) -> str:
    return name.partition(".")[0] or name
