"""A list tells of each run what it is of and how far it came, and no damage ends it."""

import os
import shutil

import numpy as np
import pytest

import autophagy
from autophagy.core.folder import claimed
from autophagy.core.locks import LOCKS
from autophagy.core.memory import told
from autophagy.runs.listing import find_runs

SPEC = autophagy.LoopSpec(
    "normal:d=1", samples=20, generations=3, seeds=2, metrics=("variance_ratio",), regimes=("replace", "accumulate")
)


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """The folder of a finished loop, which no test changes."""
    folder = tmp_path_factory.mktemp("listing") / "run"
    autophagy.run(SPEC, folder)
    return folder


@pytest.fixture
def run(done, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(done, tmp_path / "run")


def only(folder):
    (listed,), unreadable = find_runs(folder)
    assert unreadable == []
    return listed


def test_a_finished_loop(done):
    listed = only(done)
    assert (listed.verb, listed.data, listed.model, listed.state) == ("loop", "normal:d=1", "gaussian", "done")
    assert listed.progress == "done"
    assert listed.size == sum(path.stat().st_size for path in done.rglob("*") if path.is_file())
    assert listed.reason == ""


def test_the_headline_that_a_run_leaves_is_the_one_that_is_read_off_its_lines(run):
    left = only(run).headline
    assert left == autophagy.open(run).headline_score
    (run / "headline.json").unlink()
    assert only(run).headline == left
    (run / "headline.json").write_text('{"where": 3}')
    assert only(run).headline == left
    assert left.where == {"regime": "replace", "generation": 3}


def test_a_run_that_was_stopped_says_how_far_it_came(run):
    (run / "DONE").unlink()
    lines = (run / "generations.jsonl").read_text().splitlines(keepends=True)
    (run / "generations.jsonl").write_text("".join(lines[:7]) + lines[7][:20])
    listed = only(run)
    assert listed.state == "stopped"
    # a generation counts when both seeds are there: seven lines and a torn one are three and a half
    assert listed.progress == "stopped, 3 of 6"
    assert listed.headline is not None


@pytest.mark.skipif(not LOCKS.exists(), reason="the system does not tell who holds a lock")
def test_a_run_that_a_process_holds_is_running_and_is_left_alone(run):
    (run / "DONE").unlink()
    with claimed(run):
        assert only(run).state == "running"
        assert only(run).progress == "running, 6 of 6"
    assert only(run).state == "stopped"


def test_a_run_that_has_only_begun_has_no_headline(run):
    (run / "DONE").unlink()
    (run / "generations.jsonl").unlink()
    listed = only(run)
    assert (listed.progress, listed.headline, listed.figure) == ("stopped, 0 of 6", None, "")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("spec.toml", "data = "), ("spec.toml", "nothing = 1"), ("spec.toml", "data = 'normal'"),
        ("spec.toml", "a = " + "[" * 9999), ("environment.json", "{"), ("environment.json", "[1]"),
        ("spec.toml", "#" * 1_100_000 + "\ndata = 'normal'\n"),
        ("environment.json", '{"figures": 3}'),
    ],
)  # fmt: skip
def test_damage_ends_no_list(run, name, content, done):
    (run / "DONE").unlink()
    (run / name).write_text(content)
    shutil.copytree(done, run.parent / "sound")
    listed = {each.folder.name: each for each in find_runs(run.parent)[0]}
    assert listed["sound"].state == "done"
    assert listed["run"].state == "damaged"
    assert listed["run"].reason


def test_a_forecast(tmp_path):
    autophagy.run(autophagy.ForecastSpec("gaussian", samples=100, generations=3, chains=50), tmp_path / "forecast")
    listed = only(tmp_path)
    assert (listed.verb, listed.data, listed.model, listed.state) == ("forecast", "", "gaussian", "done")
    assert listed.headline.metric == "variance"


def test_the_one_that_was_written_to_last_comes_first(done, tmp_path):
    for age, name in enumerate(("new", "old")):
        folder = shutil.copytree(done, tmp_path / name)
        for path in folder.rglob("*"):
            os.utime(path, (1e9 - age, 1e9 - age))
    runs = find_runs(tmp_path)[0]
    assert [run.folder.name for run in runs] == ["new", "old"]
    assert runs[1].age(1e9) == 1


def test_a_text_is_found_in_any_word_of_a_line(done):
    listed = only(done)
    assert all(map(listed.has, ("", "LOOP", "normal", "gauss", "done", "variance ratio", "run")))
    assert not listed.has("digits")


def test_data_that_were_given_in_memory_have_a_name_that_people_know(tmp_path):
    arrays = {"x": np.arange(80.0).reshape(40, 2)}
    spec = autophagy.LoopSpec(arrays, samples=20, generations=1, metrics=("variance_ratio",), regimes=("replace",))
    autophagy.run(spec, tmp_path / "run")
    assert only(tmp_path).data == "arrays in memory"
    assert told("in-memory-0123456789abcdef.parquet, other.csv") == "data frame in memory, other.csv"
