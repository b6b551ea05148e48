"""Replies as other interfaces than OpenAI's write them, and errors that come with a friendly status."""

import threading
from types import SimpleNamespace

import pytest

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.plain import plain
from autophagy.answering.served import ServedModel
from provider import served

ANTHROPIC = [{"type": "thinking", "thinking": "Hm"}, {"type": "text", "text": "Paris"}]
GEMINI = {"content": {"parts": [{"text": "Hm", "thought": True}, {"text": "Paris"}]}, "finishReason": "STOP"}
MESSAGE = {"type": "message", "content": [{"type": "output_text", "text": "Paris"}]}


def asked(script, prompts=("Where?",)):
    """The first completion, all of them, and the requests that came."""
    with served(script) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        done = ServedModel(Endpoint("fake", address, timeout=5.0, retries=2, pause=0.001)).complete(
            list(prompts), max_tokens=100
        )
        return SimpleNamespace(one=done[0], done=done, requests=list(server.requests))


def sends(body, status=200):
    return lambda handler, request, count: handler.send(body, status)


@pytest.mark.parametrize(
    ("body", "counted"),
    [
        ({"content": ANTHROPIC, "stop_reason": "end_turn", "usage": {"input_tokens": 5, "output_tokens": 2}}, True),
        ({"candidates": [GEMINI], "usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 2}}, True),
        ({"output": [{"type": "reasoning"}, MESSAGE], "usage": {"input_tokens": 5, "output_tokens": 2}}, True),
        ({"response": "Paris", "done": True, "prompt_eval_count": 5, "eval_count": 2}, True),
        ({"content": "Paris", "stop": True, "tokens_evaluated": 5, "tokens_predicted": 2}, True),
        ({"message": {"content": "Paris"}, "usage": {"tokens": {"input_tokens": 5, "output_tokens": 2}}}, True),
        ({"output": {"choices": [{"message": {"content": "Paris"}}]}, "usage": {"prompt_tokens": 5}}, False),
        ([{"generated_text": "Paris"}], False),
        ({"choices": {"0": {"message": {"content": "Paris"}}}}, False),
        ({"choices": [{"message": {"content": "Paris", "reasoning_text": "Hm"}}]}, False),
    ],
)
def test_the_answer_is_read_in_the_shape_of_any_vendor(body, counted):
    one = asked(sends(body)).one
    assert (one.text, one.error) == ("Paris", "")
    assert not counted or (one.tokens_in, one.tokens_out) == (5, 2)


def test_an_answer_of_another_interface_that_was_cut_is_cut():
    body = {
        "output": [{"type": "message", "content": [{"type": "output_text", "text": "Par"}]}],
        "status": "incomplete",
        "incomplete_details": {"reason": "max_output_tokens"},
    }
    assert asked(sends(body)).one.stop == "length"


@pytest.mark.parametrize(
    "body",
    [
        {"base_resp": {"status_code": 1004, "status_msg": "the key is wrong"}, "choices": None},
        {"error_code": 336003, "error_msg": "the key is wrong"},
        {"code": 500, "msg": "the key is wrong", "success": False},
        {"status": "error", "message": "the key is wrong"},
        {"detail": "the key is wrong"},
        {"errors": [{"message": "the key is wrong"}]},
    ],
)
def test_what_a_server_says_instead_of_an_answer_is_told(body):
    one = asked(sends(body)).one
    assert "the key is wrong" in one.error
    assert one.text == ""


def test_a_server_that_only_streams_is_asked_for_a_stream():
    pieces = (
        'data: {"choices": [{"delta": {"content": "Par"}}]}\n\ndata: {"choices": [{"delta": {"content": "is"}}]}\n\n'
    )

    def script(handler, request, count):
        if not request.get("stream"):
            handler.send({"error": {"message": "This model only supports streaming: set stream=true."}}, 400)
        else:
            handler.send(f"{pieces}data: [DONE]\n\n", kind="text/event-stream")

    done = asked(script, prompts=("Where?", "Whither?"))
    assert [one.text for one in done.done] == ["Paris", "Paris"]
    assert done.requests[-1]["stream"] is True


def test_refusals_of_several_questions_at_once_teach_one_lesson():
    """The second one came after the first had taught it, and was taken for one of the temperature, or for an error."""
    both = threading.Barrier(2, timeout=30)

    def script(handler, request, count):
        if not request.get("stream"):
            both.wait()
            return handler.send({"error": {"message": "This model only supports streaming: set stream=true."}}, 400)
        piece = 'data: {"choices": [{"delta": {"content": "Paris"}}]}'
        return handler.send(f"{piece}\n\ndata: [DONE]\n\n", kind="text/event-stream")

    done = asked(script, prompts=("Where?", "Whither?"))
    assert [one.text for one in done.done] == ["Paris", "Paris"]
    assert all("temperature" in request for request in done.requests)


@pytest.mark.parametrize(
    "text",
    [
        "<reflection>Hm</reflection>Paris",
        "<scratchpad>Hm</scratchpad>\nParis",
        '<details type="reasoning" open><summary>Thought</summary>Hm</details>\nParis',
        "Thinking...\nHm\n...done thinking.\n\nParis",
        "### Response:\nParis",
        "Assistant: Paris",
        "<output>Paris</output>",
    ],
)
def test_only_the_answer_is_left(text):
    assert plain(text).text == "Paris"


def test_what_only_looks_like_one_stays():
    assert plain("Assistant: ").text == "Assistant:"
    assert plain("The assistant: Paris").text == "The assistant: Paris"
