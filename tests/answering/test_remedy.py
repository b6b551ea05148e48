"""What is advised where a model gave no answer fits why it gave none."""

import pytest

from autophagy.answering.remedy import remedy


@pytest.mark.parametrize(
    ("reason", "step"),
    [
        ("broken reply: a web page came back", "check the address"),
        ("broken reply: no JSON came back but ''", "look at what the server logs"),
        ("timeout: no answer within 300 s", "see whether the server is well"),
        ("no connection: the connection was closed without a reply", "see whether the server is well"),
        ("429: Rate limit", "give the server time"),
        ("the reply ended with a call of a tool", "turn tools off"),
        ("the reply ended with tool_calls", "turn tools off"),
        ("the reply ended with stop and holds no text", "look at the chat template"),
        ("the answer was cut at 300 tokens, before it began", "turn thinking off"),
        ("the reply holds reasoning and no answer", "turn thinking off"),
        ("400: The response was filtered due to Azure's content management policy", "have the filter"),
        ("the prompt is longer than the model reads: 5000 tokens", "ask for less"),
    ],
)
def test_the_step_fits_the_reason(reason, step):
    assert remedy(reason, "ask for less").startswith(step)
