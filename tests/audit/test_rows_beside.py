"""Rows in memory beside the data, from Python: evaluation sets, labels, examples and what has to go."""

import json
import pickle
import shutil

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import autophagy
from autophagy import AuditSpec, CurateSpec
from autophagy.core.errors import AutophagyError, DataError, RecordError, UsageError
from autophagy.core.memory import InMemory

ASKED = "If a train leaves at noon and needs three hours for the whole way, when is it there?"
OTHER = "Which of the seven bridges over the old river was the first that carried a railway line?"
TEXTS = ["A story of a train.", f"Quiz time! {ASKED} Think.", "When is it there?", f"And now: {OTHER}"]
ITEMS = [{"id": "q7", "question": ASKED, "answer": "At three."}]
KINDS = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "arrow": pa.Table.from_pylist,
    "dicts": list,
    "iterator": iter,
    "columns": lambda rows: {name: [row[name] for row in rows] for name in rows[0]},
}
GOOD = [f"The {word} report explains each step of the method and what was measured." for word in "abcdefghijkl"]
BAD = [f"click here now {word} buy cheap best deal free" for word in "abcdefghijkl"]
LABELS = [{"text": text, "label": int(text in GOOD)} for text in GOOD + BAD]


def examples():
    rng = np.random.default_rng(0)
    words = {kind: [f"{kind}{n}" for n in range(40)] for kind in ("human", "machine")}
    return [
        {"text": " ".join(rng.choice(words[kind], 80)), "label": kind, "source": f"s{n % 3}", "generator": f"g{n % 2}"}
        for n in range(60)
        for kind in words
    ]


def plain(result):
    """What was found, without how the data are called and what depends on that."""
    found = result.document["findings"]
    return [(each["curator"], each["count"], each["sources"]) for each in found]


@pytest.mark.parametrize("kind", KINDS)
def test_an_evaluation_set_of_any_kind_finds_what_its_file_finds(kind, tmp_path):
    file = tmp_path / "test.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ITEMS))
    of_file = autophagy.curate(TEXTS, against=file)
    result = autophagy.curate(TEXTS, against=KINDS[kind](ITEMS))
    assert result.kept == of_file.kept == [TEXTS[0], TEXTS[2], TEXTS[3]]
    (row,) = result.dropped
    called = "the list in memory" if kind in ("dicts", "iterator") else "the data frame in memory"
    assert row["detail"] == of_file.dropped[0]["detail"].replace("test.jsonl", called)
    (item,) = result.document["evaluation"]["items"]
    assert item == {"file": called, "name": "q7", "rows": 1}


def test_texts_and_several_sets_are_told_apart():
    result = autophagy.curate(TEXTS, against=[pd.DataFrame(ITEMS), [OTHER], pd.DataFrame({"text": ["too short"]})])
    assert result.kept == [TEXTS[0], TEXTS[2]]
    files = {row["detail"].split(" of ")[1].split(",")[0] for row in result.dropped}
    assert len(files) == 2
    assert all((result.record.folder / file).is_file() for file in files)


@pytest.mark.parametrize("verb", [autophagy.audit, autophagy.curate])
@pytest.mark.parametrize("several", [False, True])
def test_a_curator_that_is_named_takes_rows_as_its_setting(verb, several):
    frame = pd.DataFrame(ITEMS)
    against = [frame, pl.DataFrame({"text": [OTHER]})] if several else frame
    result = verb(TEXTS, curators=["duplicates", {"contamination": {"against": against, "near": 0}}])
    found = result.document["findings"][1]
    assert (found["curator"], found["count"]) == ("contamination", 1 + several)
    assert found["settings"] == {"against": "|".join(map(str, held(result))), "near": 0}
    assert "data frame in memory" in found["details"][0][0] or several


def held(result):
    data = result.record.spec().in_memory
    return [value for name, value in data.items() if not name.startswith("paths")]


def test_two_curators_of_one_name_are_told_apart_by_their_rows():
    parts = [{"contamination": {"against": [{"text": text}]}} for text in (ASKED, OTHER)]
    found = autophagy.audit(TEXTS, curators=parts).document["findings"]
    assert [each["count"] for each in found] == [1, 1]
    assert found[0]["title"] == "Contamination against=list in memory"
    assert found[0]["curator"] != found[1]["curator"]


def test_labels_teach_what_their_file_teaches(tmp_path):
    file = tmp_path / "labels.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in LABELS))
    rows, settings = GOOD[:6] + BAD[:6], {"curators": ["quality:features=words,keep=0.5"]}
    of_file = autophagy.curate(rows, labels=file, **settings)
    result = autophagy.curate(rows, labels=pd.DataFrame(LABELS), **settings)
    assert result.kept == of_file.kept == GOOD[:6]
    assert result.document["quality"] == of_file.document["quality"]
    part = {"quality": {"features": "words", "keep": 0.5, "labels": LABELS}}
    assert autophagy.curate(rows, curators=[part]).kept == GOOD[:6]
    audited = autophagy.audit(rows, labels=pd.DataFrame(LABELS), to_label=2)
    assert audited.document["quality"]["rows"] == len(LABELS)


def test_examples_teach_what_their_file_teaches(tmp_path):
    known = examples()
    file = tmp_path / "examples.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in known))
    rows = [row["text"] for row in known[:20]]
    of_file, result = (autophagy.audit(rows, examples=each) for each in (file, pl.DataFrame(known)))
    assert plain(result) == plain(of_file)
    assert result.document["machine_share"] == of_file.document["machine_share"]
    logged = [{"logged": {"logged": pd.DataFrame({"text": rows[:3]})}}]
    assert autophagy.curate(rows, curators=logged).dropped == autophagy.curate(rows, curators=logged).dropped
    assert len(autophagy.curate(rows, curators=logged).kept) == 17


def test_what_has_to_go_is_named_by_rows():
    rows = [{"id": f"row{n}", "text": text} for n, text in enumerate(TEXTS)]
    lines = pd.Series(["row2", ASKED + " Think."], name="text")
    result = autophagy.curate(rows, remove=[pd.DataFrame({"id": ["row0", "absent"]}), lines])
    assert [row["id"] for row in result.kept] == ["row3"]
    receipt = [(each["asks"], each["rows"]) for each in result.document["receipt"]]
    assert receipt == [("the id row0", 1), ("the id absent", 0), ("the id row2", 1), ("a text of 19 words", 1)]
    alone = autophagy.curate(rows, remove=[{"id": "row0"}]).document["receipt"]
    assert [each["request"] for each in alone] == ["the list in memory 1"]


def test_a_run_keeps_them_and_goes_on_with_the_same_rows_alone(tmp_path):
    makes = {
        "against": lambda items: CurateSpec(paths=[TEXTS], against=pd.DataFrame(items), remove=[{"id": "x"}]),
        "curators": lambda items: AuditSpec(paths=[TEXTS], curators=[{"contamination": {"against": items}}]),
    }
    for name, make in makes.items():
        spec, folder = make(ITEMS), tmp_path / name
        first = autophagy.run(spec, folder)
        facts = first.record.environment()["in_memory"]
        assert list(facts) == list(spec.in_memory)
        assert all((folder / each["file"]).is_file() for each in facts.values())
        again = type(spec).from_toml(folder / "spec.toml")
        assert (again.to_dict(), again.digest) == (spec.to_dict(), spec.digest)
        assert autophagy.run(again, folder, resume=True).done
        assert autophagy.run(make(ITEMS), folder, resume=True).done
        assert autophagy.run(again, tmp_path / f"{name} again").document == first.document
        with pytest.raises(RecordError, match=rf"another spec \({name} differ\)"):
            autophagy.run(make([{"question": OTHER}]), folder, resume=True)
        assert pickle.loads(pickle.dumps(again.parts)) == again.parts


def test_what_was_kept_and_then_changed_is_refused(tmp_path):
    spec = CurateSpec(paths=[TEXTS], curators=[{"contamination": {"against": ITEMS}}])
    autophagy.run(spec, tmp_path / "run")
    (name,) = (str(data) for where, data in spec.in_memory.items() if where == "curators.1.against")
    (tmp_path / "run" / name).write_text(json.dumps({"text": OTHER}) + "\n")
    shutil.rmtree(tmp_path / "run" / "kept")
    again = CurateSpec.from_toml(tmp_path / "run" / "spec.toml")
    with pytest.raises(DataError, match="was changed after it was written"):
        autophagy.run(again, tmp_path / "again")


def test_the_page_and_the_card_tell_of_them(tmp_path):
    result = autophagy.curate(
        TEXTS, out=tmp_path / "run", curators=[{"contamination": {"against": pd.DataFrame(ITEMS)}}]
    )
    card = (tmp_path / "run" / "card.md").read_text()
    assert "| contamination | against=data frame in memory | 1 |" in card
    assert "in-memory-" in result.document["findings"][0]["settings"]["against"]
    page = autophagy.write_report([tmp_path / "run"], tmp_path / "page.html").read_text()
    assert "of the data frame in memory, q7" in page


WORDS = np.array([f"word{n}" for n in range(20)])
MANY = [" ".join(row) for row in np.random.default_rng(0).choice(WORDS, (21_000, 12)).tolist()]


@pytest.mark.parametrize("verb", [autophagy.audit, autophagy.curate])
def test_workers_get_them(verb):
    rows = [*MANY, *TEXTS]
    parts = [
        {"contamination": {"against": pd.DataFrame(ITEMS)}},
        {"quality": {"features": "words", "labels": LABELS}},
        {"logged": {"logged": pd.DataFrame({"text": [MANY[3] * 3]})}},
    ]
    one, two = (verb(rows, curators=parts, workers=workers) for workers in (1, 2))
    assert one.document == two.document
    assert one.document["findings"][0]["count"] == 1


def test_what_goes_to_workers_is_the_place_of_the_rows_and_not_the_rows(tmp_path):
    data = InMemory.of(b'{"text": "a"}\n' * 100_000, ".jsonl", "list")
    (tmp_path / str(data)).write_bytes(data.content())
    kept = data.kept_in(tmp_path)
    assert (kept, kept.digest, kept.origin) == (data, data.digest, data.origin)
    assert len(pickle.dumps(kept)) < 1_000
    assert pickle.loads(pickle.dumps(kept)).content() == data.content()


WRONG = [
    ({"against": 5}, UsageError, "against is 5: give a name, a path"),
    ({"labels": 5}, UsageError, "labels is 5: give a name, a path"),
    ({"against": pd.DataFrame({"question": []})}, DataError, "the data frame in memory holds no rows"),
    ({"against": []}, None, ""),
    ({"against": [[]]}, DataError, "the list in memory holds no rows"),
    ({"against": [ASKED, OTHER]}, UsageError, "against is a list of texts of which none names a file"),
    ({"remove": ["row1"]}, UsageError, "remove is a list of texts of which none names a file"),
    ({"against": pd.DataFrame({"context": ["A text."]})}, DataError, "the data frame in memory holds no evaluation"),
    ({"against": np.ones((3, 2))}, DataError, "the array in memory has no columns with names"),
    ({"labels": pd.DataFrame({"text": GOOD})}, DataError, "the data frame in memory lacks a column of labels"),
    ({"labels": LABELS[:3]}, DataError, "the list in memory labels 3 texts good and 0 bad"),
    ({"labels": pd.DataFrame({"label": [1]})}, DataError, "the data frame in memory lacks a column of texts"),
    ({"examples": pd.DataFrame({"text": GOOD})}, DataError, "the data frame in memory has no column that says who"),
    ({"examples": pd.DataFrame({"n": [1]})}, DataError, "the data frame in memory has no column of texts"),
    ({"curators": [{"contamination": {"against": 5}}]}, UsageError, "the setting against of the curator contamination"),
    ({"curators": [{"contamination": {"near": pd.DataFrame(ITEMS)}}]}, UsageError, "near .* takes no data in memory"),
    ({"curators": [{"quality": {"labels": [pd.DataFrame(LABELS)] * 2}}]}, UsageError, "labels .* takes one table"),
    ({"labels": [pd.DataFrame(LABELS)] * 2}, UsageError, "the list in memory holds several tables"),
    ({"curators": [{"contamination": {"near": [0.5]}}]}, UsageError, r"near of contamination cannot be \[0.5\]"),
    ({"curators": [{"coverage": {"weights": {"a": 2}}}]}, UsageError, "weights of coverage cannot be {'a': 2}"),
    ({"curators": [{"excluded": {"sources": LABELS}}]}, UsageError, "sources .* takes no data in memory"),
    ({"curators": [{"contamination": {"against": {1, 2}}}]}, UsageError, "the data are a set"),
    ({"curators": [{"contamination": {"against": object()}}]}, UsageError, "the data are of the type object"),
]


@pytest.mark.parametrize(("settings", "kind", "sentence"), WRONG, ids=range(len(WRONG)))
def test_wrong_rows_are_told_in_one_sentence(settings, kind, sentence):
    if kind is None:
        assert autophagy.curate(TEXTS, **settings).kept == TEXTS
        return
    with pytest.raises(kind, match=sentence) as caught:
        autophagy.curate(TEXTS, **settings)
    assert isinstance(caught.value, AutophagyError)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")
