import json
from importlib import import_module

import pytest

from autophagy.cli.main import main


@pytest.fixture
def logs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, answer in (("before", "yes"), ("after", "no"), ("same", "yes")):
        lines = [json.dumps({"prompt": f"Is {n} so?", "answer": answer, "expected": "yes"}) for n in range(40)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def run(capsys, *words):
    code = main(["drift", *words])
    return code, *capsys.readouterr()


def test_what_changed_is_printed_with_its_page(logs, capsys):
    code, out, _err = run(capsys, "before.jsonl", "after.jsonl", "--out", "run")
    assert code == 0
    assert "after does not answer as before did" in out
    assert (logs / "run" / "report.html").is_file()
    assert "autophagy report run --open" in out


def test_json_is_one_document(logs, capsys):
    code, out, _ = run(capsys, "before.jsonl", "after.jsonl", "--json")
    (task,) = json.loads(out)["tasks"]
    wanted = {"task", "model", "before", "after", "difference", "up", "down", "p", "mismatch", "verbosity", "classes"}
    assert code == 0
    assert wanted <= task.keys()
    assert task["down"] == 40


def test_a_finding_fails_a_build_and_an_unchanged_model_does_not(logs, capsys):
    code, _, err = run(capsys, "before.jsonl", "after.jsonl", "--fail-on", "worse", "--out", "a")
    assert code == 1
    assert "fewer answers are right" in err
    assert run(capsys, "before.jsonl", "same.jsonl", "--fail-on", "change", "--out", "b")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "paths"),
        (("nothing.jsonl", "after.jsonl"), "nothing.jsonl"),
        (("before.jsonl", "after.jsonl", "same.jsonl"), "3 logs are given"),
        (("before.jsonl", "after.jsonl", "--fail-on", "wrose"), "did you mean 'worse'"),
        (("before.jsonl", "after.jsonl", "--grade", "exakt"), "did you mean 'exact'"),
        (("before.jsonl", "after.jsonl", "--from", "gpt"), "gpt"),
        (("before.jsonl", "after.jsonl", "--tolerance", "-1"), "tolerance"),
    ],
)
def test_wrong_words_are_one_sentence(logs, capsys, words, sentence):
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.strip().splitlines()[-1].startswith("autophagy: ")


def test_help_shows_the_flags_and_the_examples(capsys):
    assert main(["drift", "--help"]) == 0
    out = capsys.readouterr().out
    assert "--fail-on" in out
    assert "autophagy drift before.jsonl after.jsonl" in out


def test_an_interruption_says_that_the_same_line_goes_on(logs, capsys, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    words = ("before.jsonl", "after.jsonl", "--out", "run")
    with monkeypatch.context() as patch:
        patch.setattr(import_module("autophagy.drift.run"), "_compared", interrupted)
        code, _, err = run(capsys, *words)
    assert code == 130
    assert "what is finished is kept in run: go on with the same command." in err
    assert run(capsys, *words)[0] == 0
