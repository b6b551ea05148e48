"""The program as a shell finds it."""

import os
import sys
from pathlib import Path

import pytest

import autophagy


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """A folder with the program on the path, and the environment that finds it."""
    folder = tmp_path_factory.mktemp("shells")
    program = folder / "autophagy"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m autophagy "$@"\n')
    program.chmod(0o755)
    source = Path(autophagy.__file__).parents[1]
    return folder, os.environ | {"PATH": f"{folder}:{os.environ['PATH']}", "PYTHONPATH": str(source), "TERM": "dumb"}
