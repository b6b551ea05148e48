"""What each recipe took, what survived, and how the calls were shared, beside counts by hand.

Run: pytest tests/generate/test_effort.py
"""

import math
from collections import Counter

import pytest

from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.generate.begun import Begun
from autophagy.generate.calls import Ledger
from autophagy.generate.checks import Checks
from autophagy.generate.effort import POINTS, effort, shares, survival
from autophagy.generate.flow import flow
from autophagy.recipes.evol import BREADTH, METHODS
from autophagy.report.generate.effort import yields
from writer import Writer

SEEDS = [PoolRow(f"seed-{n}", f"Say the number {n}.", "", f"{n}.") for n in range(60)]


def call(number, recipe="a", new=1, rows=2, lost=(), **more):
    fields = {"calls": 2, "tokens_in": 100.0, "tokens_out": 50.0, "money": 0.5, **more}
    return Begun(str(number), "mix", recipe, {}, rows=rows, new=new, kept=new, lost=Counter(lost), **fields)


def test_each_recipe_has_its_own_calls_tokens_rows_and_yields():
    begun = [call(0, lost=["empty"]), call(1, new=3), call(2, "b", new=0, rows=0, lost=["cut"], money=math.nan)]
    found = effort(begun, priced=True)
    a = found["a"]
    assert (a["begun"], a["calls"], a["tokens"], a["money"]) == (2, 4, [200.0, 100.0], 1.0)
    assert (a["offered"], a["new"], a["kept"]) == (5, 4, 4)
    assert a["per_call"]["value"] == 1
    assert a["per_1000_tokens"]["value"] == pytest.approx(4 / 0.3)
    assert a["per_money"]["value"] == 4
    assert (found["b"]["money"], found["b"]["per_money"]["n"]) == (None, 0)
    assert effort(begun, priced=False)["a"]["money"] is None


def test_shares_are_of_the_calls_between_two_barriers():
    begun = [call(n, "a" if n < 10 else "b") for n in range(20)] + [call(20, "b"), call(21, "b")]
    assert shares(begun, 20) == {"calls": [0, 20], "by_recipe": {"a": [0.5, 0.0], "b": [0.5, 1.0]}}


@pytest.mark.parametrize("barriers", [1, 40, 41, 400])
def test_a_long_run_is_told_at_few_points_and_every_call_counts(barriers):
    begun = [call(n, "ab"[n % 3 == 0]) for n in range(20 * barriers)]
    found = shares(begun, 20)
    assert len(found["calls"]) <= POINTS
    assert {round(sum(each), 9) for each in zip(*found["by_recipe"].values(), strict=True)} == {1.0}


def test_of_no_call_there_is_nothing():
    assert effort([], priced=True) == survival([]) == {}
    assert shares([], 20) == {"calls": [], "by_recipe": {}}


class Eliminator(Writer):
    """Evolves each text into a new one, but for one operation that gains nothing and one that it declines."""

    def reply(self, prompt, seed):
        done = super().reply(prompt, seed)
        say = lambda text: type(done)(text, 10.0, 5.0, 0.1, stop="stop")  # noqa: E731
        if "Are they equal?" in prompt:
            return say("equal" if "deeper" in prompt else "not equal")
        words = " ".join(done.text.split()[7:12])
        if METHODS["deepen"] in prompt:
            return say(f"Describe it deeper: {words}.")
        if METHODS["reasoning"] in prompt:
            return say("I cannot help with that.")
        return say(f"Describe {words}.")


def test_survival_is_told_of_every_operation_and_round_with_why_it_failed(tmp_path):
    ledger = Ledger(tmp_path / "calls.jsonl", Eliminator(faulty=False), 1)
    made = list(flow([Part("evol")], SEEDS, ledger, Checks(SEEDS, 0.7), rows=80, seed=1))
    begun = [each for some in made for each in some.begun.values()]
    found = survival(begun)
    assert found.keys() == {"operation", "round"}
    assert found["operation"].keys() <= {*METHODS, BREADTH}
    for name, each in found["operation"].items():
        lost = {"deepen": "nothing gained", "reasoning": "declined"}.get(name)
        n = sum(one.of["operation"] == name for one in begun)
        assert each["n"] == n > 0
        assert each["row"]["value"] == (0 if lost else 1)
        assert each["lost"].get(lost, 0) == (n if lost else 0)
    for group in found.values():
        assert sum(each["n"] for each in group.values()) == len(begun)
    assert set(found["round"]) >= {"1", "2"}


def test_recipes_are_told_apart_where_there_are_several_and_calls_without_a_reply_are_not_counted():
    silent = call(3, "b", new=0, rows=0)
    begun = [call(0), call(1, "b"), call(2, "b", new=0), silent]
    found = survival(begun)
    assert {
        name: (each["n"], each["row"]["value"], each["new"]["value"]) for name, each in found["recipe"].items()
    } == {
        "a": (1, 1, 1),
        "b": (1, 1, 1),
    }
    assert "recipe" not in survival(begun[:1])


def test_calls_about_rows_are_told_beside_the_recipe_that_brought_the_row():
    begun = [call(0), call(1, "b")]
    lines = [
        {"call": name, "state": state, "tokens_in": 10.0, "tokens_out": tokens}
        for name, state, tokens in (
            ("0", "settled", 9.0), ("0.1", "settled", 9.0), ("0.1.1a1", "settled", 5.0), ("0.1.1a2", "failed", None),
            ("0.2.1j1.2", "settled", 7.0), ("1.1v0a1b2", "settled", None), ("tryv0a1b2", "settled", 3.0),
        )
    ]  # fmt: skip
    found = effort(begun, priced=False, lines=lines)
    assert found["a"]["about_rows"] == {"calls": 2, "tokens": [20.0, 12.0]}
    assert found["b"]["about_rows"] == {"calls": 1, "tokens": [10.0, None]}
    assert found["a"]["calls"] == 2
    document = {"recipes": found, "yield": {"by_recipe": {"a": {"kept": 1}, "b": {}}}}
    assert [line[1:3] for line in yields(document)] == [["2 + 2", "150 + 32"], ["2 + 1", "150 + unknown"]]
