"""Experiment trackers: each real library, offline, has every figure of a run; none of them can end one."""

import importlib.util
import json
import math
import os
import re
import shlex
import subprocess
import sys
from collections import defaultdict
from functools import cache, partial
from pathlib import Path

import pytest

import autophagy
from autophagy.cli.main import main
from autophagy.core.errors import EXTRAS
from autophagy.trackers.tracking import NAMES

LIBRARIES = {"mlflow": "mlflow", "tensorboard": "tensorboardX", "trackio": "trackio", "wandb": "wandb"}
# what a library puts in the place of characters that its names cannot have
UNNAMED = {"mlflow": r"[^\w\-. :/]", "tensorboard": r"[^\w\-./]"}
READ_BY = LIBRARIES | {"tensorboard": "tensorboard"}
STOPS = """
import os
from dataclasses import dataclass
import autophagy
from autophagy.models.gaussian import Gaussian
@autophagy.model("stops")
@dataclass(frozen=True)
class Stops:
    "A Gaussian that cannot be fitted to generation 3 while the variable STOP is set."
    def fit(self, train, rng, *, start=None):
        if os.environ.get("STOP") and train.generation.max() == 2:
            raise autophagy.FitError("stopped: go on later.")
        return Gaussian().fit(train, rng)
"""
RUN = shlex.split(
    "--generations 4 --samples 40 --seeds 2 --regime replace --regime mix:fixed=10 --metric drift --workers 1"
)


def test_there_is_a_test_and_a_pip_line_for_every_tracker():
    assert set(NAMES) == LIBRARIES.keys()
    assert {EXTRAS[library] for library in LIBRARIES.values()} == set(NAMES)


def surroundings(folder):
    """The environment in which every tracker keeps its runs in a folder."""
    source = str(Path(autophagy.__file__).parents[1])
    here = {"PYTHONPATH": source, "WANDB_MODE": "offline", "TRACKIO_DIR": str(folder / "trackio"), "HOME": str(folder)}
    return {name: value for name, value in os.environ.items() if not name.startswith(("MLFLOW", "WANDB"))} | here


def reader_of(folder):
    """A function from a tracker's name to what its own library reads of what it has kept in a folder."""

    @cache
    def read(name):
        for library, line in ((READ_BY[name], READ_BY[name]), (LIBRARIES[name], f"'.[{name}]'")):
            if not importlib.util.find_spec(library):
                pytest.skip(f"{library} is not here: pip install {line}")
        words = [sys.executable, str(Path(__file__).with_name("readers.py")), name, str(folder)]
        done = subprocess.run(words, cwd=folder, env=surroundings(folder), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return read


@pytest.fixture(scope="module")
def offline(tmp_path_factory):
    """A folder with a run that every installed tracker has followed, through an error and its resumption."""
    folder = tmp_path_factory.mktemp("tracked")
    (folder / "stops.py").write_text(STOPS)
    trackers = [name for name, library in LIBRARIES.items() if importlib.util.find_spec(library)]
    asked = [word for name in trackers for word in ("--log", name)]
    first = ["loop", "normal:d=2", *RUN, "--plugin", "stops.py", "--model", "stops", "--out", "run", *asked]

    def python(*words, **more):
        return subprocess.run([sys.executable, *words], cwd=folder, env=surroundings(folder) | more,
                              capture_output=True, text=True, check=False)  # fmt: skip

    stopped = python("-m", "autophagy", *first, STOP="1")
    assert stopped.returncode == 2, stopped.stderr
    gone_on = python("-m", "autophagy", "loop", "--resume", "--out", "run", "--json")  # without --log: it is remembered
    assert gone_on.returncode == 0, gone_on.stderr
    assert json.loads(gone_on.stdout)["verdict"], "a tracker printed where the result belongs"
    assert "tracker" not in stopped.stderr + gone_on.stderr

    return folder / "run", reader_of(folder)


@pytest.mark.parametrize("name", NAMES)
def test_a_tracker_has_every_figure_once_through_a_stop(name, offline):
    run, read = offline
    kept = read(name)
    assert kept["runs"] == 1
    assert kept["done"]
    shown = partial(re.sub, UNNAMED.get(name, "(?!)"), "_")
    points = defaultdict(list)
    for label, step, value in kept["points"]:
        points[label, step].append(value)
    lines = [json.loads(line) for line in (run / "generations.jsonl").read_text().splitlines()]
    assert len(lines) == 2 * 2 * 4
    for regime in ("replace", "mix:fixed=10"):
        for generation in range(1, 5):
            seeds = [line["scores"]["variance_ratio"] for line in lines
                     if (line["regime"], line["generation"]) == (regime, generation)]  # fmt: skip
            wanted = {f"/seed {seed}": value for seed, value in enumerate(seeds)} | {"": sum(seeds) / len(seeds)}
            for part, value in wanted.items():
                (found,) = points[shown(f"{regime}/variance_ratio{part}"), generation]
                assert math.isclose(found, value, rel_tol=1e-6)
            low, high = (points[shown(f"{regime}/variance_ratio/{end}"), generation][0] for end in ("low", "high"))
            assert low <= sum(seeds) / len(seeds) <= high


@pytest.mark.parametrize("name", NAMES)
def test_a_tracker_has_the_spec_and_the_verdict(name, offline):
    run, read = offline
    kept = read(name)
    spec = autophagy.open(run).record.spec().to_dict()
    assert {key: str(kept["config"][key]) for key in spec} == {key: str(value) for key, value in spec.items()}
    assert kept["config"]["verb"] == "loop"
    assert autophagy.open(run).verdict[0] in kept["verdict"].replace("\n\n", "\n")


# --- what a tracker may do to a run


class Recorder:
    """A tracker that remembers what it is told, and fails where a test wants it to."""

    def __init__(self, fails=""):
        self.fails, self.points, self.told = fails, [], []

    def begin(self, run):
        self._note("begin")
        self.run = run
        sys.stdout.write("a library that prints\n")
        return run.before or "id"

    def log(self, figures, step):
        self._note("log")
        self.points += [(name, step) for name in figures]

    def end(self, sentences, done):
        self._note("end")
        self.sentences, self.done = sentences, done

    def _note(self, what):
        self.told.append(what)
        if what == self.fails:
            raise ConnectionError("no network.")


@pytest.fixture
def recorders(tmp_path, monkeypatch):
    """A function from what fails to the tracker that `--log tensorboard` is now."""
    monkeypatch.chdir(tmp_path)

    def take(fails=""):
        recorder = Recorder(fails)
        monkeypatch.setattr("autophagy.trackers.tensorboard.open_tracker", lambda: recorder)
        return recorder

    return take


SMALL = shlex.split("loop ring --generations 3 --samples 40 --seeds 2 --regime replace --metric drift")


@pytest.mark.parametrize("fails", ["begin", "log", "end"])
def test_a_tracker_that_fails_is_told_once_and_the_run_goes_on(fails, recorders, capsys):
    recorder = recorders(fails)
    assert main([*SMALL, "--out", "run", "--log", "tensorboard", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["verdict"]
    sentence = "the tracker tensorboard failed (ConnectionError: no network): the run goes on without it."
    assert told.err.count("the tracker tensorboard failed") == told.err.count(sentence) == 1
    assert recorder.told[-1] == fails
    assert Path("run/DONE").exists()


def test_a_finished_run_can_be_tracked_afterwards_and_is_so_once(recorders):
    assert main([*SMALL, "--out", "run"]) == 0
    for expected in (3, 0):
        recorder = recorders()
        assert main([*SMALL, "--out", "run", "--resume", "--log", "tensorboard"]) == 0
        assert len({step for _, step in recorder.points}) == expected
    assert main([*SMALL, "--out", "run", "--resume"]) == 0


def test_a_run_that_is_interrupted_is_not_told_to_be_done(recorders):
    recorder = recorders()
    spec = autophagy.LoopSpec("ring", generations=3, samples=40, seeds=2, regimes="replace", metrics="drift")

    def interrupt(step, done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        autophagy.run(spec, "run", progress=interrupt, log="tensorboard")
    assert (recorder.told[-1], recorder.done) == ("end", False)
    assert {step for _, step in recorder.points} == {1, 2}
    later = recorders()
    autophagy.run(spec, "run", resume=True)
    assert later.run.before == "id"
    assert {step for _, step in later.points} == {3}
    assert later.done


def test_a_run_that_finishes_nothing_leaves_no_tracking_behind(recorders):
    recorder = recorders()
    Path("plugin.py").write_text(STOPS.replace("== 2", "== 0"))
    words = ["loop", "ring", *RUN, "--plugin", "plugin.py", "--model", "stops", "--out", "run", "--log", "tensorboard"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STOP", "1")
        assert main(words) == 2
    assert recorder.told == ["begin", "end"]
    assert not Path("run").exists()


def test_an_unknown_tracker_and_one_that_is_not_there_are_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main([*SMALL, "--log", "wanbd"]) == 2
    assert "there is no tracker 'wanbd' (did you mean 'wandb'?): choose from mlflow" in capsys.readouterr().err
    for name, library in LIBRARIES.items():
        monkeypatch.setitem(sys.modules, library, None)  # as if it were not installed
        assert main([*SMALL, "--log", name]) == 2
        told = capsys.readouterr().err
        assert f"the tracker {name} needs the package {library}" in told
        assert f"pip install 'autophagy[{name}]'" in told
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_comparison_is_tracked_by_trial_and_at_its_end(recorders, tiny_model):
    pytest.importorskip("qdrant_edge", reason="a comparison needs the extra context")
    pytest.importorskip("inspect_ai", reason="a comparison needs the extra context")
    recorder = recorders()
    spec = autophagy.CompareSpec(documents="world:people=4", model=str(tiny_model), embedder="none", seeds=2,
                                 arms=("closed", "random"))  # fmt: skip
    result = autophagy.run(spec, "run", log=["tensorboard"])
    assert {("closed/correct/seed 0", 1), ("random/correct/seed 0", 2), ("random/correct/seed 1", 3)} <= set(
        recorder.points
    )
    assert {(f"{arm}/{name}", 3) for arm in ("closed", "random") for name in ("correct", "seconds_per_query")} <= set(
        recorder.points
    )
    assert list(recorder.sentences) == result.verdict
    assert recorder.run.config["verb"] == "compare"
