import json
import math

import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.generate.calls import Ledger
from autophagy.generate.checks import Checks
from autophagy.generate.estimate import estimate, pilot_of, told
from autophagy.generate.flow import flow
from autophagy.generate.made import ENOUGH, MadeRow
from autophagy.statistics.pilot import total_cost
from writer import Writer

SEEDS = [PoolRow("a", "Name three rivers of Europe.", "", "Rhine, Rhone, Po."), PoolRow("b", "Add them.", "2, 3", "5")]


def row(call, place, reason="", nearest=""):
    return MadeRow(PoolRow(f"{call}/{place}", "x", "", "y", True), "alpaca", call, (), reason, 0.1, nearest)


def line(call, tokens=10.0, money=None):
    return {"call": call, "tokens_in": tokens, "tokens_out": 2 * tokens, "seconds": 1.0, "money": money}


def test_rows_and_costs_are_counted_by_call_with_its_follow_ups():
    rows = [row("0", 1), row("0.1", 1, "not new", "0/1"), row("1", 1, "not new", "seed-1"), row("1", 2, "empty")]
    rows += [row("2", 1, ENOUGH), row("2", 2, "not new", "2/1")]
    pilot = pilot_of(rows, [line("0"), line("0.1", 5.0), line("1"), line("2"), line("3")])
    assert (pilot.offered, pilot.new) == ([2, 0, 2, 0], [1, 0, 1, 0])
    assert pilot.costs["tokens_in"] == [15, 10, 10, 10]
    assert pilot.costs["tokens_out"] == [30, 20, 20, 20]
    assert pilot.costs["calls"] == [2, 1, 1, 1]
    assert all(map(math.isnan, pilot.costs["money"]))


def test_copies_of_what_a_writer_says_all_the_time_are_not_offered():
    rows = [row("0", 1), *(row(str(call), 1, "not new", "0/1") for call in range(1, 11)), row("11", 1)]
    assert sum(pilot_of(rows, [line(str(call)) for call in range(12)]).offered) == 2
    fewer = [row("0", 1), *(row(str(call), 1, "not new", "0/1") for call in range(1, 10)), row("11", 1)]
    assert sum(pilot_of(fewer, [line(str(call)) for call in range(12)]).offered) == 11


def test_of_no_call_there_is_no_estimate():
    with pytest.raises(UsageError):
        pilot_of([], [])


@pytest.mark.parametrize("seeds", [SEEDS, SEEDS[1:]])  # the writer copies the first: a seed, or a row of its own
def test_a_scripted_writer_costs_what_its_pilot_says(tmp_path, seeds):
    def made(folder, **more):
        (tmp_path / folder).mkdir()
        ledger = Ledger(tmp_path / folder / "calls.jsonl", Writer(), 1)
        found = list(flow([Part("alpaca")], seeds, ledger, Checks(seeds, 0.7), seed=1, **more))
        lines = [json.loads(each) for each in ledger.path.read_text().splitlines()]
        return [row for each in found for row in (*each.kept, *each.dropped)], lines

    rows, lines = made("pilot", rows=500, most_calls=20)
    assert len(lines) == 20
    found = total_cost(pilot_of(rows, lines), 300, np.random.default_rng(0))
    _, every = made("whole", rows=300)
    # it stops at a barrier of 20 calls
    assert found["calls"].low - 20 <= len(every) <= found["calls"].high + 20
    assert found["tokens_in"].value == 100 * found["calls"].value
    assert found["money"].n == 0


def test_the_sentence_says_what_is_known():
    whole = {"value": 50.0, "low": 40.0, "high": 60.0, "n": 20}
    none = {"value": None, "low": None, "high": None, "n": 0}
    assert told({"calls": whole, "money": none}, 300) == [
        "300 rows will take 40.0 to 60.0 calls in all (90 % intervals)."
    ]
    assert "at least 40.0 calls" in told({"calls": whole | {"high": None}}, 300)[0]
    assert "may run out of new rows" in told({"calls": whole | {"high": None}}, 300)[0]
    assert "cannot be said" in told({"calls": whole | {"low": None, "value": None, "high": None}}, 300)[0]
    assert told({}, 300) == []
    assert estimate([row("0", 1)], [line("0")], 300, 0) == {}


def test_what_verifiers_were_tried_with_is_paid_once():
    rows = [row(str(call), place) for call in range(4) for place in range(3)]
    lines = [line(f"{call}{after}", money=1.0) for call in range(4) for after in ("", ".1v0a")]
    tried = [line("tryv0b", 7.0, 2.0), line("tryv0c", 5.0, 3.0)]
    alone, both = estimate(rows, lines, 100, 0), estimate(rows, tried + lines, 100, 0)
    paid = {"calls": 2, "tokens_in": 12, "tokens_out": 24, "seconds": 2, "money": 5}
    for name, more in paid.items():
        for end in ("value", "low", "high"):
            assert both[name][end] == pytest.approx(alone[name][end] + more)
    assert estimate(rows, [line("tryv0b"), *lines], 100, 0)["money"]["n"] == 0
    assert estimate(rows[:3], [*tried, *lines[:2]], 100, 0) == {}
