"""One `run` for every spec, and the errors that plug-ins raise among the public names."""

import inspect

import numpy as np
import pytest

import autophagy
from autophagy import CompareSpec, LoopSpec
from autophagy.core import errors
from autophagy.core.decorators import arm
from autophagy.core.spec import Spec


@pytest.mark.parametrize("kind", [LoopSpec, CompareSpec])
def test_a_spec_names_its_runner(kind):
    assert issubclass(kind, Spec)
    assert kind.runner == f"autophagy.{kind.runner.split('.')[1]}.run"


def test_a_loop_and_a_comparison_are_recorded_by_the_same_function(tmp_path):
    loop = autophagy.run(
        LoopSpec("ring", generations=2, samples=30, seeds=2, regimes="replace", metrics="drift"), tmp_path / "loop"
    )
    assert loop.done
    assert len(loop.rows()) == 4 * len(loop.ends())
    assert not hasattr(autophagy, "run_comparison")


def test_a_comparison_that_runs_out_of_memory_leaves_no_folder(tmp_path, own_registry):
    from dataclasses import dataclass

    @arm("greedy")
    @dataclass(frozen=True)
    class Greedy:
        """Wants all of the memory."""

        def fit(self, base, corpus, rng):
            raise MemoryError

    spec = CompareSpec(documents="world:people=2", embedder="none", arms=["greedy"])
    with pytest.raises(MemoryError):
        autophagy.run(spec, tmp_path / "new" / "run")
    assert not list(tmp_path.iterdir())


def test_every_error_is_public():
    tree = {name for name, value in vars(errors).items() if inspect.isclass(value) and issubclass(value, Exception)}
    assert tree <= set(autophagy.__all__)
    assert issubclass(autophagy.FitError, autophagy.AutophagyError)


def test_from_python_what_was_set_aside_is_logged_as_a_warning(tmp_path, caplog):
    rows = np.random.default_rng(0).normal(size=(90, 2))
    rows[3, 0], rows[7, 1] = np.nan, np.inf
    spec = LoopSpec(rows, generations=1, samples=20, seeds=2, regimes="replace", metrics="drift")
    autophagy.run(spec, tmp_path / "loop")
    (said,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert said.startswith("the array in memory: 2 of 90 rows were set aside")


def test_rows_that_are_all_the_same_are_told_before_a_loop_runs(tmp_path):
    told = []
    spec = LoopSpec(np.ones((90, 2)), generations=1, samples=20, seeds=2, regimes="replace", metrics="drift")
    autophagy.run(spec, tmp_path / "loop", tell=lambda name, notes: told.extend(notes))
    assert any("there is no variety that a loop could lose" in note for note in told)
