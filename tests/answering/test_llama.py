"""A real instruction-tuned model in llama.cpp: what it says hangs on its prompt alone, and its figures add up."""

import math
from dataclasses import replace

import pytest

from autophagy.answering import engine
from autophagy.answering.find import find_model
from autophagy.answering.language_model import RAW, Scorer, first_line
from autophagy.answering.stream import stream
from autophagy.cli.main import main
from autophagy.core.errors import DataError

QUESTIONS = [
    "What is the capital of France?",
    "Who wrote Hamlet?",
    "How many legs has a spider?",
    "Why is the sky blue?",
    "Name a colour.",
    "What do bees make?",
]


@pytest.fixture(scope="module")
def model(smollm2):
    return find_model(smollm2)


def _said(completions):
    return [(each.text, each.tokens_in, each.tokens_out, each.error, each.stop) for each in completions]


def test_it_answers_and_counts_its_tokens(model):
    (answer,) = model.complete(QUESTIONS[:1])
    assert "Paris" in answer.text
    assert (answer.error, answer.stop) == ("", "stop")
    assert (answer.tokens_in, answer.tokens_out) == (16, 8)  # 15 of the turns and the question; the end is counted
    assert answer.seconds > 0


def test_an_answer_is_the_same_alone_beside_others_and_again(model):
    alone = _said(completion for question in QUESTIONS for completion in model.complete([question], max_tokens=12))
    assert _said(model.complete(QUESTIONS, max_tokens=12)) == alone
    assert _said(model.complete(QUESTIONS[::-1], max_tokens=12)) == alone[::-1]


def test_without_a_chat_template_the_answer_follows_a_word_that_asks_for_it(model):
    bare = replace(model, file=replace(model.file, template=""))
    (answer,) = bare.complete(["The capital of France is which town?"], max_tokens=6)
    asked = engine.open_engine(bare.file, 1).tokens("The capital of France is which town?\nAnswer:", control=True)
    assert answer.tokens_in == len(asked)
    (scores,) = bare.score(["The capital of France is which town?"], [["Paris", "Oslo"]])
    assert scores[0] > scores[1]


def test_draws_hang_on_the_seed(model):
    drawn = [_said(model.complete(QUESTIONS, max_tokens=8, temperature=1.0, seed=seed)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_an_answer_has_one_line_unless_more_are_wanted(model, smollm2):
    prompt = ["List three colours, each on a line of its own."]
    (line,), (lines,) = model.complete(prompt, max_tokens=60), find_model(smollm2, one_line=False).complete(prompt)
    assert "\n" not in line.text
    assert (line.error, line.stop) == ("", "stop")  # it is whole, though a later line was cut
    assert first_line(lines.text) == line.text
    assert "\n" in lines.text


def test_what_is_cut_or_too_long_is_an_error(model):
    cut, long = model.complete(["Tell a long story.", "word " * 9000], max_tokens=5)
    assert (cut.stop, cut.error, cut.tokens_out) == ("length", "the answer was cut at 5 tokens", 5)
    assert "exceeds the available context" in long.error
    assert long.text == ""


def test_a_prompt_that_has_no_room_beside_others_is_answered_alone(model, monkeypatch):
    monkeypatch.setattr(engine, "POSITIONS", 1024)
    small = replace(model, file=replace(model.file, positions=1024))
    long, longer = (f"{'word ' * count}Tell a story." for count in (400, 1200))
    answers = small.complete(["Tell a story.", long, longer], max_tokens=2)
    assert [bool(answer.tokens_out > 0) for answer in answers] == [True, True, False]
    assert "exceeds the available context" in answers[2].error


def test_the_likelihood_of_a_greedy_answer_is_the_product_of_its_steps(model):
    """Of one token, the choices are its whole vocabulary's: they sum to no more than 1, and the greedy one leads."""
    assert isinstance(model, Scorer)
    choices = ["Paris", "London", "The capital of France is Paris.", "The capital of France is Rome."]
    (scores,) = model.score(QUESTIONS[:1], [choices])
    assert scores[2] > max(scores[0], scores[1], scores[3])
    assert sum(map(math.exp, scores)) < 1
    (start,), (whole,) = model.score(QUESTIONS[:1], [["The"]]), model.score(QUESTIONS[:1], [["The capital"]])
    assert whole[0] < start[0] < 0


def test_a_choice_that_does_not_fit_is_told(model):
    with pytest.raises(DataError, match="smollm2"):
        model.score(["word " * 9000], [["yes"]])


def test_a_damaged_file_is_told_in_one_sentence(model, tmp_path):
    broken = tmp_path / "half.gguf"
    broken.write_bytes(model.file.path.read_bytes()[: 1 << 23])
    with pytest.raises(DataError, match=r"llama.cpp cannot run the model in .*half\.gguf"):
        find_model(str(broken)).complete(["?"])


def test_ask_reads_the_answer_out_of_documents(smollm2, tmp_path, capsys):
    pytest.importorskip("qdrant_edge", reason="an index needs qdrant-edge-py")
    (tmp_path / "leave.md").write_text("Employees have thirty days of leave. Leave is asked for in writing.")
    words = ["--documents", str(tmp_path), "--embedder", "none", "--model", smollm2]
    assert main(["ask", "How many days of leave do employees have?", *words]) == 0
    assert "thirty days" in capsys.readouterr().out.splitlines()[0]


def test_each_prompt_is_drawn_with_its_own_seed_and_behind_a_system_message(smollm2):
    free = find_model(smollm2, one_line=False)
    keywords = {"max_tokens": 8, "temperature": 1.5}
    together = free.complete(QUESTIONS[:3], seed=[1, 2, 3], **keywords)
    alone = [free.complete([text], seed=seed, **keywords)[0] for seed, text in enumerate(QUESTIONS[:3], 1)]
    assert _said(together) == _said(alone)
    told = find_model(smollm2, one_line=False, system="Answer in one word.").complete(QUESTIONS[:3], max_tokens=8)
    plain = free.complete(QUESTIONS[:3], max_tokens=8)
    assert {one.tokens_in == two.tokens_in for one, two in zip(told, plain, strict=True)} == {False}


def test_an_answer_does_not_hang_on_what_was_asked_before(smollm2, tmp_path, capsys):
    """llama.cpp would take over what it has worked out of an earlier prompt that begins alike, in other last bits."""
    pytest.importorskip("qdrant_edge", reason="an index needs qdrant-edge-py")
    (tmp_path / "leave.md").write_text("Employees have thirty days of leave. Leave is asked for in writing.")
    model = find_model(smollm2, one_line=False)
    keywords = {"max_tokens": 8, "temperature": 1.5, "seed": 1}
    engine._opened.cache_clear()  # one that was asked nothing yet
    first = model.complete(QUESTIONS[:1], **keywords)
    engine._opened.cache_clear()
    words = ["--documents", str(tmp_path), "--embedder", "none", "--model", smollm2]
    assert main(["ask", "How many days of leave do employees have?", *words]) == 0
    assert _said(model.complete(QUESTIONS[:1], **keywords)) == _said(first)


def test_a_prompt_goes_on_without_the_chat_template_where_that_is_wished(smollm2):
    """Raw, its tokens are those of the text alone, and the list that it holds goes on in lines."""
    model = find_model(smollm2)
    text = "1. red\n2. green\n3. blue\n4."
    (_, raw), (_, other) = stream(model, [text, text], max_tokens=12, wishes={RAW: True, "stop": ["\n6."]})
    assert raw.tokens_in == len(engine.open_engine(model.file, 1).tokens(text, control=True))
    assert "5." in raw.text
    assert "6." not in raw.text
    assert raw.text == other.text
    (_, chatted), *_ = stream(model, [text], max_tokens=12)
    assert chatted.tokens_in > raw.tokens_in


def test_wishes_change_what_is_drawn(smollm2):
    model = find_model(smollm2, one_line=False)
    wishes = [{}, {"top_p": 1e-6}, {"presence_penalty": 2.0, "top_p": 1e-6}]
    drawn = [dict(stream(model, ["Count."], max_tokens=24, temperature=2.0, seed=4, wishes=each))[0] for each in wishes]
    (greedy,) = model.complete(["Count."], max_tokens=24)
    assert drawn[1].text == greedy.text  # of the likeliest tokens alone
    assert len({each.text for each in drawn}) == 3


def test_the_rest_is_not_answered_once_nobody_waits(model):
    found = stream(model, ["Tell a long story."] * 40, max_tokens=16)
    assert next(found)[1].tokens_out == 16
    found.close()
    (after,) = model.complete(QUESTIONS[:1])
    assert "Paris" in after.text
