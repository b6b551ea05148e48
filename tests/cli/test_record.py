"""autophagy drift record on the command line: what it prints, what it leaves, and its one sentence an error."""

import json
import re

import pytest

import autophagy
from autophagy.cli.main import app, main
from provider import served

pytest.importorskip("aiohttp", reason="a served model needs aiohttp")


@pytest.fixture
def server():
    def script(handler, request, count):
        handler.say("[Yes]" if "prime" in request["messages"][-1]["content"] else r"\boxed{3}")

    with served(script) as server:
        yield server


@pytest.fixture
def words(server, tmp_path):
    address = f"http://127.0.0.1:{server.server_port}"
    return ["drift", "record", "--suite", "primes", "--suite", "happy", "--prompts", "8", "--model", "fake",
            "--base-url", address, "--out", str(tmp_path / "before")]  # fmt: skip


def test_it_prints_a_table_and_what_to_do_next(words, capsys, tmp_path):
    assert main(words) == 0
    printed = capsys.readouterr().out
    assert re.search(r"primes +8 +40 +50\.0 % \[\S+ %, \S+ %\] +50\.0 %", printed)
    assert "80 answers of fake to 16 prompts are recorded" in printed
    assert "the noise floor is 0" in printed
    assert f"Next: autophagy drift {tmp_path / 'before'} AFTER" in printed
    page = (tmp_path / "before" / "report.html").read_text()
    assert "What does the model answer?" in page
    assert "Primes and composites" in page


def test_its_json_is_one_document(words, capsys):
    assert main([*words, "--json", "--per-minute", "6k", "--connections", "4"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [task["task"] for task in document["tasks"]] == ["primes", "happy"]
    assert document["tasks"][0]["said"] == {"yes": 40}
    assert document["answers"]["settled"] == 80
    assert document["tokens"] == [880, 240]


def test_a_snapshot_is_compared_with_a_later_one_and_listed(words, capsys, tmp_path):
    assert main(words) == 0
    later = [*words[:-1], str(tmp_path / "after")]
    assert main(later) == 0
    capsys.readouterr()
    assert main(["drift", str(tmp_path / "before"), str(tmp_path / "after"), "--out", str(tmp_path / "found")]) == 0
    assert "nothing changed beyond chance" in capsys.readouterr().out
    assert main(["runs", str(tmp_path), "--verb", "drift", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {run["state"] for run in listed["runs"]} == {"done"}
    assert {run["data"] for run in listed["runs"]} >= {"primes, happy"}


def test_it_goes_on_by_its_own_spec(words, capsys, server, tmp_path):
    assert main(words) == 0
    before = len(server.requests)
    assert main(["drift", "record", "--resume", "--out", str(tmp_path / "before")]) == 0
    assert len(server.requests) == before
    assert main(words) == 2
    assert "add --resume" in capsys.readouterr().err


def test_its_result_opens_in_python(words, tmp_path):
    assert main(words) == 0
    result = autophagy.open(tmp_path / "before")
    assert result.title == "primes, happy answered by fake"
    assert {score.metric for score in result.scores()} >= {"lenient", "strict", "seconds"}
    frame = result.frame("arrow")
    assert set(frame["metric"].to_pylist()) == {"seconds", "tokens_in", "tokens_out", "characters", "money"}
    assert len(frame) == 5 * 80
    assert result.chart().rows.keys() == {"Primes and composites", "Happy numbers"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (["--suite", "prims"], r"no suite and no file 'prims' \(did you mean 'primes'\?\)"),
        (["--repeats", "0"], "repetitions is '0': give a number of 1 or more"),
        (["--temperature", "hot"], "temperature is 'hot': give a number"),
        (["--grade", "exakt"], "there is no rule 'exakt'"),
        (["--prices", "none.toml"], "the price file none.toml cannot be read"),
        (["--connections", "0"], "--connections is .0.: give a whole number, 1 or more"),
        (["--per-minute", "fast"], "--per-minute is .fast.: give a number"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_no_folder(change, told, words, capsys, tmp_path):
    file = tmp_path / "mine.jsonl"
    file.write_text('{"prompt": "What?", "answers": ["that"]}\n')
    assert main([*words, "--suite", str(file), *change]) == 2
    error = capsys.readouterr().err
    assert re.search(told, error), error
    assert error.count("autophagy: ") == 1
    assert "Traceback" not in error
    assert not (tmp_path / "before").exists()


def test_an_interruption_says_how_to_go_on(words, capsys, monkeypatch, tmp_path):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("autophagy.runs.run.run", interrupted)
    assert main(words) == 130
    assert f"go on with autophagy drift record --resume --out {tmp_path / 'before'}." in capsys.readouterr().err


def test_every_flag_has_a_help_line():
    arguments = app["drift"]["record"].assemble_argument_collection(parse_docstring=True)
    assert len(arguments) > 15
    assert all(argument.parameter.help for argument in arguments if argument.show)
