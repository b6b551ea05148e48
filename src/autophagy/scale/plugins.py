"""The user's own plug-ins, which another process must know before it is sent anything that names them."""

import importlib
import sys
from contextlib import suppress
from typing import Any

from ..core.registry import KINDS, load_plugin, of_kind

Names = tuple[str, ...]


def known() -> tuple[Names, Names]:
    """The files of --plugin and the modules whose plug-ins this process knows; a script's own, `__main__`, has none."""
    homes = {entry.function.__module__ for kind in KINDS for entry in of_kind(kind)}
    own = sorted(home for home in homes if not home.startswith("autophagy.") and home != "__main__")
    files = [name for name in own if name.startswith("autophagy_plugin_")]
    places = tuple(f"{sys.modules[name].__file__}" for name in files)
    return places, tuple(name for name in own if name not in files)


def load(files: Names, modules: Names) -> None:
    """Know them, too; a module that is not here can be of no use to a job, or the job says so."""
    for path in files:
        load_plugin(path)
    for name in modules:
        with suppress(ImportError):
            importlib.import_module(name)


class First:
    """What is sent to a process before all else: reading it loads the plug-ins that are known here."""

    def __reduce__(self) -> tuple[Any, ...]:
        return load, known()
