"""A curation goes on from its work folder after a kill, and does without what a power cut may have emptied."""

import json
import subprocess
import sys

import pytest

from autophagy.core.machine import this_start
from autophagy.curate import run as room
from autophagy.curate.spec import CurateSpec
from autophagy.data.stored import scratch
from autophagy.data.stream import ingest

PARTS = ("kept", "index", "dropped")


@pytest.fixture
def spec(tmp_path):
    rows = [{"id": number, "text": f"row {number % 90} of a hundred " * 8} for number in range(100)]
    for part in range(2):
        lines = (json.dumps(row) + "\n" for row in rows[part::2])
        (tmp_path / f"{part}.jsonl").write_text("".join(lines))
    return CurateSpec(paths=[str(tmp_path / "0.jsonl"), str(tmp_path / "1.jsonl")])


@pytest.fixture
def ended(spec, tmp_path, monkeypatch):
    """The folder of a curation that ended when all rows had been judged."""

    def end(*given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(room, "write_parts", end)
        with pytest.raises(KeyboardInterrupt):
            room.run(spec, tmp_path / "ended", workers=1)
    return tmp_path / "ended"


def outcome(out):
    files = sorted([*(path for part in PARTS for path in (out / part).iterdir()), out / "summary.json"])
    return {path.relative_to(out): path.read_bytes() for path in files}


@pytest.mark.parametrize("other", ["this_start", "version_of"])
def test_after_a_power_cut_or_an_update_nothing_of_the_work_folder_is_believed(
    spec, ended, tmp_path, monkeypatch, caplog, other
):
    room.run(spec, tmp_path / "whole", workers=1)
    emptied = [path for path in (ended / "work").rglob("*") if path.suffix in (".npz", ".parquet", ".json")]
    assert len(emptied) > 5
    for path in emptied:
        path.write_bytes(bytes(path.stat().st_size))
    monkeypatch.setattr(scratch, other, lambda *_: "another")
    room.run(spec, ended, resume=True, workers=1)
    assert outcome(ended) == outcome(tmp_path / "whole")
    assert "last started" in caplog.text


def test_after_a_kill_what_was_read_is_not_read_again(spec, ended, tmp_path, monkeypatch, caplog):
    room.run(spec, tmp_path / "whole", workers=1)
    monkeypatch.setattr(ingest, "ingest", None)
    room.run(spec, ended, resume=True, workers=1)
    assert outcome(ended) == outcome(tmp_path / "whole")
    assert "last started" not in caplog.text


def test_another_process_is_told_of_the_same_start():
    code = "from autophagy.core.machine import this_start; print(this_start())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == this_start() != ""
