"""The libraries of the page are imported while a run goes on, where there is a core for it."""

import sys
import threading

import pytest

from autophagy.cli import meanwhile
from autophagy.cli.meanwhile import page_meanwhile
from autophagy.report import templates

STANDARD = "colorsys"  # a module that nothing else imports


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanwhile, "available_cores", lambda: 2)
    monkeypatch.setattr(meanwhile, "DRAWING", ("this_is_not_installed", STANDARD))
    monkeypatch.delitem(sys.modules, STANDARD, raising=False)


def test_the_libraries_are_there_at_the_end() -> None:
    heard: list[tuple[object, ...]] = []
    with page_meanwhile("loop", lambda *told: heard.append(told)) as progress:
        assert STANDARD not in sys.modules  # while the first jobs are made ready
        progress("reading", 1, 2)
        progress("reading", 2, 2)
    assert STANDARD in sys.modules
    assert heard == [("reading", 1, 2), ("reading", 2, 2)]


def test_they_are_imported_at_once_where_workers_are_waited_for() -> None:
    with page_meanwhile("loop", print, at_once=True):
        pass
    assert STANDARD in sys.modules


def test_the_templates_of_the_verb_are_read_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[str]()
    environment = templates._environment()
    monkeypatch.setattr(templates, "_environment", lambda: environment.overlay())  # which has read none
    monkeypatch.setattr(type(environment), "get_template", lambda _, name: read.append(name))
    with page_meanwhile("curate", print, at_once=True):
        pass
    assert {"page.html", "kit.html", "curate/page.html"} <= set(read)
    assert not {"audit/page.html", "loop/page.html"} & set(read)


def fails(*told: object) -> None:
    raise ValueError("of the run")


def test_a_fault_of_the_run_passes_and_no_thread_is_left() -> None:
    with pytest.raises(ValueError, match="of the run"), page_meanwhile("loop", fails) as progress:
        progress("reading", 1, 2)
    assert "libraries of the page" not in [thread.name for thread in threading.enumerate()]


def test_a_run_that_had_nothing_to_do_imports_nothing() -> None:
    with page_meanwhile("loop", print):
        pass
    assert STANDARD not in sys.modules


def test_one_core_imports_nothing_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meanwhile, "available_cores", lambda: 1)
    with page_meanwhile("loop", print) as progress:
        progress("reading", 1, 2)
    assert STANDARD not in sys.modules
