"""One schema for all chunks: nothing is lost when chunks of several types are put together."""

import json

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from autophagy.data.stream.cells import column
from autophagy.data.stream.schema import conform, marked, packed, union, unpacked_schema
from reading import read

CELLS = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=5,
)


@given(st.lists(CELLS, max_size=6))
def test_a_column_is_unchanged_or_json(values):
    found = column(values).to_pylist()
    for given_, kept in zip(values, found, strict=True):
        assert kept == given_ or json.loads(kept) == given_


@example([[2**60 + 1], [0.5]])
@example([[2**63 + 1], [-1]])
@example([[{"a": None}], [{"a": [1]}], [{"a": [0.5, None]}]])
@example([[{"a": 1}], [{"b": 1}], [None]])
@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_chunks_of_any_types_go_together(chunks):
    tables = [
        pa.table({"x": column(values), f"only {place}": [place] * len(values)}) for place, values in enumerate(chunks)
    ]
    schemas = [pa.schema([marked(name, table[name]) for name in table.column_names]) for table in tables]
    schema = unpacked_schema(packed(union(schemas)))
    together = pa.concat_tables([conform(table, schema) for table in tables])
    values = [value for chunk in chunks for value in chunk]
    assert together.num_rows == len(values)
    for given_, kept in zip(values, together["x"].to_pylist(), strict=True):
        assert kept == given_ or json.loads(kept) == given_
    for place in range(len(chunks)):
        assert together[f"only {place}"].to_pylist().count(place) == len(chunks[place])


def test_a_column_of_numbers_here_and_words_there(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"text": "a", "id": 1, "n": 1}\n')
    (tmp_path / "b.jsonl").write_text('{"text": "b", "id": "x-1", "n": 1.5}\n{"text": "c"}\n')
    rows, _ = read([tmp_path], tmp_path / "work")
    assert [row["id"] for row in rows] == ["1", "x-1", None]
    assert [row["n"] for row in rows] == [1.0, 1.5, None]


def test_turns_stay_turns_where_only_their_types_differ():
    tables = [pa.table({"x": column(values)}) for values in ([[{"a": None}], []], [[{"a": "word"}]], [[]], [None])]
    assert union([table.schema for table in tables]).field("x").type == pa.list_(pa.struct({"a": pa.string()}))
