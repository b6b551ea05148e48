"""Paths where nothing is: what to say of them, and of addresses, which are no paths."""

import re
from pathlib import Path

from ..core.errors import AutophagyError, DataError, UsageError

ADDRESS = re.compile(r"([a-z][a-z0-9+]*):/{1,2}(?=[^/])")  # a path keeps one slash of the two


def absent(name: str | Path, check: str = "check the path") -> AutophagyError:
    """The error for a name that is no file or folder here."""
    if address := ADDRESS.match(str(name)):
        whole = ADDRESS.sub(rf"{address[1]}://", str(name), count=1)
        return UsageError(f"{whole} is an address, and data are read from files: download it and give the path.")
    return DataError(f"there is no file or folder {name}: {check}.")
