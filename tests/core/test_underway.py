"""A run keeps what it found out about its surroundings, so that it goes on as it began."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from autophagy.answering import engine
from autophagy.core.folder import ENVIRONMENT, RunFolder, opened
from autophagy.core.spec import Spec
from autophagy.core.underway import as_begun, underway


class Asked(Spec):
    """A spec of nothing."""

    model: str = "x"


class Record(RunFolder):
    """A run that finishes line after line."""

    spec_type = Asked
    journal = "lines.jsonl"


PLUGINS = {"plugins": {}}


def begun_with(folder, threads):
    """What a run in the folder takes for its number of threads, where so many are free."""
    with opened(Record(folder), Asked(), PLUGINS, resume=True):
        (folder / "lines.jsonl").write_text('{"done": 1}\n')
        return as_begun("threads", lambda: threads)


def test_a_run_that_goes_on_keeps_the_number_it_began_with(tmp_path):
    assert begun_with(tmp_path / "a", 2) == 2
    assert begun_with(tmp_path / "a", 1) == 2
    assert json.loads((tmp_path / "a" / ENVIRONMENT).read_text()) == {**PLUGINS, "threads": 2}
    assert begun_with(tmp_path / "b", 1) == 1


def test_a_fact_that_is_found_while_the_run_begins_stays_beside_what_it_begins_with(tmp_path):
    begin = lambda: {"probed": as_begun("threads", lambda: 4) * 10}  # noqa: E731
    with opened(Record(tmp_path / "a"), Asked(), PLUGINS, False, begin):
        assert as_begun("threads", lambda: 1) == 4
    assert Record(tmp_path / "a").environment() == {**PLUGINS, "threads": 4, "probed": 40}


def test_without_a_run_it_is_found_each_time():
    free = iter([2, 1])
    assert [as_begun("threads", free.__next__) for _ in range(2)] == [2, 1]


def test_many_threads_of_one_run_take_one_number(tmp_path):
    file, free = tmp_path / "facts.json", iter(range(100))
    file.write_text("{}")
    with underway(file), ThreadPoolExecutor(8) as pool:
        assert {*pool.map(lambda _: as_begun("threads", free.__next__), range(50))} == {0}


@pytest.mark.parametrize("now", [1, 4])
def test_llama_cpp_is_opened_with_the_threads_of_the_run(tmp_path, monkeypatch, now):
    file = tmp_path / ENVIRONMENT
    file.write_text(json.dumps({engine.THREADS: 2}))
    monkeypatch.setattr(engine, "free_threads", lambda: now)
    monkeypatch.setattr(engine, "_opened", lambda file, slots, count: count)
    assert engine.open_engine(None, 1) == now
    with underway(file):
        assert engine.open_engine(None, 1) == 2
