"""Answers, a judge and pairs from the command line, with a writer and a judge on one server."""

import json
from collections import Counter

import pyarrow.parquet as pq
import pytest

import autophagy
from autophagy.cli.main import main
from provider import served
from writer import Answerer, Referee

SEEDS = [{"instruction": "Name three rivers of Europe.", "output": "Rhine, Rhone, Po."}]


@pytest.fixture
def serving(tmp_path):
    (tmp_path / "seeds.jsonl").write_text("\n".join(map(json.dumps, SEEDS)), encoding="utf-8")
    writer, referee = Answerer(), Referee()

    def script(handler, request, count):
        prompt = request["messages"][-1]["content"]
        judging = request["model"] == "referee"
        reply = referee.reply(prompt) if judging else writer.reply(prompt, request.get("seed"))
        usage = (int(reply.tokens_in), int(reply.tokens_out))
        handler.say(reply.text, usage=usage, finish=reply.stop)

    with served(script) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        words = ["generate", "--seeds", str(tmp_path / "seeds.jsonl"), "--model", "fake", "--base-url", address]
        yield words, ["--judge", "referee", "--judge-url", address], writer, referee, server


def test_the_best_answers_and_pairs_are_written_and_told_everywhere(serving, tmp_path, capsys):
    words, judge, writer, referee, server = serving
    folder = tmp_path / "run"
    words = [*words, *judge, "--rows", "12", "--answers", "4", "--format", "pairs", "--out", str(folder)]
    assert main(words) == 0
    out = " ".join(capsys.readouterr().out.split())
    rows = pq.read_table(folder / "rows.parquet").to_pylist()
    document = json.loads((folder / "summary.json").read_text())
    found = document["answers"]
    assert len(rows) == 12
    assert found["states"]["cut"] == sum(kind == "cut" for some in writer.planted.values() for kind, _ in some)
    for row in rows:
        texts = json.loads(row["answers"])
        assert row["output"] == (max(texts, key=referee.worth) if texts else row["output"])
    lines = [json.loads(line) for line in (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines == [
        {"prompt": row["instruction"], "chosen": row["output"], "rejected": row["rejected"]}
        for row in rows
        if row["rejected"]
    ]
    assert 0 < len(lines) == found["pairs"]["kept"]
    assert not any(line["chosen"] == line["rejected"] for line in lines)
    assert len(lines) + sum(found["pairs"]["without"].values()) == 12
    assert sum(document["calls"].values()) == len(server.requests) == len(writer.asked) + len(referee.asked)
    assert document["tokens"][0] == 100 * 12 + 10 * found["rows"] * 4 + 20 * len(referee.asked)
    asked = Counter(request.get("temperature") for request in server.requests if request["model"] == "referee")
    assert asked == {0.0: len(referee.asked)}
    assert f"rows.jsonl holds {len(lines)} pairs" in out
    assert f"The judge compared {found['judge']['comparisons']} pairs of answers in both orders." in out
    assert "answers: cut" in out
    scores = {each.metric: each.score.value for each in autophagy.open(folder).scores()}
    assert scores["judge_consistent"] == 1
    assert scores["same_answers"] == found["same"]["value"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "Answers to the rows" in page
    assert "judge: same preference in both orders" in page
    assert "output chosen by: judge" in page


def test_a_run_that_is_resumed_pays_neither_writer_nor_judge_again(serving, tmp_path, capsys):
    words, judge, writer, referee, _ = serving
    words = [*words, *judge, "--rows", "6", "--answers", "3"]
    assert main([*words, "--out", str(tmp_path / "whole")]) == 0
    whole = pq.read_table(tmp_path / "whole" / "rows.parquet")
    torn = tmp_path / "torn"
    assert main([*words, "--out", str(torn), "--preview", "1"]) == 0
    for name, left in (("calls", 15), ("judge", 3)):
        lines = (tmp_path / "whole" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
        (torn / f"{name}.jsonl").write_text("".join(lines[:left]) + lines[left][:20], encoding="utf-8")
    asked, compared = len(writer.asked), len(referee.asked)
    assert main([*words, "--out", str(torn), "--resume"]) == 0
    assert pq.read_table(torn / "rows.parquet").equals(whole)
    calls, judged = (
        len((tmp_path / "whole" / f"{name}.jsonl").read_text().splitlines()) for name in ("calls", "judge")
    )
    assert (len(writer.asked) - asked, len(referee.asked) - compared) == (calls - 15, judged - 3)
    assert autophagy.open(torn).done


def test_an_estimate_counts_answers_and_the_judge(serving, tmp_path, capsys):
    words, judge, writer, referee, _ = serving
    words = [*words, *judge, "--rows", "400", "--answers", "2", "--estimate", "--json"]
    assert main([*words, "--out", str(tmp_path / "run")]) == 0
    found = json.loads(capsys.readouterr().out)
    asked = len(writer.asked) + len(referee.asked)
    assert sum(found["calls"].values()) == asked
    assert found["estimate"]["calls"]["value"] == pytest.approx(400 / found["kept"] * asked, rel=0.2)


@pytest.mark.parametrize("priced", [(), ("fake",), ("fake", "referee")])
def test_a_budget_of_money_needs_the_price_of_the_judge_too(serving, tmp_path, capsys, priced):
    words, judge, writer, referee, server = serving
    prices = tmp_path / "prices.toml"
    models = "".join(f'[models."{name}"]\ninput = 10.0\noutput = 10.0\n' for name in priced)
    prices.write_text(f"date = 2026-07-01\n{models}", encoding="utf-8")
    words = [*words, *judge, "--rows", "9", "--answers", "3", "--budget", "1usd", "--prices", str(prices), "--json"]
    code = main([*words, "--out", str(tmp_path / "run")])
    out, err = capsys.readouterr()
    assert code == (0 if len(priced) == 2 else 2)
    if code:
        assert f"has no price for {'referee' if priced else 'fake'}, so --budget 1usd cannot be kept" in err
        assert not server.requests
    else:
        tokens = 150 * 9 + 15 * (len(writer.asked) - 9) + 28 * len(referee.asked)
        assert json.loads(out)["money"] == pytest.approx(tokens * 10 / 1e6)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--format", "pairs"), "--format pairs needs a better and a worse answer to each row: give --answers 2"),
        (("--format", "pairs", "--answers", "1"), "give --answers 2 or more"),
        (("--judge", "referee"), "has nothing to choose between: give --answers 2"),
        (("--answers", "0"), "answers is '0': give a number of 1 or more"),
        (("--answers", "2", "--judge-url", "http://127.0.0.1:1"), "there is no judge"),
        (("--answers", "2", "--answer-temperature", "0"), "all 2 answers to a row are the same"),
        (("--answer-temperature", "1"), "give --answers, too"),
    ],
)
def test_wrong_words_are_one_sentence_and_nothing_is_asked(serving, tmp_path, capsys, words, sentence):
    assert main([*serving[0], *words, "--out", str(tmp_path / "run")]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert sentence in err
    assert not serving[4].requests
