"""The shares of a mix in a whole flow: they go where rows are cheap, and the rows are the same however it is run.

Run: pytest tests/generate/test_adapting.py
"""

import math
import random
from collections import Counter
from dataclasses import replace

import pytest

from autophagy.answering.language_model import Completion
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.generate import calls as calls_module
from autophagy.generate.budget import Budget
from autophagy.generate.calls import Ledger
from autophagy.generate.checks import Checks
from autophagy.generate.flow import flow
from writer import Writer

SEEDS = [PoolRow(name, f"Say the letter {name}.", "", f"{name}.") for name in "abcdefgh"]
# the writer knows a part by the number of tasks that it asks for
GOOD, POOR, DEAR = "alpaca:per_call=11", "alpaca:per_call=12", "alpaca:per_call=13"
MIX = "mix:of=alpaca:per_call=11+alpaca:per_call=12+alpaca:per_call=13"


class Uneven(Writer):
    """Eight rows a call, all new; asked for 12 tasks, one of eight is; asked for 13, it takes ten times the tokens."""

    tokens = True

    def reply(self, prompt, seed):
        done = super().reply(prompt, seed)
        rng = random.Random(seed)
        asked = prompt.split()[1]
        items = [self.item(4, rng) if number == 4 or asked != "12" else COPY for number in range(4, 12)]
        text = "\n\n".join(item.replace("4.", f"{4 + place}.", 1) for place, item in enumerate(items))
        size = (10 if asked == "13" else 1) if self.tokens else math.nan
        return Completion(text, 100.0 * size, 50.0 * size, 0.5, stop="stop") if not done.error else done


COPY = "4. Instruction: Say the letter a.\nInput: <noinput>\nOutput: a."


def make(path, recipe=MIX, writer=None, rows=1000, budget=None, **more):
    path.mkdir(exist_ok=True)
    writer = writer or Uneven(faulty=False)
    ledger = Ledger(path / "calls.jsonl", writer, 1, budget=budget and Budget.parse(budget))
    made = list(flow([Part.parse(recipe)], SEEDS, ledger, Checks(SEEDS, 0.7), rows=rows, seed=1, **more))
    return made, ledger


def calls_of(made, start=0):
    return Counter(each.recipe for some in made[start:] for each in some.begun.values())


def rows_of(made):
    return [row for some in made for row in some.kept]


def test_calls_go_where_rows_are_cheap_and_none_starves(tmp_path):
    """Rows over cost are as 1 to 1/8 to 1/10: in the long run .067 + .8 / 1.225 of the calls are the first one's."""
    made, _ = make(tmp_path)
    late = calls_of(made, 5)
    assert late[GOOD] / late.total() == pytest.approx(0.067 + 0.8 / 1.225, abs=0.1)
    assert min(late[POOR], late[DEAR]) / late.total() >= 0.2 / 3 * 0.8
    first = calls_of(made[:1])
    assert max(first.values()) - min(first.values()) <= 1


def test_rows_cost_less_than_at_equal_shares(tmp_path):
    """106 tokens a row at equal shares; in the long run 47 at shares of .72, .15 and .13, and more while it learns."""
    adapted, equal = (make(tmp_path / name, MIX + more) for name, more in (("a", ""), ("e", ",shares=1+1+1")))
    tokens = [ledger.spent.tokens / sum(each.new for some in made for each in some.begun.values())
              for made, ledger in (adapted, equal)]  # fmt: skip
    assert tokens[1] == pytest.approx(106, rel=0.1)
    assert 47 < tokens[0] < 0.75 * tokens[1]


def test_fixed_shares_are_kept_to_the_end(tmp_path):
    made, _ = make(tmp_path, MIX + ",shares=1+1+2", rows=600)
    calls = calls_of(made)
    assert [calls[name] / calls.total() for name in (GOOD, POOR, DEAR)] == pytest.approx([0.25, 0.25, 0.5], abs=0.02)


def test_where_nobody_counts_tokens_a_call_is_the_cost(tmp_path):
    writer = Uneven(faulty=False)
    writer.tokens = False
    late = calls_of(make(tmp_path, writer=writer)[0], 5)
    assert late[DEAR] / late.total() == pytest.approx(late[GOOD] / late.total(), abs=0.1)
    assert late[POOR] < late[GOOD] / 2


def test_every_call_and_row_is_of_the_part_that_asked(tmp_path):
    made, ledger = make(tmp_path, rows=300)
    begun = {each.id: each for some in made for each in some.begun.values()}
    assert len(begun) == ledger.sent
    assert sum(each.tokens for each in begun.values()) == ledger.spent.tokens
    for row in rows_of(made):
        assert row.recipe == begun[row.call].recipe
    for name in (GOOD, POOR, DEAR):
        own = [each for each in begun.values() if each.recipe == name]
        assert sum(each.kept for each in own) == sum(row.recipe == name for row in rows_of(made))
        assert {each.items for each in own} == {8}
    assert {each.lost["not new"] for each in begun.values() if each.recipe == POOR} == {7}


@pytest.mark.parametrize("width", [3, 7])
def test_the_rows_do_not_depend_on_how_many_calls_are_sent_at_a_time(tmp_path, monkeypatch, width):
    whole, _ = make(tmp_path / "a", rows=400)
    monkeypatch.setattr(calls_module, "WIDTH", width)
    assert rows_of(make(tmp_path / "b", rows=400)[0]) == rows_of(whole)


@pytest.mark.parametrize("lines", [0, 13, 40, 41])
def test_a_resumed_run_gives_the_same_rows_and_the_same_shares(tmp_path, lines):
    whole, ledger = make(tmp_path, rows=500)
    path = tmp_path / "calls.jsonl"
    known = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(known[:lines]), encoding="utf-8")
    again, other = make(tmp_path, rows=500)
    assert rows_of(again) == rows_of(whole)
    assert calls_of(again) == calls_of(whole)
    assert other.sent == ledger.sent - lines


def test_what_follows_from_a_call_is_charged_to_it(tmp_path):
    class Chatty(Writer):
        def reply(self, prompt, seed):
            self.asked.append((prompt, seed))
            rng = random.Random(seed)
            text = self.item(4, rng).partition("Instruction: ")[2].partition("\n")[0]
            return Completion(text, 10.0, 5.0, 0.5, stop="stop")

    made, ledger = make(tmp_path, "mix:of=magpie", Chatty(faulty=False), rows=20)
    begun = [each for some in made for each in some.begun.values()]
    assert len(begun) == 20
    assert {(each.calls, each.tokens, each.recipe) for each in begun} == {(2, 30.0, "magpie")}
    assert {row.call.partition(".")[0] for row in rows_of(made)} <= {each.id for each in begun}
    assert ledger.sent == 40


def test_other_money_is_another_cost():
    from autophagy.generate.begun import Begun, brought

    first = Begun("0", "mix", "a", {}, 2, 10.0, 5.0, 0.5, kept=3)
    found = brought([first, replace(first, id="1", recipe="b", money=1.0), replace(first, id="2", whole="c")], "mix")
    assert {name: (each.calls, each.kept, each.cost) for name, each in found.items()} == {
        "a": (1, 3, 0.5),
        "b": (1, 3, 1.0),
    }
    unknown = brought([first, replace(first, money=math.nan)], "mix")
    assert unknown["a"].cost == 30
    assert brought([replace(first, money=math.nan, tokens_out=math.nan)], "mix")["a"].cost == 2


def test_several_recipes_take_turns(tmp_path):
    (tmp_path / "a").mkdir()
    ledger = Ledger(tmp_path / "a" / "calls.jsonl", Uneven(faulty=False), 1)
    (made,) = flow([Part.parse(GOOD), Part.parse(DEAR)], SEEDS, ledger, Checks(SEEDS, 0.7), rows=10, seed=1)
    assert [each.recipe for each in made.begun.values()] == [GOOD, DEAR, GOOD, DEAR, GOOD]
    assert Counter(row.recipe for row in made.kept) == {GOOD: 8, DEAR: 2}
