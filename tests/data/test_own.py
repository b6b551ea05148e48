"""Run folders among the data: what was kept is read, once, and what else autophagy wrote is no data."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from autophagy.cli.main import main
from autophagy.core.errors import DataError
from autophagy.data.documents import read_documents
from autophagy.data.evaluations import read_evaluations
from autophagy.data.load import RealRows, load
from autophagy.data.logs.read import read_log
from autophagy.data.readers.walk import walk
from autophagy.data.stream.sources import sources

TEXT = "A row that was kept because it was good."
Rows = Callable[[Path], int]


def by_sources(folder: Path) -> int:
    return sum(pq.read_metadata(each.path).num_rows for each in sources([folder]).sources)


def by_documents(folder: Path) -> int:
    return len(read_documents(folder).samples)


def by_evaluations(folder: Path) -> int:
    return len(read_evaluations(folder).items)


def run_folder(folder: Path) -> Path:
    """A run folder with a page, a journal and its spec, as every verb leaves."""
    folder.mkdir(parents=True)
    (folder / "spec.toml").write_text("seed = 0\n")
    (folder / "environment.json").write_text("{}")
    (folder / "report.html").write_text("<p>A page of a run.</p>")
    (folder / "calls.jsonl").write_text(json.dumps({"text": "A prompt and its answer."}) + "\n")
    return folder


def table(path: Path, rows: int) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        pq.write_table(pa.table({"text": [f"{TEXT} {row}" for row in range(rows)]}), file)


@pytest.fixture
def generation(tmp_path: Path) -> Path:
    folder = run_folder(tmp_path / "made")
    table(folder / "rows.parquet", 3)
    table(folder / "dropped.parquet", 2)
    (folder / "rows.jsonl").write_text("".join(json.dumps({"text": f"{TEXT} {row}"}) + "\n" for row in range(3)))
    return folder


@pytest.fixture
def curation(tmp_path: Path) -> Path:
    folder = run_folder(tmp_path / "curated")
    table(folder / "kept" / "part-00001.parquet", 4)
    table(folder / "dropped" / "part-00001.parquet", 5)
    return folder


def by_load(folder: Path) -> int:
    found = load(folder)
    assert isinstance(found, RealRows)
    return len(found.samples)


READERS = (by_sources, by_documents, by_evaluations, by_load)


@pytest.mark.parametrize("rows", READERS)
def test_of_a_generation_the_rows_that_it_kept_are_read_once(generation: Path, rows: Rows) -> None:
    assert rows(generation) == 3


@pytest.mark.parametrize("rows", READERS)
def test_of_a_curation_the_rows_that_it_kept_are_read(curation: Path, rows: Rows) -> None:
    assert rows(curation) == 4


@pytest.mark.parametrize("rows", READERS)
def test_another_run_is_refused_with_what_to_give(tmp_path: Path, rows: Rows) -> None:
    folder = run_folder(tmp_path / "compared")
    with pytest.raises(DataError, match=r"compared is a run that kept no rows.*give the data itself"):
        rows(folder)


@pytest.mark.parametrize("rows", READERS)
def test_runs_below_a_folder_of_data_are_passed_by(tmp_path: Path, generation: Path, rows: Rows) -> None:
    table(tmp_path / "data.parquet", 2)
    assert rows(tmp_path) == 2


def test_what_is_passed_by_and_what_is_read_is_told(tmp_path: Path, generation: Path) -> None:
    table(tmp_path / "data.parquet", 2)
    assert "What autophagy wrote is not read again: made." in read_documents(tmp_path).notes
    assert "made is a generation: the rows that it kept are read." in read_documents(generation).notes
    assert "made is a generation: the rows that it kept are read." in sources([generation]).notes


def test_a_run_without_answers_is_no_log(curation: Path) -> None:
    with pytest.raises(DataError, match="is a run that recorded no answers"):
        read_log(curation)


def test_rows_of_which_nobody_knows_the_generation_are_taken_like_those_of_any_file(tmp_path: Path) -> None:
    rows = pa.table({"text": [f"{TEXT} {row}" for row in range(4)], "generation": [-1, -1, 0, 2], "source": ["a"] * 4})
    pq.write_table(rows, tmp_path / "kept.parquet")
    found = load(tmp_path / "kept.parquet")
    assert isinstance(found, RealRows)
    assert len(found.samples) == 3
    assert "1 row was left out: only rows of generation 0 are real data." in found.notes


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take no such names")
@pytest.mark.parametrize("reads", READERS)
def test_a_name_that_is_no_text_is_set_aside_and_told(tmp_path: Path, reads: Callable[[Path], int]) -> None:
    table(tmp_path / "good.parquet", 3)
    garbled = [Path(os.fsdecode(os.fsencode(tmp_path) + name)) for name in (b"/Gr\xf6\xdfe.parquet", b"/M\xe4rz")]
    table(garbled[0], 2)
    garbled[1].mkdir()
    assert reads(tmp_path) == 3
    (told,) = walk(tmp_path).notes(tmp_path)
    assert told.startswith("2 of 3 names were left out for being no UTF-8 (rename")
    assert told.endswith("Gr\ufffd\ufffde.parquet, M\ufffdrz.")


def test_a_word_that_is_no_text_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", os.fsdecode(b"M\xe4rz")]) == 2
    assert capsys.readouterr().err.startswith("autophagy: M?rz is no UTF-8")
