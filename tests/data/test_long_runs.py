"""Runs of one sign are read in time that grows with the file alone, whatever its kind."""

from time import monotonic

import pytest

from autophagy.data.documents import read_documents
from autophagy.data.load import load

N = 200_000
LETTER = "From: a@b.c\nDate: x\nSubject: Lamp\nContent-Type: text/plain\n\nIt is out.{}\n"


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("a.txt", "One.\n\n" + "&a" * N + "\n\nEnd.", load),
        ("a.tex", "One.\n\n" + "&a" * N + "\\\\ x\n\nEnd.", load),
        ("a.tsv", "text\tn\n" + "-" * N + "\t1\na b\t2\nd e\t3\nf g\t4\n", load),
        ("a.tsv", "text\tn\n" + "=" * N + "\t1\na b\t2\nd e\t3\nf g\t4\n", load),
        ("a.eml", LETTER.format("\n" * N), read_documents),
        ("a.eml", LETTER.format("\n " * N), read_documents),
    ],
)
def test_a_run_takes_no_time_of_its_own(tmp_path, name, text, read):
    (tmp_path / name).write_text(text)
    start = monotonic()
    assert len(read(str(tmp_path / name)).samples) > 0
    assert monotonic() - start < 2


def test_a_letter_called_txt_is_read_as_one(tmp_path):
    (tmp_path / "a.txt").write_text(LETTER.format(""))
    found = read_documents(tmp_path / "a.txt")
    assert [*found.samples.x] == ["It is out."]
    assert [*found.samples.meta["title"]] == ["Lamp"]
    (tmp_path / "b.txt").write_text("From: what I know, it rains.\n\nDate: never.\n")
    assert "From: what" in read_documents(tmp_path / "b.txt").samples.x[0]
