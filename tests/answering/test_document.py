"""Streams of pieces, in the shapes of several vendors: one reply, or none, but never an empty answer by mistake."""

import json

import pytest

from autophagy.answering.document import BrokenReply
from autophagy.answering.refusal import Refusal
from autophagy.answering.reply import read

ANTHROPIC = (
    {"type": "message_start", "message": {"role": "assistant", "content": [], "usage": {"input_tokens": 5}}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "ping"},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "Hm"}},
    {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "Par"}},
    {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "is"}},
    {"type": "message_delta", "delta": {"stop_reason": "max_tokens"}, "usage": {"output_tokens": 2}},
    {"type": "message_stop"},
)
WHOLE = {
    "status": "incomplete",
    "incomplete_details": {"reason": "max_output_tokens"},
    "output": [
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "Hm"}]},
        {"type": "message", "content": [{"type": "output_text", "text": "Paris"}]},
    ],
    "usage": {"input_tokens": 5, "output_tokens": 2},
}
RESPONSES = (
    {"type": "response.created", "response": {"status": "in_progress", "output": []}},
    {"type": "response.output_text.delta", "delta": "Par"},
    {"type": "response.incomplete", "response": WHOLE},
)
GEMINI = (
    {"candidates": [{"content": {"parts": [{"text": "Hm", "thought": True}]}}]},
    {"candidates": [{"content": {"parts": [{"text": "Par"}]}}], "usageMetadata": {"promptTokenCount": 5}},
    {
        "candidates": [{"content": {"parts": [{"text": "is"}]}, "finishReason": "MAX_TOKENS"}],
        "usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 2},
    },
)
OLLAMA = (
    {"response": "", "thinking": "Hm", "done": False},
    {"response": "Par", "done": False},
    {"response": "is", "done": False},
    {"response": "", "done": True, "done_reason": "length", "prompt_eval_count": 5, "eval_count": 2},
)
GROQ = (
    {"choices": [{"index": 0, "delta": {"content": "Par", "reasoning": "Hm"}}], "x_groq": {"id": "req_1"}},
    {"choices": [{"index": 0, "delta": {"content": "is"}}]},
    {
        "choices": [{"index": 0, "delta": {}, "finish_reason": "length"}],
        "x_groq": {"usage": {"prompt_tokens": 5, "completion_tokens": 2}},
    },
)
COHERE = (
    {"type": "message-start", "delta": {"message": {"role": "assistant", "content": []}}},
    {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "Par"}}}},
    {"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": "is"}}}},
    {"type": "message-end", "delta": {"finish_reason": "MAX_TOKENS"}},
)


def events(pieces):
    return "".join(f"data: {json.dumps(piece)}\n\n" for piece in pieces).encode()


def lines(pieces):
    return "\n".join(json.dumps(piece) for piece in pieces).encode()


@pytest.mark.parametrize("body", [*map(events, (ANTHROPIC, RESPONSES, GEMINI, GROQ)), lines(OLLAMA)])
def test_a_stream_of_any_vendor_is_one_reply(body):
    reply = read(200, body)
    assert (reply.text, reply.reasoning, reply.stop) == ("Paris", "Hm", "length")
    assert (reply.tokens_in, reply.tokens_out) == (5, 2)


def test_a_message_within_a_piece_is_read():
    assert (read(200, events(COHERE)).text, read(200, events(COHERE)).stop) == ("Paris", "length")


@pytest.mark.parametrize(
    "pieces", [[{"jsonrpc": "2.0", "id": 1}], [{"status": "queued", "message": "wait"}], [*RESPONSES[:2]]]
)
def test_pieces_of_no_answer_are_no_empty_answer(pieces):
    with pytest.raises(BrokenReply, match="the reply holds no answer"):
        read(200, events(pieces))


@pytest.mark.parametrize("content", ["", None])
def test_a_call_of_a_tool_that_nobody_asked_for_is_no_empty_answer(content):
    message = {"role": "assistant", "content": content, "tool_calls": [{"function": {"name": "search"}}]}
    streamed = events([{"choices": [{"delta": message}]}, {"choices": [{"delta": {}, "finish_reason": "stop"}]}])
    whole = json.dumps({"choices": [{"message": message, "finish_reason": "stop"}]}).encode()
    for body in (streamed, whole):
        assert (read(200, body).stop, read(200, body).ended) == ("tool_calls", "a call of a tool")
    parts = [{"functionCall": {"name": "search"}}]
    with pytest.raises(BrokenReply, match="no text"):
        read(200, json.dumps({"candidates": [{"content": {"parts": parts}, "finishReason": "STOP"}]}).encode())


def test_an_error_in_a_stream_has_the_status_that_it_tells():
    """Groq and Azure name the kind of error first, and its status behind."""
    told = {"message": "held back", "code": "content_filter", "status": 400}
    with pytest.raises(Refusal) as caught:
        read(200, events([{"choices": []}]) + b"event: error\n" + events([{"error": told}]))
    assert (caught.value.status, caught.value.message) == (400, "held back")


def test_a_stream_that_breaks_off_is_no_whole_answer():
    """A proxy that gives up in the middle closes the connection as at an end; each of 499 recorded streams has one."""
    begun = [{"choices": [{"index": 0, "delta": {"content": "Par"}, "finish_reason": None}]}]
    with pytest.raises(BrokenReply, match="broke off"):
        read(200, events(begun))
    assert read(200, events(begun) + b"data: [DONE]\n\n").text == "Par"
    assert read(200, events([*begun, {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}])).text == "Par"


def test_of_a_stream_of_several_answers_the_first_is_read():
    pieces = [{"choices": [{"index": place, "delta": {"content": text}}]} for text in ("Par", "is") for place in (0, 1)]
    both = [{"choices": [{"index": place, "delta": {}, "finish_reason": "stop"} for place in (None, 1)]}]
    assert read(200, events([*pieces, *both])).text == "Paris"
