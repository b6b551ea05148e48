"""Servers that refuse, delay, miscount or change: each is one sentence, and no call is paid in vain."""

import json
import shutil
import threading
from functools import partial

import pytest

from autophagy.answering import find
from autophagy.cli.main import main
from provider import Provider, served
from writer import Writer

SEED = {"instruction": "Name three rivers of Europe.", "output": "Rhine, Rhone, Po."}


def refusing(status, message, headers=(), times=10**9):
    """A server that refuses so many times, and then writes."""
    left, writer = [times], Writer(faulty=False)

    def script(handler, request, count):
        if left[0] <= 0:
            handler.say(writer.reply("", request["seed"]).text, usage=(100, 50))
            return
        left[0] -= 1
        body = json.dumps({"error": {"message": message}}).encode()
        handler.send_response(status)
        for name, value in headers:
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return script


@pytest.fixture
def generate(tmp_path, capsys, monkeypatch):
    (tmp_path / "seeds.jsonl").write_text(json.dumps(SEED), "utf-8")
    monkeypatch.setattr(find, "Endpoint", partial(find.Endpoint, pause=0.01))
    models = {"data": [{"id": "large"}, {"id": "small"}]}
    monkeypatch.setattr(Provider, "do_GET", lambda handler: handler.send(models), raising=False)

    def run(script, *words):
        with served(script) as server:
            address = f"http://127.0.0.1:{server.server_port}/v1"
            given = ["--seeds", str(tmp_path / "seeds.jsonl"), "--model", "fake", "--base-url", address]
            wanted = () if "--rows" in words else ("--rows", "10")
            code = main(["generate", *given, *wanted, *words, "--out", str(tmp_path / "run")])
        path = tmp_path / "run" / "summary.json"
        found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return code, *capsys.readouterr(), found, server.requests

    return run


@pytest.mark.parametrize(
    ("status", "message", "sentence"),
    [
        (401, "no such key", "wants a key (401): set OPENAI_API_KEY"),
        (404, "The model fake does not exist", "has no model 'fake': it has large, small"),
        (402, "insufficient_quota", "is spent (insufficient_quota)"),
    ],
)
def test_what_no_call_could_be_answered_at_ends_it_at_once(generate, status, message, sentence):
    code, out, err, found, requests = generate(refusing(status, message))
    assert (code, out, found) == (2, "", {})
    assert sentence in err
    assert err.count("\n") == 1
    assert len(requests) <= 5  # those that were under way


@pytest.mark.parametrize("status", [429, 500])
def test_a_call_that_is_refused_for_a_while_is_asked_again_and_paid_once(generate, status):
    code, _, err, found, requests = generate(refusing(status, "busy", [("Retry-After", "0")], times=2))
    assert code == 0, err
    assert (found["kept"], found["calls"]["failed"]) == (10, 0)
    assert len(requests) == found["calls"]["settled"] + 2


def test_a_storm_of_errors_ends_in_a_sentence_that_names_the_way_on(generate, monkeypatch):
    monkeypatch.setattr("autophagy.generate.calls.LOST", 2)
    code, _, err, found, _ = generate(refusing(400, "out of memory"))
    assert (code, found) == (2, {})
    assert "no longer replies: 2 calls in a row failed" in err
    assert "--resume" in err


@pytest.mark.parametrize(
    ("finish", "told"),
    [
        ("stop", "brought no text (the reply ended with stop and holds no text): look at the chat template"),
        ("length", "brought no text (the answer was cut at 49,152 tokens, before it began): turn thinking off"),
        ("content_filter", "failed (the reply ended with content_filter): have the filter"),
    ],
)
def test_replies_without_a_text_end_it_with_what_they_ended_with(generate, monkeypatch, finish, told):
    """No other writer or recipe helps there, and each call is paid for."""
    monkeypatch.setattr("autophagy.generate.calls.LOST", 2)
    code, _, err, found, _ = generate(lambda handler, *_: handler.say("", finish=finish))
    assert (code, found) == (2, {})
    assert told in err


def test_where_most_replies_hold_no_text_that_is_what_is_told(generate):
    writer = Writer(faulty=False, items=1)
    code, _, err, found, _ = generate(
        lambda handler, request, _: handler.say("" if request["seed"] % 4 else writer.reply("", request["seed"]).text)
    )
    assert code == 0, err
    assert found["empty"]["reason"] == "the reply ended with stop and holds no text"
    assert any("of them no text (the reply ended with stop" in sentence for sentence in found["verdict"])
    told = "Next: look at the chat template that the model is served with, since most replies hold no text."
    assert told in found["verdict"]


def test_a_server_that_hangs_is_not_waited_for_without_end(generate, monkeypatch):
    """Its patience is cut down here; each of its two attempts of five calls ends."""
    monkeypatch.setattr(find, "Endpoint", partial(find.Endpoint, timeout=0.1, retries=1))
    over = threading.Event()
    code, _, err, found, requests = generate(lambda *_: over.wait(5), "--preview", "2")
    over.set()
    assert code == 0, err
    assert (found["calls"]["failed"], found["kept"]) == (2, 0)
    told = "2 calls failed (timeout: no answer within 0.1 s): calls.jsonl has every reply and every failure."
    assert told in found["verdict"]
    assert len(requests) == 4


def test_a_model_that_changes_under_its_name_is_told_of(generate):
    writer, names = Writer(faulty=False), iter(["small-1", "small-2"] * 9)

    def script(handler, request, count):
        text = writer.reply("", request["seed"]).text
        choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
        handler.send({"model": next(names), "choices": [choice]})

    *_, found, _ = generate(script, "--preview", "3")
    told = [note for note in found["notes"] if "come from several writers" in note]
    assert told == [
        "The server of fake answered as small-1 (2 calls), small-2 (1 call): the rows come from several writers."
    ]


def test_a_server_that_says_the_same_whatever_the_seed_ends_it(generate):
    text = Writer(faulty=False).reply("", 1).text
    code, out, _, found, requests = generate(lambda handler, *_: handler.say(text), "--rows", "99")
    assert code == 0
    assert found["kept"] == 10
    assert len(requests) < 130
    assert "the last calls brought less than one new row in 20 calls" in " ".join(out.split())


def test_a_budget_that_is_passed_in_flight_is_passed_by_what_was_under_way(generate):
    writer = Writer(faulty=False)

    def script(handler, request, count):
        handler.say(writer.reply("", request["seed"]).text, usage=(100, 50))

    *_, found, requests = generate(script, "--rows", "500", "--budget", "200tok")
    assert (len(requests), sum(found["tokens"])) == (5, 750)
    assert found["kept"] == 50
    assert found["kept"] + sum(found["dropped"].values()) == 50


def test_a_judge_that_is_not_there_costs_no_call_of_the_writer(generate):
    judge = ("--answers", "2", "--judge", "referee", "--judge-url", "http://127.0.0.1:9/v1")
    code, _, err, _, requests = generate(refusing(500, "never asked"), *judge)
    assert (code, requests) == (2, [])
    assert "nothing answers at http://127.0.0.1:9/v1" in err


def test_no_more_is_under_way_than_the_workers_and_the_rows_do_not_depend_on_them(generate, tmp_path):
    """Each request waits until as many are under way as may be, or for a moment."""
    rows = []
    for workers, flag in ((1, "--workers"), (3, "--connections")):
        under_way, most, lock, writer = [0], [0], threading.Lock(), Writer(faulty=False)

        def script(handler, request, count, under_way=under_way, most=most, lock=lock, writer=writer):
            with lock:
                under_way[0] += 1
                most[0] = max(most[0], under_way[0])
            threading.Event().wait(0.02)
            text = writer.reply("", request["seed"]).text
            with lock:
                under_way[0] -= 1
            handler.say(text, usage=(100, 50))

        code, *_ = generate(script, flag, str(workers), "--rows", "30")
        assert (code, most[0]) == (0, workers)
        rows.append((tmp_path / "run" / "rows.jsonl").read_bytes())
        shutil.rmtree(tmp_path / "run")
    assert rows[0] == rows[1]


def test_workers_are_a_whole_number(generate):
    code, _, error, _, asked = generate(refusing(500, "", times=0), "--workers", "0")
    assert (code, asked) == (2, [])
    assert "is '0': give a whole number, 1 or more" in error
