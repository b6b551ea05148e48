"""Folders of tables: what else lies there, and tables that are not of one."""

import pytest

from autophagy.core.errors import DataError
from autophagy.data.load import load


def test_of_texts_and_tables_in_a_folder_those_are_read_of_which_there_are_more(tmp_path):
    (tmp_path / "NOTES.md").write_text("Where the tables come from.")
    for part in range(2):
        (tmp_path / f"{part}.csv").write_text("a,b\n" + "".join(f"{row},{row % 7}\n" for row in range(30)))
    found = load(str(tmp_path))
    assert found.samples.x.shape == (60, 2)
    assert "1 of 3 files was left out as no table: NOTES.md." in found.notes
    (tmp_path / "more.md").write_text("A text.")
    assert load(str(tmp_path)).samples.x.tolist() == ["Where the tables come from.", "A text."]


def test_tables_of_different_things_in_a_folder_are_not_read_as_one(tmp_path):
    (tmp_path / "wine.csv").write_text("acid,sugar\n" + "7.4,1.9\n" * 20)
    (tmp_path / "notes.csv").write_text("width,height\n" + "3,4\n" * 20)
    with pytest.raises(DataError, match=r"no column in common, such as notes.csv and wine.csv: give one of them"):
        load(str(tmp_path))


def test_beside_a_file_called_train_tables_of_no_split_are_told_as_what_they_are(tmp_path):
    folder = tmp_path / "contest"  # since the folder's name may name a split, too
    folder.mkdir()
    for name in ("train", "test", "sample_submission"):
        (folder / f"{name}.csv").write_text("a,b\n" + "".join(f"{row},{row % 7}\n" for row in range(30)))
    found = load(str(folder))
    assert len(found.samples) == 30
    assert "Only files called train were read; left out: sample_submission.csv, test.csv." in found.notes
    (folder / "sample_submission.csv").unlink()
    assert "Left out, for they are of other splits: test.csv." in load(str(folder)).notes
