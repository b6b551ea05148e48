"""Rows in memory beside the data: fields of a spec and settings of plug-ins that name files take them as well."""

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationInfo, WrapValidator

from ...core.errors import UsageError
from ...core.memory import InMemory
from ...core.names import JoinedNames, one_setting
from ...core.spec import PartField, Place
from .given import WANTED, given, is_single

PLAIN = str | int | float | None
SEVERAL = ("against", "remove")  # fields in which a list of texts is one of paths


def rows_given(value: Any) -> str:
    """A path as it is, and rows as the file that their values would make; texts are a column called text.

    Raises UsageError for what is neither, and DataError where there is no row or no file could hold them.
    """
    if isinstance(value, str | os.PathLike):
        return given(value)
    from .same import as_paths  # with the readers, when it is needed

    _, (rows, *more) = as_paths(value)
    if more:
        raise UsageError("there are several paths where one is wanted: put their rows together, or name one.")
    return given(rows)


def check_texts(fields: Mapping[str, Any]) -> None:
    """Raise UsageError for a field of several sets of rows that is given texts, of which none names a file."""
    for name, value in ((name, fields.get(name)) for name in SEVERAL):
        texts = list(value) if isinstance(value, list | tuple) else []
        if not texts or any(type(each) is not str for each in texts):
            continue
        if not any(map(os.path.exists, map(os.path.expanduser, texts))):
            raise UsageError(
                f"{name} is a list of texts of which none names a file: check the paths, or give rows as a data frame "
                "or a list of dicts."
            )


def _of_field(value: Any, plain: Callable[[Any], Any], field: ValidationInfo) -> Any:
    if is_single(value) and value is not None:
        raise UsageError(f"{field.field_name} is {value!r:.60}: {WANTED}.")
    found = value if value is None else rows_given(value)
    return found if isinstance(found, InMemory) else plain(found)


def _sets(value: Any) -> Any:
    """One set of rows passes for a list of sets: any table or column, and a list of dicts."""
    if isinstance(value, Iterator):
        value = list(value)
    if value is None or isinstance(value, str | os.PathLike | set | frozenset):
        return value
    if isinstance(value, list | tuple):
        return (value,) if value and all(isinstance(row, Mapping) for row in value) else value
    return (value,)


def _with_settings(value: Any) -> Any:
    """A plug-in with its settings, where they hold rows as what a spec keeps of them."""
    if not isinstance(value, Mapping) or len(value) != 1:
        return value
    ((name, settings),) = value.items()
    if not isinstance(settings, Mapping):
        return value
    return {name: {key: _setting(each) for key, each in settings.items()}}


def _setting(value: Any) -> Any:
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if not _holds_rows(value):
        return value
    sets = value if isinstance(value, list | tuple) and value and all(map(_is_set, value)) else (value,)
    return one_setting([rows_given(each) for each in sets])


def _holds_rows(value: Any) -> bool:
    """Whether a setting may be rows; what is neither that nor a word or a number is refused by the part."""
    if isinstance(value, PLAIN | JoinedNames) or getattr(value, "shape", None) == ():  # as a number of NumPy is
        return False
    inside = list(value.values()) if isinstance(value, Mapping) else value
    return not (isinstance(inside, list | tuple) and all(isinstance(each, int | float | None) for each in inside))


def _is_set(value: Any) -> bool:
    """Whether an item of a list is a set of rows, or names one, and no row."""
    return isinstance(value, os.PathLike | InMemory) or hasattr(value, "columns") or hasattr(value, "column_names")


GivenRows = WrapValidator(_of_field)  # marks a field that takes rows in memory too
RowsField = Annotated[Place, GivenRows]
Sets = BeforeValidator(_sets)  # marks a field of several of them
GivenPart = Annotated[PartField, BeforeValidator(_with_settings)]
