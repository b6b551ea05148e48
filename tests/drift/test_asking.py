"""Asking: several answers to each prompt, each with a seed of its own, until the model answers no more."""

import numpy as np
import pytest

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.language_model import Completion
from autophagy.answering.served import ServedModel
from autophagy.core.errors import DataError
from autophagy.core.registry import entries
from autophagy.drift.snapshot.asking import LOST, TaskPrompt, ask
from autophagy.drift.snapshot.decoding import Decoding
from provider import served


def prompts(count):
    entry = entries("suite")["primes"]
    return [TaskPrompt(entry.facts, question) for question in entry.build({})(count, np.random.default_rng(0))]


class Echo:
    """A model that says its seed."""

    name = "echo"

    def complete(self, prompts, *, max_tokens, temperature, seed):
        return [
            Completion(f"{prompt} {number}", 3, 4, 0.1, stop="stop")
            for prompt, number in zip(prompts, seed, strict=True)
        ]


def test_all_prompts_are_asked_once_before_any_is_asked_again():
    rows = list(ask(Echo(), prompts(10), range(3), Decoding()))
    assert [row.sample for row in rows] == [0] * 10 + [1] * 10 + [2] * 10
    assert len({row.answer.text for row in rows}) == 30


def test_answers_hang_on_the_root_seed_the_prompt_and_the_number_alone():
    every = {
        (row.question.id, row.sample): row.answer.text for row in ask(Echo(), prompts(10), range(3), Decoding(seed=1))
    }
    done = {("primes", name, sample) for name, sample in every if sample < 2}
    some = list(ask(Echo(), prompts(10)[::-1], [2, 1], Decoding(seed=1), done=done))
    assert {(row.question.id, row.sample): row.answer.text for row in some} == {
        key: text for key, text in every.items() if key[1] == 2
    }
    assert {row.answer.text for row in ask(Echo(), prompts(10), range(3), Decoding())}.isdisjoint(every.values())


@pytest.mark.parametrize("status", [503, 429])
def test_a_server_that_stops_to_answer_ends_all_with_one_sentence(status):
    pytest.importorskip("aiohttp", reason="a served model needs aiohttp")

    def script(handler, request, count):
        if script.dead:
            handler.send({"error": {"message": "overloaded"}}, status=status)
        else:
            handler.say("[Yes]")

    script.dead = False
    with served(script) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        model = ServedModel(Endpoint("fake", address, retries=0, pause=0.0, connections=1))
        rows = ask(model, prompts(50), range(5), Decoding())
        first = [next(rows) for _ in range(20)]
        script.dead = True
        last = []
        told = f"{LOST} answers in a row never came, the last because of {status}: overloaded"
        with pytest.raises(DataError, match=told):
            last.extend(rows)
        asked = len(server.requests)
    assert not any(row.answer.error for row in first)
    assert sum(bool(row.answer.error) for row in last) == LOST
    assert asked < 50


def test_refusals_of_single_prompts_end_nothing():
    pytest.importorskip("aiohttp", reason="a served model needs aiohttp")

    def script(handler, request, count):
        if script.answered:
            handler.send({"error": {"message": "blocked"}}, status=422)
        else:
            script.answered = True
            handler.say("[Yes]")

    script.answered = False
    with served(script) as server:
        address = f"http://127.0.0.1:{server.server_port}/v1"
        model = ServedModel(Endpoint("fake", address, retries=0, pause=0.0, connections=1))
        rows = list(ask(model, prompts(30), [0], Decoding()))
    assert sum(bool(row.answer.error) for row in rows) == 29
