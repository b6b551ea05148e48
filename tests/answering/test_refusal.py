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
