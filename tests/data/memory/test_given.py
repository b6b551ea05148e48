"""Data in memory: what is taken, that it is read as a file would be, that a run keeps it, and every refusal."""

import pickle
import tomllib
import warnings

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import autophagy
from autophagy import (
    AuditSpec,
    AutophagyError,
    CompareSpec,
    CurateSpec,
    DataError,
    DriftSpec,
    LoopSpec,
    RecordError,
    Samples,
    UsageError,
)

X = np.random.default_rng(0).normal(size=(60, 3))
KINDS = [f"kind {place % 3}" for place in range(len(X))]
TEXTS = [f"the {place} cats of {name} sat on a mat" for place, name in enumerate(KINDS)]
TABLE = pa.table({"text": TEXTS})


class Stream:
    """A frame of a library that nobody imports here: it speaks the Arrow protocol and nothing else."""

    columns = ()

    def __init__(self, table):
        self.table = table

    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)


class Rows:
    """What `datasets.Dataset` looks like: rows by number, a length, and its table in Arrow's format on request."""

    def __init__(self, table):
        self.table, self.num_rows, self.column_names = table, table.num_rows, table.column_names

    def with_format(self, name):
        assert name == "arrow"
        return self

    def __getitem__(self, key):
        return self.table[key] if not isinstance(key, slice) else self.table


class Tensor:
    """What a tensor looks like to NumPy."""

    def __init__(self, x):
        self.x = x

    def __len__(self):
        return len(self.x)

    def __array__(self, dtype=None, copy=None):
        return self.x


def table():
    return pa.table({"a": X[:, 0], "b": X[:, 1], "c": X[:, 2], "kind": KINDS})


def frames():
    frame = pd.DataFrame(X, columns=list("abc")).assign(kind=KINDS)
    views = table().set_column(3, "kind", pa.array(KINDS, pa.string_view()))
    words = pa.array(KINDS).dictionary_encode()
    return {
        "pandas": frame,
        "categories": frame.astype({"kind": "category"}),
        "arrow": table(),
        "chunks": pa.concat_tables([table()[:7], table()[7:]]),
        "stream": Stream(views),
        "dictionary": Stream(table().set_column(3, "kind", words)),
        "views of words": Stream(
            table().set_column(3, "kind", words.cast(pa.dictionary(pa.int32(), pa.string_view())))
        ),
        "dataset": Rows(table()),
        "dict": {"a": X[:, 0], "b": X[:, 1].tolist(), "c": X[:, 2], "kind": KINDS},
    }


@pytest.mark.parametrize("library", frames())
def test_a_frame_of_any_library_is_read_as_its_file_would_be(library, tmp_path):
    pq.write_table(table(), tmp_path / "rows.parquet")
    file, frame = autophagy.load(tmp_path / "rows.parquet"), autophagy.load(frames()[library])
    assert frame.samples.digest() == file.samples.digest()
    assert frame.notes == file.notes


def test_equal_data_make_equal_specs_whatever_library_holds_them():
    specs = {LoopSpec(frame) for frame in frames().values()}
    assert len(specs) == len({spec.digest for spec in specs}) == 1
    changed = frames()["pandas"].assign(a=lambda frame: frame.a.where(frame.index > 0, 9.0))
    assert LoopSpec(changed) not in specs
    assert LoopSpec(changed.rename(columns={"a": "z"})).digest != LoopSpec(changed).digest


@pytest.mark.parametrize("library", ["polars", "datasets"])
def test_the_library_itself_where_it_is_installed(library):
    module = pytest.importorskip(library)
    frame = module.from_arrow(table()) if library == "polars" else module.Dataset(table())
    assert LoopSpec(frame) == LoopSpec(table())


@pytest.mark.parametrize(
    "same",
    [X.copy(), np.asfortranarray(X), X.astype(">f8"), list(X), X.tolist(), Tensor(X), iter(X), (row for row in X)],
)
def test_an_array_and_an_iterable_of_its_rows_are_one_thing(same):
    assert LoopSpec(same) == LoopSpec(X)
    np.testing.assert_array_equal(autophagy.load(LoopSpec(X).data).samples.x, X)


@settings(max_examples=40)
@given(arrays.arrays(np.float64, st.tuples(st.integers(2, 6), st.integers(1, 4)), elements=st.floats(-1e9, 1e9)))
def test_no_number_changes_on_the_way(x):
    np.testing.assert_array_equal(autophagy.load(x).samples.x, x)
    np.testing.assert_array_equal(autophagy.load(pd.DataFrame(x).add_prefix("n")).samples.x, x)


def test_images_texts_and_labels():
    images = np.random.default_rng(0).integers(0, 256, (12, 4, 5)).astype(np.uint8)
    rows = autophagy.load({"x": images, "label": np.arange(12) % 2})
    assert (rows.kind, rows.samples.x.shape) == ("image", (12, 4, 5))
    assert rows.samples.meta["label"].tolist() == [0, 1] * 6
    for texts in (TEXTS, tuple(TEXTS), iter(TEXTS), np.array(TEXTS), pd.Series(TEXTS), {"text": TEXTS},
                  [{"text": text} for text in TEXTS], np.array(TEXTS, np.dtypes.StringDType())):  # fmt: skip
        assert autophagy.load(texts).samples.x.tolist() == TEXTS
    digits = autophagy.load("digits").samples
    assert autophagy.load(digits).samples.digest() == digits.digest()


def test_what_is_left_out_and_set_aside_is_told_as_for_a_file():
    frame = pd.DataFrame({"a": [1.0, np.nan, 3.0, 4.0], "b": [1, 2, 3, 4], "day": pd.date_range("2020", periods=4)})
    rows = autophagy.load(frame.set_index(pd.Index([9, 2, 7, 6])))
    assert rows.unreadable == 1
    told = " ".join(rows.notes)
    assert "day (dates)" in told
    assert "index (numbers or names the rows)" in told
    assert "row 2" in told
    masked = autophagy.load(np.ma.array(X, mask=np.arange(X.size).reshape(X.shape) == 0))
    assert masked.unreadable == 1
    assert "half a character" in " ".join(autophagy.load(["half \ud83d of one", "a whole text"]).notes)


def test_the_values_are_a_copy():
    x = X.copy()
    frame = pd.DataFrame(x, columns=list("abc"), copy=False)
    by_array, by_frame = LoopSpec(x), LoopSpec(frame)
    x[:] = 0
    frame.loc[:, "a"] = 0.0
    for spec in (by_array, by_frame):
        np.testing.assert_array_equal(autophagy.load(spec.data).samples.x, X)


def test_names_from_hostile_tables_stay_names():
    frame = pd.DataFrame(X, columns=["a\n\x1b[31mb", "<b>", "x" * 500]).assign(é=KINDS)
    rows = autophagy.load(frame)
    assert rows.samples.x.shape == X.shape
    assert all(note.isprintable() and len(note) < 500 for note in rows.notes)
    numbered = pd.DataFrame(X, columns=[1, 2, "three"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert autophagy.load(numbered).samples.x.shape == X.shape
    twice = pa.table([X[:, 0], X[:, 1]], names=["a", "a"])
    assert autophagy.load(twice).samples.x.shape == (len(X), 2)


WRONG = {
    "a number": 3.5,
    "nothing": None,
    "bytes": b"text",
    "a function": print,
    "an object": object(),
    "a set": {"a text", "and another"},
    "no rows": [],
    "a spent generator": iter([]),
    "an empty frame": pd.DataFrame(),
    "a frame of no rows": pd.DataFrame({"a": pd.Series([], dtype=float)}),
    "one row": pd.DataFrame({"a": [1.0]}),
    "complex columns": pd.DataFrame({"a": [1 + 2j, 3]}),
    "complex array": X + 1j,
    "complex list": [1 + 2j, 3j],
    "objects": pd.DataFrame({"a": [object(), 2]}),
    "array of objects": np.array([[object()] * 2] * 2),
    "list of objects": [object(), object()],
    "the same name twice": pd.DataFrame(X[:, :2], columns=["a", "a"]),
    "dates alone": pd.DataFrame({"day": pd.date_range("2020", periods=9)}),
    "an array of dates": np.array(["2020", "2021"], "datetime64[D]"),
    "categories alone": pd.DataFrame({"kind": pd.Categorical(KINDS)}),
    "nothing but NaN": pd.DataFrame({"a": [np.nan] * 4}),
    "lengths in a dict": {"a": [1, 2], "b": [1]},
    "lengths of rows": [[1, 2], [3]],
    "an empty dict": {},
    "a dict of one value": {"a": 1},
    "splits of a data set": {"train": Rows(table()), "test": Rows(table())},
    "one value": np.array(3.0),
    "five dimensions": np.zeros((2, 2, 2, 2, 2)),
    "blank texts": ["", "  "],
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_used_is_refused_in_a_sentence(what):
    with pytest.raises((UsageError, DataError)) as caught:
        autophagy.load(LoopSpec(WRONG[what]).data if WRONG[what] is not None else None)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert ": " in sentence
    assert len(sentence) < 500


# --- in a spec and in a run folder


@pytest.fixture(scope="module")
def run_of_a_frame(tmp_path_factory):
    spec = LoopSpec(frames()["pandas"], reference=X[:20], generations=2, seeds=1, metrics=["recall"])
    return spec, autophagy.run(spec, tmp_path_factory.mktemp("runs") / "first").record


def lines_of(folder):
    return (folder / "generations.jsonl").read_text()


def test_a_spec_of_data_in_memory_is_frozen_hashed_and_printable():
    spec = LoopSpec(frames()["pandas"])
    assert hash(spec) == hash(LoopSpec(frames()["arrow"]))
    assert len(repr(spec)) < 600
    assert "data frame in memory" in repr(spec)
    assert pickle.loads(pickle.dumps(spec)) == spec
    assert autophagy.load(pickle.loads(pickle.dumps(spec)).data).samples.x.shape == X.shape


def test_a_run_keeps_the_rows_and_runs_again_from_the_folder_alone(run_of_a_frame, tmp_path):
    spec, record = run_of_a_frame
    named = tomllib.loads((record.folder / "spec.toml").read_text())
    assert (record.folder / named["data"]).is_file()
    assert (record.folder / named["reference"]).is_file()
    again = LoopSpec.from_toml(record.folder / "spec.toml")
    assert again == spec
    assert again.digest == spec.digest
    moved = tmp_path / "second"
    autophagy.run(again, moved)
    assert lines_of(moved) == lines_of(record.folder)
    facts = record.environment()["in_memory"]
    assert facts["data"]["origin"] == "pandas.DataFrame"
    assert facts["data"]["shape"] == [len(X), 4]
    assert facts["reference"]["shape"] == [20, 3]
    assert facts["data"]["digest"].startswith(spec.data.digest)
    assert record.environment()["data"]["name"] == "the data frame in memory"


def test_a_run_goes_on_by_its_spec_and_by_its_data_and_not_by_others(run_of_a_frame):
    spec, record = run_of_a_frame
    before = lines_of(record.folder)
    for same in (spec, LoopSpec.from_toml(record.folder / "spec.toml")):
        autophagy.run(same, record.folder, resume=True)
    assert lines_of(record.folder) == before
    with pytest.raises(RecordError, match="data differ"):
        autophagy.run(LoopSpec(**{**spec.to_dict(), "data": X + 1, "reference": X[:20]}), record.folder, resume=True)


def log_of(model):
    return [{"prompt": f"{n}?", "answers": [str(n)], "answer": str(n), "model": model} for n in range(12)]


@pytest.mark.parametrize(
    "make",
    [
        lambda: AuditSpec(
            paths=pa.table({"text": TEXTS}), reference=pa.table({"text": TEXTS[:1]}), curators="duplicates"
        ),
        lambda: CurateSpec(paths=TABLE),
        lambda: DriftSpec(paths=[log_of("a"), pd.DataFrame(log_of("b"))]),
    ],
    ids=["audit", "curate", "drift"],
)
def test_runs_of_several_data_keep_them_all_and_go_on_by_their_spec(make, tmp_path):
    spec = make()
    first = autophagy.run(spec, tmp_path / "run")
    again = type(spec).from_toml(tmp_path / "run" / "spec.toml")
    assert autophagy.run(again, tmp_path / "run", resume=True).done
    assert autophagy.run(again, tmp_path / "second").verdict == first.verdict
    assert list(first.record.environment()["in_memory"]) == list(spec.in_memory)


def test_what_was_kept_and_then_changed_is_refused(tmp_path):
    spec = LoopSpec(X, generations=1, seeds=1, metrics=["recall"])
    record = autophagy.run(spec, tmp_path / "run").record
    kept = record.folder / spec.data
    np.save(kept.with_suffix(".other"), X + 1)
    kept.with_suffix(".other.npy").replace(kept)
    with pytest.raises(DataError, match="changed after it was written"):
        autophagy.load(record.spec().data)
    kept.unlink()
    with pytest.raises(AutophagyError, match="in-memory"):
        autophagy.load(record.spec().data)


def test_a_run_that_finishes_nothing_leaves_nothing_behind(tmp_path):
    spec = LoopSpec(X, generations=1, seeds=1, metrics=["no_such_metric"])
    with pytest.raises(AutophagyError):
        autophagy.run(spec, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_documents_and_questions(tmp_path):
    documents = pd.DataFrame({"id": ["a", "b"], "text": ["Anna lives in Rome.", "Bert lives in Oslo."]})
    questions = [
        {"question": "Where does Anna live?", "answers": ["Rome"], "document": "a"},
        {"question": "Where does Bert live?", "answer": "Oslo", "document": "b"},
    ]
    spec = CompareSpec(documents=documents, questions=questions, arms=["closed", "context"])
    documents.to_csv(tmp_path / "documents.csv", index=False)
    from autophagy.compare.dataset import load_dataset

    in_memory = load_dataset(spec)
    of_file = load_dataset(CompareSpec(**{**spec.to_dict(), "documents": f"{tmp_path}/documents.csv",
                                          "questions": questions}))  # fmt: skip
    assert in_memory.corpus.documents.digest() == of_file.corpus.documents.digest()
    assert in_memory.questions == of_file.questions
    assert [question.answers for question in in_memory.questions] == [("Rome",), ("Oslo",)]
    listed = CompareSpec(documents=iter(TEXTS), questions=pa.Table.from_pylist(questions[1:]), arms=["closed"])
    with pytest.raises(DataError, match=r"names no document of the list in memory, such as 'b'.*'row:1'"):
        load_dataset(listed)
    with pytest.raises(UsageError, match="world"):
        CompareSpec(documents=documents)


def test_samples_are_data(tmp_path):
    rows = Samples.of(X, label=np.arange(len(X)) % 2)
    assert LoopSpec(rows) == LoopSpec(Samples.of(X.copy(), label=np.arange(len(X)) % 2))
    assert autophagy.load(rows).samples.meta["label"].tolist() == rows.meta["label"].tolist()


def nested(depth, inmost, wrap=lambda inside: [inside]):
    for _ in range(depth):
        inmost = wrap(inmost)
    return inmost


def holding_themselves():
    """Lists and dicts without an end, each of which some library would follow until the process dies."""
    ring, words, table = [], ["a"], {"x": [1, 2]}
    ring.append(ring)
    words += [words, words]
    table["x"].append(table)
    rows = [{"me": 1}]
    rows[0]["me"] = rows
    return [ring, words, table, rows, {"x": words}, np.array([words, "b"], dtype=object)]


DEEP = [
    *holding_themselves(), nested(1_000, "a"), nested(100_000, 1), nested(1_000, 1, lambda inside: {"a": inside}),
    {"x": [nested(1_000, 1)] * 2}, [nested(1_000, "a")] * 3, tuple(nested(1_000, place) for place in range(3)),
]  # fmt: skip


@pytest.mark.parametrize("place", range(len(DEEP)))
def test_what_has_no_end_or_is_nested_a_thousand_deep_is_refused_in_a_sentence(place):
    with pytest.raises(DataError, match="more than 64 deep, or a list that holds itself"):
        LoopSpec(DEEP[place])
    for field in ("model", "regimes", "samples", "plugins"):
        with pytest.raises(UsageError) as told:
            LoopSpec("ring", **{field: DEEP[place]})
        assert len(str(told.value)) < 1_000


@pytest.mark.parametrize("rows", [[2**70, 3], np.array([2**70, 3], dtype=object), iter([2**70, 3])])
def test_whole_numbers_of_more_than_64_bits_are_rows_like_others(rows):
    """NumPy has them as Python objects, which are neither rows of texts nor an array."""
    read = autophagy.load(LoopSpec(rows).data)
    assert read.samples.x[0, 0] == 2.0**70
    assert any("rounded" in note for note in read.notes)


@pytest.mark.parametrize("rows", [[[b""]] * 3, [[b"a", b"b"]] * 3, [[None]], [[object()]]])
def test_rows_of_bytes_or_of_objects_are_read_or_refused_in_a_sentence(rows):
    with pytest.raises((DataError, UsageError), match=r"list|row"):
        autophagy.load(LoopSpec(rows).data)


def test_tensors_of_a_model_are_read_by_their_values():
    torch = pytest.importorskip("torch")
    plain = autophagy.load(X.astype(np.float32)).samples.x
    learnt = torch.tensor(X, dtype=torch.float32, requires_grad=True)
    for tensor in (learnt, list(learnt)):
        np.testing.assert_array_equal(autophagy.load(tensor).samples.x, plain)
    assert learnt.requires_grad
    halves = autophagy.load(torch.tensor(X, dtype=torch.bfloat16)).samples.x
    np.testing.assert_allclose(halves, X, rtol=1e-2)
