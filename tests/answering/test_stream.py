"""Answers as they come: one by one from a server, in any order, each with a seed of its own."""

import asyncio
import threading
import time

import pytest

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.language_model import RAW, Completion
from autophagy.answering.probe import probe
from autophagy.answering.served import ServedModel
from autophagy.answering.stream import WIDTH, stream
from autophagy.core.errors import DataError, UsageError
from provider import Provider, served

pytest.importorskip("aiohttp", reason="a served model needs aiohttp")
PROMPTS = [f"prompt {number}" for number in range(40)]


def said(handler, request, count):
    handler.say(f"answer to {request['messages'][-1]['content']}")


def model_of(server, **settings):
    return ServedModel(Endpoint("fake", f"http://127.0.0.1:{server.server_port}/v1", **settings))


def test_each_answer_comes_once_with_the_place_of_its_prompt():
    with served(said) as server:
        found = list(stream(model_of(server), PROMPTS, seed=list(range(40))))
    assert sorted(place for place, _ in found) == list(range(40))
    assert all(each.text == f"answer to {PROMPTS[place]}" for place, each in found)
    sent = {request["messages"][-1]["content"]: request["seed"] for request in server.requests}
    assert sent == {prompt: seed for seed, prompt in enumerate(PROMPTS)}


def test_wishes_are_sent_and_a_server_that_refuses_one_is_asked_without_it():
    def script(handler, request, count):
        if "presence_penalty" in request:
            return handler.send({"error": {"message": "Unsupported parameter: 'presence_penalty'"}}, 400)
        return said(handler, request, count)

    wishes = {"top_p": 0.5, "presence_penalty": 2.0, "stop": ["x"]}
    with served(said) as server:
        list(stream(model_of(server), ["a"], wishes=wishes))
        assert {name: server.requests[0].get(name) for name in wishes} == wishes
    with served(script) as server:
        found = list(stream(model_of(server, connections=1), ["a", "b"], wishes=wishes))
    assert [each.text for _, each in found] == ["answer to a", "answer to b"]
    assert [(request.get("top_p"), "presence_penalty" in request) for request in server.requests] == [
        (0.5, True), (0.5, False), (0.5, False),
    ]  # fmt: skip


def test_a_text_goes_on_without_a_chat_where_the_server_has_that():
    def script(handler, request, count):
        handler.send({"choices": [{"text": f" behind {request['prompt']}", "finish_reason": "stop"}]})

    with served(script, completes=True) as server:
        found = list(stream(model_of(server), ["a", "b"], wishes={RAW: True, "stop": ["x"]}))
    assert sorted(each.text for _, each in found) == ["behind a", "behind b"]
    assert all(request["stop"] == ["x"] and not {RAW, "messages"} & request.keys() for request in server.requests)


@pytest.mark.parametrize("status", [400, 404, 405, 501])
@pytest.mark.parametrize("address", ["", "/v1"])
def test_a_server_of_chats_alone_is_asked_in_a_chat(status, address):
    """OpenAI's says 404, "This is a chat model and not supported in the v1/completions endpoint."."""

    def script(handler, request, count):
        if "prompt" in request or handler.path != "/v1/chat/completions":
            return handler.send({"error": {"message": "This is a chat model and not supported"}}, status)
        return said(handler, request, count)

    with served(script, completes=True) as server:
        model = ServedModel(Endpoint("fake", f"http://127.0.0.1:{server.server_port}{address}", connections=3))
        found = list(stream(model, PROMPTS[:5], wishes={RAW: True}))
        before = len(server.requests)
        again = list(stream(model, PROMPTS[:1], wishes={RAW: True}))
    assert sorted(place for place, _ in found) == list(range(5))
    assert all(each.text == f"answer to {PROMPTS[place]}" for place, each in [*found, *again])
    assert len(server.requests) == before + 1  # it is not tried again


def test_a_refusal_that_comes_late_does_not_lead_away_from_where_the_chats_are():
    """Of a text that was to go on by itself, asked before another question had learnt that there are only chats."""
    first, late = threading.Event(), threading.Event()

    def script(handler, request, count):
        if "prompt" not in request:
            mine, other = (late, first) if request["messages"][-1]["content"] == "late" else (first, late)
            mine.set()
            assert other.wait(30)
            if handler.path == "/v1/chat/completions":
                return said(handler, request, count)
        elif request["prompt"] == "late":
            assert first.wait(30)
        return handler.send({"error": {"message": "Method Not Allowed"}}, 405)

    with served(script, completes=True) as server:
        model = ServedModel(Endpoint("fake", f"http://127.0.0.1:{server.server_port}", connections=2))
        found = dict(stream(model, ["late", "first"], wishes={RAW: True}))
    assert [found[place].text for place in (0, 1)] == ["answer to late", "answer to first"]


def test_an_answer_is_handed_out_while_another_is_still_waited_for():
    later = threading.Event()

    def script(handler, request, count):
        if request["messages"][-1]["content"] == "slow":
            assert later.wait(30)
        said(handler, request, count)

    with served(script) as server:
        found = stream(model_of(server, connections=2), ["slow", "quick"])
        assert next(found)[0] == 1
        later.set()
        assert [place for place, _ in found] == [0]


def test_what_is_no_longer_wanted_is_not_asked_for():
    """A request on its way may be counted after the end, but none beyond those that the connections had."""
    with served(said) as server:
        found = stream(model_of(server, connections=2), PROMPTS)
        next(found)
        found.close()
        ((_, last),) = stream(model_of(server), ["last"])  # behind all that were asked
        time.sleep(0.05)
        asked = {request["messages"][-1]["content"] for request in server.requests}
    assert last.text == "answer to last"
    assert asked - {"last"} <= set(PROMPTS[:2])
    assert len(server.requests) <= 3


def test_a_connection_is_used_again_and_no_more_are_opened_than_are_allowed(monkeypatch):
    callers = set()

    def script(handler, request, count):
        callers.add(handler.client_address)
        said(handler, request, count)

    monkeypatch.setattr(Provider, "protocol_version", "HTTP/1.1")  # which leaves a connection open
    with served(script) as server:
        assert len(list(stream(model_of(server, connections=3), PROMPTS))) == 40
    assert 1 <= len(callers) <= 3


def test_a_notebook_whose_event_loop_runs_gets_them_too():
    async def cell(server):
        return [place for place, _ in stream(model_of(server), PROMPTS[:5])]

    with served(said) as server:
        assert sorted(asyncio.run(cell(server))) == [0, 1, 2, 3, 4]


def test_a_notebook_may_ask_what_an_endpoint_honours():
    async def cell(endpoint):
        return probe(endpoint)

    with served(said) as server:
        assert asyncio.run(cell(model_of(server).endpoint))["usage"] is True


def test_answers_that_came_are_handed_out_before_the_error_that_ends_all():
    def script(handler, request, count):
        if request["messages"][-1]["content"] == PROMPTS[3]:
            handler.send({"error": {"message": "bad key"}}, status=401)
        else:
            said(handler, request, count)

    with served(script) as server:
        found, places = stream(model_of(server, connections=1), PROMPTS), []
        with pytest.raises(DataError, match="wants a key"):
            places.extend(place for place, _ in found)
    assert places == [0, 1, 2]


def test_a_system_message_goes_before_each_prompt():
    with served(said) as server:
        list(stream(model_of(server, system="Be brief."), PROMPTS[:3]))
    assert [request["messages"][0] for request in server.requests] == [{"role": "system", "content": "Be brief."}] * 3


def test_no_more_requests_are_sent_in_a_minute_than_are_allowed():
    """600 in a minute are one each tenth of a second: the twelfth comes 1.1 s after the first at the earliest."""
    times = []

    def script(handler, request, count):
        times.append(time.monotonic())
        said(handler, request, count)

    with served(script) as server:
        list(stream(model_of(server, per_minute=600), PROMPTS[:12]))
    times.sort()
    assert times[-1] - times[0] > 1.0  # a lower bound holds on a machine with other work too


@pytest.mark.parametrize(("status", "passing"), [(503, True), (429, True), (400, False)])
def test_an_error_says_whether_it_may_pass(status, passing):
    with served(lambda handler, request, count: handler.send({"error": {"message": "no"}}, status=status)) as server:
        model = model_of(server, retries=1, pause=0.001)
        model.manners.answered = True  # so that a refusal is taken for the question's matter
        ((_, found),) = stream(model, ["?"])
    assert found.error.startswith(str(status))
    assert found.passing is passing


def test_what_was_written_around_an_answer_is_kept_beside_it():
    text = "Sure! Here is the code:\n```python\nprint(1)\n```"
    with served(lambda handler, request, count: handler.say(f"<think>hm</think>{text}")) as server:
        ((_, found),) = stream(model_of(server), ["?"])
    assert (found.written, found.text, found.reasoning) == (text, "print(1)", "hm")


def test_a_server_says_what_it_calls_its_model_and_its_build():
    def script(handler, request, count):
        message = {"role": "assistant", "content": "yes"}
        choices = [{"index": 0, "finish_reason": "stop", "message": message}]
        handler.send({"model": "fake-0613", "system_fingerprint": "fp_1", "choices": choices})

    with served(script) as server:
        ((_, found),) = stream(model_of(server), ["?"])
    assert (found.model, found.fingerprint) == ("fake-0613", "fp_1")


class Counting:
    """A local model that says its seeds, and counts the prompts of each batch."""

    name = "counting"

    def __init__(self):
        self.batches = []

    def complete(self, prompts, *, max_tokens, temperature, seed):
        self.batches.append(len(prompts))
        return [Completion(f"{prompt} {number}") for prompt, number in zip(prompts, seed, strict=True)]


def test_a_local_model_answers_in_batches_with_the_seeds_of_its_prompts():
    model = Counting()
    found = list(stream(model, PROMPTS, seed=list(range(40))))
    assert [place for place, _ in found] == list(range(40))
    assert all(each.text == f"{PROMPTS[place]} {place}" for place, each in found)
    assert model.batches == [WIDTH, 40 - WIDTH]


def test_there_is_one_seed_for_each_prompt():
    with pytest.raises(UsageError, match="one for each of the 40 prompts"):
        list(stream(Counting(), PROMPTS, seed=[1, 2]))
