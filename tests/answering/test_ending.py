"""What ends all questions at once, and what is one question's matter."""

import http.server
import json
import threading

import pytest

pytest.importorskip("aiohttp", reason="a served model needs aiohttp")
from aiohttp import ClientConnectorError
from aiohttp.client_reqrep import ConnectionKey

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.patience import Asking, Unanswered
from autophagy.answering.refusal import Refusal
from autophagy.answering.served import ServedModel
from autophagy.core.errors import DataError
from provider import Server, served


def model(port, **settings):
    return ServedModel(Endpoint("fake", f"http://127.0.0.1:{port}/v1", **{"retries": 2, "pause": 0.001, **settings}))


def refusing(status, error):
    return lambda handler, request, count: handler.send({"error": error}, status)


def ends(script, **settings):
    """The sentence that ends the asking, and how many requests it took."""
    with served(script) as server, pytest.raises(DataError) as caught:
        model(server.server_port, **settings).complete(["Where?"], max_tokens=9)
    return str(caught.value), len(server.requests)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, {"message": "The requested model 'fake' does not exist.", "code": "model_not_found"}),
        (400, {"message": "Model Not Exist", "type": "invalid_request_error"}),
        (400, {"message": "fake is not a valid model ID", "code": 400}),
        (400, {"message": "Invalid model: fake", "type": "invalid_model"}),
        (400, {"message": "/chat/completions: Invalid model name passed in model=fake."}),
        (400, {"message": "The model `fake` has been decommissioned and is no longer supported."}),
        (404, {"message": "model 'fake' was removed on September 15, 2025."}),
        (404, {"message": "The API deployment for this resource does not exist.", "code": "DeploymentNotFound"}),
    ],
)
def test_a_model_that_is_not_there_ends_it_at_once_whatever_the_status(status, error):
    sentence, requests = ends(refusing(status, error))
    assert "has no model 'fake'" in sentence
    assert requests == 1


@pytest.mark.parametrize("message", ["API key not valid. Please pass a valid API key.", "Incorrect API key provided"])
def test_a_key_that_is_refused_with_another_status_ends_it_at_once(message):
    sentence, requests = ends(refusing(400, {"message": message, "code": 400}), api_key="sk-1")
    assert "refuses the key in OPENAI_API_KEY (400: " in sentence
    assert requests == 1


def test_a_word_that_stands_for_no_key_is_not_struck_out_of_what_a_server_says(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with served(refusing(400, {"message": "a nonexistent field"})) as server:
        (done,) = model(server.server_port).complete(["Where?"])
    assert done.error == "400: a nonexistent field"


def held_back(handler, request, count):
    if request["messages"][-1]["content"] == "Where?":
        handler.send({"error": {"message": "Azure's content management policy", "code": "content_filter"}}, 400)
    else:
        handler.say("Paris")


def stumbles(handler, request, count):
    if request["messages"][-1]["content"] == "Where?":
        handler.send({"error": {"message": "cannot do that"}}, 400)
    else:
        handler.say("Paris")


@pytest.mark.parametrize(("script", "asked"), [(held_back, 1), (stumbles, 2)])
def test_one_refused_question_takes_no_option_from_the_others(script, asked):
    """The first question was refused for what it says, and all others were asked without a temperature."""
    with served(script) as server:
        first, second = model(server.server_port, connections=1).complete(["Where?", "Who?"], temperature=0.0, seed=1)
    assert (first.error[:4], second.text) == ("400:", "Paris")
    assert len(server.requests) == asked + 1
    (other,) = [request for request in server.requests if request["messages"][-1]["content"] == "Who?"]
    assert (other["temperature"], other["seed"]) == (0.0, 1)


def test_a_server_that_goes_away_ends_it_after_the_retries_of_one_question():
    """Sixteen questions one after the other were asked five times each, for four minutes."""
    with served(lambda handler, request, count: handler.say("Paris")) as server:
        asking = model(server.server_port)
        assert asking.complete(["Where?"])[0].text == "Paris"
    with pytest.raises(DataError, match=r"nothing answers at \S+ any more \(connection refused\): start .* --resume"):
        asking.complete(["Where?"] * 3)
    assert 5 <= asking.faults["no connection"] <= 3 * 5


class Closes(http.server.BaseHTTPRequestHandler):
    """Takes each request and hangs up, but for those of a question that it answers."""

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["messages"][-1]["content"] == "Who?":
            body = json.dumps({"choices": [{"message": {"content": "Paris"}, "finish_reason": "stop"}]}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_):
        pass


def test_what_closes_every_connection_ends_it_and_a_server_that_stumbles_at_one_question_does_not():
    with Server(("127.0.0.1", 0), Closes) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        with pytest.raises(DataError, match=r"takes connections and closes them without a reply: see whether"):
            model(server.server_port).complete(["Where?"])
        first, second = model(server.server_port, connections=1).complete(["Who?", "Where?"])
        server.shutdown()
    assert first.text == "Paris"
    assert second.error == "no connection: the connection was closed without a reply"


def test_a_server_that_is_started_again_within_a_minute_is_waited_for():
    busy, gone = Asking("", {}), Asking("", {})
    patience = Endpoint("fake", "http://127.0.0.1:9")
    refused = ClientConnectorError(
        ConnectionKey("127.0.0.1", 9, False, True, None, None, None), OSError(111, "refused")
    )
    assert [gone.pause(refused, patience) for _ in range(6)] == [1, 2, 4, 8, 16, 32]
    with pytest.raises(Unanswered, match="no connection: connection refused"):
        gone.pause(refused, patience)
    assert [busy.pause(Refusal(503, "busy"), patience) for _ in range(4)] == [1, 2, 4, 8]
    with pytest.raises(Unanswered, match="503: busy"):
        busy.pause(Refusal(503, "busy"), patience)
