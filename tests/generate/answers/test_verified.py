"""Verifiers and answers: every answer is judged, the best of those that pass is chosen, and a wrong one is its pair."""

import json
from collections import Counter

import numpy as np
import pytest

from autophagy.answering.language_model import Completion
from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.generate.answers.answering import Answering
from autophagy.generate.answers.jury import Jury
from autophagy.generate.answers.summary import answers_of, calls_of
from autophagy.generate.calls import Ledger
from autophagy.generate.checks import Checks
from autophagy.generate.made import MadeRow
from autophagy.generate.panel import Panel
from autophagy.generate.tried import LABELS, TriedRows
from autophagy.generate.verify import Verify
from autophagy.verifiers.answered import AnsweredRow
from writer import Referee

FOUR, FIVE = "2 + 2 = 4. So it is 4.", "2 + 2 = 5. So it is 5."


class Says:
    """Gives the answers to each row in turn."""

    name = "says"

    def __init__(self, *texts):
        self.texts, self.asked = texts, []

    def complete(self, prompts, *, max_tokens=512, temperature=0.0, seed=None):
        done = []
        for prompt in prompts:
            done.append(Completion(self.texts[len(self.asked) % len(self.texts)], 10.0, 5.0, 0.1, stop="stop"))
            self.asked.append(prompt)
        return done


class Knows(Says):
    """A judge that calls correct what ends in 4."""

    def complete(self, prompts, **more):
        self.asked += prompts
        right = [prompt.partition("</candidate>")[0].strip().endswith("4.") for prompt in prompts]
        return [Completion(f"Verdict: {'CORRECT' if each else 'INCORRECT'}", 20.0, 4.0, 0.1, stop="stop")
                for each in right]  # fmt: skip


def row(output="", name="7/1"):
    return MadeRow(PoolRow(name, "Add 2 and 2.", "", output, True), "alpaca", name.partition("/")[0], ())


def answering(path, texts, names=("numeric",), each=None, jury=None, panel=None, tried=None):
    verify = Verify([Part.parse(name) for name in names], panel=panel, tried=tried or TriedRows())
    path.mkdir(exist_ok=True)
    ledger = Ledger(path / "calls.jsonl", Says(*texts), 1)
    return Answering(ledger, each or len(texts), 0.7, Checks([], 0.7).alone, jury, verify), verify


def test_the_most_frequent_answer_is_not_chosen_where_it_is_wrong(tmp_path):
    asking, verify = answering(tmp_path, [FIVE, FIVE, FIVE, FOUR])
    (done,) = asking([row()])
    assert (done.row.output, done.reason, done.answers) == (FOUR, "", (FOUR,))
    assert (done.rejected, done.unpaired) == (FIVE, "")
    assert verify.counts["numeric"] == Counter(kept=1, rejected=3, unknown=0, set_aside=0)
    assert asking.found.states == {"usable": 1, "verifier numeric": 3}
    assert calls_of(asking) == {"settled": 4}  # wrong is not unreadable


def test_the_vote_is_among_those_that_pass(tmp_path):
    other = "2 + 2 = 4. Others say 9."
    asking, _ = answering(tmp_path, [other, FIVE, FOUR, FOUR + " ", "2 * 2 = 4. It is 4."])
    (done,) = asking([row()])
    assert (done.row.output, done.chosen_by) == (FOUR, "agreement")
    assert done.rejected == FIVE  # which is wrong; the other is only rarer


def test_a_row_goes_where_no_answer_passes_and_keeps_its_recipe_s_where_there_was_none(tmp_path):
    asking, verify = answering(tmp_path, [FIVE, FIVE])
    found = asking([row(), row(FOUR, "8/1")])
    assert [each.reason for each in found] == ["verifier numeric"] * 2
    assert verify.counts["numeric"]["rejected"] == 2 * 2
    asking, verify = answering(tmp_path / "declined", ["I'm sorry, but I cannot help with that."] * 2)
    right, wrong = asking([row(FOUR, "8/1"), row(FIVE, "9/1")])
    assert (right.reason, right.row.output, right.chosen_by) == ("", FOUR, "recipe")
    assert (wrong.reason, wrong.row.output) == ("verifier numeric", FIVE)
    assert verify.counts["numeric"] == Counter(kept=1, rejected=1, unknown=0, set_aside=0)


@pytest.mark.parametrize("name", ["numeric", "numeric:unknown=drop"])
def test_an_answer_that_cannot_be_judged_is_no_worse_one(tmp_path, name):
    asking, _ = answering(tmp_path, [FOUR, "It is four, as everybody knows."], [name])
    (done,) = asking([row()])
    assert done.row.output == FOUR
    assert not done.rejected


def test_self_consistency_drops_the_answers_of_a_minority(tmp_path):
    asking, verify = answering(tmp_path, ["It is 4.", "It is 4.", "Thus it is 4.", "It is 9."], ["agrees"])
    (done,) = asking([row()])
    assert sorted(done.answers) == ["It is 4.", "It is 4.", "Thus it is 4."]
    assert done.rejected == "It is 9."
    assert verify.counts["agrees"]["rejected"] == 1


def test_a_judge_of_pairs_compares_only_what_passes(tmp_path):
    judge = Referee()
    jury = Jury(Ledger(tmp_path / "judge.jsonl", judge, 1))
    asking, _ = answering(tmp_path, [FOUR, FIVE, "2 + 2 = 4, which is 4."], jury=jury)
    (done,) = asking([row()])
    assert len(judge.asked) == 2
    assert not any(FIVE in prompt for prompt in judge.asked)
    assert (done.chosen_by, done.rejected) == ("judge", FIVE)


def test_one_answer_each_is_verified_too(tmp_path):
    asking, _ = answering(tmp_path, [FIVE], each=1)
    assert [each.reason for each in asking([row(), row(FOUR, "8/1"), row(FIVE, "9/1")])] == [
        "verifier numeric", "", "verifier numeric",
    ]  # fmt: skip


# verifiers that ask ---------------------------------------------------------------------------------------------------

LABELLED = [*[AnsweredRow("Add.", "", f"It is {n}4.") for n in range(6)], *[AnsweredRow("Add.", "", "No.")] * 4]


def test_a_verifier_that_asks_has_a_ledger_and_is_tried_before_it_judges(tmp_path):
    judge = Knows()
    panel = Panel(Ledger(tmp_path / "judge.jsonl", judge, 1))
    tried = TriedRows(LABELS, LABELLED, np.array([True] * 5 + [False] * 5), [""] * 10)
    asking, verify = answering(tmp_path, [FIVE, FOUR], ["judge"], panel=panel, tried=tried)
    (done,) = asking([row()])
    assert (done.row.output, done.rejected) == (FOUR, FIVE)
    found = verify.document()["judge"]
    assert (found["phi"]["value"], found["psi"]["value"], found["tried_on"]) == (1.0, 0.2, 10)
    assert (found["kept"], found["rejected"], found["model"]) == (1, 1, "says")
    lines = [json.loads(line)["call"] for line in (tmp_path / "judge.jsonl").read_text().splitlines()]
    assert {name.partition("v")[0] for name in lines} == {"try", "7.1"}
    assert len(lines) == len(set(lines)) == 2 * 7 + 2 * 2 == panel.calls["settled"]  # of four equal rows one is asked
    again = Knows()
    asking, _ = answering(tmp_path, [FIVE, FOUR], ["judge"], tried=tried,
                          panel=Panel(Ledger(tmp_path / "judge.jsonl", again, 1)))  # fmt: skip
    assert asking([row()]) == [done]
    assert not again.asked


def test_calls_that_fail_leave_the_row_unknown_and_out_of_the_rates(tmp_path):
    class Fails(Knows):
        def complete(self, prompts, **more):
            return [Completion(error="the server answered 500")] * len(prompts)

    panel = Panel(Ledger(tmp_path / "judge.jsonl", Fails(), 1))
    tried = TriedRows(LABELS, LABELLED[:4], np.array([True, True, False, False]), [""] * 4)
    asking, verify = answering(tmp_path, [FOUR, FIVE], ["judge"], panel=panel, tried=tried)
    (done,) = asking([row()])
    found = verify.document()["judge"]
    assert (done.reason, found["unknown"], found["phi"]["n"]) == ("", 2, 0)
    assert panel.calls == {"failed": 8 + 4}
    assert answers_of(asking, [done])["pairs"]["kept"] == 0
