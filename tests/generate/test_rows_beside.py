"""Rows in memory beside the seeds: evaluation sets, labels, and what curators and verifiers read."""

import pandas as pd
import pytest

import autophagy
from autophagy import GenerateSpec
from autophagy.core.errors import DataError, RecordError, UsageError
from autophagy.core.recipe import PoolRow
from autophagy.generate.checks import Checks
from autophagy.generate.inputs import GenerationInputs
from autophagy.generate.made import MadeRow
from autophagy.generate.tried import tried_rows

ITEM = "Which of these three old harbours was the first to be lit by gas lamps in winter"
SEEDS = [{"instruction": f"Name the {nth} river of the land and say where it begins.", "output": "It is 2 + 3 = 5."}
         for nth in ("first", "second", "third", "fourth", "fifth", "sixth")]  # fmt: skip
LABELS = [{"question": f"q{n}", "answer": "2 + 3 = 5.", "label": "right" if n % 2 else "wrong"} for n in range(8)]


def spec(**more):
    return GenerateSpec(seeds=SEEDS, model="ngram:order=2", rows=2, **more)


def test_rows_that_hold_an_item_of_a_frame_are_dropped():
    (against,) = spec(against=pd.DataFrame({"question": [ITEM]})).against
    rows = [MadeRow(PoolRow("a", f"Answer: {ITEM}?", "", "Yes.", True), "alpaca", "1", ()),
            MadeRow(PoolRow("b", "Draw a plan of a garden.", "", "Yes.", True), "alpaca", "2", ())]  # fmt: skip
    assert [reason for reason, *_ in Checks([], 0.7, against=[against])(rows)] == ["contamination", ""]


def test_seeds_that_hold_one_are_told_of():
    (note,) = GenerationInputs.of(spec(against=pd.DataFrame({"question": [SEEDS[0]["instruction"]]}))).notes
    assert note.startswith("1 seed or passage holds an item of the data frame in memory, which")


def test_verifiers_are_tried_on_labels_of_a_list():
    tried = tried_rows(spec(labels=LABELS, verifiers=["numeric"]))
    assert (tried.source, len(tried.rows), int(tried.right.sum())) == ("labels", 8, 4)
    with pytest.raises(DataError, match="the data frame in memory lacks a column of labels"):
        tried_rows(spec(labels=pd.DataFrame(SEEDS), verifiers=["numeric"]))


def test_a_run_goes_on_by_its_own_spec_and_with_the_same_rows_alone(tmp_path):
    curators = [{"contamination": {"against": [{"text": ITEM}]}}]
    first = autophagy.run(spec(against=pd.DataFrame({"question": [ITEM]}), curators=curators), tmp_path / "run")
    again = GenerateSpec.from_toml(tmp_path / "run" / "spec.toml")
    assert list(again.in_memory) == ["seeds", "against.1", "curators.1.against"]
    assert list(first.record.environment()["in_memory"]) == list(again.in_memory)
    assert autophagy.run(again, tmp_path / "run", resume=True).document == first.document
    other = spec(against=pd.DataFrame({"question": ["Which other question is asked here?"]}), curators=curators)
    with pytest.raises(RecordError, match=r"another spec \(against differ\)"):
        autophagy.run(other, tmp_path / "run", resume=True)


@pytest.mark.parametrize(
    ("more", "kind", "sentence"),
    [
        ({"against": 5}, UsageError, "against is 5: give a name, a path"),
        ({"labels": 1.5, "verifiers": ["numeric"]}, UsageError, "labels is 1.5: give a name, a path"),
        ({"labels": LABELS}, UsageError, "--labels the list in memory has no effect without a verifier"),
        ({"against": pd.DataFrame({"question": []})}, DataError, "the data frame in memory holds no rows"),
    ],
)
def test_wrong_rows_are_told_in_one_sentence(more, kind, sentence):
    with pytest.raises(kind, match=sentence):
        spec(**more)
