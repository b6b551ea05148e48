"""Objects whose names are ids, and cells that are one long number, take time that grows with the file alone."""

import json
from time import monotonic

import numpy as np

from autophagy.data.documents import read_documents
from autophagy.data.load import load
from autophagy.data.readers.numbers import parse
from autophagy.data.readers.objects import CELLS, common
from autophagy.data.stream.cells import WIDEST, column

ROWS = 4_000


def test_names_that_hardly_any_row_has_are_no_columns_and_are_told():
    records = [{"text": "a", f"id {place}": place} for place in range(ROWS)]
    kept, told = common(records)
    assert len(records) * (ROWS + 1) > CELLS
    assert kept == [{"text": "a"}] * ROWS
    assert told == [f"Left out: {ROWS:,} names that fewer than one row in a hundred has."]


def test_a_table_that_is_wide_in_each_row_keeps_its_columns(monkeypatch):
    monkeypatch.setattr("autophagy.data.readers.objects.CELLS", 1_000)
    row = {f"name {place}": place for place in range(200)}
    records = [row] * 50
    kept, told = common(records)
    assert kept[0] == row
    assert told == []


def test_rows_whose_objects_stand_under_ids_are_read_by_each_verb(tmp_path):
    path = tmp_path / "rows.jsonl"
    lines = [
        {"question": f"What is number {n} of all the numbers here?", "by": {f"x_{n}": {"a": 1}}} for n in range(ROWS)
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    for read in (read_documents, load):
        rows = read(path if read is read_documents else str(path))
        assert rows.samples.x[1] == "What is number 1 of all the numbers here?"
        assert any("names that fewer than one row in a hundred has" in note for note in rows.notes)


def test_objects_under_ids_are_kept_as_json():
    cells = [{f"x_{place}": {"a": place}} for place in range(WIDEST + 1)]
    assert column(cells).to_pylist()[7] == '{"x_7": {"a": 7}}'
    assert column([{"x": {"a": 7}}] * 9).to_pylist()[7]["x"] == {"a": 7}


def test_a_cell_of_many_digits_is_no_number_at_once():
    start = monotonic()
    found = parse(["3." + "14159" * 20_000 + " is pi", "9" * 50_000 + "x", "2,5"], ",")
    assert np.isnan(found.values).tolist() == [True, True, False]
    assert monotonic() - start < 1
