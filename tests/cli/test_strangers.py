"""Wrong input to the verbs around drift, as a stranger gives it: one sentence, exit code 2, nothing overwritten."""

import json

import pytest

from autophagy.cli.main import main

PORT = ("--model", "m", "--base-url", "http://127.0.0.1:1/v1")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [{"prompt": f"Is {n} so? [Yes] or [No]", "response": "[Yes]", "expected": "yes"} for n in range(6)]
    files = {
        "ok.jsonl": "\n".join(map(json.dumps, rows)),
        "other.jsonl": "\n".join(json.dumps({**row, "prompt": f"{row['prompt']}?"}) for row in rows),
        "failed.jsonl": "\n".join(json.dumps({**row, "response": "", "error": "503"}) for row in rows),
        "empty.jsonl": "",
        "broken.jsonl": '{"prompt": "a", \n[1, 2\n',
        "columns.csv": "x,y\n1,2\n3,4\n",
        "head.csv": "prompt,response\n",
        "one.json": "[1, 2, 3]",
        "prices.toml": "nonsense = [",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "bytes.jsonl").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "folder").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("drift nowhere.jsonl ok.jsonl", "there is no file or folder nowhere.jsonl"),
        ("drift empty.jsonl ok.jsonl", "empty.jsonl is empty"),
        ("drift ok.jsonl broken.jsonl", "broken.jsonl is no log that is known"),
        ("drift columns.csv ok.jsonl", "its columns: x, y"),
        ("drift bytes.jsonl ok.jsonl", "bytes.jsonl is not text"),
        ("drift one.json ok.jsonl", "one.json is no log that is known"),
        ("drift head.csv ok.jsonl", "head.csv is no log that is known"),
        ("drift folder ok.jsonl", "folder holds no file of answers"),
        ("drift ok.jsonl", "give the answers after as a second log"),
        ("drift ok.jsonl ok.jsonl", "ok.jsonl is given twice"),
        ("drift ok.jsonl ./folder/../ok.jsonl", "ok.jsonl is given twice"),
        ("drift ok.jsonl other.jsonl", "no prompt was answered both before and after"),
        ("drift ok.jsonl failed.jsonl", "all 6 answers of failed failed, most often with: 503"),
        ("drift failed.jsonl ok.jsonl", "all 6 answers of failed failed"),
        ("drift ok.jsonl other.jsonl --fail-on nonsense", "--fail-on nonsense is no finding"),
        ("drift ok.jsonl other.jsonl --fail-on /", "--fail-on / is no finding"),
        ("drift ok.jsonl other.jsonl --grade exact:x=1", "has no setting 'x'"),
        ("drift ok.jsonl other.jsonl --out ok.jsonl", "ok.jsonl is a file"),
        ("drift ok.jsonl other.jsonl --spec prices.toml", "cannot be read as TOML"),
        ("drift record --suite folder --model m", "the folder folder is no snapshot"),
        ("drift record --suite empty.jsonl --model m", "empty.jsonl is empty"),
        ("drift record --suite columns.csv --model m", "holds no question"),
        ("drift record --suite primes --model m --base-url nonsense", "no address that starts with http"),
        (f"drift record --suite primes {' '.join(PORT)}", "nothing answers at http://127.0.0.1:1/v1"),
        (f"drift record --suite primes {' '.join(PORT)} --prices prices.toml", "prices.toml is not TOML"),
        (f"drift record --suite primes {' '.join(PORT)} --prices folder", "the price file folder cannot be read"),
        ("drift record --resume --out folder", "there is no run in folder to go on with"),
        ("drift watch folder", "is no snapshot that names a model to ask"),
        ("drift watch ok.jsonl", "add --answers"),
        ("drift watch ok.jsonl --answers ok.jsonl", "ok.jsonl is the baseline itself"),
        ("drift watch ok.jsonl --answers columns.csv", "its columns: x, y"),
        ("drift watch failed.jsonl --answers ok.jsonl", "no recorded answer of failed.jsonl can be marked"),
        ("drift watch ok.jsonl --answers other.jsonl --state folder", "folder is a folder"),
        ("drift watch ok.jsonl --answers other.jsonl --state one.json", "one.json line 1 is no look"),
        ("drift watch ok.jsonl --answers other.jsonl --state columns.csv", "columns.csv line 1 is no look"),
        (
            "drift watch ok.jsonl --answers other.jsonl --fail-on worse",
            "the only finding that a look can fail on is change",
        ),
        ("drift watch ok.jsonl --answers other.jsonl --alpha 1", "--alpha is 1: give a share between 0 and 1"),
        ("labels folder", "is no run folder"),
        ("labels ok.jsonl", "is no run folder"),
        ("cost --gpu-hours 1e15 --watts 1e300", "watts must be a number above 0 and up to 1e15"),
        ("cost --gpu-hours 1 --watts 1 --pue 0.5", "pue must be between 1"),
        ("cost --gpu-hours 1 --watts 1 --grid Narnia", "there is no grid 'Narnia'"),
        ("diff folder folder", "is no run folder"),
    ],
)
def test_one_sentence_and_every_file_as_it_was(here, capsys, words, sentence):
    before = {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()}
    assert main([*words.split(), "--quiet"]) == 2
    told = capsys.readouterr()
    assert sentence in told.err
    assert told.err.startswith("autophagy: ")
    assert len(told.err.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in here.iterdir() if path.is_file()} == before


def test_the_largest_numbers_of_cost_are_numbers(capsys):
    assert main(["cost", "--gpu-hours", "1e15", "--watts", "1e15", "--pue", "5", "--grid", "2000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["grams_co2e"] > 0


def test_where_no_answer_has_a_mark_nothing_is_said_to_be_unchanged(here, capsys):
    for name in ("before", "after"):
        rows = [{"prompt": f"Say {n}.", "response": f"{n}", "model": name} for n in range(20)]
        (here / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)))
    assert main(["drift", "before.jsonl", "after.jsonl", "--json"]) == 0
    first, *rest = json.loads(capsys.readouterr().out)["verdict"]
    assert first.startswith("Whether after changed is not known")
    assert "How many answers are right is unknown before, after, or both: prompts." in rest


def test_two_comparisons_or_snapshots_are_sent_on_to_drift(here, capsys):
    assert main(["drift", "ok.jsonl", "other.jsonl", "--quiet"]) == 2
    (here / "later.jsonl").write_text((here / "ok.jsonl").read_text())
    assert main(["drift", "ok.jsonl", "later.jsonl", "--out", "one", "--quiet"]) == 0
    capsys.readouterr()
    assert main(["report", "one", "nowhere"]) == 2
    assert "nowhere is no run folder" in capsys.readouterr().err
    assert main(["diff", "one", "one"]) == 2
    assert (
        capsys.readouterr()
        .err.strip()
        .endswith("hold the answers behind them against each other, autophagy drift A B.")
    )
