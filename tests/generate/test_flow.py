import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.answering.language_model import RAW, Completion
from autophagy.core.errors import DataError
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow, Request
from autophagy.generate import calls as calls_module
from autophagy.generate.budget import Budget
from autophagy.generate.calls import Call, Ledger, _stopped, _wishes
from autophagy.generate.checks import Checks
from autophagy.generate.flow import flow
from autophagy.generate.made import ENOUGH
from autophagy.generate.planned import BARRIER, FIRST, calls_for
from writer import Writer

SEEDS = [
    PoolRow("a", "Name three rivers of Europe.", "", "Rhine, Rhone, Po."),
    PoolRow("b", "Add the two numbers.", "2, 3", "5"),
    PoolRow("c", "Rewrite the sentence in the past.", "I go.", "I went."),
]


def make(path, writer, rows=30, seed=1, budget=None, novelty=0.7, **more):
    path.mkdir(exist_ok=True)
    ledger = Ledger(path / "calls.jsonl", writer, seed, budget=budget and Budget.parse(budget))
    made = list(flow([Part("alpaca")], SEEDS, ledger, Checks(SEEDS, novelty), rows=rows, seed=seed, **more))
    return made, ledger


def kept(made):
    return [(row.row.id, row.row.instruction) for each in made for row in each.kept]


def dropped(made):
    return [row.reason for each in made for row in each.dropped]


def test_as_many_rows_are_kept_as_are_wanted_and_all_others_have_a_reason(tmp_path):
    made, ledger = make(tmp_path, Writer(), rows=30)
    assert len(kept(made)) == 30
    refused = [thing for each in made for _, _, thing in each.refused]
    offered = ledger.sent * 10  # ten items a call, of which two in ten are not whole
    assert len(kept(made)) + len(dropped(made)) + len(refused) == offered
    assert {thing.reason for thing in refused} == {"not three parts"}
    assert len(refused) == ledger.sent * 2
    assert dropped(made).count("template tokens") == ledger.sent * 2
    assert set(dropped(made)) <= {"template tokens", "not new", ENOUGH}


def test_copies_of_seeds_are_never_kept(tmp_path):
    made, _ = make(tmp_path, Writer())
    assert not any("rivers of Europe" in text for _, text in kept(made))
    near = [row for each in made for row in each.dropped if row.reason == "not new" and "rivers" in row.row.instruction]
    assert near
    assert {(row.nearest, row.score) for row in near} == {("a", 1.0)}


def test_the_rows_do_not_depend_on_how_many_calls_are_sent_at_a_time(tmp_path, monkeypatch):
    first, _ = make(tmp_path / "a", Writer())
    monkeypatch.setattr(calls_module, "WIDTH", 3)
    second, _ = make(tmp_path / "b", Writer())
    assert kept(first) == kept(second)


def test_another_seed_makes_other_rows(tmp_path):
    assert kept(make(tmp_path / "a", Writer(), seed=1)[0]) != kept(make(tmp_path / "b", Writer(), seed=2)[0])


@pytest.mark.parametrize("lines", [0, 1, 7, 19, 20, 21])
def test_a_resumed_run_sends_what_is_not_settled_and_gives_the_same_rows(tmp_path, lines):
    whole, ledger = make(tmp_path, Writer())
    path = tmp_path / "calls.jsonl"
    known = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(known[:lines]), encoding="utf-8")
    again = Writer()
    resumed, _ = make(tmp_path, again)
    assert kept(resumed) == kept(whole)
    assert len(again.asked) == ledger.sent - min(lines, ledger.sent)


def test_a_call_that_failed_is_counted_and_asked_again_on_resume(tmp_path):
    made, _ = make(tmp_path, Writer(fail=[2, 5]), rows=60)
    assert sum(each.failed for each in made) == 2
    again = Writer()
    make(tmp_path, again, rows=60)
    assert len(again.asked) >= 2


def test_a_writer_that_no_longer_replies_ends_the_run_with_a_sentence(tmp_path):
    with pytest.raises(DataError, match="no longer replies: 16 calls in a row"):
        make(tmp_path, Writer(fail=range(1, 100)))


def test_a_budget_stops_it_and_a_part_of_the_calls_is_left_unsettled(tmp_path, monkeypatch):
    monkeypatch.setattr(calls_module, "WIDTH", 4)
    made, ledger = make(tmp_path, Writer(), rows=10_000, budget="1ktok")  # a call takes 150 tokens
    assert ledger.sent == 9  # 5 up to the first barrier, and 4 of the next 20, with which 1,000 tokens are reached
    assert [each.unsettled for each in made] == [0, 16]


@pytest.mark.parametrize("budget", ["6ktok", "5ktok"])  # 40 calls, which is two barriers, and 36
def test_a_run_that_ended_at_its_budget_and_is_resumed_keeps_its_rows_and_asks_nothing(tmp_path, monkeypatch, budget):
    monkeypatch.setattr(calls_module, "WIDTH", 4)
    made, _ = make(tmp_path, Writer(), rows=10_000, budget=budget)
    assert len(kept(made)) > 20
    again = Writer()
    resumed, _ = make(tmp_path, again, rows=10_000, budget=budget)
    assert again.asked == []
    assert kept(resumed) == kept(made)
    assert sum(each.unsettled for each in resumed) == sum(each.unsettled for each in made)


def test_a_run_that_goes_on_after_a_preview_gives_the_same_rows(tmp_path):
    whole, first = make(tmp_path / "whole", Writer())
    make(tmp_path / "begun", Writer(), most_calls=7)
    again = Writer()
    resumed, ledger = make(tmp_path / "begun", again)
    assert kept(resumed) == kept(whole)
    assert len(again.asked) == ledger.sent == first.sent - 7 > 0


def test_no_more_is_asked_than_what_is_wanted_needs(tmp_path):
    """Ten rows come of a call: 30 take five calls to learn that and none behind, 200 take 15 more and not 20."""
    for rows, calls in ((4, 4), (30, 5), (200, 20)):
        made, ledger = make(tmp_path / str(rows), Writer(faulty=False), rows=rows)
        assert (len(kept(made)), ledger.sent) == (rows, calls)


@given(st.integers(1, 500), st.integers(0, 500), st.integers(0, 500))
def test_the_calls_up_to_a_barrier_are_a_few_and_never_none(wanted, kept, begun):
    assert 1 <= calls_for(wanted, kept, begun) <= BARRIER
    assert calls_for(wanted, kept, 0) <= FIRST


def test_it_ends_where_the_writer_only_copies(tmp_path):
    class Copier(Writer):
        def item(self, number, rng):
            return f"{number}. Instruction: Name three rivers of Europe.\nInput: <noinput>\nOutput: Rhine."

    made, ledger = make(tmp_path, Copier(), rows=100)
    assert kept(made) == []
    assert ledger.sent == 65  # the first 5, and three times 20


def test_each_reply_is_a_line_that_says_what_it_cost(tmp_path):
    _, ledger = make(tmp_path, Writer())
    lines = [json.loads(line) for line in (tmp_path / "calls.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["state"] for line in lines] == ["settled"] * ledger.sent
    assert len({line["digest"] for line in lines}) == ledger.sent
    assert ledger.spent.tokens == 150 * ledger.sent


def test_what_ends_a_reply_is_cut_off_where_the_server_was_not_told_of_it():
    assert _stopped("\n yes.\nTask: another", ("\nTask:",)) == "yes."
    assert _stopped("no\nbecause", ("\n", "x")) == "no"
    assert _stopped(" as it is", ()) == " as it is"


def test_a_budget_of_time_is_one_of_the_clock_however_many_calls_are_under_way(tmp_path):
    """Replies that took half a second each were there at once, so hardly any time went by."""
    _, ledger = make(tmp_path, Writer(), budget="60s")
    assert 0 < ledger.spent.seconds < 0.5 * ledger.sent
    assert Ledger(ledger.path, Writer(), 1).spent.seconds == pytest.approx(ledger.spent.seconds)


def test_a_reply_that_ended_at_its_word_before_the_limit_is_not_cut(tmp_path):
    class Long(Writer):
        def reply(self, prompt, seed):
            return Completion("one\nTask: two and", 3.0, 4.0, 0.1, "the answer was cut at 4 tokens", "length")

    ledger = Ledger(tmp_path / "calls.jsonl", Long(), 0)
    asked = [
        Call(str(n), Part("alpaca"), Request("a", stop=stop)) for n, stop in enumerate([("\nTask:",), ("\nEnd:",)])
    ]
    replies = ledger.ask(asked)
    assert [(each.text, each.cut) for each in replies.values()] == [("one", False), ("one\nTask: two and", True)]


def test_a_blank_that_ends_a_reply_is_not_told_to_the_model():
    """Many a reply begins with a line break, and would be empty."""
    assert _wishes(Request("a", stop=("\n",))) == {}
    assert _wishes(Request("a", stop=("\nTask:",), complete=True)) == {"stop": ["\nTask:"], RAW: True}


def test_other_decoding_is_another_call():
    plain = Call("1", Part("alpaca"), Request("a"))
    others = [
        Request("a", top_p=0.5),
        Request("a", presence=2.0),
        Request("a", stop=("x",)),
        Request("a", complete=True),
    ]
    assert len({Call("1", Part("alpaca"), each).digest("w") for each in others} | {plain.digest("w")}) == 5
