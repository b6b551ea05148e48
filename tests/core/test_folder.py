"""Run folders: what can take a run and what cannot, and what a run leaves behind that finishes nothing."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from autophagy.core.errors import FitError, RecordError
from autophagy.core.files import append
from autophagy.core.folder import RunFolder, claimed, close, mend, opened
from autophagy.core.spec import Spec


class Toy(Spec):
    of = "a toy"
    runner = "nowhere"
    size: int = 1


class Box(RunFolder):
    spec_type = Toy
    journal = "done.jsonl"
    holds = ("work", "notes.json")

    def result(self):
        return SimpleNamespace(headline_score=None)

    @staticmethod
    def depends_on(environment):
        return {"the data": environment["digest"]} | RunFolder.depends_on(environment)


FACTS = {"digest": "a", "plugins": {"mine.py": "1"}}


def work(folder, size=1, resume=False, facts=FACTS, end=None, lines=1):
    """Open the folder, write a little of everything, and end as told."""
    record = Box(folder)
    with opened(record, Toy(size=size), dict(facts), resume, lambda: {"more": 1}):
        (folder / "work").mkdir(exist_ok=True)
        (folder / "work" / "rows").write_text("rows")
        append(folder / "done.jsonl", [{"n": 1}] * lines)
        if end:
            raise end
    return record


def everything(folder):
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def test_a_record_reads_what_was_written(tmp_path):
    record = work(tmp_path / "run")
    assert record.spec() == Toy(size=1)
    assert record.environment() == {**FACTS, "more": 1}
    assert record.begun
    assert not record.done
    close(record)
    assert record.done


def test_a_run_whose_headline_cannot_be_told_is_complete_all_the_same(tmp_path, monkeypatch):
    record = work(tmp_path / "run")
    monkeypatch.setattr(Box, "result", lambda self: work(tmp_path / "run"))  # raises RecordError: it is there already
    close(record)
    assert record.done
    assert not (record.folder / "headline.json").exists()


@pytest.mark.parametrize("end", [FitError("no."), RecordError("full."), MemoryError()])
def test_a_run_that_finished_nothing_leaves_nothing(tmp_path, end):
    with pytest.raises(type(end)):
        work(tmp_path / "new" / "run", end=end, lines=0)
    assert not list(tmp_path.iterdir())
    (tmp_path / "there").mkdir()
    with pytest.raises(type(end)):
        work(tmp_path / "there", end=end, lines=0)
    assert not list((tmp_path / "there").iterdir())


@pytest.mark.parametrize("end", [FitError("no."), MemoryError()])
def test_what_is_finished_stays(tmp_path, end):
    with pytest.raises(type(end)):
        work(tmp_path / "run", end=end)
    assert Box(tmp_path / "run").begun
    before = (tmp_path / "run" / "done.jsonl").read_bytes()
    with pytest.raises(type(end)):
        work(tmp_path / "run", resume=True, end=end, lines=0)
    assert (tmp_path / "run" / "done.jsonl").read_bytes() == before


def test_what_could_not_begin_leaves_nothing(tmp_path):
    def begin():
        raise FitError("the address is dead.")

    with pytest.raises(FitError), opened(Box(tmp_path / "run"), Toy(), dict(FACTS), False, begin):
        pass
    assert not list(tmp_path.iterdir())


REFUSED = {
    "another spec": ({"size": 2, "resume": True}, r"another spec \(size differ\)"),
    "no resume": ({}, "holds an unfinished run of this spec: add --resume"),
    "other data": ({"facts": {**FACTS, "digest": "b"}, "resume": True}, "the data changed after"),
    "another plug-in": (
        {"facts": {**FACTS, "plugins": {"mine.py": "2"}}, "resume": True},
        "the plug-in mine.py changed after",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_folder_of_another_run_is_refused_and_left_alone(tmp_path, case):
    work(tmp_path / "run")
    before = everything(tmp_path)
    options, told = REFUSED[case]
    with pytest.raises(RecordError, match=told):
        work(tmp_path / "run", **options)
    assert everything(tmp_path) == before


@pytest.mark.parametrize("name", ["thesis.tex", "done.jsonl"])
def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path, name):
    (tmp_path / name).write_text('{"n": 1}\n')
    with pytest.raises(RecordError, match="not empty and not a run folder"):
        work(tmp_path, resume=True)
    assert everything(tmp_path) == {str(tmp_path / name): b'{"n": 1}\n'}


def test_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("precious")
    with pytest.raises(RecordError, match="is a file"):
        work(tmp_path / "file")
    with pytest.raises(RecordError, match="a part of that path is a file: choose another folder"):
        work(tmp_path / "file" / "run")


@pytest.mark.parametrize("name", ["spec.toml", "environment.json"])
@pytest.mark.parametrize("content", ["", "{", "\0", "[1]", "null", "{}", '{"plugins": 3}'])
def test_a_damaged_folder_is_told(tmp_path, name, content):
    work(tmp_path / "run")
    (tmp_path / "run" / name).write_text(content)
    with pytest.raises(RecordError, match=r"damaged|another spec|no readable"):
        work(tmp_path / "run", resume=True)


def test_what_was_killed_before_its_spec_was_there_is_begun_again(tmp_path):
    (tmp_path / "notes.json").write_text("{}")
    (tmp_path / "environment.json").write_text("{")
    assert work(tmp_path).environment() == {**FACTS, "more": 1}


def test_one_process_at_a_time(tmp_path):
    with claimed(tmp_path / "run"), pytest.raises(RecordError, match="in use"):
        work(tmp_path / "run")


def test_torn_lines_and_unfinished_files_are_mended(tmp_path):
    for name in ("done.jsonl", "more.jsonl"):
        (tmp_path / name).write_text('{"n": 1}\n{"n": ')
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / ".rows.7.part").write_text("ro")
    mend(tmp_path)
    assert [json.loads(line) for line in Path(tmp_path / "more.jsonl").read_text().splitlines()] == [{"n": 1}]
    assert not list(tmp_path.rglob("*.part"))


def test_a_run_that_goes_on_drops_what_a_kill_left_unfinished_wherever_it_lies(tmp_path):
    """A killed worker leaves the start of a file beside those that are kept, such as in the index of a curation."""
    work(tmp_path / "run")
    (tmp_path / "run" / "index").mkdir()
    (tmp_path / "run" / "index" / ".part-00001.npz.3193.part").write_bytes(b"PK")
    work(tmp_path / "run", resume=True)
    assert not list(tmp_path.rglob("*.part"))
