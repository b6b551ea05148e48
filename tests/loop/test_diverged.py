"""A training that runs away ends its own run; a training that is killed goes on where it was."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from autophagy import LoopSpec, loop, run
from autophagy.core.errors import Diverged
from autophagy.loop.legend import Legend
from autophagy.loop.verdict import verdict

RUNAWAY = '''
from dataclasses import dataclass
import numpy as np
from autophagy import model
from autophagy.core.errors import Diverged

@dataclass
class Fitted:
    rows: np.ndarray
    diverged: tuple = ()
    def sample(self, n, rng, *, bias=1.0):
        blocks = self.rows.reshape(3, -1, self.rows.shape[1]) if len(self.diverged) else self.rows[None]
        made = [block[rng.integers(len(block), size=n)] for block in blocks]
        if self.diverged:
            made[1] = np.full_like(made[1], np.nan)
        return np.concatenate(made)

@model("alone")
@dataclass(frozen=True)
class Alone:
    """A bootstrap whose training runs away where a row says so; bias does nothing."""
    def fit(self, train, rng, *, start=None):
        if rng.random() < 0.2:
            raise Diverged("the training of the model alone diverged at step 3: lower its learning_rate.")
        return Fitted(train.x)

@model("together")
@dataclass(frozen=True)
class Together:
    """A bootstrap of three runs, of which the second runs away in every generation; bias does nothing."""
    def fit(self, train, rng, *, start=None, runs=1):
        assert np.isfinite(train.x).all()
        return Fitted(train.x, (1,))
'''


@pytest.fixture(scope="module")
def plugin(tmp_path_factory):
    path = tmp_path_factory.mktemp("plugin") / "runaway.py"
    path.write_text(RUNAWAY)
    return str(path)


def spec(plugin, model, **more):
    fields = {"regimes": ["replace", "accumulate"], "generations": 6, "samples": 40, "seeds": 3, "metrics": ["drift"]}
    return LoopSpec("normal:d=2", model=model, plugins=[plugin], **fields | more)


def lines(folder):
    return [json.loads(line) for line in (folder / "generations.jsonl").read_text().splitlines()]


def test_the_other_chains_go_on(plugin):
    found = list(loop(spec(plugin, "together")))
    assert len(found) == 2 * 6 * 3
    for generation in found:
        if generation.seed == 1:
            assert "diverged" in generation.ended
            assert np.isnan([generation.scores["mean_error"], generation.scores["variance_ratio"]]).all()
            assert "drift" not in generation.scores
            assert set(generation.kept.source.tolist()) == {"diverged"}
        else:
            assert generation.ended is None
            assert np.isfinite(list(generation.scores.values())).all()


def test_a_seed_that_ended_stays_ended_and_the_record_says_so(plugin, tmp_path):
    run(spec(plugin, "alone", seeds=5), tmp_path / "run", workers=1)
    told = lines(tmp_path / "run")
    assert len(told) == 2 * 6 * 5
    ended = {(line["regime"], line["seed"], line["generation"]) for line in told if "ended" in line}
    assert ended
    assert len(ended) < len(told)
    for regime, seed, generation in ended:
        assert all((regime, seed, later) in ended for later in range(generation, 7))
    assert any("Training diverged in seed" in sentence for sentence in verdict(told, [], Legend()))


def test_a_run_that_lost_a_chain_resumes_to_the_same_numbers(plugin, tmp_path):
    plan = spec(plugin, "alone", seeds=5)
    run(plan, tmp_path / "whole", workers=1)
    run(plan, tmp_path / "cut", workers=1)
    (tmp_path / "cut" / "DONE").unlink()
    kept = [line for line in lines(tmp_path / "cut") if line["generation"] <= 3]
    (tmp_path / "cut" / "generations.jsonl").write_text("".join(json.dumps(line) + "\n" for line in kept))
    run(plan, tmp_path / "cut", workers=1, resume=True)
    assert lines(tmp_path / "cut") == lines(tmp_path / "whole")


def test_a_neural_chain_that_runs_away_leaves_the_others_as_they_were():
    torch = pytest.importorskip("torch")
    from autophagy.models.neural.training import train

    def loss(weights):
        x = weights["x"]
        bad = torch.where(torch.arange(3) == 1, torch.inf, 1.0)
        return (x**2).sum(1) * bad

    start = {"x": torch.ones(3, 4)}
    found, diverged = train(start, loss, 60, 0.01, "mine")
    assert diverged == (1,)
    alone, _ = train({"x": torch.ones(2, 4)}, lambda w: (w["x"] ** 2).sum(1), 60, 0.01, "mine")
    assert torch.equal(found["x"][[0, 2]], alone["x"])
    with pytest.raises(Diverged, match="step 0"):
        train(start, lambda w: w["x"].sum(1) * torch.nan, 5, 0.01, "mine")


# --- a checkpoint inside a generation


def test_a_training_that_was_cut_off_goes_on_to_the_same_numbers(tmp_path):
    torch = pytest.importorskip("torch")
    from autophagy.models.neural.checkpoint import Checkpoint
    from autophagy.models.neural.training import Streams, train

    def weights():
        return {"x": torch.ones(2, 4)}

    def noisy(streams, stop=None):
        count = 0

        def loss(w):
            nonlocal count
            count += 1
            if count == stop:
                raise KeyboardInterrupt
            return ((w["x"] - streams.normal(4)) ** 2).sum(1)

        return loss

    whole = Streams(np.random.default_rng(2), 2)
    expected, _ = train(weights(), noisy(whole), 90, 0.05, "mine", random=whole)
    checkpoint = Checkpoint(tmp_path / "deep" / "checkpoint", every=0.0)
    first = Streams(np.random.default_rng(2), 2)
    with pytest.raises(KeyboardInterrupt):
        train(weights(), noisy(first, stop=61), 90, 0.05, "mine", random=first, checkpoint=checkpoint)
    assert checkpoint.path.exists()
    second = Streams(np.random.default_rng(2), 2)
    seen = noisy(second, stop=35)  # 30 steps are left: those before are not done again
    found, _ = train(weights(), seen, 90, 0.05, "mine", random=second, checkpoint=checkpoint)
    assert torch.equal(found["x"], expected["x"])
    assert not checkpoint.path.exists()
    checkpoint.path.parent.mkdir(exist_ok=True)
    checkpoint.path.write_bytes(b"torn")
    third = Streams(np.random.default_rng(2), 2)
    found, _ = train(weights(), noisy(third), 90, 0.05, "mine", random=third, checkpoint=checkpoint)
    assert torch.equal(found["x"], expected["x"])


@pytest.mark.slow
def test_a_run_killed_inside_a_generation_goes_on_there(tmp_path):
    pytest.importorskip("torch")
    words = ["loop", "ring", "--model", "vae:steps=400", "--regime", "replace", "--generations", "1"]
    words += ["--samples", "60", "--seeds", "2", "--metric", "drift", "--workers", "1", "--resume"]
    command = [sys.executable, "-m", "autophagy", *words]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    subprocess.run([*command, "--out", "whole"], check=True, **quiet)
    environment = os.environ | {"AUTOPHAGY_CHECKPOINT_SECONDS": "0.1"}
    process = subprocess.Popen([*command, "--out", "cut"], env=environment, **quiet)
    checkpoint = Path(tmp_path / "cut" / "models" / "replace" / "0001-0.checkpoint")
    while not checkpoint.exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert checkpoint.exists()
    subprocess.run([*command, "--out", "cut"], check=True, env=environment, **quiet)
    assert lines(tmp_path / "cut") == lines(tmp_path / "whole")
    assert not checkpoint.exists()
