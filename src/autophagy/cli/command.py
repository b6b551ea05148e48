"""The command `autophagy` as it is installed: when all is said, it ends at once."""

import atexit
import os
import sys
from contextlib import suppress
from typing import NoReturn

from .main import main


def command() -> NoReturn:
    """Run the command line and end the process with its exit code.

    What was registered for the end is done. What libraries hold goes with the process: to take it apart, object by
    object, would take a quarter of a second behind a curation. `python -m autophagy` ends as any program does, so that
    a profiler can say what it saw.
    """
    code = main()
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it, or it is closed
            stream.flush()
    os._exit(code)
