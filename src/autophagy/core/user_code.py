"""Code of other people: a plug-in file is run, and whatever goes wrong in it is one sentence."""

import importlib.util
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import UsageError


@contextmanager
def running(what: str) -> Iterator[None]:
    """Turn whatever a user's code raises into one sentence that names it."""
    try:
        yield
    except UsageError:
        raise
    except (Exception, SystemExit) as error:  # code of other people can fail in any way
        raise UsageError(f"{what} failed ({type(error).__name__}: {error}): mend it and try again.") from error


def plugin_file(path: Path) -> tuple[str, Callable[[], None]]:
    """The module name of a Python file and how to run it; raises UsageError where it is no Python file."""
    path = path.resolve()
    name = f"autophagy_plugin_{path.stem}_{zlib.crc32(bytes(path)):08x}"
    spec = importlib.util.spec_from_file_location(name, path)
    loader = spec.loader if spec else None
    if not path.is_file() or spec is None or loader is None:
        raise UsageError(f"the plug-in file {path} is not a Python file: give --plugin the path of a .py file.")
    module = importlib.util.module_from_spec(spec)

    def run() -> None:
        sys.modules[name] = module
        before, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # nothing is written beside a user's file
        try:
            with running(f"the plug-in file {path}"):
                loader.exec_module(module)
        finally:
            sys.dont_write_bytecode = before

    return name, run
