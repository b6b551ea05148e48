"""Whether the workers of a command begin before it has imported its own libraries."""

import subprocess
import sys

import pytest

from autophagy.cli import ahead as room
from autophagy.cli.ahead import LEAST, MANY, ahead


@pytest.fixture
def opened(monkeypatch):
    """The nurseries that are opened, instead of opening them."""
    seen = []
    monkeypatch.setattr(room, "nursery", seen.append)
    monkeypatch.setattr(room, "available_cores", lambda: 2)
    return seen


@pytest.fixture
def rows(tmp_path):
    """A folder whose files are just large enough together; their bytes are never read."""
    (tmp_path / "sub").mkdir()
    for name in ("a.jsonl", "sub/b.jsonl"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(LEAST // 2)
    return tmp_path


def test_for_much_work_they_do(opened, rows):
    ahead([str(rows)], [])
    ahead([str(rows / "a.jsonl"), str(rows / "sub")], ["best_of"], workers=3)
    assert opened == [[*room.MODULES], [*room.MODULES, "autophagy.curators.best_of"]]


def test_the_compiled_code_is_loaded_ahead_where_it_will_be_used(opened, tmp_path):
    with (tmp_path / "rows.jsonl").open("wb") as file:
        file.truncate(MANY)
    ahead([str(tmp_path)], ["best_of"])
    ahead([str(tmp_path)], ["duplicates"])
    assert opened[1][-2:] == ["autophagy.curators.duplicates", "autophagy.curators.duplicates.loaded"]
    assert opened[0][-1] == "autophagy.curators.best_of"


@pytest.mark.parametrize("given", [{"workers": 1}, {"ray": "auto"}])
def test_they_do_not_where_there_will_be_none_here(given, opened, rows):
    with ahead([str(rows)], [], **given):
        assert not opened


def test_they_do_not_for_little_work_or_on_one_core(opened, rows, monkeypatch):
    with ahead([str(rows / "a.jsonl"), str(rows / "nothing"), "hub:not/a-path"], []):
        assert not opened
    monkeypatch.setattr(room, "available_cores", lambda: 1)
    with ahead([str(rows)], []):
        assert not opened


def test_they_import_no_spec_which_only_the_command_needs():
    names = {"pydantic", "autophagy.core.spec", "autophagy.core.folder"}
    code = f"import sys; assert all(map(__import__, {[*room.MODULES]})); print({names} & sys.modules.keys())"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout == b"set()\n"


def test_what_they_import_exists():
    code = f"assert all(map(__import__, {[*room.MODULES, *room.COMPILED.values()]}))"  # they change this process
    subprocess.run([sys.executable, "-c", code], check=True)
