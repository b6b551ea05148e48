"""How a model answers: local batches, endpoints that misbehave, what a probe finds, and logs."""

import asyncio
import json
import math
import re
import sys
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

import autophagy
from autophagy.answering.endpoint import Endpoint
from autophagy.answering.find import find_model
from autophagy.answering.language_model import Completion, first_line
from autophagy.answering.probe import probe
from autophagy.answering.run import answer_all, warm_up
from autophagy.answering.served import ServedModel
from autophagy.answering.wire import Wire
from autophagy.context import Passage
from autophagy.context.prompt import closed_prompt, context_prompt
from autophagy.core.errors import DataError, MissingExtra, UsageError, need
from autophagy.core.questions import Answer, Question
from provider import served

CHAT = (
    "{% for message in messages %}<|{{ message.role }}|>{{ message.content }}<end>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SPECIAL = ("<|user|>", "<|assistant|>")
TEXTS = [
    closed_prompt("Who?"),
    closed_prompt("Where was Ann Lee born, and when?"),
    context_prompt("Who?", ["Ann. Bob."]),
]


def stream(seed=0):
    return np.random.default_rng(seed)


def questions(n):
    return [Question(f"q{index}", f"Question {index}?", (f"gold {index}",)) for index in range(n)]


class Parrot:
    """A model that answers the last word of the prompt, and not at all where that is "fail"."""

    name = "parrot"

    def __init__(self):
        self.batches = []

    def complete(self, prompts, *, max_tokens):
        self.batches.append(len(prompts))
        words = [prompt.split()[-1] for prompt in prompts]
        return [Completion(error="out of words") if word == "fail" else Completion(word, 7, 1, 0.5) for word in words]


def endpoint(server, **settings):
    address = f"http://127.0.0.1:{server.server_port}/v1"
    return Endpoint("fake", address, **{"timeout": 5.0, "retries": 2, "pause": 0.01, **settings})


def model(server, **settings):
    return ServedModel(endpoint(server, **settings))


def polite(handler, request, count):
    handler.say(f"The answer to {request['messages'][-1]['content'].split()[-1]}\nand more talk")


def moody(handler, request, count):
    """A provider with a fault a question: some pass, some never do."""
    word = request["messages"][-1]["content"].split()[-1]
    if word == "slow" and count == 1:
        time.sleep(10)  # nobody waits so long, however late a busy machine looks at the clock
    if word == "broken" and count < 3:
        handler.send('{"id": "1", "choices": [{"mess')
    elif word == "page" and count == 1:
        handler.send("<html>gateway</html>", kind="text/html")
    elif word == "hollow" and count == 1:
        handler.send({"id": "1", "object": "chat.completion", "created": 1, "model": "fake", "choices": []})
    elif word == "wordless" and count == 1:
        handler.say(None)
    elif word == "busy" and count == 1:
        handler.send({"error": {"message": "slow down"}}, status=429)
    elif word == "sick" and count < 3:
        handler.send({"error": {"message": "oh"}}, status=500)
    elif word == "dead":
        handler.send({"error": {"message": "oh"}}, status=503)
    elif word == "garbled":
        handler.send("{")
    elif word == "long":
        handler.send(
            {"error": {"message": "maximum context length is 9 tokens", "code": "context_length_exceeded"}}, 400
        )
    elif word == "barred":
        handler.say("I cannot say.", finish="content_filter")
    else:
        handler.say("gold")


FINALLY = ("dead", "garbled", "long", "barred")
PASSING = ("fine", "slow", "broken", "page", "hollow", "wordless", "busy", "sick")


def test_an_endpoint_answers_in_the_order_of_the_prompts():
    with served(polite) as server:
        done = model(server).complete([f"say {n}" for n in range(20)], max_tokens=9)
    assert [completion.text for completion in done] == [f"The answer to {n}\nand more talk" for n in range(20)]
    assert {completion.stop for completion in done} == {"stop"}
    assert {(completion.tokens_in, completion.tokens_out, completion.error) for completion in done} == {(11, 3, "")}
    assert all(0 < completion.seconds < math.inf for completion in done)
    assert all(request["temperature"] == 0 and request["max_tokens"] == 9 for request in server.requests)


def test_only_options_that_need_no_honouring_are_sent():
    with served(polite) as server:
        model(server).complete(["say 1"], max_tokens=9)
    assert server.requests[0].keys() <= {"model", "messages", "temperature", "max_tokens"}


@pytest.fixture(scope="module")
def faulty():
    """Every fault asked once by `complete`: the completions by word, the requests by word, and the model."""
    with served(moody) as server:
        asking = model(server, timeout=1.0)
        done = asking.complete([*PASSING, *FINALLY], max_tokens=9)
        return dict(zip([*PASSING, *FINALLY], done, strict=True)), dict(server.asked), asking


@pytest.mark.parametrize("word", PASSING)
def test_faults_that_pass_are_asked_again(faulty, word):
    done, asked, _ = faulty
    assert (done[word].text, done[word].error) == ("gold", "")
    assert asked[word] == {"fine": 1, "broken": 3, "sick": 3}.get(word, 2)


@pytest.mark.parametrize("word", FINALLY)
def test_faults_that_stay_are_errors_and_no_answers(faulty, word):
    done, asked, _ = faulty
    assert done[word].text == ""
    assert done[word].error
    assert "\n" not in done[word].error
    assert asked[word] == (3 if word in ("dead", "garbled") else 1)


def test_each_failed_attempt_is_counted_by_its_reason(faulty):
    assert faulty[2].faults == {
        "500": 2, "503": 3, "429": 1, "400": 1, "timeout": 1, "broken reply": 2 + 1 + 1 + 1 + 3,
    }  # fmt: skip


def test_no_server_at_all_ends_it_at_the_first_refused_connection():
    with served(polite) as server:
        gone = model(server, retries=1)
    with pytest.raises(DataError, match=r"nothing answers at http://127.0.0.1:\d+/v1 \(connection refused\)"):
        gone.complete(["say 1", "say 2"], max_tokens=9)
    assert gone.faults.keys() == {"no connection"}
    assert gone.faults.total() <= 2  # one a question: none was asked again


def test_token_counts_that_cannot_be_are_unknown_and_never_zero():
    def script(handler, request, count):
        handler.say("gold", usage=None if request["messages"][-1]["content"] == "none" else (-1, 2))

    with served(script) as server:
        done = model(server).complete(["none", "negative"], max_tokens=9)
    assert [(c.text, c.error) for c in done] == [("gold", "")] * 2
    assert math.isnan(done[0].tokens_in)
    assert math.isnan(done[0].tokens_out)
    assert math.isnan(done[1].tokens_in)
    assert done[1].tokens_out == 2


def test_the_address_and_the_key_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1/")
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    asking = Endpoint("fake")
    assert (asking.base_url, asking.api_key, ServedModel(asking).name) == ("http://127.0.0.1:9/v1", "secret", "fake")
    assert "secret" not in repr(asking)
    monkeypatch.delenv("OPENAI_API_KEY")
    assert Endpoint("fake").api_key


@pytest.mark.parametrize("address", ["", "localhost:8000", "/v1"])
def test_an_endpoint_without_an_address_is_refused(address, monkeypatch):
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    with pytest.raises(UsageError, match="give its base_url"):
        Endpoint("fake", address)


# what an endpoint honours


def obliging(handler, request, count):
    """A provider that does all that it is asked for, with a text of ten words that depends on the seed alone."""
    seed = request.get("seed", 0) if request["temperature"] else 0
    words = [f"word{(seed * 7 + place) % 90}" for place in range(10)][: request["max_tokens"]]
    text = " ".join(words)
    for stop in request.get("stop") or []:
        text = text.partition(stop)[0]
    likely = {"logprobs": {"content": [{"token": "a", "logprob": -0.1, "bytes": None, "top_logprobs": []}]}}
    count = 10 * len(request["messages"])
    handler.say(*[text] * request.get("n", 1), usage=(count, len(words)), **(likely if request.get("logprobs") else {}))


def deaf(handler, request, count):
    """A provider that takes every option with a friendly status and heeds none, and counts nothing."""
    handler.say("one two three four five six seven eight nine ten", usage=None)


def moody_about_options(handler, request, count):
    """A provider that refuses what it does not know."""
    if request.keys() & {"n", "seed", "stop", "logprobs"}:
        handler.send({"error": {"message": "unknown option"}}, status=400)
    else:
        obliging(handler, request, count)


OPTIONS = ("usage", "max_tokens", "stop", "n", "logprobs", "seed", "system")


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (obliging, dict.fromkeys(OPTIONS, True)),
        # the same text for every seed and with a system message tells nothing of either
        (deaf, {**dict.fromkeys(OPTIONS, False), "seed": None, "system": None}),
        (moody_about_options, {**dict.fromkeys(OPTIONS, False), "usage": True, "max_tokens": True, "system": True}),
    ],
)
def test_a_probe_tells_what_is_honoured_from_what_is_ignored(script, found):
    with served(script) as server:
        probed = probe(endpoint(server))
    assert probed["greedy"]
    assert probed["model"] == "fake"
    assert {option: probed[option] for option in OPTIONS} == found
    json.dumps(probed)


@pytest.mark.parametrize(
    "script",
    [
        lambda h, r, c: h.send({"error": {"message": "who?"}}, 401),
        lambda h, r, c: h.send("{"),
        lambda h, r, c: h.say(None),
    ],
)
def test_a_probe_of_an_endpoint_that_does_not_answer_says_why(script):
    with served(script) as server, pytest.raises(DataError, match=r"does not answer \(broken reply|wants a key"):
        probe(endpoint(server))


# the runs and their logs


@pytest.fixture
def log_of():
    pytest.importorskip("inspect_ai", reason="the logs are of inspect_ai")
    from inspect_ai.log import read_eval_log

    def find(folder):
        (path,) = folder.glob("*.eval")
        return read_eval_log(str(path))

    return find


def exact(question, answer):
    return {"exact": float(answer.text in question.answers)}


def answered(model, questions, prompts, mark=exact, **more):
    """The answers alone, without their marks."""
    return [row.answer for row in answer_all(model, questions, prompts, mark=mark, **more)]


def test_the_log_holds_every_question_its_answer_and_its_marks(tmp_path, log_of, capfd):
    asked = questions(30)
    prompts = [f"say gold {n}" if n % 3 else f"say {n}" for n in range(28)] + ["fail", "fail"]
    asked = [
        Question(q.id, q.text, (prompt.split()[-1] if "gold" in prompt else "no",))
        for q, prompt in zip(asked, prompts, strict=True)
    ]
    answers = answered(Parrot(), asked, prompts, folder=tmp_path, name="closed", mark=exact)
    assert [answer.question for answer in answers] == [question.id for question in asked]
    assert answers[4] == Answer("q4", "4", (), 7, 1, 0.5)
    assert answers[29].error == "out of words"
    log = log_of(tmp_path)
    assert (log.status, log.eval.task, len(log.samples)) == ("success", "closed", 30)
    right = sum(exact(question, answer)["exact"] for question, answer in zip(asked[:28], answers, strict=False))
    (score,) = log.results.scores
    assert score.name == "exact"
    assert score.metrics["mean"].value == pytest.approx(right / 28)  # the two failures are not wrong: they are absent
    by_id = {sample.id: sample for sample in log.samples}
    assert by_id["q4"].output.completion == "4"
    assert by_id["q4"].output.time == 0.5
    assert by_id["q4"].input == prompts[4]
    assert "out of words" in by_id["q29"].error.message
    assert not by_id["q29"].scores
    said = capfd.readouterr()
    assert said.out == said.err == ""


def test_a_local_model_is_handed_all_prompts_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("autophagy.answering.log.WIDTH", 16)
    parrot = Parrot()
    answers = answered(parrot, questions(40), [f"say {n}" for n in range(40)], folder=tmp_path, name="wide")
    assert parrot.batches == [16, 16, 8]
    assert [answer.text for answer in answers] == [str(n) for n in range(40)]


def test_a_served_model_answers_through_the_same_door(tmp_path, log_of):
    words = [*PASSING, *FINALLY]
    asked = [Question(word, f"{word}?", ("gold",)) for word in words]
    with served(moody) as server:
        asking = model(server, timeout=1.0)
        answers = answered(asking, asked, [f"say {w}" for w in words], folder=tmp_path, name="context", mark=exact)
    assert [answer.text for answer in answers] == ["gold"] * len(PASSING) + [""] * len(FINALLY)
    assert [bool(answer.error) for answer in answers] == [False] * len(PASSING) + [True] * len(FINALLY)
    assert asking.faults["503"] == 3
    log = log_of(tmp_path)
    (score,) = log.results.scores
    assert (score.metrics["mean"].value, score.scored_samples) == (1.0, len(PASSING))
    assert {sample.id for sample in log.samples if sample.error} == set(FINALLY)
    assert "none" not in json.dumps(log.eval.model_args)  # the key


def test_the_passages_of_each_prompt_are_kept(tmp_path, log_of):
    rows = [[Passage("a#0", "a", "", "Ann.", 0, 4), Passage("b#2", "b", "", "Bob.", 5, 9)], []]
    graded = answer_all(Parrot(), questions(2), ["x", "y"], folder=tmp_path, name="k", passages=rows, mark=exact)
    assert [row.answer.passages for row in graded] == [("a#0", "b#2"), ()]
    assert [row.passages for row in graded] == [{"a#0": "Ann.", "b#2": "Bob."}, {}]
    assert {tuple(sample.metadata["passages"]) for sample in log_of(tmp_path).samples} == {("a#0", "b#2"), ()}


def test_it_answers_where_an_event_loop_runs_already_as_in_a_notebook(tmp_path, monkeypatch):
    """There inspect_ai refuses to start one, or wants widgets and patches the one that runs."""

    async def cell():
        return answered(Parrot(), questions(2), ["say x", "say y"], folder=tmp_path, name="cell")

    notebook = ModuleType("IPython")
    notebook.get_ipython = shell = lambda: SimpleNamespace(config={"IPKernelApp": {}})
    monkeypatch.setitem(sys.modules, "IPython", notebook)
    assert [answer.text for answer in asyncio.run(cell())] == ["x", "y"]
    assert notebook.get_ipython is shell


def test_how_this_process_shows_errors_stays_as_it_was(tmp_path):
    shows = sys.excepthook

    class Hooking(Parrot):
        def complete(self, prompts, *, max_tokens):
            sys.excepthook = print
            return super().complete(prompts, max_tokens=max_tokens)

    answered(Hooking(), questions(1), ["say x"], folder=tmp_path, name="hooked")
    assert sys.excepthook is shows


def test_two_questions_of_one_id_are_refused(tmp_path):
    with pytest.raises(UsageError, match="same id"):
        answered(Parrot(), questions(1) * 2, ["x", "y"], folder=tmp_path, name="twice")


def test_no_questions_are_no_answers(tmp_path):
    assert answered(Parrot(), [], [], folder=tmp_path, name="none") == []


def test_a_batch_that_fails_ends_the_run_with_its_own_error(tmp_path):
    class Failing(Parrot):
        def complete(self, prompts, *, max_tokens):
            raise DataError("the model is gone.")

    with pytest.raises(DataError, match="the model is gone"):
        answered(Failing(), questions(3), ["x", "y", "z"], folder=tmp_path, name="gone")


def test_a_run_that_its_server_ends_lets_go_of_its_connections(tmp_path, monkeypatch):
    made = []
    plain = Wire._open
    monkeypatch.setattr(Wire, "_open", lambda wire: made.append(plain(wire)) or made[-1])
    with served(lambda handler, request, count: handler.send_error(401)) as server, pytest.raises(DataError):
        answered(model(server), questions(3), ["x", "y", "z"], folder=tmp_path, name="refused")
    assert made
    assert all(session.closed for session in made)


# local models


@pytest.fixture(scope="module")
def make():
    """A function that makes a reader of a tiny random Llama, with a chat template or without."""
    pytest.importorskip("torch", reason="local models need torch")
    pytest.importorskip("transformers", reason="local models need transformers")
    from autophagy.answering.local import LocalModel
    from autophagy.testing.tiny_model import make_network, make_tokenizer

    def make(template=None, positions=512, **settings):
        tokenizer = make_tokenizer(TEXTS, 300, template, SPECIAL)
        model = make_network(len(tokenizer), positions=positions, spread=0.3)
        return LocalModel(model.eval(), tokenizer, "tiny", **settings)

    return make


PROMPTS = [*TEXTS, "", "a", *(closed_prompt("word " * n) for n in range(1, 20))]


def bare(completions):
    return [(c.text, c.tokens_in, c.tokens_out, c.error) for c in completions]


@pytest.mark.parametrize("template", [None, CHAT])
@pytest.mark.parametrize("one_line", [True, False])
def test_a_batch_answers_as_each_prompt_alone(make, template, one_line):
    tiny = make(template, one_line=one_line)
    together = tiny.complete(PROMPTS, max_tokens=12)
    alone = [tiny.complete([prompt], max_tokens=12)[0] for prompt in PROMPTS]
    assert bare(together) == bare(alone)
    assert len({completion.text for completion in together}) > 5
    assert all(completion.seconds > 0 for completion in together)


@pytest.mark.parametrize("template", [None, CHAT])
def test_the_likeliest_token_is_taken_each_time(make, template):
    """The oracle is a loop that reads everything anew for each token."""
    import torch

    tiny = make(template, one_line=False)
    for prompt, completion in zip(PROMPTS[:4], tiny.complete(PROMPTS[:4], max_tokens=8), strict=True):
        whole = f"<|user|>{prompt}<end><|assistant|>" if template else f"{prompt}\nAnswer:"
        ids = tiny.tokenizer(whole)["input_ids"]
        assert completion.tokens_in == len(ids)
        made = []
        while len(made) < 8 and 0 not in made:
            with torch.no_grad():
                made.append(int(tiny.model(torch.tensor([ids + made])).logits[0, -1].argmax()))
        assert completion.tokens_out == len(made)
        assert completion.text == tiny.tokenizer.decode(made, skip_special_tokens=True).strip()


def test_a_line_ends_the_answer_and_costs_no_more_tokens(make):
    whole = make(one_line=False).complete(PROMPTS, max_tokens=40)
    line = make().complete(PROMPTS, max_tokens=40)
    assert [completion.text for completion in line] == [first_line(completion.text) for completion in whole]
    assert any("\n" in completion.text for completion in whole), "no answer has a second line: make another model"
    assert sum(c.tokens_out for c in line) < sum(c.tokens_out for c in whole)


def test_a_break_behind_a_colon_ends_no_line():
    import torch

    from autophagy.answering.local import _ends_line, _Line

    texts = ["Ann", " is", ":", "\n", "so:\n", "Bob\n", "\n\n", "x:\ny\n"]
    facts = [(bool(t.strip()), "\n" in t, _ends_line(t), t.rstrip().endswith(":")) for t in texts]
    line = _Line(*torch.tensor(facts).T)
    rows = {(0, 1, 3): True, (0, 1, 2, 3): False, (0, 2, 3, 0, 3): True, (4,): False, (5,): True, (3,): False}
    assert {row: line.over(row) for row in rows} == rows


def test_a_prompt_that_is_too_long_is_an_error_and_the_others_are_answered(make):
    done = make(positions=64).complete(["short", "long " * 60], max_tokens=8)
    assert done[0].text
    assert "room" not in done[0].error
    assert "room for 56" in done[1].error


def test_the_scores_of_choices_are_their_log_probabilities(make):
    """All tokens of the vocabulary are choices whose chances add up to 1; longer choices are the product of theirs."""
    import torch

    tiny = make(CHAT)
    given = tiny.tokenizer(f"<|user|>{PROMPTS[0]}<end><|assistant|>")["input_ids"]
    choices = ["cat", "The dog sat", "a", "Ann Lee was born"]
    (scores,) = tiny.score([PROMPTS[0]], [choices])
    for choice, score in zip(choices, scores, strict=True):
        ids = tiny.tokenizer(choice, add_special_tokens=False)["input_ids"]
        with torch.no_grad():
            chances = tiny.model(torch.tensor([given + ids])).logits[0].log_softmax(-1)
        expected = sum(float(chances[len(given) - 1 + place, token]) for place, token in enumerate(ids))
        assert score == pytest.approx(expected, abs=1e-4)


def test_a_template_that_ends_in_a_word_has_a_space_before_the_choice(make):
    plain, chat = make(), make("{{ messages[-1]['content'] }}\nAnswer:")
    assert chat.score(TEXTS[:1], [["Ann"]]) == plain.score(TEXTS[:1], [["Ann"]])
    assert chat.score(TEXTS[:1], [["Ann"]]) != make("{{ messages[-1]['content'] }}\nAnswer: ").score(
        TEXTS[:1], [["Ann"]]
    )


def test_choices_of_many_prompts_are_scored_as_alone(make):
    tiny = make()
    options = [["yes", "no and no"], [], ["maybe"], ["a", "b", "c"]]
    together = tiny.score(PROMPTS[:4], options)
    assert [len(row) for row in together] == [2, 0, 1, 3]
    for prompt, row, scores in zip(PROMPTS[:4], options, together, strict=True):
        assert scores == pytest.approx(tiny.score([prompt], [row])[0], abs=1e-4)


def test_questions_with_choices_get_their_scores(make, tmp_path):
    asked = [Question("a", "Who?", ("Ann",), choices=("Ann", "Bob")), Question("b", "Who?", ("Ann",))]
    answers = answered(make(), asked, TEXTS[:2], folder=tmp_path, name="choices", max_tokens=4)
    assert len(answers[0].scores) == 2
    assert all(score < 0 for score in answers[0].scores)
    assert answers[1].scores == ()


def test_a_saved_model_is_found_and_anything_else_is_named(make, tmp_path):
    tiny = make(CHAT)
    tiny.model.save_pretrained(tmp_path / "tiny")
    tiny.tokenizer.save_pretrained(tmp_path / "tiny")
    found = find_model(str(tmp_path / "tiny"))
    assert bare(found.complete(TEXTS, max_tokens=8)) == bare(tiny.complete(TEXTS, max_tokens=8))
    (tmp_path / "empty").mkdir()
    for wrong in ("empty", "nowhere"):
        with pytest.raises(DataError, match=wrong):
            find_model(str(tmp_path / wrong))
    assert isinstance(find_model("fake", "http://127.0.0.1:9/v1"), ServedModel)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Ann\nBob", "Ann"),
        ("\n\n Ann \nBob", "Ann"),
        ("", ""),
        (" \n ", ""),
        ("Ann", "Ann"),
        ("The answer is:\n\nAnn\nBob", "The answer is: Ann"),
        ("Who:\nAnn:\n Bob\nEve", "Who: Ann: Bob"),
        ("The answer is: \n", "The answer is:"),
    ],
)
def test_the_first_line_is_the_first_that_is_not_blank_with_what_it_announces(text, line):
    assert first_line(text) == line


def test_seconds_are_unknown_until_measured():
    assert math.isnan(Completion().seconds)


def test_no_file_touches_what_inspect_ai_does_not_publish():
    """A private module can move with any version."""
    private = re.compile(r"^\s*(?:from|import)\s+inspect_ai\.(?:\w+\.)*_", re.MULTILINE)
    package = Path(autophagy.__file__).parent
    touching = [path.name for path in package.rglob("*.py") if private.search(path.read_text(encoding="utf-8"))]
    assert touching == []


@pytest.mark.parametrize("library", ["inspect_ai", "aiohttp"])
def test_a_library_that_is_absent_is_named_with_its_extra(library, monkeypatch):
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=r"autophagy\[context\]"):
        need(library, "a served model")


def test_each_prompt_is_drawn_with_its_own_seed_and_behind_a_system_message(make):
    tiny = make(CHAT, one_line=False)
    keywords = {"max_tokens": 8, "temperature": 1.0}
    seeds = list(range(len(PROMPTS)))
    together = tiny.complete(PROMPTS, seed=seeds, **keywords)
    alone = [tiny.complete([prompt], seed=seed, **keywords)[0] for prompt, seed in zip(PROMPTS, seeds, strict=True)]
    assert bare(together) == bare(alone)
    told = make(CHAT, one_line=False, system="Be brief.").complete(PROMPTS, seed=seeds, **keywords)
    assert all(a.tokens_in > b.tokens_in for a, b in zip(told, together, strict=True))


def test_a_stop_before_anything_is_answered_is_a_stop_and_no_fault(tmp_path, monkeypatch):
    """inspect_ai gives no log at all where it is interrupted early."""
    from autophagy.answering import log

    monkeypatch.setattr(log, "evaluate", lambda *_, **__: [])
    with pytest.raises(KeyboardInterrupt):
        warm_up()
