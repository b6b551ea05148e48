"""Packages whose public names are imported when they are first used, so that --help is quick."""

import sys
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any


class _Package(ModuleType):
    """A package that knows the home of each of its names, "" of a module of the package that bears the name.

    It keeps a name such as `autophagy.loop` a function when the folder of that name is imported.
    """

    def __getattr__(self, name: str) -> Any:
        homes: Mapping[str, str] = self.__dict__.get("_HOME", {})
        if name not in homes:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}{_guess(self, name)}")
        module = import_module(f".{homes[name] or name}", self.__name__)
        value = getattr(module, name) if homes[name] else module
        super().__setattr__(name, value)
        return value

    def __setattr__(self, name: str, value: Any) -> None:
        if not (self._HOME.get(name) and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted(self._HOME)


def _guess(package: ModuleType, name: str) -> str:
    """What may have been meant; tools that feel for names with underscores need nothing."""
    if name.startswith("_"):
        return ""
    from importlib.util import find_spec  # only now, as what follows, so that the package itself is imported at once

    from .parts import did_you_mean

    homes: Mapping[str, str] = package.__dict__["_HOME"]
    if f"{name.capitalize()}Spec" in homes:
        return f": write {package.__name__}.run({name.capitalize()}Spec(...), FOLDER)"
    if find_spec(f"{package.__name__}.{name}"):
        return f" yet: write import {package.__name__}.{name} first"
    return did_you_mean(name, homes)


def lazily(package: str) -> list[str]:
    """Make a package import what its `_HOME` names, name -> module, on first use; returns the names, for `__all__`."""
    module = sys.modules[package]
    module.__class__ = _Package
    return sorted(module.__dict__["_HOME"])
