"""Files after public reports of bugs, from the command line: what was asked for and cannot be had is told."""

import json

import pytest

from autophagy.cli.main import main

ROWS = "".join(f"{'on' if i % 2 else 'off'},{i * 7 % 11},{i * 5 % 13}\n" for i in range(60))
LOOP = ("loop", "a.csv", "--model", "gaussian", "--generations", "1", "--seeds", "1", "--out", "run")


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("names", "metrics", "told"),
    [
        ("flag,u,v", ["classes", "drift"], "The figures of the metric classes are unknown, since a.csv has no classes"),
        ("flag,u,v", ["lost_classes"], "The figures of the metric lost_classes are unknown"),
        ("flag,u,v", ["drift"], ""),
        ("label,u,v", ["classes"], ""),
    ],
)
def test_metrics_of_classes_say_where_there_are_none(tmp_path, capsys, names, metrics, told):
    (tmp_path / "a.csv").write_text(f"{names}\n{ROWS}")
    asked = [word for metric in metrics for word in ("--metric", metric)]
    assert main([*LOOP, *asked]) == 0
    notes = capsys.readouterr().err
    assert told in notes
    assert ("unknown, since" in notes) == bool(told)


def test_texts_of_white_space_are_told_by_audit_and_curate(tmp_path, capsys):
    texts = ["cat", "dog", "cat", "", "猫", " \t ", "a b", "\u3000"]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    for verb in ("audit", "curate"):
        assert main([verb, "a.jsonl", "--out", verb, "--workers", "1"]) == 0
        assert "a.jsonl: 3 texts held nothing but white space." in capsys.readouterr().err
    summary = json.loads((tmp_path / "curate" / "summary.json").read_text())
    assert any("3 texts held nothing but white space" in note for note in summary["notes"])
