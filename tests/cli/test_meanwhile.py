"""The libraries of the page are imported while a run goes on, where there is a core for it."""

import sys
import threading

import pytest

from autophagy.cli import meanwhile
from autophagy.cli.meanwhile import libraries_meanwhile

STANDARD = "colorsys"  # a module that nothing else imports


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanwhile, "available_cores", lambda: 2)
    monkeypatch.setattr(meanwhile, "DRAWING", ("this_is_not_installed", STANDARD))
    monkeypatch.delitem(sys.modules, STANDARD, raising=False)


def test_the_libraries_are_there_at_the_end() -> None:
    with libraries_meanwhile():
        pass
    assert STANDARD in sys.modules


def test_a_fault_of_the_run_passes_and_no_thread_is_left() -> None:
    with pytest.raises(ValueError, match="of the run"), libraries_meanwhile():
        raise ValueError("of the run")
    assert "libraries of the page" not in [thread.name for thread in threading.enumerate()]


def test_one_core_imports_nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanwhile, "available_cores", lambda: 1)
    with libraries_meanwhile():
        pass
    assert STANDARD not in sys.modules
