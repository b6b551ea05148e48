"""Refusals as servers were reported to word them: what is left out, what is lowered, and what stays as it was asked."""

import json

import pytest

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.served import ServedModel
from provider import served

WISHES = {"top_p": 0.9, "presence_penalty": 0.5, "stop": ["##"]}
ALL = {"temperature", "seed", *WISHES}


def asked(script, most=9000):
    """The completion of one prompt that is asked for with every option, and the requests."""
    with served(script) as server:
        model = ServedModel(Endpoint("fake", f"http://127.0.0.1:{server.server_port}/v1", retries=0, pause=0.001))
        ((_, one),) = next(model.bunches(["Where?"], max_tokens=most, temperature=0.0, seed=3, wishes=WISHES))
    return one, list(server.requests)


def refusing(option, body, status=400, most=0):
    """A server that refuses a request with this option, or with more of it than it takes."""

    def script(handler, request, count):
        refused = option in request and (not most or request[option] > most)
        handler.send(body, status) if refused else handler.say("Paris")

    return script


def error(message, **more):
    return {"error": {"message": message, **more}}


@pytest.mark.parametrize(
    ("option", "body"),
    [
        ("presence_penalty", {"code": "invalid", "error": "Argument not supported on this model: presencePenalty"}),
        ("presence_penalty", {"status": 422, "detail": "body -> presence_penalty\n Extra inputs are not permitted"}),
        ("top_p", error("`temperature` and `top_p` cannot both be specified for this model. Please use only one.")),
        ("stop", error("Provider returned error", metadata={"raw": json.dumps(error("'stop' is not supported"))})),
        ("seed", {"object": "error", "message": json.dumps({"detail": [{"loc": ["body", "seed"], "msg": "Extra"}]})}),
        ("seed", [error('Invalid JSON payload received. Unknown name "seed": Cannot find field.', code=400)]),
    ],
)
def test_one_option_that_is_refused_takes_no_other_with_it(option, body):
    """Where the refusal was not understood, the temperature went too, and every answer was drawn at another one."""
    one, requests = asked(refusing(option, body))
    assert (one.text, len(requests)) == ("Paris", 2)
    assert set(requests[-1]) & ALL == ALL - {option}


@pytest.mark.parametrize(("option", "left"), [("stop", {"temperature", "seed"}), ("seed", {"temperature"})])
def test_what_draws_the_tokens_is_left_out_last_where_a_server_does_not_say_what_it_refuses(option, left):
    one, requests = asked(refusing(option, error("Bad request")))
    assert one.text == "Paris"
    assert set(requests[-1]) & ALL == left


@pytest.mark.parametrize(
    ("body", "most"),
    [
        (error("The maximum tokens you requested exceeds the model limit of 2048."), 2048),
        (error("Param Incorrect", param="max_tokens is too large: 9000. This model supports at most 4096"), 4096),
        (error("max_tokens=9000 cannot be greater than max_total_tokens=4096."), 4096),
        (error("exceeds the maximum context length of 4096 tokens: 488 tokens from the input messages"), 3608),
        (error("`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 500 `inputs` tokens and 9000"), 3596),
        (error("Current length is 9500 while limit is 8192", code="context_length_exceeded"), 7692),
    ],
)
def test_a_limit_is_lowered_to_what_there_is_room_for(body, most):
    one, requests = asked(refusing("max_tokens", body, most=most))
    assert (one.text, [request["max_tokens"] for request in requests]) == ("Paris", [9000, most])
    assert set(requests[-1]) >= ALL


@pytest.mark.parametrize(
    "message",
    [
        "Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens).",
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).",
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2048. Given: 5000 `inputs`",
        "Input validation error: `inputs` must have less than 512 tokens. Given: 900",
        "This model's maximum prompt length is 131072 but the request contains 145000 tokens.",
        "Current length is 9500 while the context window is smaller",
    ],
)
def test_a_prompt_that_is_too_long_is_told_so_and_asked_once(message):
    one, requests = asked(lambda handler, request, count: handler.send(error(message), 400), most=100)
    assert one.error == f"the prompt is longer than the model reads: {message}"
    assert len(requests) == 1
