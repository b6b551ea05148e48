"""Snapshots: every answer is asked for once, kept whatever happens, and says how it came to be."""

import json
import math
from collections import Counter
from threading import Lock

import pytest

from autophagy.core.errors import DataError, RecordError, UsageError
from autophagy.core.logged import Log
from autophagy.core.registry import entries
from autophagy.data.logs.snapshot import read_snapshot
from autophagy.drift.run import run as compare
from autophagy.drift.snapshot.prompts import find_prompts
from autophagy.drift.snapshot.record import SnapshotRecord
from autophagy.drift.snapshot.result import SnapshotResult
from autophagy.drift.snapshot.run import run
from autophagy.drift.snapshot.spec import SnapshotSpec
from autophagy.drift.spec import DriftSpec
from provider import served

pytest.importorskip("aiohttp", reason="a served model needs aiohttp")
PROBE = "Count from one to fifty in words."


def question(request):
    return request["messages"][-1]["content"]


def truthful(handler, request, count):
    """Right about numbers that end in 1 or 3, whatever the seed."""
    text = question(request)
    handler.say(f"[{'Yes' if text.split(' a prime')[0][-1] in '13' else 'No'}]")


def drawn(handler, request, count):
    handler.say(f"[{'Yes' if request.get('seed', 0) % 2 else 'No'}]")


def address(server):
    return f"http://127.0.0.1:{server.server_port}/v1"


def spec_of(server, **more):
    settings = {"suites": "primes", "model": "fake", "base_url": address(server), "prompts": 6, "repetitions": 5}
    return SnapshotSpec(**{**settings, **more})


def asked(server):
    """What was asked but for the probes of the server."""
    return [request for request in server.requests if question(request) != PROBE]


# what is recorded


def test_every_prompt_is_answered_as_often_as_was_wanted(tmp_path):
    with served(truthful) as server:
        record = run(spec_of(server), tmp_path / "a")
    assert record.done
    log = read_snapshot(tmp_path / "a")
    assert Counter((row.task, row.sample) for row in log.rows) == {("primes", sample): 6 for sample in range(5)}
    assert {row.model for row in log.rows} == {"fake"}
    assert all(row.answer.tokens_in == 11 and row.answer.seconds > 0 and row.date.endswith("Z") for row in log.rows)
    assert all(math.isnan(row.money) for row in log.rows)
    assert log.tasks["primes"].strict.name == "bracketed"
    environment = record.environment()
    assert environment["decoding"] == {"temperature": 0.0, "max_tokens": 1024, "seed": 0, "system": None}
    assert environment["probe"]["usage"] is True
    assert set(environment["digests"]) == {"primes"}


def test_each_answer_has_a_seed_of_its_own_and_the_same_one_again(tmp_path):
    with served(drawn) as server:
        run(spec_of(server, temperature=1.0), tmp_path / "a")
        first = {(question(each), each["seed"]) for each in asked(server)}
        server.requests.clear()
        run(spec_of(server, temperature=1.0), tmp_path / "b")
        assert {(question(each), each["seed"]) for each in asked(server)} == first
    assert len({seed for _, seed in first}) == 30
    texts = [[row.answer.text for row in read_snapshot(tmp_path / name).rows] for name in "ab"]
    assert texts[0] == texts[1]


def test_answers_that_are_all_the_same_have_no_noise_and_others_have_theirs(tmp_path):
    with served(truthful) as server:
        same = run(spec_of(server), tmp_path / "same").result()
    with served(drawn) as server:
        other = run(spec_of(server, temperature=1.0), tmp_path / "other").result()
    told = "Primes and composites: the 5 answers to each of 6 prompts are identical, so the noise floor is 0."
    assert told in same.verdict
    assert same.document["tasks"][0]["noise"]["value"] == 0
    (task,) = other.document["tasks"]
    # the oracle counts pairs of answers to one prompt with different marks
    by_prompt = {}
    for row in other.log.rows:
        by_prompt.setdefault(row.question.id, []).append(row.answer.text == f"[{row.question.answers[0].title()}]")
    pairs = [(a, b) for marks in by_prompt.values() for i, a in enumerate(marks) for b in marks[:i]]
    assert task["noise"]["value"] == pytest.approx(sum(a != b for a, b in pairs) / len(pairs))
    assert any("differ in their text" in sentence for sentence in other.verdict)


def test_money_comes_from_the_price_file_and_tokens_that_nobody_counted_are_unknown(tmp_path):
    prices = tmp_path / "prices.toml"
    prices.write_text('date = 2026-07-01\ncurrency = "EUR"\n[models."fake"]\ninput = 1.0\noutput = 2.0\n')
    with served(truthful) as server:
        found = run(spec_of(server, prices=str(prices)), tmp_path / "a").result()
    assert found.document["money"] == pytest.approx(30 * (11 + 2 * 3) / 1e6)
    assert any("EUR" in sentence for sentence in found.verdict)
    with served(lambda handler, request, count: handler.say("[Yes]", usage=None)) as server:
        bare = run(spec_of(server, prices=str(prices)), tmp_path / "b").result()
    assert bare.document["money"] is None
    assert bare.document["tokens"] == [None, None]


def test_a_build_that_changes_meanwhile_is_told(tmp_path):
    def script(handler, request, count):
        with script.lock:
            script.count += 1
            build = "fp_1" if script.count < 30 else "fp_2"
        message = {"role": "assistant", "content": "[Yes]"}
        choices = [{"index": 0, "finish_reason": "stop", "message": message}]
        handler.send({"model": "fake-0613", "system_fingerprint": build, "choices": choices})

    script.lock, script.count = Lock(), 0
    with served(script) as server:
        found = run(spec_of(server), tmp_path / "a").result()
    assert set(found.document["fingerprints"]) == {"fake-0613 fp_1", "fake-0613 fp_2"}
    assert any("reported several builds" in sentence for sentence in found.verdict)
    assert found.document["reported"] == "fake-0613"


def test_fences_and_preambles_are_kept_for_they_are_format(tmp_path):
    with served(lambda handler, request, count: handler.say("Sure! Here is the answer:\n```\n[Yes]\n```")) as server:
        log = run(spec_of(server, prompts=1, repetitions=1), tmp_path / "a").log()
    assert log.rows[0].answer.text == "Sure! Here is the answer:\n```\n[Yes]\n```"


def test_an_answer_that_was_cut_is_counted_and_neither_failed_nor_asked_again(tmp_path):
    with served(lambda handler, request, count: handler.say("so", finish="length", usage=(9, 4))) as server:
        spec = spec_of(server, prompts=2, repetitions=1, max_tokens=4)
        found = run(spec, tmp_path / "a").result()
        before = len(server.requests)
        run(spec, tmp_path / "a", resume=True)
        assert len(server.requests) == before
    assert (found.document["answers"]["cut"], found.document["answers"]["failed"]) == (2, 0)
    assert {(row.answer.stop, row.answer.error) for row in found.log.rows} == {("length", "")}


def test_an_answer_without_a_word_is_told_and_no_answer_that_failed(tmp_path):
    """Such a model may have lost nothing but its chat template, and would be held to have lost its knowledge."""
    with served(lambda handler, request, count: handler.say("" if request.get("seed", 0) % 2 else "[Yes]")) as server:
        found = run(spec_of(server), tmp_path / "a").result()
    empty = sum(not row.answer.text for row in found.log.rows)
    assert 0 < empty < 30
    assert (found.document["tasks"][0]["empty"], found.document["answers"]["failed"]) == (empty, 0)
    assert any(f"{empty} answers hold no word" in sentence for sentence in found.verdict)


# faults


def test_a_failed_answer_is_kept_with_its_reason_and_asked_again(tmp_path):
    """A refusal of one question is no failure on the way of others; it is asked for again when the run goes on."""
    broken = {"now": True}

    def script(handler, request, count):
        if broken["now"] and request.get("seed", 0) % 3 == 0 and question(request) != PROBE:
            handler.send({"error": {"message": "blocked by a policy"}}, status=422)
        else:
            truthful(handler, request, count)

    with served(script) as server:
        spec = spec_of(server)
        found = run(spec, tmp_path / "a").result()
        failed = [row for row in found.log.rows if row.answer.error]
        assert 0 < len(failed) < 30
        assert {row.answer.error for row in failed} == {"422: blocked by a policy"}
        assert any("failed, most often with: 422: blocked by a policy" in sentence for sentence in found.verdict)
        broken["now"] = False
        server.requests.clear()
        again = run(spec, tmp_path / "a", resume=True).result()
        assert len(server.requests) == len(failed)  # no answer that was there is asked for, and nothing is probed
    assert again.document["answers"]["failed"] == 0
    assert len((tmp_path / "a" / "answers.jsonl").read_text().splitlines()) == 30 + len(failed)


def test_a_server_that_is_busy_is_asked_again_until_it_answers(tmp_path):
    def script(handler, request, count):
        if count == 1 and question(request) != PROBE:
            handler.send({"error": {"message": "slow down"}}, status=429)
        else:
            truthful(handler, request, count)

    with served(script) as server:
        found = run(spec_of(server, prompts=2, repetitions=1), tmp_path / "a").result()
    assert found.document["answers"] | {"reasons": {}} == {
        "wanted": 2, "settled": 2, "cut": 0, "failed": 0, "unasked": 0, "reasons": {}}  # fmt: skip


def test_where_nothing_answers_no_folder_is_made(tmp_path):
    spec = SnapshotSpec(suites="primes", model="fake", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(DataError, match=r"nothing answers at http://127\.0\.0\.1:9/v1"):
        run(spec, tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_folder_of_another_spec_or_of_changed_prompts_is_refused(tmp_path):
    file = tmp_path / "mine.jsonl"
    file.write_text('{"prompt": "What is 2 + 2?", "answers": ["4"]}\n')
    with served(lambda handler, request, count: handler.say("4")) as server:
        spec = spec_of(server, suites=str(file))
        run(spec, tmp_path / "a")
        with pytest.raises(RecordError, match="another spec"):
            run(spec_of(server, suites=str(file), repetitions=7), tmp_path / "a", resume=True)
        file.write_text('{"prompt": "What is 3 + 3?", "answers": ["6"]}\n')
        with pytest.raises(RecordError, match="a prompt of mine changed"):
            run(spec, tmp_path / "a", resume=True)


def test_a_snapshot_without_an_answer_is_said_to_be_one(tmp_path):
    (tmp_path / "prompts.jsonl").write_text("")
    with pytest.raises(DataError, match="holds no answer yet"):
        read_snapshot(tmp_path)


def test_a_damaged_line_is_one_sentence(tmp_path):
    with served(truthful) as server:
        run(spec_of(server, prompts=1), tmp_path / "a")
    path = tmp_path / "a" / "answers.jsonl"
    path.write_text(path.read_text().replace('"sample"', '"simple"'))
    with pytest.raises(RecordError, match="a line that is none of a snapshot"):
        read_snapshot(tmp_path / "a")


# prompts


def prompts_of(*suites, **more):
    return find_prompts(SnapshotSpec(suites=suites, model="fake", **more))


def test_suites_are_asked_by_name_with_their_settings():
    bank = prompts_of("primes:high=3000", "happy", prompts=7)
    assert Counter(each.task.name for each in bank.prompts) == {"primes:high=3000": 7, "happy": 7}
    assert bank.prompts == prompts_of("primes:high=3000", "happy", prompts=7).prompts
    assert bank.prompts != prompts_of("primes:high=3000", "happy", prompts=7, seed=1).prompts


@pytest.mark.parametrize(
    ("rows", "strict", "lenient"),
    [
        ([{"prompt": "What is 2 + 2?", "answers": ["4"]}], "number", "number"),
        ([{"prompt": "Where?", "answers": ["In Rome"]}], "correct", "correct"),
        ([{"question": "Which?", "choices": ["a dog", "a cat"], "answer": "a cat"}], "letter", "choice"),
        ([{"prompt": "Tell me a story."}, {"prompt": "And another."}], "recorded", "recorded"),
    ],
)
def test_a_file_of_prompts_is_marked_by_what_it_holds(tmp_path, rows, strict, lenient):
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    bank = prompts_of(str(path))
    (task,) = {each.task for each in bank.prompts}
    assert (task.name, task.strict.name, task.lenient.name) == ("mine", strict, lenient)
    assert [each.question.text.partition("\n")[0] for each in bank.prompts] == [
        next(iter(row.values())) for row in rows
    ]


def test_choices_follow_the_prompt_with_their_letters(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text(json.dumps({"question": "Which?", "choices": ["a dog", "a cat"], "answer": "a cat"}) + "\n")
    with served(lambda handler, request, count: handler.say("I would say (B).")) as server:
        found = run(spec_of(server, suites=str(path), prompts=None), tmp_path / "a").result()
    (task,) = found.document["tasks"]
    assert (task["strict"]["value"], task["lenient"]["value"]) == (1, 1)
    assert "(A) a dog\n(B) a cat\n" in found.log.rows[0].question.text


def test_rules_are_named_with_grade():
    path = "primes"
    with pytest.raises(UsageError, match="there are 3 rules"):
        SnapshotSpec(suites=path, model="m", rules=("exact", "correct", "f1"))


@pytest.mark.parametrize(
    ("rules", "expected"), [(["number"], "number:lenient=True"), (["exact", "correct"], "correct")]
)
def test_a_lenient_rule_is_the_lenient_form_of_the_strict_one_unless_named(tmp_path, rules, expected):
    path = tmp_path / "mine.jsonl"
    path.write_text('{"prompt": "What is 2 + 2?", "answers": ["4"]}\n')
    (each,) = prompts_of(str(path), rules=tuple(rules)).prompts
    assert (str(each.task.strict), str(each.task.lenient)) == (rules[0], expected)


@pytest.mark.parametrize(
    ("suites", "told"),
    [
        (("prims",), "there is no suite and no file 'prims' .did you mean 'primes'"),
        (("primes", "primes"), "named twice"),
        (("tests",), "is no snapshot"),
    ],
)
def test_what_is_no_suite_is_one_sentence(suites, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tests").mkdir()
    with pytest.raises(UsageError, match=told):
        prompts_of(*suites)


def test_a_folder_of_the_name_of_a_suite_hides_it_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "primes").mkdir()
    assert len(prompts_of("primes", prompts=3).prompts) == 3


def test_prompts_of_a_file_are_drawn_where_fewer_are_wanted(tmp_path):
    path = tmp_path / "mine.jsonl"
    path.write_text("".join(json.dumps({"prompt": f"Say {n}.", "answers": [str(n)]}) + "\n" for n in range(30)))
    bank = prompts_of(str(path), prompts=10)
    assert len(bank.prompts) == 10
    assert bank.notes[str(path)][0] == "10 of its 30 prompts were drawn at random."
    assert bank.prompts == prompts_of(str(path), prompts=10).prompts


def test_the_prompts_of_a_snapshot_are_asked_again(tmp_path):
    with served(truthful) as server:
        first = run(spec_of(server), tmp_path / "a")
        again = run(spec_of(server, suites=str(tmp_path / "a"), seed=5), tmp_path / "b")
    assert [row.question for row in first.log().rows] == [row.question for row in again.log().rows]
    assert first.environment()["digests"] == again.environment()["digests"]


def test_a_result_without_answers_says_so(tmp_path):
    result = SnapshotResult(SnapshotRecord(tmp_path))
    result.__dict__["log"] = Log({}, [])
    with pytest.raises((RecordError, UsageError)):
        assert result.document


def test_each_class_has_its_rates_and_a_model_that_always_says_the_same_is_told(tmp_path):
    with served(lambda handler, request, count: handler.say("[No]")) as server:
        found = run(spec_of(server), tmp_path / "a").result()
    (task,) = found.document["tasks"]
    assert {name: rates["strict"]["value"] for name, rates in task["classes"].items()} == {"prime": 0, "composite": 1}
    assert task["constant"] == {"answer": "no", "share": 1.0}
    assert any("says 'no' to nearly everything" in sentence for sentence in found.verdict)


def test_what_a_server_does_not_hold_still_is_told(tmp_path):
    def script(handler, request, count):
        with script.lock:
            script.count += 1
        handler.say(f"[{'Yes' if script.count % 2 else 'No'}]")

    script.lock, script.count = Lock(), 0
    with served(script) as server:
        found = run(spec_of(server), tmp_path / "a").result()
    assert any("different answers to one prompt at temperature 0" in note for note in found.document["notes"])


def test_every_suite_can_be_recorded_and_marked(tmp_path):
    names = tuple(entries("suite"))
    with served(lambda handler, request, count: handler.say("I cannot say.")) as server:
        found = run(spec_of(server, suites=names, prompts=3, repetitions=2), tmp_path / "a").result()
    assert [task["task"] for task in found.document["tasks"]] == list(names)
    assert all(task["lenient"]["n"] == 3 for task in found.document["tasks"])
    assert {row.question for row in found.log.rows} == {
        each.question for each in find_prompts(found.record.spec()).prompts
    }


def test_a_finished_snapshot_needs_no_server_to_be_gone_on_with(tmp_path):
    with served(truthful) as server:
        spec = spec_of(server, prompts=2)
        run(spec, tmp_path / "a")
    assert run(spec, tmp_path / "a", resume=True).done
    (tmp_path / "a" / "answers.jsonl").write_text('{"task": "primes"}\n')
    with pytest.raises(RecordError, match="has a line without 'id'"):
        run(spec, tmp_path / "a", resume=True)


def test_a_comparison_is_made_again_after_a_page_was_written_into_a_snapshot(tmp_path):
    with served(truthful) as server:
        for name in ("before", "after"):
            run(spec_of(server), tmp_path / name)
    spec = DriftSpec(paths=[tmp_path / "before", tmp_path / "after"])
    compare(spec, tmp_path / "out")
    (tmp_path / "before" / "report.html").write_text("A page.")
    assert compare(spec, tmp_path / "out").done
