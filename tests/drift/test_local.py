"""A snapshot of a model of this machine: the same answers again, and its weights by their digests."""

import shutil

import pytest

from autophagy.core.errors import DataError, RecordError
from autophagy.drift.snapshot.run import run
from autophagy.drift.snapshot.spec import SnapshotSpec


def test_a_local_model_gives_the_same_answers_again_and_others_with_another_seed(tiny_model, tmp_path):
    def texts(name, **more):
        spec = SnapshotSpec(suites="primes", prompts=4, repetitions=3, model=str(tiny_model), max_tokens=8, **more)
        record = run(spec, tmp_path / name)
        assert len(record.environment()["weights"]) == 1
        return [row.answer.text for row in record.log().rows]

    first = texts("a", temperature=1.0)
    assert texts("b", temperature=1.0) == first
    assert texts("c", temperature=1.0, seed=1) != first
    told = texts("d", temperature=1.0, system="Be brief.")
    assert told != first


def test_other_weights_are_another_model(tiny_model, tmp_path):
    folder = shutil.copytree(tiny_model, tmp_path / "model")
    spec = SnapshotSpec(suites="primes", prompts=1, repetitions=1, model=str(folder), max_tokens=2)
    run(spec, tmp_path / "a")
    with (folder / "model.safetensors").open("ab") as file:
        file.write(b" ")
    with pytest.raises(RecordError, match=r"the file model\.safetensors of the model changed"):
        run(spec, tmp_path / "a", resume=True)


def test_a_model_that_is_not_there_is_one_sentence_and_no_folder(tmp_path):
    spec = SnapshotSpec(suites="primes", model=str(tmp_path / "none"))
    with pytest.raises(DataError):
        run(spec, tmp_path / "a")
    assert not (tmp_path / "a").exists()
