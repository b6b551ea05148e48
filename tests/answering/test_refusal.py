"""Errors as gateways hand them on, with the words of the server behind them."""

import json

import pytest

from autophagy.answering.refusal import refusal_of

INNER = json.dumps({"error": {"message": "max_tokens is too large", "type": "invalid_request_error"}})


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            {"message": "Provider returned error", "metadata": {"raw": INNER}},
            "Provider returned error: max_tokens is too large",
        ),
        ({"message": "Provider returned error", "metadata": {"raw": "busy"}}, "Provider returned error: busy"),
        ({"message": "Provider returned error", "metadata": {"raw": None}}, "Provider returned error"),
        ({"message": INNER}, "max_tokens is too large"),
        ({"message": json.dumps({"error": "no"})}, "no"),
        ({"message": "{not JSON"}, "{not JSON"),
        ({"message": json.dumps({"reason": 7})}, '{"reason": 7}'),
    ],
)
def test_what_the_server_behind_a_gateway_said_is_told(error, message):
    assert refusal_of({"error": error}, 400).message == message


@pytest.mark.parametrize(
    ("document", "status", "message"),
    [
        ({"error": True, "message": "empty response"}, 0, "empty response"),
        ({"error": 1, "msg": "no such model"}, 0, "no such model"),
        ({"error": 429, "message": "slow down"}, 429, "slow down"),
        ({"error": "Not Found", "status": 404, "message": "No handler"}, 404, "Not Found: No handler"),
        ({"error": "invalid_client", "error_description": "unknown key"}, 0, "invalid_client: unknown key"),
        ({"error": "busy", "message": "busy"}, 0, "busy"),
        ({"error": "Bad Gateway", "message": INNER}, 0, "Bad Gateway: max_tokens is too large"),
        ({"error": "no", "detail": [{"loc": ["body", "seed"], "msg": "not permitted"}]}, 0, "body.seed: not permitted"),
        ({"error": True}, 0, '{"error": true}'),
    ],
)
def test_an_error_that_says_little_is_told_with_what_stands_beside_it(document, status, message):
    found = refusal_of(document, 200)
    assert (found.status, found.message) == (status, message)
