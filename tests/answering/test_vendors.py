"""Servers as vendors run them: where the answer stands, what they refuse, how they fail, and where they lie."""

import gzip
import json
import math
import threading
import time
from email.utils import formatdate
from types import SimpleNamespace

import pytest

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.patience import Asking
from autophagy.answering.refusal import Refusal
from autophagy.answering.reply import read
from autophagy.answering.served import ServedModel
from autophagy.answering.waits import told_wait, wait_of
from autophagy.core.errors import DataError, UsageError
from provider import served


def model(server, address="/v1", **settings):
    patience = {"timeout": 5.0, "retries": 2, "pause": 0.001, **settings}
    return ServedModel(Endpoint("fake", f"http://127.0.0.1:{server.server_port}{address}", **patience))


def asked(script, prompts=("Where?",), max_tokens=100, address="/v1", **settings):
    """The first completion, all of them, the requests that came, and the model."""
    with served(script) as server:
        asking = model(server, address, **settings)
        done = asking.complete(list(prompts), max_tokens=max_tokens)
        return SimpleNamespace(one=done[0], done=done, requests=list(server.requests), model=asking)


def ends(script, address="/v1", **settings):
    """The sentence that ends the asking."""
    with served(script) as server, pytest.raises(DataError) as caught:
        model(server, address, **settings).complete(["Where?"], max_tokens=9)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def says(message, finish="stop", usage=None, **more):
    """A script that sends a message as it stands."""
    choice = {"index": 0, "finish_reason": finish, "message": message}
    return lambda handler, request, count: handler.send({"choices": [choice], "usage": usage, **more})


# where the answer stands


@pytest.mark.parametrize(
    "message",
    [
        {"content": "Paris"},
        {"content": "<think>France?\nYes.</think>\n\nParis"},
        {"content": "France? Yes.</think>Paris"},
        {"content": "[THINK]France?[/THINK]Paris"},
        {
            "content": "<|channel|>analysis<|message|>Hm<|end|><|start|>assistant"
            "<|channel|>final<|message|>Paris<|return|>"
        },
        {"content": "Paris", "reasoning_content": "France?"},
        {"content": "Paris", "reasoning": "France?"},
        {"content": None, "reasoning_content": "France?</think>Paris"},
        {"content": [{"type": "text", "text": "Par"}, {"type": "text", "text": "is"}]},
        {
            "content": [
                {"type": "thinking", "thinking": [{"type": "text", "text": "Hm"}]},
                {"type": "text", "text": "Paris"},
            ]
        },
        {"content": ["Paris"]},
        {"content": {"type": "text", "text": "Paris"}},
        {"content": "Paris<|im_end|>\n<|im_start|>user\nAnd Rome?"},
        {"content": "<|im_start|>assistant\nParis</s>"},
        {"content": "Paris<|eot_id|>"},
        {"content": "Paris<end_of_turn>\n"},
        {"content": "Sure! Here is the answer:\n\nParis"},
        {"content": "### Answer\n\nParis"},
        {"content": "**Final answer**\nParis"},
        {"content": "## **Antwort:**\nParis"},
        {"content": "Natürlich! Hier ist die Antwort: Paris"},
        {"content": "**Answer:** Paris"},
        {"content": "```text\nParis\n```"},
        {"content": "<think>Hm</think><answer>Paris</answer>"},
        {"content": None, "refusal": "Paris"},
    ],
    ids=str,
)
def test_the_answer_is_found_wherever_it_stands(message):
    done = asked(says(message)).one
    assert (done.text, done.error, done.stop) == ("Paris", "", "stop")


@pytest.mark.parametrize("text", ["Of course not.", "Sure", "old <s>10</s> new 12", "Use `a` or `b`", "Here: or there",
                                  "The answer, my friend", "I think so", "analysis of variance"])  # fmt: skip
def test_what_only_looks_like_a_mark_or_a_preamble_stays(text):
    assert asked(says({"content": text})).one.text == text


def test_reasoning_is_kept_beside_the_answer():
    assert asked(says({"content": "<think>France?</think>Paris"})).one.reasoning == "France?"
    assert asked(says({"content": "Paris", "reasoning": "France?"})).one.reasoning == "France?"


def test_reasoning_alone_is_no_answer():
    done = asked(says({"content": "", "reasoning_content": "France? Yes."})).one
    assert (done.text, done.error) == ("", "the reply holds reasoning and no answer")


# a budget that reasoning has used, and cut answers


def thinker(inside):
    """A model that needs 300 tokens to reason, and 3 to answer."""

    def script(handler, request, count):
        done = request["max_tokens"] >= 303
        text = "<think>Hm" + "</think>Paris" * done if inside else "Paris" if done else ""
        message = {"content": text} if inside else {"content": text, "reasoning_content": "Hm"}
        says(message, "stop" if done else "length")(handler, request, count)

    return script


@pytest.mark.parametrize("inside", [True, False])
def test_an_answer_that_reasoning_left_no_tokens_for_is_asked_again_with_more_and_so_are_the_next(inside):
    with served(thinker(inside)) as server:
        asking = model(server)
        done = [asking.complete(["Where?"], max_tokens=100)[0] for _ in range(2)]
        assert [(one.text, one.error, one.reasoning) for one in done] == [("Paris", "", "Hm")] * 2
        assert [request["max_tokens"] for request in server.requests] == [100, 400, 400]


def test_reasoning_without_end_is_marked_as_cut():
    found = asked(says({"content": "<think>Hm"}, "length"))
    assert (found.one.text, found.one.stop) == ("", "length")
    assert found.one.error == "the answer was cut at 1,600 tokens, before it began"
    assert [request["max_tokens"] for request in found.requests] == [100, 400, 1600]


@pytest.mark.parametrize("finish", ["length", "max_tokens", "MAX_TOKENS", "model_length"])
def test_a_cut_answer_is_no_answer_and_says_where_it_was_cut(finish):
    found = asked(says({"content": "Paris lies on the"}, finish))
    assert (found.one.text, found.one.stop) == ("Paris lies on the", "length")
    assert found.one.error == "the answer was cut at 100 tokens"
    assert len(found.requests) == 1


def test_a_server_that_does_not_say_why_it_stopped_is_told_by_its_count():
    usage = {"prompt_tokens": 5, "completion_tokens": 100}
    assert asked(says({"content": "Paris lies"}, None, usage)).one.stop == "length"
    assert asked(says({"content": "Paris"}, None, usage | {"completion_tokens": 9})).one.stop == "stop"


# what is counted


@pytest.mark.parametrize(
    ("usage", "tokens"),
    [
        ({"prompt_tokens": 5, "completion_tokens": 2}, (5, 2)),
        ({"input_tokens": 5, "output_tokens": 2}, (5, 2)),
        ({"prompt_tokens": "5", "completion_tokens": 2.0}, (5, 2)),
        ({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}, (math.nan, math.nan)),
        ({"prompt_tokens": None, "completion_tokens": 2}, (math.nan, 2)),
        ({"total_tokens": 7}, (math.nan, math.nan)),
        ({}, (math.nan, math.nan)),
        (None, (math.nan, math.nan)),
        ("none", (math.nan, math.nan)),
    ],
)
def test_tokens_that_nobody_counted_are_unknown(usage, tokens):
    done = asked(says({"content": "Paris"}, usage=usage)).one
    assert (done.tokens_in, done.tokens_out) == pytest.approx(tokens, nan_ok=True)


# replies of other forms


def raw(body, status=200, kind="application/json", **headers):
    def script(handler, request, count):
        handler.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return script


REPLY = json.dumps({"choices": [{"message": {"content": "Paris"}, "finish_reason": "stop"}]}).encode()
PIECES = [{"choices": [{"delta": {"content": text}, "finish_reason": None}]} for text in ("Pa", "ris")]
STREAM = "".join(
    f"data: {json.dumps(piece)}\n\n" for piece in [*PIECES, {"choices": [{"delta": {}, "finish_reason": "stop"}]}]
)
OLLAMA = {"model": "fake", "message": {"role": "assistant", "content": "Paris"}, "done": True, "done_reason": "stop"}


@pytest.mark.parametrize(
    "script",
    [
        raw(REPLY, kind="text/plain"),
        raw(b"\xef\xbb\xbf" + REPLY),
        raw(gzip.compress(REPLY), Content_Encoding="gzip"),
        raw(gzip.compress(REPLY)),
        raw(b"[" + REPLY + b"]"),
        raw((STREAM + "data: [DONE]\n\n").encode(), kind="text/event-stream"),
        raw((": ping\n\n" + STREAM).encode()),
        raw("\n".join(json.dumps(piece) for piece in PIECES).encode(), kind="application/x-ndjson"),
        raw(json.dumps(OLLAMA).encode()),
        raw(json.dumps({"choices": [{"text": "Paris"}]}).encode()),
        raw(
            json.dumps({"id": 7, "object": None, "choices": [{"index": "0", "message": {"content": "Paris"}}]}).encode()
        ),
    ],
)
def test_a_reply_is_read_in_whatever_form_it_comes(script):
    assert (asked(script).one.text, asked(script).one.error) == ("Paris", "")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"{}", "the reply holds no answer"),
        (b'{"choices": []}', "the reply holds no answer"),
        (b'{"choices": null}', "the reply holds no answer"),
        (b'{"choices": [{"message": null}]}', "the reply holds no text"),
        (b'{"choices": ["Paris"]}', "the reply holds no answer"),
        (b"Paris", "no JSON came back but 'Paris'"),
        (b"", "no JSON came back but ''"),
        (b"null", "no reply came back but 'None'"),
        (b"<!DOCTYPE html><p>Hello", "a web page came back"),
        (b"\x1f\x8b broken", "broken reply"),
    ],
)
def test_what_holds_no_answer_is_asked_again_and_then_an_error(body, reason):
    found = asked(raw(body))
    assert found.one.text == ""
    assert found.one.error.startswith("broken reply: ")
    assert reason in found.one.error
    assert found.model.faults == {"broken reply": 3}


# options that servers name otherwise, or refuse


def picky(names, message, status=400, **more):
    """A server that refuses a request with any of these options."""

    def script(handler, request, count):
        wrong = next((name for name in names if name in request), None)
        if wrong is None:
            handler.say("Paris")
        else:
            handler.send({"error": {"message": message.format(wrong), **more}}, status)

    return script


@pytest.mark.parametrize(
    ("script", "sent"),
    [
        (
            picky(["max_tokens"], "Unsupported parameter: '{}' is not supported. Use 'max_completion_tokens' instead."),
            {"max_completion_tokens": 9, "temperature": 0},
        ),
        (
            picky(["max_tokens"], "Unrecognized request argument supplied: {}"),
            {"max_completion_tokens": 9, "temperature": 0},
        ),
        (
            picky(["max_tokens", "max_completion_tokens", "max_new_tokens", "max_output_tokens"], "no {}"),
            {"temperature": 0},
        ),
        (
            picky(["temperature"], "Unsupported value: '{}' does not support 0 with this model. Only the default (1)"),
            {"max_tokens": 9},
        ),
        (picky(["temperature"], "oops", param="temperature"), {"max_tokens": 9}),
        (picky(["temperature"], "the server is confused"), {"max_tokens": 9}),
        (picky(["temperature"], "{} is not implemented", status=500), {"max_tokens": 9}),
    ],
)
def test_a_server_is_asked_again_as_it_wants_and_from_then_on(script, sent):
    with served(script) as server:
        asking = model(server)
        assert [asking.complete(["Where?"], max_tokens=9)[0].text for _ in range(2)] == ["Paris"] * 2
        first, *rest = server.requests
        assert first["max_tokens"] == 9
        for request in rest[-2:]:
            assert {name: request[name] for name in request if name not in ("model", "messages")} == sent
        assert len(server.requests) <= 6


def test_an_error_in_a_reply_with_a_friendly_status_is_learnt_from_too():
    found = asked(picky(["max_tokens"], "{} is unknown", status=200))
    assert (found.one.text, "max_completion_tokens" in found.requests[-1]) == ("Paris", True)


def test_a_field_that_is_refused_as_fastapi_does_is_learnt():
    def script(handler, request, count):
        if "seed" in request:
            handler.send(
                {"detail": [{"type": "extra_forbidden", "loc": ["body", "seed"], "msg": "Not permitted"}]}, 422
            )
        else:
            handler.say("Paris")

    with served(script) as server:
        done = model(server).complete(["Where?"], max_tokens=9, temperature=0.5, seed=3)
        assert done[0].text == "Paris"
        assert [(r.get("seed"), r.get("random_seed"), r["temperature"]) for r in server.requests] == [
            (3, None, 0.5), (None, 3, 0.5),
        ]  # fmt: skip


def test_a_temperature_that_must_be_positive_is_next_to_none():
    def script(handler, request, count):
        if request.get("temperature") == 0:
            handler.send({"error": "Input validation error: `temperature` must be strictly positive"}, 422)
        else:
            handler.say("Paris")

    assert asked(script).requests[-1]["temperature"] == 0.01


def test_a_limit_that_is_too_high_is_lowered_to_what_the_server_says():
    def script(handler, request, count):
        if request["max_tokens"] > 64:
            handler.send({"error": {"message": "max_tokens is too large: 100. This model supports at most 64."}}, 400)
        else:
            handler.say("Paris")

    assert [request["max_tokens"] for request in asked(script).requests] == [100, 64]


def test_a_prompt_that_leaves_little_room_is_answered_in_it():
    def script(handler, request, count):
        if request["max_tokens"] > 60:
            told = "This model's maximum context length is 1000 tokens. However, you requested 1040 tokens "
            handler.send({"error": {"message": told + "(940 in the messages, 100 in the completion)."}}, 400)
        else:
            handler.say("Paris")

    assert [request["max_tokens"] for request in asked(script).requests] == [100, 60]


def test_temperature_and_seed_are_sent_where_they_are_given():
    with served(lambda handler, request, count: handler.say("Paris")) as server:
        model(server).complete(["Where?"], max_tokens=9, temperature=0.7, seed=5)
        assert {name: server.requests[0][name] for name in ("temperature", "seed")} == {"temperature": 0.7, "seed": 5}


# how servers fail


def once(reply):
    """A server that fails the first time."""
    return lambda handler, request, count: handler.say("Paris") if count > 1 else reply(handler)


def refusing(status, error, **headers):
    return lambda handler: raw(json.dumps({"error": error}).encode(), status, **headers)(handler, None, 1)


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (refusing(429, {"message": "slow down"}, Retry_After="0.01"), "429"),
        (refusing(429, {"message": "slow down"}, Retry_After="Thu, 01 Jan 1970 00:00:00 GMT"), "429"),
        (refusing(429, {"message": "slow down"}, Retry_After="soon"), "429"),
        (refusing(503, {"code": 503, "message": "Loading model"}), "503"),
        (refusing(200, {"message": "overloaded", "code": 529}), "529"),
        (refusing(200, "try again"), "error"),
        (refusing(502, None), "502"),
    ],
)
def test_a_failure_that_passes_is_waited_for(reply, fault):
    found = asked(once(reply))
    assert (found.one.text, found.model.faults) == ("Paris", {fault: 1})


def test_the_wait_is_as_long_as_the_server_says_and_no_longer_than_a_minute():
    patience = Endpoint("fake", "http://127.0.0.1:9", pause=1.0)
    waits = [Asking("", {}).pause(Refusal(429, "slow down", wait=wait), patience) for wait in (0.0, 7.0, 3600.0)]
    assert waits == [1.0, 7.0, 60.0]
    assert [wait_of({"retry-after": told}) for told in ("7", "1.5", "soon", "")] == [7.0, 1.5, 0.0, 0.0]
    assert wait_of({"retry-after-ms": "250"}) == 0.25
    assert 3000 < wait_of({"retry-after": formatdate(time.time() + 3600, usegmt=True)}) <= 3600


def test_a_limit_that_nobody_says_the_end_of_is_outwaited_for_more_than_a_minute():
    patience, busy, ill = Endpoint("fake", "http://127.0.0.1:9", pause=1.0), Asking("", {}), Asking("", {})
    assert [busy.pause(Refusal(429, "slow down"), patience) for _ in range(4)] == [1, 4, 16, 60]
    assert [ill.pause(Refusal(500, "oops"), patience) for _ in range(4)] == [1, 2, 4, 8]


@pytest.mark.parametrize("told", ["3600", "date"])
def test_a_server_that_wants_to_be_left_alone_for_long_ends_all_at_once(told):
    """Overpass 351: each question was asked again each minute, and nobody was told."""
    wait = formatdate(time.time() + 3600, usegmt=True) if told == "date" else told
    text = ends(lambda handler, request, count: refusing(429, {"message": "quota of today"}, Retry_After=wait)(handler))
    assert "asks to be left alone for 60 minutes (429: quota of today): try again then." in text


def test_a_model_that_is_loaded_is_waited_for_longer_than_other_failures():
    def loading(handler, request, count):
        refusing(503, {"message": "Loading model"})(handler) if count < 8 else handler.say("Paris")

    assert asked(loading).one.text == "Paris"
    assert asked(loading, loading=0.0).one.error == "503: Loading model"


def test_a_key_that_is_missing_or_refused_is_one_sentence_and_never_printed(monkeypatch):
    def locked(handler, request, count):
        handler.send({"error": {"message": f"wrong key: {handler.headers['Authorization']}"}}, 401)

    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    assert "wants a key (401): set OPENAI_API_KEY" in ends(locked)
    sentence = ends(locked, api_key="sk-secret")
    assert "refuses the key in OPENAI_API_KEY (401: wrong key: Bearer ...)" in sentence
    assert "sk-secret" not in sentence
    with pytest.raises(UsageError, match="holds a character that no key has"):
        Endpoint("fake", "http://127.0.0.1:9", api_key="sk-\nsecret")


def test_an_account_without_money_ends_it_at_once():
    spent = {"message": "You exceeded your current quota", "code": "insufficient_quota"}
    assert "is spent" in ends(lambda handler, request, count: handler.send({"error": spent}, 429))


def test_a_model_that_the_server_lacks_is_named_with_those_that_it_has():
    script = lambda handler, request, count: handler.send({"error": {"message": "model 'fake' not found"}}, 404)  # noqa: E731
    assert ends(script).endswith("has no model 'fake' (model 'fake' not found): name one that it has.")


def test_a_server_that_has_moved_says_where_to():
    moved = raw(b"", 301, Location="https://127.0.0.1:1/v1")
    assert "has moved to https://127.0.0.1:1/v1" in ends(moved)


def test_nothing_is_asked_of_an_address_that_nothing_listens_at():
    with served(lambda *_: None) as server:
        gone = model(server, retries=9, pause=60.0)
    with pytest.raises(DataError, match=r"nothing answers at .* start the server there, or check the address"):
        gone.complete(["Where?"] * 3, max_tokens=9)


# where servers lie


def only_at(path):
    """A server whose chat lies at one path and nowhere else."""

    def script(handler, request, count):
        if handler.path == path:
            handler.say("Paris")
        else:
            handler.send({"detail": "Not Found"}, 404)

    return script


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/chat/completions"])
@pytest.mark.parametrize("address", ["", "/"])
def test_an_address_without_a_path_is_tried_with_v1_and_without(path, address):
    found = asked(only_at(path), address=address, prompts=["a", "b", "c"])
    assert [done.text for done in found.done] == ["Paris"] * 3


def test_a_question_whose_refusal_comes_late_goes_where_another_found_the_chat():
    chat, found = only_at("/chat/completions"), threading.Event()

    def script(handler, request, count):
        here = handler.path == "/chat/completions"
        if not here and request["messages"][-1]["content"] == "late":
            found.wait(3)  # its "not found" comes when the other question has its answer
            time.sleep(0.2)
        chat(handler, request, count)
        if here:
            found.set()

    assert [done.text for done in asked(script, address="", prompts=["late", "early"]).done] == ["Paris"] * 2


@pytest.mark.parametrize(
    "address", ["/v1", "/v1/", "/v1//", "/v1/chat/completions", "/v1/chat/completions/", "/v1/models"]
)
def test_an_address_is_taken_as_it_is_copied(address):
    found = asked(only_at("/v1/chat/completions"), address=address)
    assert (found.one.text, len(found.requests)) == ("Paris", 1)


@pytest.mark.parametrize(
    ("path", "address"), [("/api/v1/chat/completions", "/api"), ("/api/chat/completions", "/api"),
                          ("/v1beta/openai/chat/completions", "/v1beta/openai"),
                          ("/d/chat/completions?api-version=1", "/d?api-version=1")]
)  # fmt: skip
def test_an_address_with_a_path_is_taken_as_it_is_and_with_v1(path, address):
    assert asked(only_at(path), address=address).one.text == "Paris"


def test_an_address_without_a_chat_says_so():
    assert "there is no chat at" in ends(only_at("/nowhere"))
    assert "there is no chat at" in ends(only_at("/nowhere"), address="")
    page = ends(lambda handler, request, count: handler.send({"error": "Unsupported method"}, 501))  # a server of files
    assert "there is no chat at" in page


def test_an_answer_that_a_filter_held_back_is_told_so_whatever_the_status():
    """After experiential 967: a reply with the status 400 was told as a page of JSON."""
    choice = {"index": 0, "message": {"role": "assistant", "content": ""}, "finish_reason": "content_filter"}
    found = asked(lambda handler, request, count: handler.send({"choices": [choice], "usage": None}, 400))
    assert (found.one.error, found.one.text) == ("the reply ended with content_filter", "")
    assert len(found.requests) == 1


@pytest.mark.parametrize(
    "message",
    [
        "Conversation roles must alternate user/assistant/user/assistant/...",
        "System role not supported",
        "this model does not support a system message",
        "First message must be from the user",
        "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
    ],
)
def test_a_system_message_that_a_model_refuses_goes_before_the_prompt(message):
    """After mistral.rs 45 and ragflow 11021."""

    def script(handler, request, count):
        if request["messages"][0]["role"] == "system":
            return handler.send({"object": "error", "message": message, "code": 400}, 400)
        return says({"content": "Paris"})(handler, request, count)

    found = asked(script, ("Where?", "Who?"), system="Be brief.", connections=1)
    assert [one.text for one in found.done] == ["Paris", "Paris"]
    assert [len(request["messages"]) for request in found.requests][-2:] == [1, 1]
    assert found.requests[-1]["messages"][0]["content"].startswith("Be brief.\n\nWh")
    assert found.model.manners.refused == {"system"}


# what public reports of servers held, a second batch


def events(*lines):
    return raw("".join(f"{line}\n\n" for line in lines).encode(), kind="text/event-stream")


PIECES = (
    'data: {"choices":[{"delta":{"content":"Par"}}]}',
    'data: {"choices":[{"delta":{"content":"is"}}]}',
    "data: [DONE]",
)


@pytest.mark.parametrize(
    "sign", ["data: : OPENROUTER PROCESSING", ": keep-alive", "data:", "data: ping", "retry: 3000", "event: ping"]
)
def test_what_only_says_that_the_server_is_there_is_no_piece_of_an_answer(sign):
    found = asked(events(sign, PIECES[0], sign, *PIECES[1:]))
    assert (found.one.text, found.one.error, len(found.requests)) == ("Paris", "", 1)


def test_a_stream_of_signs_alone_is_no_answer():
    assert asked(events("data: : PROCESSING"), retries=0).one.error == "broken reply: the reply holds no answer"
    assert "'busy now'" in asked(events("data: busy now"), retries=0).one.error


@pytest.mark.parametrize(
    "shape", ['error: {{"code":400,"message":"{0}","type":"exceed_context_size_error"}}', "error: {0}"]
)
def test_an_error_that_is_a_line_of_a_stream_is_told_and_not_asked_for_again(shape):
    told = "the request exceeds the available context size. try increasing the context size"
    found = asked(events(shape.format(told)))
    assert "the prompt is longer than the model reads" in found.one.error
    assert len(found.requests) == 1


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("Please retry after 33 seconds.", 33),
        ("Limit: 3 / min. Please try again in 20s.", 20),
        ("Please try again in 6m0.5s", 360.5),
        ("Please retry in 312ms", 0.312),
        ("wait for 1 minute and 5 seconds", 65),
        ("Try again in 1h12m3s, please", 4323),
        ("Please try again later.", 0),
        ("retry after 5 items", 0),
    ],
)
def test_how_long_to_wait_is_read_in_words_where_no_header_says_it(told, seconds):
    assert told_wait(told) == pytest.approx(seconds)
    with pytest.raises(Refusal) as caught:
        read(429, json.dumps({"error": {"message": told, "code": "429"}}).encode())
    assert caught.value.wait == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("address", "key", "name"),
    [
        (
            "https://mine.openai.azure.com/openai/deployments/gpt4/chat/completions?api-version=2024-06-01",
            "k",
            "api-key",
        ),
        ("https://mine.openai.azure.com/openai/v1", "k", "api-key"),
        ("https://gate.example.com/llm?api-version=2024-06-01", "k", "api-key"),
        ("https://mine.openai.azure.com/openai/v1", "eyJ0eXAi", "Authorization"),
        ("https://api.openai.com/v1", "k", "Authorization"),
        ("https://azure.example.com/v1", "k", "Authorization"),
    ],
)
def test_azure_gets_its_key_by_the_name_that_it_knows(address, key, name):
    headers = Endpoint("m", address, key).headers
    assert headers[name] == (key if name == "api-key" else f"Bearer {key}")
    assert len({"api-key", "Authorization"} & set(headers)) == 1


def test_the_address_of_a_deployment_is_used_as_it_is_copied_with_its_query():
    places = []

    def script(handler, request, count):
        places.append((handler.path, handler.headers["api-key"]))
        handler.say("Paris")

    address = "/openai/deployments/gpt4/chat/completions?api-version=2024-06-01"
    assert asked(script, address=address, api_key="k").one.text == "Paris"
    assert places == [(address, "k")]


@pytest.mark.parametrize("status", [307, 308])
def test_a_request_is_sent_on_within_its_own_server_with_all_that_it_holds(status):
    def script(handler, request, count):
        if handler.path == "/v1/chat/completions/":
            handler.say(request["messages"][-1]["content"].replace("Where?", "Paris"))
        else:
            raw(b"", status, Location="/v1/chat/completions/")(handler, request, count)

    assert asked(script).one.text == "Paris"


@pytest.mark.parametrize("place", ["http://localhost:{0}/v1/chat/completions", "https://127.0.0.1:{0}/v1", ""])
def test_a_key_is_sent_on_to_no_other_server(place):
    def script(handler, request, count):
        raw(b"", 307, Location=place.format(handler.server.server_port))(handler, request, count)

    with served(script) as server, pytest.raises(DataError, match="has moved to"):
        model(server).complete(["Where?"], max_tokens=9)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("content", "text", "stop"),
    [
        ("Paris<|im_end|>\n<|im_start|>user\nAnd", "Paris", "stop"),
        ("<|im_end|>\n<|im_start|>user\nAnd", "", "length"),
        ("Paris and", "Paris and", "length"),
    ],
)
def test_an_answer_whose_end_the_server_has_overlooked_is_whole(content, text, stop):
    """vLLM with a template that has no end for it goes on to the limit, whatever the model writes."""
    one = asked(says({"content": content}, finish="length")).one
    assert (one.text, one.stop, bool(one.error)) == (text, stop, stop == "length")


@pytest.mark.parametrize("finish", ["abort", "insufficient_system_resource"])
def test_an_answer_that_the_server_broke_off_is_asked_for_again(finish):
    """As vLLM and DeepSeek call it: what was said until then was taken for the whole answer."""
    broken = says({"content": "Pa"}, finish=finish)
    found = asked(
        lambda handler, request, count: (broken if count < 2 else says({"content": "Paris"}))(handler, request, count)
    )
    assert (found.one.text, found.model.faults) == ("Paris", {"broken reply": 1})
    assert asked(broken).one.error == f"broken reply: the server broke the answer off ({finish})"


def test_an_answer_that_a_vendor_refuses_to_go_on_with_is_none():
    assert asked(says({"content": "I"}, finish="refusal")).one.error == "the reply ended with refusal: I"
