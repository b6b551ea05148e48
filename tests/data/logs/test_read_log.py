"""Logs of other programs: each format read whole, what is guessed told, and what cannot be read counted."""

import json
import math

import pytest

from autophagy.core.errors import DataError
from autophagy.core.registry import find
from autophagy.data.logs import log_of, read_log
from evaluated import evaluated


def lines(path, rows):
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows))
    return path


def rates(log, task, rule="strict"):
    """The share of right answers by the reading that the task names."""
    part = getattr(log.tasks[task], rule)
    reading = find("reading", part.name).build(part.settings)
    rows = [row for row in log.rows if row.task == task]
    return sum(reading(row.question, row.answer) in row.question.answers for row in rows) / len(rows)


# plain tables ---------------------------------------------------------------------------------------------------------

PLAIN = [
    {
        "prompt": "What is 2 + 2?",
        "reference": "4",
        "response": "It is 4.",
        "model": "m-1",
        "latency_ms": 250,
        "cost": 0.1,
    },
    {"prompt": "What is 3 + 3?", "reference": "6", "response": "It is 7.", "model": "m-1", "date": 1_690_000_000},
]


def test_columns_are_known_by_their_names(tmp_path):
    log = read_log(lines(tmp_path / "before.jsonl", PLAIN))
    first, second = log.rows
    assert (first.question.text, first.question.answers) == ("What is 2 + 2?", ("4",))
    assert (first.answer.text, first.answer.seconds, first.money, first.model) == ("It is 4.", 0.25, 0.1, "m-1")
    assert math.isnan(second.money)
    assert second.date == "2023-07-22T04:26:40+00:00"
    assert rates(log, "prompts") == 0.5
    assert any("'response' was read as the answer" in note for note in log.notes)
    assert any("what is right are numbers" in note for note in log.notes)


@pytest.mark.parametrize("form", ["frame", "list", "csv", "parquet"])
def test_a_log_in_memory_or_in_another_file_is_the_same_log(tmp_path, form):
    rows = [{key: row[key] for key in ("prompt", "reference", "response", "model")} for row in PLAIN]
    wanted = read_log(lines(tmp_path / "log.jsonl", rows))
    if form == "list":
        found = log_of(rows)
    else:
        import pandas

        frame = pandas.DataFrame(rows)
        found = log_of(frame)
        if form == "csv":
            frame.to_csv(tmp_path / "log.csv", index=False)
            found = read_log(tmp_path / "log.csv")
        if form == "parquet":
            frame.to_parquet(tmp_path / "log.parquet")
            found = log_of(str(tmp_path / "log.parquet"))
    assert [(row.question, row.answer.text, row.model, row.sample) for row in found.rows] == [
        (row.question, row.answer.text, row.model, row.sample) for row in wanted.rows
    ]
    assert found.tasks == wanted.tasks


def test_answers_beside_a_response_are_what_is_right(tmp_path):
    rows = [{"question": "Capital of France?", "answer": "Paris", "response": "Paris, of course."}]
    (row,) = read_log(lines(tmp_path / "june.jsonl", rows)).rows
    assert (row.question.answers, row.answer.text, row.model) == (("Paris",), "Paris, of course.", "june")


def test_the_same_prompt_is_the_same_question_in_two_logs_and_its_repeats_are_samples(tmp_path):
    rows = [{"prompt": "Say a", "answer": "a"}, {"prompt": "Say b", "answer": "b"}, {"prompt": "Say a", "answer": "A"}]
    before, after = (read_log(lines(tmp_path / f"{name}.jsonl", rows)) for name in ("x", "y"))
    assert [row.question.id for row in before.rows] == [row.question.id for row in after.rows]
    assert [row.sample for row in before.rows] == [0, 0, 1]
    assert before.models == ["x"]
    assert any("further samples" in note for note in before.notes)
    assert list(before.tasks) == ["prompts"]


def test_rows_without_an_answer_are_counted_with_the_first_and_errors_are_no_answers(tmp_path):
    rows = [*PLAIN, {"prompt": "And now?"}, "no json", {"prompt": "Down?", "error": "502 from the server"}]
    log = read_log(lines(tmp_path / "log.jsonl", rows))
    assert log.unreadable == 2
    assert any("2 of 5 rows could not be read; the first is row 3" in note for note in log.notes)
    assert log.rows[-1].answer.error == "502 from the server"


def test_an_empty_answer_is_an_answer(tmp_path):
    (row,) = read_log(lines(tmp_path / "log.jsonl", [{"prompt": "Say nothing", "answer": ""}])).rows
    assert (row.answer.text, row.answer.error) == ("", "")


def test_an_id_that_stands_for_two_prompts_is_told(tmp_path):
    rows = [{"id": "1", "prompt": "a", "answer": "x"}, {"id": "1", "prompt": "b", "answer": "y"}]
    log = read_log(lines(tmp_path / "log.jsonl", rows))
    assert (len(log.rows), log.unreadable) == (1, 1)
    assert any("that of another prompt" in note for note in log.notes)


def test_choices_are_marked_by_their_letters_where_the_prompt_shows_them(tmp_path):
    text = "Which is a dog?\n(A) a poodle\n(B) a cat"
    row = {"prompt": text, "choices": ["a poodle", "a cat"], "target": "a poodle", "response": "(A)"}
    log = read_log(lines(tmp_path / "log.jsonl", [row]))
    assert log.rows[0].question.answers == ("A",)
    assert (log.tasks["prompts"].strict.name, rates(log, "prompts")) == ("letter", 1.0)
    hidden = read_log(lines(tmp_path / "log.jsonl", [row | {"prompt": "Which is a dog?"}]))
    assert hidden.rows[0].question.answers == ("a poodle",)
    assert hidden.tasks["prompts"].strict.name == "choice"


def test_recorded_marks_are_kept_and_mark_a_log_that_says_nowhere_what_is_right(tmp_path):
    rows = [{"prompt": "Be kind", "response": "Hello", "score": 0.5, "correct": True}]
    log = read_log(lines(tmp_path / "log.jsonl", rows))
    assert log.rows[0].marks == {"score": 0.5, "correct": 1.0}
    assert str(log.tasks["prompts"].strict) == "recorded:mark=score"


def test_rules_that_rows_name_are_taken(tmp_path):
    rows = [{"task": "sums", "strict": "number", "lenient": "number:lenient=true", **row} for row in PLAIN]
    log = read_log(lines(tmp_path / "log.jsonl", rows))
    assert [str(log.tasks["sums"].strict), str(log.tasks["sums"].lenient)] == ["number", "number:lenient=True"]


# OpenAI ---------------------------------------------------------------------------------------------------------------


def completion(text, **more):
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_690_000_000,
        "model": "gpt-x-0613",
        "system_fingerprint": "fp_1",
        "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12},
        **more,
    }


def request(text, name=None):
    body = {"model": "gpt-x", "messages": [{"role": "user", "content": text}]}
    return {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": body} if name else body


def test_a_batch_is_read_with_its_requests(tmp_path):
    lines(tmp_path / "requests.jsonl", [request("Say hello", "r-1"), request("Say bye", "r-2")])
    answered = {
        "id": "b",
        "custom_id": "r-1",
        "response": {"status_code": 200, "body": completion("Hello")},
        "error": None,
    }
    failed = {"custom_id": "r-2", "response": None, "error": {"code": "batch_expired", "message": "It expired."}}
    lines(tmp_path / "output.jsonl", [answered, failed])
    good, bad = read_log(tmp_path).rows
    assert (good.question.text, good.answer.text, good.model) == ("Say hello", "Hello", "gpt-x-0613")
    assert (good.answer.tokens_in, good.answer.tokens_out, good.fingerprint) == (9, 3, "fp_1")
    assert (good.date, good.answer.stop) == ("2023-07-22T04:26:40+00:00", "stop")
    assert (bad.question.text, bad.answer.error) == ("Say bye", "It expired.")
    alone = read_log(tmp_path / "output.jsonl")
    assert [row.question.id for row in alone.rows] == ["prompts/r-1", "prompts/r-2"]
    assert any("the requests of the batch are not here" in note for note in alone.notes)


def test_stored_pairs_and_conversations_hold_the_same_question(tmp_path):
    pair = {"request": request("Say hello"), "response": completion("Hello"), "latency": 1.5}
    talk = {"messages": [*request("Say hello")["messages"], {"role": "assistant", "content": "Hello"}]}
    stored = read_log(lines(tmp_path / "stored.jsonl", [pair])).rows[0]
    tuned = read_log(lines(tmp_path / "tuning.jsonl", [talk])).rows[0]
    assert stored.question == tuned.question
    assert (stored.answer.text, stored.answer.seconds) == (tuned.answer.text, 1.5) == ("Hello", 1.5)
    assert (stored.model, tuned.model) == ("gpt-x-0613", "tuning")


def test_several_choices_are_samples_and_a_cut_one_is_told(tmp_path):
    both = [
        {"index": place, "message": {"role": "assistant", "content": text}, "finish_reason": "length"}
        for place, text in enumerate(["one", "two"])
    ]
    row = {"request": request("Count"), "response": completion("", choices=both), "reference": "one"}
    log = read_log(lines(tmp_path / "log.jsonl", [row]))
    assert [(each.answer.text, each.sample, each.answer.stop) for each in log.rows] == [
        ("one", 0, "length"),
        ("two", 1, "length"),
    ]
    assert log.rows[0].question.answers == ("one",)


def test_the_interface_of_responses_is_read(tmp_path):
    said = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Hello"}]}
    body = {
        "model": "gpt-y",
        "created_at": 1_690_000_000,
        "output": [{"type": "reasoning"}, said],
        "usage": {"output_tokens": 2},
    }
    row = {"request": {"input": "Say hello"}, "response": body}
    (found,) = read_log(lines(tmp_path / "log.jsonl", [row])).rows
    assert (found.question.text, found.answer.text, found.answer.tokens_out) == ("Say hello", "Hello", 2)


def test_a_conversation_names_its_roles_in_the_prompt(tmp_path):
    talk = [("system", "Be brief."), ("user", "Hi"), ("assistant", "Hello"), ("user", "Bye"), ("assistant", "Ciao")]
    row = {"messages": [{"role": role, "content": text} for role, text in talk]}
    (found,) = read_log(lines(tmp_path / "log.jsonl", [row])).rows
    assert found.question.text == "system: Be brief.\n\nuser: Hi\n\nassistant: Hello\n\nuser: Bye"
    assert found.answer.text == "Ciao"


# inspect_ai -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["eval", "json"])
def test_a_log_of_inspect_is_read_with_its_scores_epochs_and_choices(tmp_path, form):
    from inspect_ai import Task
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.scorer import match
    from inspect_ai.solver import generate

    samples = [Sample("2 + 2?", id="a", target="4"), Sample("3 + 3?", id="b", target="6", choices=["6", "7"])]
    task = Task(MemoryDataset(samples), solver=generate(), scorer=match(), name="sums", epochs=2)
    ran = evaluated(task, ["4", "7", "4", "6"], tmp_path, form)
    log = read_log(tmp_path)
    wanted = {
        (f"sums/{sample.id}", sample.epoch - 1): (sample.output.completion, sample.scores["match"].value == "C")
        for sample in ran.samples
    }
    assert {(row.question.id, row.sample): (row.answer.text, row.marks["match"] == 1) for row in log.rows} == wanted
    assert len(wanted) == 4
    assert {row.question.answers for row in log.rows} == {("4",), ("6",)}
    assert str(log.tasks["sums"].strict) == "recorded:mark=match"
    assert log.models == ["mockllm/model"]
    assert all(row.date and row.answer.seconds >= 0 and row.answer.tokens_in == 9 for row in log.rows)


# faults ---------------------------------------------------------------------------------------------------------------


def test_what_is_no_log_is_told_in_one_sentence(tmp_path):
    with pytest.raises(DataError, match="there is no log"):
        read_log(tmp_path / "nowhere")
    with pytest.raises(DataError, match="holds no file of answers"):
        read_log(tmp_path)
    with pytest.raises(DataError, match="is no log that is known"):
        read_log(lines(tmp_path / "x.jsonl", [{"height": 3}]))
    with pytest.raises(DataError, match="holds no recorded answer"):
        read_log(lines(tmp_path / "x.jsonl", [{"answer": "without a prompt"}]))
    (tmp_path / "x.jsonl").unlink()
    (tmp_path / "broken.eval").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(DataError):
        read_log(tmp_path)


def test_responses_without_an_answer_are_counted(tmp_path):
    odd = [{"choices": "nope"}, {"choices": [None]}, {"choices": []}, {"output": 3}]
    rows = [{"request": request("Say hello"), "response": each} for each in odd]
    log = read_log(
        lines(tmp_path / "log.jsonl", [*rows, {"request": request("Say hello"), "response": completion("Hi")}])
    )
    assert ([row.answer.text for row in log.rows], log.unreadable) == (["Hi"], 4)


def test_numbers_in_memory_are_no_log():
    with pytest.raises(DataError, match="holds numbers and no recorded answers"):
        log_of([[1.0, 2.0], [3.0, 4.0]])


def test_files_that_are_no_logs_are_named(tmp_path):
    lines(tmp_path / "log.jsonl", PLAIN)
    (tmp_path / "README.md").write_text("what this is")
    assert any("README.md" in note for note in read_log(tmp_path).notes)


# what a rule checks ---------------------------------------------------------------------------------------------------


def test_what_an_answer_must_obey_is_read_and_is_the_rule(tmp_path):
    rows = [
        {"prompt": "Greet me.", "instructions": ["no_comma", "words:most=9"], "response": "Hello!", "model": "m"},
        {
            "prompt": "Write a letter.",
            "instruction_id_list": ["length_constraints:number_words"],
            "kwargs": [{"relation": "at least", "num_words": 300}],
            "response": "Dear you,",
            "model": "m",
        },
    ]
    log = read_log(lines(tmp_path / "a.jsonl", rows))
    task = log.tasks["prompts"]
    assert (str(task.strict), str(task.lenient)) == ("instructions", "instructions:loose=True")
    assert [row.question.instructions for row in log.rows] == [("no_comma", "words:most=9"), ("words:least=300",)]
    grader = find("grader", "instructions").build({})
    assert [grader(row.question, row.answer) for row in log.rows] == [1, 0]


def test_tests_are_the_rule_of_code(tmp_path):
    rows = [{"prompt": "Write f.", "tests": "assert f() == 1", "response": "def f(): return 1", "model": "m"}]
    log = read_log(lines(tmp_path / "a.jsonl", rows))
    assert (str(log.tasks["prompts"].strict), log.rows[0].question.tests) == ("code", "assert f() == 1")


def test_an_instruction_that_is_none_is_counted_and_ids_without_arguments_say_nothing(tmp_path):
    said = {"prompt": "Greet me.", "response": "Hello!", "model": "m"}
    rows = [
        {**said, "instructions": "no_coma"},
        {**said, "id": "b", "instruction_id_list": ["punctuation:no_comma"], "follow_all_instructions": True},
    ]
    folder = tmp_path / "a folder with a long name" / "and another folder in it" / "and one more folder"
    folder.mkdir(parents=True)
    log = read_log(lines(folder / "a.jsonl", rows))
    assert log.unreadable == 1
    assert any("did you mean 'no_comma'" in note for note in log.notes)
    assert log.rows[0].question.instructions == ()
