"""The benches are run by hand: what they take of the package is there all the same."""

import ast
import importlib
from pathlib import Path

import pytest

BENCHES = sorted((Path(__file__).parents[1] / "bench").glob("*.py"))


def taken(path):
    """Module and name of each thing that a file takes of the package."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autophagy"):
            yield from ((node.module, each.name) for each in node.names)


@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.stem)
def test_what_a_bench_takes_of_the_package_is_there(path):
    for module, name in taken(path):
        try:
            room = importlib.import_module(module)
        except ModuleNotFoundError as error:
            if (error.name or "").startswith("autophagy"):
                raise
            pytest.skip(f"{error.name} is not here")
        if not hasattr(room, name):
            importlib.import_module(f"{module}.{name}")
