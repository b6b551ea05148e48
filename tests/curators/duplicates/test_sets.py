"""Sets of shingles on disk, written by several and read as one array."""

import errno
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import RecordError
from autophagy.curators.duplicates import kernels
from autophagy.curators.duplicates.sets import add, joined
from autophagy.curators.duplicates.verify import shared

SET = st.frozensets(st.integers(0, 40), min_size=1, max_size=12)


def array(*values):
    return np.array(values, np.uint64)


def test_sets_of_several_writers_are_found_again(tmp_path):
    with ThreadPoolExecutor(2) as pool:
        places = list(pool.map(lambda n: add(tmp_path / "sets", [array(n, n + 1), array(n + 2)]), range(0, 60, 3)))
    starts = [(tmp_path / "sets" / name, np.array([place, place + 2])) for name, place in places]
    kept, start = joined(starts)
    size = np.tile([2, 1], 20)
    assert len(kept.paths) <= 2
    assert kept.take(kept.open(), start, size).tolist() == list(range(60))
    assert kept.take(kept.open(), start[::-1], size[::-1])[:3].tolist() == [59, 57, 58]


def test_a_writer_that_had_nothing_to_write_does_no_harm(tmp_path):
    (tmp_path / "empty.sets").touch()
    name, place = add(tmp_path, [array(4, 5)])
    kept, start = joined([(tmp_path / "empty.sets", np.array([], np.int64)), (tmp_path / name, np.array([place]))])
    assert kept.take(kept.open(), start, np.array([2])).tolist() == [4, 5]


def test_what_a_full_disk_cut_is_passed_over(tmp_path):
    name, first = add(tmp_path, [array(1, 2)])
    with (tmp_path / name).open("ab") as file:
        file.write(b"cut")
    again, place = add(tmp_path, [array(7)])
    assert (again, first, place) == (name, 0, 3)
    kept, start = joined([(tmp_path / name, np.array([0, 3]))])
    assert kept.take(kept.open(), start, np.array([2, 1])).tolist() == [1, 2, 7]


def test_a_folder_of_the_same_name_elsewhere_or_made_anew_is_another_one(tmp_path, monkeypatch):
    for place in ("here", "there"):
        (tmp_path / place).mkdir()
        monkeypatch.chdir(tmp_path / place)
        name, _ = add(Path("sets"), [array(1)])
        assert (tmp_path / place / "sets" / name).stat().st_size == 8
    shutil.rmtree("sets")
    assert add(Path("sets"), [array(1)])[1] == 0


def test_a_full_disk_is_told(tmp_path, monkeypatch):
    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(RecordError, match=r"No space left on device.*free space"):
        add(tmp_path / "full", [array(1)])


@given(st.lists(st.tuples(SET, SET), min_size=1, max_size=20))
def test_what_two_sets_share_is_counted_compiled_or_not(pairs):
    pytest.importorskip("numba")
    both = [sorted(first) for first, _ in pairs] + [sorted(second) for _, second in pairs]
    shingles = array(*(shingle for each in both for shingle in each))
    sizes = np.array([len(each) for each in both]).reshape(2, -1)
    expected = [len(first & second) for first, second in pairs]
    assert shared(shingles, sizes).tolist() == kernels.shared(shingles, sizes).tolist() == expected
