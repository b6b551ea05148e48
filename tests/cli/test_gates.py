"""Requirements on the command line: the exit code, the sentence, the JSON, and what is told before anything runs."""

import json
import re
import shlex
from pathlib import Path

import pytest

from autophagy.cli.main import main

WORDS = [
    *("loop", "normal:d=1", "--samples", "40", "--generations", "3", "--seeds", "3", "--metric", "variance_ratio"),
    *("--regime", "replace", "--regime", "accumulate"),
]


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The folder of a finished loop, which no test changes."""
    folder = tmp_path_factory.mktemp("gates") / "run"
    assert main([*WORDS, "--out", str(folder)]) == 0
    return folder


def requirements(run, capsys, *words):
    capsys.readouterr()
    code = main([*WORDS, "--out", str(run), "--resume", "--json", *words])
    captured = capsys.readouterr()
    return code, json.loads(captured.out)["requirements"], captured.err


def test_a_requirement_that_holds_lets_the_build_go_on(run, capsys):
    code, (first, second), err = requirements(run, capsys, "--require", "variance_ratio<=1000")
    assert code == 0
    assert [first["where"]["regime"], second["where"]["regime"]] == ["replace", "accumulate"]
    assert first["state"] == second["state"] == "held"
    assert first["where"]["generation"] == 3
    assert first["score"]["n"] == 3
    assert "holds" in err


def test_one_that_fails_gives_1_and_a_sentence(run, capsys):
    code, (found,), err = requirements(run, capsys, "--require", "accumulate/variance_ratio>=1000")
    assert (code, found["state"], found["text"]) == (1, "failed", "accumulate/variance_ratio>=1000")
    (told,) = [line for line in err.splitlines() if "requirement" in line]
    assert re.search(r"fails: variance ratio is .*regime accumulate, generation 3\)\.$", told)


def test_without_requirements_the_json_says_nothing_of_them(run, capsys):
    capsys.readouterr()
    assert main([*WORDS, "--out", str(run), "--resume", "--json"]) == 0
    assert "requirements" not in json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "text", ["variance_rati:0.5", "nowhere/variance_ratio:0.5", "variance_ratio@9:0.5", "recall:1"]
)
def test_a_word_that_is_wrong_is_told_before_anything_runs(text, tmp_path, capsys):
    assert main([*WORDS, "--out", str(tmp_path / "run"), "--require", text]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert text in err
    assert not (tmp_path / "run").exists()


def test_an_existing_run_is_judged_by_report(run, capsys, tmp_path):
    words = ["report", str(run), "--out", str(tmp_path / "page.html")]
    assert main([*words, "--require", "variance_ratio>=1000"]) == 1
    assert main([*words, "--require", "variance_ratio<1000"]) == 0
    assert main([*words, "--require", "nothing<1000"]) == 2
    assert "names no figure" in capsys.readouterr().err


def test_one_seed_is_undecided(tmp_path, capsys):
    words = ["1" if before == "--seeds" else word for before, word in zip(["", *WORDS], WORDS, strict=False)]
    words += ["--out", str(tmp_path / "one"), "--require", "variance_ratio<1000"]
    assert main(words) == 1
    assert "is undecided" in capsys.readouterr().err
    assert main([*words, "--resume", "--undecided", "pass"]) == 0
    assert "though it is undecided" in capsys.readouterr().err


def test_a_forecast_takes_its_own_names_and_those_of_a_loop(capsys):
    words = ["forecast", "gaussian", "--samples", "100", "--generations", "3", "--json"]
    assert main([*words, "--require", "variance>=0.9", "--require", "variance_ratio:0.9"]) == 0
    found = json.loads(capsys.readouterr().out)["requirements"]
    assert [each["metric"] for each in found] == ["variance", "variance"]
    assert main([*words, "--require", "variance>=99%"]) == 1
    assert main([*words, "--require", "varianc>=0.9"]) == 2
    assert "did you mean 'variance'" in capsys.readouterr().err


def test_the_job_of_the_examples_is_yaml_whose_commands_run(tmp_path, monkeypatch):
    yaml = pytest.importorskip("yaml", reason="the job of the examples is YAML")
    text = (Path(__file__).parents[2] / "examples" / "gate.yml").read_text(encoding="utf-8")
    steps = yaml.safe_load(text)["jobs"]["gate"]["steps"]
    page = (Path(__file__).parents[2] / "docs" / "results.md").read_text(encoding="utf-8")
    assert yaml.safe_load(re.search(r"```yaml\n(.*?)```", page, re.S)[1]) == yaml.safe_load(text)
    commands = [shlex.split(line) for step in steps for line in step.get("run", "").replace("\\\n", "").splitlines()]
    ours = [words[1:] for words in commands if words[:1] == ["autophagy"]]
    monkeypatch.chdir(tmp_path)
    assert [main(words) for words in ours] == [0] * len(ours)
    assert any("--require" in words for words in ours)
