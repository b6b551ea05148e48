"""End to end: a model served on loopback by `transformers serve` gives the texts that it gives in this process."""

import importlib.util
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from autophagy.answering.endpoint import Endpoint
from autophagy.answering.probe import probe
from autophagy.answering.run import answer_all
from autophagy.answering.served import ServedModel
from autophagy.context.prompt import closed_prompt, context_prompt
from autophagy.core.questions import Question

pytestmark = pytest.mark.slow
NEEDED = ("torch", "transformers", "tokenizers", "fastapi", "uvicorn", "openai", "inspect_ai")
PEOPLE = ["Ann Lee", "Bob Ray", "Eve Orr", "Ida Fox", "Max Roe", "Una Day"]


@pytest.fixture(scope="module")
def address(endless_model, tmp_path_factory):
    """The address of `transformers serve` with that model, on a free port of loopback, ended with the tests."""
    for name in NEEDED:
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"serving needs the package {name}: run pip install 'transformers[serving]' inspect_ai")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("hub")  # the server wants a cache that exists
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_CACHE": str(home), "OMP_NUM_THREADS": "1"}
    program = Path(sys.executable).with_name("transformers")
    words = [program, "serve", endless_model, "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    notes = home / "serve.txt"
    with notes.open("w") as file:
        server = subprocess.Popen(list(map(str, words)), env=environment, stdout=file, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 180
        while not _healthy(f"http://127.0.0.1:{port}/health"):
            assert server.poll() is None, notes.read_text()
            assert time.monotonic() < deadline, notes.read_text()
            time.sleep(0.25)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait(20)


def _healthy(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as reply:
            return reply.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.mark.parametrize("arm", ["closed", "context"])
def test_the_served_model_says_what_the_local_model_says(endless_model, address, tmp_path, arm):
    from autophagy.answering.local import LocalModel

    questions = [Question(person, f"Where was {person} born?", ("Rome",)) for person in PEOPLE]
    passages = [f"{person} was born in Rome.\nShe likes tea." for person in PEOPLE]
    prompts = [
        closed_prompt(question.text) if arm == "closed" else context_prompt(question.text, [text, passages[0]])
        for question, text in zip(questions, passages, strict=True)
    ]
    served = ServedModel(Endpoint(str(endless_model), address, timeout=60, connections=2))
    answers = [
        answer_all(model, questions, prompts, folder=tmp_path / place, name=arm, mark=lambda *_: {}, max_tokens=16)
        for place, model in (("served", served), ("local", LocalModel.find(str(endless_model))))
    ]
    there, here = ([(row.answer.text, row.answer.error, row.answer.tokens_in) for row in arm] for arm in answers)
    assert there == here
    assert {error for _, error, _ in there} <= {"", "the answer was cut at 16 tokens"}
    assert len({text for text, _, _ in there}) > 1
    assert served.faults == {}


def test_the_probe_sees_what_this_server_ignores(endless_model, address):
    found = probe(Endpoint(str(endless_model), address))
    assert found["usage"]
    assert found["max_tokens"]
    assert found["logprobs"] is False
    assert found["n"] is False
