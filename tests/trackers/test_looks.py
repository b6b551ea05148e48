"""Daily looks in experiment trackers: each real library, offline, has every look in one run that goes on.

Run: pytest tests/trackers/test_looks.py
"""

import importlib.util
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest

import autophagy
from autophagy.cli.main import main
from autophagy.trackers.tracking import NAMES
from every_verb import answers
from trackers.test_trackers import LIBRARIES, UNNAMED, Recorder, reader_of, surroundings

DAYS = {2: 1, 3: 0.3, 4: 0.3}


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """A folder with three looks: the first untracked, the second with every tracker, the third with those of before."""
    folder = tmp_path_factory.mktemp("watched")
    answers(folder / "recorded.jsonl", 1, "2026-03-01", each=4)
    asked = [word for name, library in LIBRARIES.items() if importlib.util.find_spec(library)
             for word in ("--log", name)]  # fmt: skip
    for (day, share), log in zip(DAYS.items(), ([], asked, []), strict=True):
        answers(folder / "today.jsonl", share, f"2026-04-0{day}")
        words = ["drift", "watch", "recorded.jsonl", "--answers", "today.jsonl", "--json", *log]
        done = subprocess.run([sys.executable, "-m", "autophagy", *words], cwd=folder, env=surroundings(folder),
                              capture_output=True, text=True, check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "tracker" not in done.stderr
        found = json.loads(done.stdout)
    return found, reader_of(folder)


@pytest.mark.parametrize("name", NAMES)
def test_a_tracker_has_every_look_once(name, offline):
    found, read = offline
    kept = read(name)
    assert kept["runs"] == 1
    assert kept["done"]
    assert kept["config"]["verb"] == "drift watch"
    assert found["verdict"][0] in kept["verdict"].replace("\n\n", "\n")
    (task,) = found["history"][0]["found"]
    for figure in ("right", "format"):
        label = re.sub(UNNAMED.get(name, "(?!)"), "_", f"{task}/{figure}")
        for step, look in enumerate(found["history"], 1):
            cells = look["found"][task][figure]
            for suffix, of in (("", "change"), ("/low", "low"), ("/high", "high"), ("/now", "now")):
                (value,) = [value for at, number, value in kept["points"] if (at, number) == (label + suffix, step)]
                assert math.isclose(value, cells[of], rel_tol=1e-6, abs_tol=1e-9)
    assert max(step for _, step, _ in kept["points"]) == len(DAYS)


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """A function that looks once more, with a tracker of its own in the place of TensorBoard."""
    answers(tmp_path / "recorded.jsonl", 1, "2026-03-01", each=4)

    def look(day, fails="", **more):
        recorder = Recorder(fails)
        monkeypatch.setattr("autophagy.trackers.tensorboard.open_tracker", lambda: recorder)
        today = answers(tmp_path / "today.jsonl", 1, f"2026-04-0{day}")
        return autophagy.watch(tmp_path / "recorded.jsonl", today, **more), recorder

    return look


def test_a_tracker_that_goes_on_is_told_the_new_look_alone(watched):
    _, first = watched(1, log="tensorboard")
    found, second = watched(2)
    assert ({step for _, step in first.points}, {step for _, step in second.points}) == ({1}, {2})
    assert (first.run.before, second.run.before) == ("", "id")
    assert list(second.sentences) == found.verdict


def test_a_tracker_that_fails_ends_no_look(watched, caplog):
    found, recorder = watched(1, fails="log", log="tensorboard")
    assert found.document["looks"] == 1
    assert recorder.told == ["begin", "log"]
    assert "the tracker tensorboard failed (ConnectionError: no network)" in caplog.text


def test_an_unknown_tracker_and_a_damaged_file_keep_no_look(watched, tmp_path, capsys):
    with pytest.raises(autophagy.UsageError, match="no tracker 'wand'"):
        watched(1, log="wand")
    assert not (tmp_path / "recorded.looks.jsonl").exists()
    watched(1, log="tensorboard")
    Path(tmp_path / "recorded.looks.tracking.json").write_text("{")
    words = ["drift", "watch", str(tmp_path / "recorded.jsonl"), "--answers", str(tmp_path / "today.jsonl")]
    assert main(words) == 2
    assert "recorded.looks.tracking.json is damaged: delete it" in capsys.readouterr().err
    assert len((tmp_path / "recorded.looks.jsonl").read_text().splitlines()) == 1
