"""Names in one setting: of files parted by |, and of data in memory, which a word alone could not hold."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Self

from .literal import literal
from .memory import NAME, InMemory

SEVERAL = "|"  # between the names of one setting
WRITTEN = {"%": "%25", SEVERAL: "%7C", ",": "%2C"}  # what a name may have and a setting may not
READ = {written: sign for sign, written in WRITTEN.items()}
# the types of a setting that names a file, or several, in whose place data in memory may stand
File = Annotated[str, "file"]
Files = Annotated[str, "files"]


class JoinedNames(str):
    """Names in one setting, some of them data in memory; as a str it is what a spec writes."""

    every: tuple[str, ...]

    @classmethod
    def of(cls, names: Sequence[str]) -> Self:
        """These names, in their order."""
        joined = cls(_written(names))
        joined.every = tuple(names)
        return joined

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).of, (self.every,)


def one_setting(names: Sequence[str]) -> str:
    """Names as the value of one setting; a name such as 2019 or none stays a word."""
    if any(isinstance(name, InMemory) for name in names):
        return names[0] if len(names) == 1 else JoinedNames.of(names)
    value = _written(names)
    return value if literal(value) == value else value + SEVERAL


def names_in(value: str) -> list[str]:
    """The names in the value of a setting."""
    if isinstance(value, InMemory):
        return [value]
    if isinstance(value, JoinedNames):
        return list(value.every)
    return [re.sub("%25|%7C|%2C", lambda code: READ[code[0]], name) for name in str(value).split(SEVERAL) if name]


def held_in(value: Any) -> list[InMemory]:
    """The data in memory that the value of a setting names, in their order."""
    names = names_in(value) if isinstance(value, InMemory | JoinedNames) else []
    return [name for name in names if isinstance(name, InMemory)]


def kept_below(value: Any, folder: Path) -> Any:
    """The value of a setting, where it names data in memory those that a run folder keeps."""
    if not isinstance(value, str) or not NAME.search(value):
        return value
    names = names_in(value)
    kept = [_kept(name, folder) for name in names]
    return one_setting(kept) if any(isinstance(name, InMemory) for name in kept) else value


def _kept(name: str, folder: Path) -> str:
    if isinstance(name, InMemory):
        return name.kept_in(folder)
    path = folder / name
    return InMemory.kept(path) if NAME.fullmatch(name) and path.is_file() else name


def _written(names: Sequence[str]) -> str:
    return SEVERAL.join(re.sub("[%|,]", lambda sign: WRITTEN[sign[0]], str(name)) for name in names)
