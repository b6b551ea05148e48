import pytest

from autophagy.core.recipe import PoolRow
from autophagy.generate.made import ENOUGH, Made, MadeRow
from autophagy.generate.outlook import outlook_of
from autophagy.generate.summary import Harvest
from autophagy.generate.variety.compared import variety
from autophagy.generate.verdict import verdict


def row(call, place, reason="", nearest=""):
    drawn = PoolRow(f"{call}/{place}", f"Task {call} {place}", "", "x", True)
    return MadeRow(drawn, "alpaca", call, (), reason, 0.9 if nearest else 0.1, nearest)


def tally(rows, calls):
    kept = [each for each in rows if not each.reason]
    found = Harvest()
    found.add(Made(kept, [each for each in rows if each.reason], calls=calls))
    return found


def test_rows_that_are_all_new_go_on_at_the_same_price():
    rows = [row(str(call), place) for call in range(40) for place in range(30)]
    found = outlook_of(tally(rows, 80), 4.0)  # every second call brought nothing
    assert found["unseen_share"]["value"] == 1
    assert found["next_1000"]["by"] == "Good-Toulmin"
    assert found["next_1000"]["calls"]["value"] == pytest.approx(1000 / 15)
    assert found["next_1000"]["money"]["value"] == pytest.approx(1000 / 15 * 0.05)


def test_rows_that_are_not_new_belong_to_their_nearest_and_those_near_a_seed_were_known():
    rows = [row("0", 1), row("0", 2), row("1", 1), row("1", 2, "not new", "0/1"), row("2", 1, "not new", "seed-3")]
    rows += [row("2", 2, ENOUGH), row("2", 3, "not new", "2/2"), row("3", 1, "template tokens")]
    # 0/2 and 1/1 once, 2/2 twice in one call, 0/1 in two; the faulty row was never compared
    assert outlook_of(tally(rows, 4), None)["unseen_share"]["value"] == 3 / 7


def test_a_follow_up_belongs_to_its_call():
    rows = [row(f"{call}.1", 1) for call in range(10)] + [row(f"{call}.2", 1, "not new", f"{call}.1/1") for call in
                                                          range(10)]  # fmt: skip
    assert outlook_of(tally(rows, 30), None)["unseen_share"]["value"] == 10 / 20
    assert outlook_of(tally(rows, 30), None)["next_1000"]["calls"]["low"] == pytest.approx(3000, rel=0.5)


def document(rows, calls, money):
    found = tally(rows, calls)
    return {
        "kept": len(found.kept), "rows": 10, "yield": {"new": {"value": None}}, "dropped": {}, "tokens": [0, 0],
        "calls": {"settled": calls, "lost": 0, "failed": 0, "unsettled": 0}, "money": money, "seconds": 1.0,
        "writer": "w", "outlook": outlook_of(found, money), "variety": variety(found.kept, [], 0)["variety"],
    }  # fmt: skip


def test_the_verdict_says_what_more_rows_cost_as_far_as_it_is_known():
    many = [row(str(call), place) for call in range(40) for place in range(30)]
    assert "about 3.33 in money and about 67 calls" in " ".join(verdict(document(many, 80, 4.0), ""))
    few = [row(str(call), 1) for call in range(4)]
    told = " ".join(verdict(document(few, 4, None), ""))
    assert "will take at least 1,000 calls (there were too few to say more)." in told
    assert "money" not in told
    assert not any("will be new" in each for each in verdict(document([], 4, None), ""))


def test_the_verdict_warns_of_rows_that_are_less_varied_than_the_seeds():
    rows = [row(str(call), place) for call in range(8) for place in range(5)]
    words = [
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "zeta",
        "eta",
        "theta",
        "iota",
        "kappa",
        "lambda",
        "mu",
        "nu",
        "xi",
        "omicron",
        "pi",
        "rho",
        "sigma",
        "tau",
    ]
    seeds = [PoolRow(str(n), f"{words[n % 19]} {words[n * 7 % 17]} {words[n * 5 % 13]}") for n in range(40)]
    written = document(rows, 8, None)
    assert not any("less varied" in each for each in verdict(written, ""))
    written["variety"] = variety(rows, seeds, 0)["variety"]
    assert any("less varied than as many seeds: Vendi score" in each for each in verdict(written, ""))
