"""Files that a setting of a recipe names: one entry a line."""

import json
from functools import lru_cache
from pathlib import Path

from ..core.errors import DataError


def entries_of(path: str, setting: str) -> list[str]:
    """The distinct entries of a file in their order: its lines or, of JSON lines, the column of the setting's name.

    `setting` is the plural, such as personas. Raises DataError where the file cannot be read or holds none.
    """
    try:
        stat = Path(path).stat()
        return list(_read(path, setting, (stat.st_mtime_ns, stat.st_size)))
    except (OSError, UnicodeDecodeError) as error:
        why = "is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else f"cannot be read ({error.strerror})"
        raise DataError(f"the file {path} of the setting {setting} {why}: give a text file with one a line.") from error


@lru_cache(maxsize=8)
def _read(path: str, setting: str, stamp: tuple[int, int]) -> tuple[str, ...]:
    """The entries; they are read again once the file has another `stamp`."""
    lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    found = [_entry(line, number, path, setting) for number, line in enumerate(lines, 1) if line.strip()]
    if not found:
        raise DataError(f"the file {path} of the setting {setting} is empty: write one a line into it.")
    return tuple(dict.fromkeys(found))


def _entry(line: str, number: int, path: str, setting: str) -> str:
    if not line.lstrip().startswith("{"):
        return " ".join(line.split())
    column = setting.removesuffix("s")
    try:
        return " ".join(json.loads(line)[column].split())
    except (ValueError, KeyError, AttributeError, RecursionError) as error:
        raise DataError(
            f"line {number} of {path} is no object with a text {column!r}: write one of the {setting} a line, or such "
            "objects."
        ) from error
