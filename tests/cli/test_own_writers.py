"""A generation by a model of the loop, and a loop on what it made, through the command line."""

import json

import pyarrow.parquet as pq
import pytest

import autophagy
from autophagy.cli.main import main

THINGS, PLACES = ("river", "town", "hill", "lake", "road"), ("Europe", "Asia", "Peru", "Chad")
SEEDS = [
    {"instruction": f"Name the longest {thing} of {place}.", "output": f"The longest {thing} there is {thing} {n}."}
    for n, (thing, place) in enumerate((thing, place) for thing in THINGS for place in PLACES)
]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")
    real = "<|endoftext|>".join(f"A {thing} of {place} is long, and row {n} says so." for n in range(6)
                                for thing in THINGS for place in PLACES)  # fmt: skip
    (tmp_path / "real.txt").write_text(real, encoding="utf-8")
    return tmp_path


def generate(*words, out="made", recipe="continue:opening=2", novelty="0.9", wanted=12):
    begun = ["generate", "--seeds", "seeds.jsonl", "--model", "ngram:order=3"]
    return main([*begun, "--novelty", novelty, "--recipe", recipe, "--rows", str(wanted), "--out", out, *words])


def rows(folder):
    table = pq.read_table(folder / "rows.parquet").to_pylist()
    return [(row["id"], row["text"], row["source"], row["generation"]) for row in table]


def test_an_ngram_model_writes_rows_and_a_resumed_run_gives_the_same(here, capsys):
    assert generate(wanted=6) == 0
    out = capsys.readouterr().out
    assert "6 of the 6 rows wanted" in out
    assert "What ngram:order=3 writes is under the licence of the seeds" in out
    made = rows(here / "made")
    assert {row[2:] for row in made} == {("ngram:order=3", 1)}
    generate("--preview", "3", wanted=6, out="begun")
    assert generate("--resume", wanted=6, out="begun") == 0
    assert rows(here / "begun") == made
    assert (here / "made" / "writer" / "ngram.npz").is_file()


def test_alpaca_works_with_a_model_of_the_loop(here):
    assert generate(recipe="alpaca", novelty="1", wanted=6) == 0
    table = pq.read_table(here / "made" / "rows.parquet").to_pylist()
    assert len(table) == 6
    assert all(row["instruction"] and row["output"] for row in table)


def test_a_recipe_of_orders_is_refused_in_a_sentence_and_nothing_stays(here, capsys):
    assert generate(recipe="evol") == 2
    assert "the recipe evol asks for what only a model that follows instructions can do" in capsys.readouterr().err
    assert not (here / "made").exists()


def test_a_loop_takes_a_generation_as_its_teacher_and_as_its_data(here, capsys):
    generate()
    loop = ["--model", "ngram", "--generations", "2", "--seeds", "2", "--regime", "replace", "--metric", "types"]
    assert main(["loop", "real.txt", "--teacher", "made", "--samples", "8", *loop, "--out", "taught", "--json"]) == 0
    capsys.readouterr()
    facts = json.loads((here / "taught" / "environment.json").read_text())
    assert facts["teacher"]["writers"] == ["ngram:order=3"]
    assert any("ngram:order=3 made these 12 rows" in note for note in facts["data"]["notes"])
    first = [line for line in autophagy.open(here / "taught").record.lines() if line["generation"] == 1]
    assert {line["mixture"]["teacher"] for line in first} == {8}
    assert main(["loop", "made", *loop, "--out", "alone"]) == 0
    facts = json.loads((here / "alone" / "environment.json").read_text())
    assert "A model made all rows, and here they stand for the real data." in facts["data"]["notes"]


def test_a_model_of_the_loop_is_no_judge(tmp_path, capsys):
    (tmp_path / "seeds.jsonl").write_text('{"instruction": "Name a river.", "output": "Po."}', encoding="utf-8")
    words = ["generate", "--seeds", str(tmp_path / "seeds.jsonl"), "--model", "ngram", "--recipe", "continue",
             "--verifier", "judge", "--out", str(tmp_path / "run")]  # fmt: skip
    assert main(words) == 2
    assert "only continues texts, so a verifier cannot ask it: name another with --judge." in capsys.readouterr().err
