"""The ledger: what came together goes to disk together, and nothing counts that is not there."""

import pytest

from autophagy.answering.language_model import Completion
from autophagy.core.errors import RecordError
from autophagy.core.files import read_lines
from autophagy.core.parts import Part
from autophagy.core.recipe import Request
from autophagy.generate import calls
from autophagy.generate.calls import Call, Ledger

CALLS = [Call(str(number), Part("alpaca"), Request(f"task {number}")) for number in range(5)]


class InBunches:
    """Replies to the last prompt first, and then to two at a time."""

    name = "bunches"

    def __init__(self):
        self.asked = 0

    def bunches(self, prompts, *, max_tokens, temperature, seed, wishes):
        self.asked += len(prompts)
        places = list(reversed(range(len(prompts))))
        for some in filter(None, (places[:1], places[1:3], places[3:])):
            yield [(place, Completion(f"reply to {prompts[place]}", 10.0, 5.0, 0.5, stop="stop")) for place in some]


@pytest.fixture
def appended(monkeypatch):
    """The ids of the calls of each write."""
    writes = []

    def append(path, lines):
        writes.append([line["call"] for line in lines])
        if len(writes) == 3:
            raise RecordError("the disk is full")
        wrote(path, lines)

    wrote = calls.append
    monkeypatch.setattr(calls, "append", append)
    return writes


def test_what_came_together_is_one_write(appended, tmp_path):
    ledger = Ledger(tmp_path / "calls.jsonl", InBunches(), 0)
    replies = ledger.ask(CALLS[:3])
    assert appended == [["2"], ["1", "0"]]
    assert {name: reply.text for name, reply in replies.items()} == {str(n): f"reply to task {n}" for n in range(3)}
    assert (ledger.sent, ledger.spent.tokens_out) == (3, 15)


def test_a_reply_that_could_not_be_written_does_not_count(appended, tmp_path):
    """It is asked for again; those of earlier writes are not."""
    ledger = Ledger(tmp_path / "calls.jsonl", InBunches(), 0)
    with pytest.raises(RecordError, match="full"):
        ledger.ask(CALLS)
    assert (ledger.sent, ledger.spent.tokens_out) == (3, 15)
    settled = [line["call"] for line in read_lines(tmp_path / "calls.jsonl")]
    assert settled == ["4", "3", "2"]
    again = Ledger(tmp_path / "calls.jsonl", InBunches(), 0)
    assert again.ask(CALLS).keys() == {call.id for call in CALLS}
    assert again.model.asked == 2
