"""End to end: a real model, served by llama.cpp on loopback, is recorded twice, and once decoded otherwise."""

import json

import pytest

from autophagy.answering.engine import SLOTS, open_engine
from autophagy.drift.finding import found
from autophagy.drift.run import run as compare_run
from autophagy.drift.snapshot.record import SnapshotRecord
from autophagy.drift.snapshot.run import run
from autophagy.drift.snapshot.spec import SnapshotSpec
from autophagy.drift.spec import DriftSpec
from autophagy.gguf.find import find_gguf

CAPITALS = {
    "France": "Paris", "Italy": "Rome", "Spain": "Madrid", "Germany": "Berlin", "Japan": "Tokyo", "Greece": "Athens",
    "Egypt": "Cairo", "Peru": "Lima",
}  # fmt: skip


@pytest.fixture(scope="module")
def snapshots(smollm2, tmp_path_factory):
    """Two snapshots of one model, of other seeds, and one of the same model at another temperature."""
    pytest.importorskip("aiohttp", reason="a served model needs aiohttp")
    folder = tmp_path_factory.mktemp("drift")
    file = folder / "capitals.jsonl"
    lines = [
        {"id": name, "prompt": f"What is the capital of {name}? Answer with its name alone.", "answers": [city]}
        for name, city in CAPITALS.items()
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    engine = open_engine(find_gguf(smollm2), SLOTS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OPENAI_API_KEY", engine.key)
        same = {"suites": str(file), "model": smollm2, "base_url": engine.server.listening_address, "max_tokens": 12}
        for name, more in (
            ("first", {"temperature": 0.5, "seed": 1}),
            ("second", {"temperature": 0.5, "seed": 2}),
            ("otherwise", {"temperature": 3.0, "seed": 2}),
        ):
            run(SnapshotSpec(**same, **more), folder / name, connections=SLOTS)
    return folder


def test_what_was_recorded_says_how(snapshots):
    record = SnapshotRecord(snapshots / "first")
    assert record.done
    environment = record.environment()
    assert environment["decoding"]["temperature"] == 0.5
    assert environment["probe"]["seed"] is True
    assert environment["fingerprint"]
    rows = record.log().rows
    assert len(rows) == 5 * len(CAPITALS)
    assert all(row.answer.tokens_out > 0 and row.fingerprint and row.date for row in rows)
    assert SnapshotRecord(snapshots / "second").environment()["digests"] == environment["digests"]


def test_nothing_is_found_between_two_snapshots_of_one_model_and_the_change_is(snapshots):
    """Of an unchanged model, one comparison in twenty would find something by chance; these seeds are fixed."""

    def compared(after):
        paths = [str(snapshots / "first"), str(snapshots / after)]
        (task,) = compare_run(DriftSpec(paths=paths), snapshots / f"against-{after}").result().tasks
        return found(task)

    assert compared("second") == []
    assert "cut" in compared("otherwise")  # it rambles to the limit of tokens, and is not said to be wrong there
