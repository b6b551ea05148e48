"""Templates of prompts that a user writes, checked before the first call."""

import re
from collections.abc import Iterable
from pathlib import Path

from ..core.errors import DataError, UsageError
from ..core.parts import did_you_mean

BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}")  # "{{", "}}", or {FIELD}


def template(path: str, fields: Iterable[str], standard: str) -> str:
    """The template in a file, or the `standard` one where no path is given, for `str.format` with these fields.

    Raises DataError where the file cannot be read, and UsageError where a brace stands alone or a field is unknown.
    """
    if not path:
        return standard
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"the template {path} cannot be read as UTF-8 text: give the path of a text file.") from error
    if not text.strip():
        raise UsageError(f"the template {path} is empty: write the prompt into it.")
    return checked(text, tuple(fields), path)


def checked(text: str, fields: tuple[str, ...], where: str) -> str:
    """The template itself; raises UsageError with its file and line where `str.format` could not fill it."""
    known = ", ".join(f"{{{name}}}" for name in fields)
    for field in BRACES.finditer(text):
        if field[1] is not None and field[1] not in fields:
            name = " ".join(field[1].split())
            raise UsageError(
                f"the template {where} has in line {_line(text, field.start())} the field {{{name}}}, which nothing "
                f"fills{did_you_mean(name, fields)}: use {known}, and write {{{{ and }}}} for braces."
            )
    bare = BRACES.sub(lambda field: "\n" * field[0].count("\n"), text)
    if alone := re.search(r"[{}]", bare):
        raise UsageError(
            f"the template {where} has in line {_line(bare, alone.start())} a brace {alone[0]} that stands alone: "
            f"write {alone[0] * 2} for a brace, or one of the fields {known}."
        )
    return text


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
