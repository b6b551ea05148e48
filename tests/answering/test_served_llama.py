"""End to end: llama.cpp's own server, on loopback and with a key, honours what other servers ignore."""

import pytest

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.engine import SLOTS, open_engine
from autophagy.answering.find import find_model
from autophagy.answering.probe import probe
from autophagy.answering.served import ServedModel
from autophagy.core.errors import DataError
from autophagy.gguf.find import find_gguf

PROMPTS = ["What is the capital of France?", "Name a colour.", "Tell a long story.", "word " * 2100]


@pytest.fixture(scope="module")
def engine(smollm2):
    pytest.importorskip("aiohttp", reason="a served model needs aiohttp")
    return open_engine(find_gguf(smollm2), SLOTS)


@pytest.fixture
def endpoint(engine):
    return Endpoint("any", engine.server.listening_address, engine.key, timeout=120, retries=0)


def test_the_server_honours_every_option(endpoint):
    found = probe(endpoint)
    told = ("usage", "greedy", "max_tokens", "stop", "n", "logprobs", "seed", "system", "schema")
    assert {option: found[option] for option in told} == dict.fromkeys(told, True)
    assert found["manners"]["refused"] == []


def test_the_served_model_says_what_the_model_of_this_process_says(endpoint, smollm2):
    def said(model):
        rows = model.complete(PROMPTS[:3], max_tokens=16)
        return [(row.text, row.tokens_in, row.tokens_out, row.error, row.stop) for row in rows]

    served = ServedModel(endpoint)
    assert said(served) == said(find_model(smollm2, one_line=False))
    assert served.faults == {}


def test_a_prompt_that_is_too_long_for_the_server_is_an_error_of_its_own(endpoint):
    short, long = ServedModel(endpoint).complete([PROMPTS[0], PROMPTS[3]], max_tokens=16)
    assert (short.text, short.error) == ("The capital of France is Paris.", "")
    assert "exceeds the available context size" in long.error


def test_without_its_key_the_server_answers_nobody(endpoint):
    stranger = Endpoint("any", endpoint.base_url, "wrong", timeout=60, retries=0)
    with pytest.raises(DataError, match="refuses the key"):
        ServedModel(stranger).complete(PROMPTS[:1])
