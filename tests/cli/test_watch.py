"""autophagy drift watch at the command line: a look, its exit code, its JSON and its errors.

Run: pytest tests/cli/test_watch.py
"""

import json
from pathlib import Path

import numpy as np
import pytest
import tomli_w

from autophagy.cli.main import main
from autophagy.core.errors import DataError
from autophagy.core.logged import Logged
from autophagy.core.questions import Answer, Question
from autophagy.core.registry import entries
from autophagy.data.logs.snapshot import answer_line, prompt_line
from autophagy.drift.snapshot.model import AT_ONCE, SnapshotModel
from autophagy.drift.snapshot.spec import SnapshotSpec

ODDS = np.random.default_rng(0).beta(4, 1, 60)


def log(path, date, each, lower=0.0, **more):
    """A log of so many answers to each of 60 prompts."""
    rng, lines = np.random.default_rng(int(date[-2:])), []
    for number, share in enumerate(ODDS):
        for sample in range(each):
            said = "Yes" if rng.random() < share - lower else "No"
            prompt = f"Is {number} one of them? Answer with [Yes] or [No]."
            row = {"id": f"q{number}", "prompt": prompt, "reference": "Yes", "response": f"[{said}]", "model": "m"}
            lines.append(json.dumps({**row, "sample": sample, "date": date, **more}))
    path.write_text("\n".join(lines) + "\n")
    return str(path)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    log(tmp_path / "baseline.jsonl", "2026-03-01", 10)
    return tmp_path


def watch(folder, name, date, *words, **how):
    return main(["drift", "watch", "baseline.jsonl", "--answers", log(folder / name, date, 1, **how), *words])


def test_an_unchanged_model_passes_and_a_changed_one_fails_the_build(folder, capsys):
    assert watch(folder, "one.jsonl", "2026-03-02", "--fail-on", "change") == 0
    assert watch(folder, "two.jsonl", "2026-03-03", "--fail-on", "change", lower=0.6) == 1
    assert "the model changed, which was seen on 2026-03-03" in capsys.readouterr().err
    assert watch(folder, "three.jsonl", "2026-03-04") == 0
    assert len((folder / "baseline.looks.jsonl").read_text().splitlines()) == 3


def test_the_json_is_one_document_with_every_stream_and_look(folder, capsys):
    watch(folder, "one.jsonl", "2026-03-02", "--json")
    found = json.loads(capsys.readouterr().out)
    assert [(stream["task"], stream["of"]) for stream in found["streams"]] == [
        ("prompts", "right"),
        ("prompts", "format"),
    ]
    assert found["streams"][0]["change"].keys() == {"value", "low", "high", "n"}
    assert (found["design"], found["changed"], found["looks"]) == ("fixed prompts", False, 1)
    assert found["verdict"]


def test_the_table_has_a_line_a_stream_and_a_history(folder, capsys):
    watch(folder, "one.jsonl", "2026-03-02")
    watch(folder, "two.jsonl", "2026-03-03")
    printed = capsys.readouterr().out
    assert "change in points" in printed
    assert "2026-03-02" in printed
    assert "2026-03-03" in printed
    assert "No change beyond chance in 2 looks since 2026-03-02." in printed


def test_a_look_leaves_a_page_beside_the_looks(folder, capsys):
    pytest.importorskip("matplotlib")
    watch(folder, "one.jsonl", "2026-03-02")
    page = folder / "baseline.looks.html"
    assert f"The page: {page.name}" in capsys.readouterr().out
    watch(folder, "two.jsonl", "2026-03-03", "--json", lower=0.6)
    assert "this was seen on 2026-03-03" in page.read_text()


def test_a_server_is_asked_as_hard_as_it_is_said(folder, monkeypatch, capsys):
    """The pace is the one of drift record; who says none asks at its default."""
    asked = []

    def find(model):
        asked.append((model.endpoint.connections, model.endpoint.per_minute))
        raise DataError("nothing answers")

    monkeypatch.setattr(SnapshotModel, "find", find)
    spec = SnapshotSpec(suites=["primes"], model="m", base_url="http://localhost:1/v1")
    baseline = folder / "recorded"
    baseline.mkdir()
    (baseline / "spec.toml").write_text(tomli_w.dumps(spec.to_dict()))
    task, question = entries("suite")["primes"].facts, Question("a", "Is 7 a prime number?", ("yes",))
    (baseline / "prompts.jsonl").write_text(json.dumps(prompt_line(task, question)) + "\n")
    row = Logged("primes", question, Answer("a", "[Yes]"), "m", date="2026-03-01")
    (baseline / "answers.jsonl").write_text(json.dumps(answer_line(row, 0)) + "\n")
    assert main(["drift", "watch", str(baseline), "--connections", "2", "--per-minute", "6k"]) == 0
    assert main(["drift", "watch", str(baseline)]) == 0
    assert asked == [(2, 6000), (AT_ONCE, 0)]


def test_looks_are_kept_where_it_is_said(folder):
    watch(folder, "one.jsonl", "2026-03-02", "--state", "kept/state.jsonl")
    assert (folder / "kept" / "state.jsonl").exists()
    assert not (folder / "baseline.looks.jsonl").exists()


def test_a_tolerance_of_two_per_cent_is_one_of_two_hundredths(folder, capsys):
    watch(folder, "one.jsonl", "2026-03-02", "--tolerance", "2%", "--json")
    assert json.loads(capsys.readouterr().out)["tolerance"] == 0.02


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--alpha", "2"], "--alpha is 2: give a share between 0 and 1"),
        (["--tolerance", "much"], "--tolerance is 'much': give a share such as 0.02"),
        (["--fail-on", "worse"], "the only finding that a look can fail on is change"),
    ],
)
def test_wrong_use_is_one_sentence_and_nothing_is_kept(folder, capsys, words, sentence):
    assert watch(folder, "one.jsonl", "2026-03-02", *words) == 2
    assert sentence in capsys.readouterr().err
    assert not (folder / "baseline.looks.jsonl").exists()


def test_a_log_of_several_other_models_is_refused(folder, capsys):
    logs = [Path(log(folder / f"{name}.jsonl", "2026-03-02", 1, model=name)) for name in ("one", "two")]
    (folder / "both.jsonl").write_text("".join(path.read_text() for path in logs))
    assert main(["drift", "watch", "baseline.jsonl", "--answers", "both.jsonl"]) == 2
    assert "answers of several models (one, two)" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_one_sentence(folder, capsys):
    assert main(["drift", "watch", "baseline.jsonl", "--answers", "none.jsonl"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_report_and_export_take_the_file_of_looks(folder, capsys):
    watch(folder, "one.jsonl", "2026-03-02")
    page = (folder / "baseline.looks.html").read_text()
    (folder / "baseline.looks.html").unlink()
    assert main(["report", "baseline.looks.jsonl", "--require", "right:-50%"]) == 0
    again = (folder / "baseline.looks.html").read_text()
    shown, before = (text.partition("<main")[2].partition("</main>")[0] for text in (again, page))
    assert shown.partition("</header>")[2] == before.partition("</header>")[2]
    assert main(["export", "baseline.looks.jsonl", "--figures", "svg", "--table", "md", "--out", "paper"]) == 0
    assert sorted(path.name for path in (folder / "paper").iterdir()) == ["looks.svg", "table.md"]
    capsys.readouterr()
    assert main(["report", "baseline.looks.jsonl", "baseline.looks.jsonl"]) == 2
    assert "a page of its own" in capsys.readouterr().err
