"""The rows of a generation in a loop: what is said of them, and what is refused."""

import json

import pytest

from autophagy.core.errors import DataError
from autophagy.data.load import load
from autophagy.generate.record import KEPT, SUMMARY, GenerationRecord
from autophagy.generate.spec import GenerateSpec
from autophagy.generate.tables import write_table
from autophagy.loop.loop import prepare
from autophagy.loop.made import made_rows
from autophagy.loop.spec import LoopSpec
from autophagy.testing.fixtures import texts

SUMMARISED = dict.fromkeys(("dropped", "calls", "tokens", "money", "seconds", "yield", "variety", "verdict"))


@pytest.fixture
def folder(tmp_path):
    """A function that makes the folder of a generation of some rows."""

    def make(kept, wanted, name="made"):
        path = tmp_path / name
        path.mkdir()
        spec = GenerateSpec(seeds="seeds.jsonl", model="writer", rows=wanted)
        (path / "spec.toml").write_text("\n".join(f'{k} = {json.dumps(v)}' for k, v in spec.to_dict().items()
                                                  if k in ("seeds", "model", "rows")))  # fmt: skip
        lines = [
            {"id": f"{n}/1", "text": f"Made text {n} says so.", "generation": 1, "round": 0, "rouge_l": 0.1,
             "source": "big" if n % 2 else "small", "mended": ("", "a", "b")[n % 3]}
            for n in range(kept)
        ]  # fmt: skip
        write_table(path / KEPT, lines)
        (path / SUMMARY).write_text(json.dumps({**SUMMARISED, "rows": wanted, "kept": kept}))
        assert GenerationRecord(path).counted
        return path

    return make


def test_a_folder_with_fewer_rows_than_were_wanted_says_so(folder):
    found = made_rows(str(folder(20, 50)))
    assert len(found.samples) == 20
    assert found.notes == ["big and small made these 20 rows.", "50 rows were wanted, and there are 20."]
    assert made_rows(str(folder(20, 20, "whole"))).notes == ["big and small made these 20 rows."]


def test_generation_and_writer_travel_with_a_teachers_passages(folder, tmp_path):
    real = tmp_path / "real.txt"
    real.write_text("<|endoftext|>".join(texts(120).x.tolist()))
    words = {"model": "ngram", "regimes": ("replace",), "samples": 12, "seeds": 2}
    plan = prepare(LoopSpec(str(real), teacher=str(folder(30, 30)), **words))
    for part in (plan.teacher.held_out, *plan.teacher.texts):
        assert set(part.generation.tolist()) == {1}
        assert set(part.source.tolist()) == {"teacher"}
        for text, writer in zip(part.x.tolist(), part.meta["writer"].tolist(), strict=True):
            assert writer == ("big" if int(text.split()[2]) % 2 else "small")
    assert plan.teacher.writers == ["big", "small"]
    with pytest.raises(DataError, match="the plan needs 99 passages of the teacher"):
        prepare(LoopSpec(str(real), teacher=str(tmp_path / "made"), **{**words, "samples": 99}))


def test_made_rows_as_data_are_all_there_whatever_else_the_table_holds(folder):
    plan = prepare(LoopSpec(str(folder(30, 30)), model="ngram", regimes=("replace",), generations=1))
    assert len(plan.reference) + len(plan.control) + len(plan.training()) == 30


def test_no_column_of_provenance_is_taken_for_a_label(folder):
    """`mended` is empty in most rows, and a row without its label is set aside."""
    assert len(load(str(folder(30, 30) / KEPT)).samples) == 30


def test_what_is_no_generation_with_rows_is_not_taken_for_one(folder, tmp_path):
    assert made_rows(str(tmp_path)) is None
    assert made_rows("digits") is None
    path = folder(1, 5)
    with pytest.raises(DataError, match="kept 1 row: give one with 2 or more"):
        made_rows(path)
    (path / SUMMARY).unlink()
    with pytest.raises(DataError, match="--resume"):
        made_rows(path)


def test_a_run_of_another_verb_is_no_teacher(tmp_path):
    for name in ("spec.toml", "environment.json"):
        (tmp_path / name).write_text('family = "gaussian"\n' if name == "spec.toml" else "{}", encoding="utf-8")
    assert made_rows(tmp_path) is None
    with pytest.raises(DataError, match="is a run that kept no rows"):
        load(str(tmp_path))
