"""Who judges the rows: one process where they are few, unless somebody says otherwise."""

import json
import random

import pytest

from autophagy.data.stored.corpus import Hands
from autophagy.data.stored.gather import ALONE, gather


def _rows(path, size):
    draw = random.Random(7)  # digits that no compression makes small
    with path.open("w") as file:
        while file.tell() < size:
            file.write(json.dumps({"text": draw.randbytes(5_000).hex()}) + "\n")
    return [str(path)]


@pytest.mark.parametrize(
    ("size", "given", "expected"),
    [(ALONE // 8, Hands(None), 1), (ALONE * 5 // 2, Hands(None), None), (ALONE // 8, Hands(2), 2)],
)
def test_few_rows_are_one_process_s_unless_a_number_is_given(size, given, expected, tmp_path):
    rows = _rows(tmp_path / "rows.jsonl", size)
    for _ in range(2):  # read, and then found as it was written
        assert gather(rows, tmp_path / "corpus", None, given).corpus.hands.workers == expected


def test_few_rows_of_a_cluster_stay_the_cluster_s(tmp_path):
    rows = _rows(tmp_path / "rows.jsonl", ALONE // 8)
    gather(rows, tmp_path / "corpus", None, Hands(None))
    assert gather(rows, tmp_path / "corpus", None, Hands(None, ray="auto")).corpus.hands.workers is None
