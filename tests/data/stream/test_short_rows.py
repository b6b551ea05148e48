"""Rows that end before the last column, as a line break within a cell leaves them: they are read, and that is told."""

from autophagy.data.documents import read_documents
from reading import read

LINES = ["id\ttext\tentity", "1\tAnna lives in Rome\tRome", "2\tA sentence that", "breaks here\tcity", "3\tBen\tBen"]


def test_rows_that_lack_their_last_cells_are_told(tmp_path):
    (tmp_path / "a.tsv").write_text("\n".join(LINES) + "\n")
    rows, found = read([tmp_path / "a.tsv"], tmp_path / "work")
    assert len(rows) == 4
    assert any("2 texts ended before the last column, whose cells count as empty" in note for note in found.notes)
    assert any("2 rows end before the last column" in note for note in read_documents(tmp_path / "a.tsv").notes)


def test_rows_of_one_width_are_not_spoken_of(tmp_path):
    (tmp_path / "a.tsv").write_text("\n".join([*LINES[:2], LINES[-1]]) + "\n")
    _, found = read([tmp_path / "a.tsv"], tmp_path / "work")
    assert not any("last column" in note for note in found.notes)
