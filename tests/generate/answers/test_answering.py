import json
from collections import Counter
from itertools import combinations

import pytest

from autophagy.core.parts import Part
from autophagy.core.recipe import PoolRow
from autophagy.generate import calls as calls_module
from autophagy.generate.answers.answering import NO_ANSWER, NOT_ANSWERED, Answering, asked_of
from autophagy.generate.answers.jury import Jury
from autophagy.generate.answers.summary import answers_of, calls_of, told
from autophagy.generate.budget import Budget
from autophagy.generate.calls import Ledger
from autophagy.generate.checks import Checks
from autophagy.generate.flow import flow
from autophagy.generate.made import ENOUGH, MadeRow
from writer import Answerer, Referee

SEEDS = [PoolRow("a", "Name three rivers of Europe.", "", "Rhine, Rhone, Po."), PoolRow("b", "Add them.", "2, 3", "5")]
STATES = {"declined": "declined", "cut": "cut", "empty": "empty", "personal": "personal", "same": "usable",
          "own": "usable"}  # fmt: skip


def make(path, writer, judge=None, each=4, rows=30, budget=None, **more):
    path.mkdir(exist_ok=True)
    limit = budget and Budget.parse(budget)
    ledger = Ledger(path / "calls.jsonl", writer, 1, budget=limit)
    checks = Checks(SEEDS, 0.7)
    jury = judge and Jury(Ledger(path / "judge.jsonl", judge, 1, budget=limit, spent=ledger.spent))
    answering = Answering(ledger, each, 0.7, checks.alone, jury)
    made = list(flow([Part("alpaca")], SEEDS, ledger, checks, rows=rows, seed=1, finish=answering, **more))
    return [row for part in made for row in part.kept], [row for part in made for row in part.dropped], answering


def usable(planted):
    return [text for kind, text in planted if STATES[kind] == "usable"]


def final(text):
    return text.rpartition(" ")[2].strip(".")


def test_every_answer_has_the_state_that_was_planted_and_only_usable_ones_stand_in_the_rows(tmp_path):
    writer = Answerer()
    kept, dropped, answering = make(tmp_path, writer)
    assert len(kept) == 30
    planted = [each for some in writer.planted.values() for each in some]
    assert answering.found.states == Counter(STATES[kind] for kind, _ in planted)
    assert {len(some) for some in writer.planted.values()} == {4}
    assert answering.found.rows == len(writer.planted) == 30 + sum(row.reason == NO_ANSWER for row in dropped)
    for row in kept:
        texts = usable(writer.planted[asked_of(row.row)])
        assert sorted(row.answers) == sorted(texts)
        assert (row.row.output in texts) == bool(texts)  # else the recipe's own stands
        assert (row.chosen_by == "recipe") == (not texts)
    assert any(row.reason == ENOUGH for row in dropped)
    assert not any(row.answers for row in dropped)


def test_identical_answers_are_counted(tmp_path):
    writer = Answerer()
    kept, _, answering = make(tmp_path, writer)
    texts = [usable(some) for some in writer.planted.values()]
    assert answering.found.identical == sum(len(some) - len(set(some)) for some in texts) > 0
    assert answering.found.all_identical == sum(len(some) > 1 == len(set(some)) for some in texts)
    assert "repeat another one word for word" in " ".join(told(answers_of(answering, kept), "rows", "writer"))


def test_without_a_judge_what_most_answers_come_to_is_chosen(tmp_path):
    writer = Answerer()
    kept, _, answering = make(tmp_path, writer, each=6, rows=60)
    ways = Counter()
    for row in kept:
        texts = usable(writer.planted[asked_of(row.row)])
        votes = Counter(map(final, texts))
        if len(set(texts)) > 1:
            most = max(votes.values())
            ways["agreement" if most > 1 else "first"] += 1
            assert votes[final(row.row.output)] == most
            others = [count for answer, count in votes.items() if answer != final(row.row.output)]
            assert bool(row.rejected) == (most > 1 and bool(others) and most > max(others))
            if row.rejected:
                assert votes[final(row.rejected)] == min(others)
    assert ways == {way: answers_of(answering, kept)["chosen_by"][way] for way in ways}
    assert ways["agreement"] > 10
    shares = [sum(a == b for a, b in pairs) / len(pairs) for some in writer.planted.values()
              if (pairs := list(combinations(map(final, usable(some)), 2)))]  # fmt: skip
    assert answers_of(answering, kept)["same"]["value"] == pytest.approx(sum(shares) / len(shares))


def test_a_judge_chooses_the_answer_that_it_finds_best_and_every_choice_is_the_same_in_both_orders(tmp_path):
    writer, judge = Answerer(), Referee()
    kept, _, answering = make(tmp_path, writer, judge)
    different = {prompt: set(usable(some)) for prompt, some in writer.planted.items()}
    for row in kept:
        texts = different[asked_of(row.row)]
        if len(texts) > 1:
            assert row.row.output == max(texts, key=judge.worth)
            assert row.rejected == min(texts, key=judge.worth)
            assert row.chosen_by == "judge"
        else:
            assert not row.rejected
    comparisons = sum(len(texts) * (len(texts) - 1) // 2 for texts in different.values())
    found = answers_of(answering, kept)["judge"]
    assert (found["comparisons"], found["preferred"]) == (comparisons, comparisons)
    assert found["consistent"]["value"] == 1
    assert len(judge.asked) == 2 * comparisons == answering.jury.ledger.sent
    assert calls_of(answering)["settled"] == 2 * comparisons + answering.found.states["usable"]
    assert (
        answers_of(answering, kept)["pairs"]["kept"] == sum(len(different[asked_of(row.row)]) > 1 for row in kept) > 9
    )


@pytest.mark.parametrize(("place", "favoured"), [("1", "first"), ("2", "last")])
def test_a_judge_that_goes_by_the_order_decides_nothing_and_is_told_of(tmp_path, place, favoured):
    kept, _, answering = make(tmp_path / "judged", Answerer(), Referee(always=place))
    plain, *_ = make(tmp_path / "plain", Answerer())
    assert [row.row for row in kept] == [row.row for row in plain]
    assert not any(row.rejected for row in kept)
    found = answers_of(answering, kept)["judge"]
    assert found["comparisons"] == found["inconsistent"] > 10
    assert found["favoured_what_it_read"] == {"first": 0, "last": 0} | {favoured: found["comparisons"]}
    assert found["consistent"]["value"] == 0
    words = " ".join(told(answers_of(answering, kept), "pairs", "writer"))
    assert f"favours the answer that it reads {favoured}" in words
    assert f"undecided {sum(len(set(row.answers)) > 1 for row in kept)}" in words


@pytest.mark.parametrize(("always", "name"), [("tie", "ties"), ("none of them", "unreadable")])
def test_ties_and_replies_that_cannot_be_read_are_counted(tmp_path, always, name):
    kept, _, answering = make(tmp_path, Answerer(), Referee(always=always))
    found = answers_of(answering, kept)["judge"]
    assert found["comparisons"] == found[name] > 10
    assert not any(row.rejected or row.chosen_by == "judge" for row in kept)
    why = "all tie" if name == "ties" else "undecided"
    assert {row.unpaired for row in kept if len(set(row.answers)) > 1} == {why}
    assert calls_of(answering)["lost"] >= (2 * found[name] if name == "unreadable" else 0)


def test_one_answer_is_asked_for_only_where_the_recipe_has_none(tmp_path):
    writer = Answerer(kinds=("own",))
    kept, _, answering = make(tmp_path, writer, each=1)
    assert not writer.planted
    assert {(row.chosen_by, row.answers) for row in kept} == {("recipe", (row.row.output,)) for row in kept}
    bare = MadeRow(PoolRow("9.1/3", "Name a river.", "of Italy", "", True), "alpaca", "9.1", ())
    (answered,) = answering([bare])
    assert writer.planted.keys() == {"Name a river.\n\nof Italy"}
    assert (answered.row.output, answered.chosen_by) == (answered.answers[0], "only")
    assert json.loads((tmp_path / "calls.jsonl").read_text().splitlines()[-1])["call"] == "9.1.3a1"


@pytest.mark.parametrize(("kinds", "warned"), [(("same", "cut"), True), (("same", "own"), False)])
def test_a_writer_that_always_says_the_same_is_told_of(tmp_path, kinds, warned):
    kept, _, answering = make(tmp_path, Answerer(kinds=kinds), each=3)
    found = answers_of(answering, kept)
    assert (found["all_identical"] == found["several"] > 5) == warned
    assert ("gives the same answer every time" in " ".join(told(found, "rows", "writer"))) == warned


@pytest.mark.parametrize(("output", "reason", "by"), [("", NO_ANSWER, ""), ("Po", "", "recipe")])
def test_a_row_without_an_answer_is_dropped_unless_its_recipe_has_one(tmp_path, output, reason, by):
    ledger = Ledger(tmp_path / "calls.jsonl", Answerer(kinds=("declined", "cut", "empty")), 1)
    answering = Answering(ledger, 3, 0.7, Checks([], 0.7).alone)
    bare = MadeRow(PoolRow("0/1", "Name a river.", "", output, True), "alpaca", "0", ())
    (answered,) = answering([bare])
    assert (answered.reason, answered.chosen_by, answered.row.output) == (reason, by, output)


def test_a_text_without_an_instruction_is_left_as_it_is(tmp_path):
    answering = Answering(Ledger(tmp_path / "calls.jsonl", Answerer(), 1), 3, 0.7, Checks([], 0.7).alone)
    text = MadeRow(PoolRow("0/1", "", "", "Once upon a time.", True), "words", "0", ())
    kept = answering([text])
    assert [(row.row, row.answers) for row in kept] == [(text.row, ())]
    assert answers_of(answering, kept)["pairs"] == {"kept": 0, "without": {"no instruction": 1}}


def test_two_rows_that_say_the_opposite_of_each_other_are_one_pair(tmp_path):
    class Turncoat(Referee):
        def better(self, prompt):
            return {"1": "2", "2": "1"}[super().better(prompt)] if len(self.asked) > 2 else super().better(prompt)

    class Same(Answerer):
        def reply(self, prompt, seed):
            self.kinds = ("same",) if len(self.asked) % 2 else ("own",)
            return super().reply("Name a river.", 1)

    jury = Jury(Ledger(tmp_path / "judge.jsonl", Turncoat(), 1))
    answering = Answering(Ledger(tmp_path / "calls.jsonl", Same(), 1), 2, 0.7, Checks([], 1.0).alone, jury)
    rows = [MadeRow(PoolRow(f"{n}/1", "Name a river.", "", "", True), "alpaca", str(n), ()) for n in range(2)]
    first, second = kept = [answering([row])[0] for row in rows]
    assert first.rejected
    assert (second.row.output, second.rejected) == (first.rejected, "")
    assert answers_of(answering, kept)["pairs"] == {"kept": 1, "without": {"contradictory": 1}}


def test_the_rows_do_not_depend_on_how_many_calls_are_sent_at_a_time(tmp_path, monkeypatch):
    first, *_ = make(tmp_path / "a", Answerer(), Referee())
    monkeypatch.setattr(calls_module, "WIDTH", 3)
    assert make(tmp_path / "b", Answerer(), Referee())[0] == first


@pytest.mark.parametrize(("calls", "judged"), [(0, 0), (21, 0), (25, 0), (90, 0), (90, 5), (10**6, 17)])
def test_a_resumed_run_asks_what_is_not_there_and_gives_the_same_rows(tmp_path, calls, judged):
    whole, *_ = make(tmp_path, Answerer(), Referee())
    left = {}
    for name, count in (("calls", calls), ("judge", judged)):
        path = tmp_path / f"{name}.jsonl"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[:count]), encoding="utf-8")
        left[name] = max(0, len(lines) - count)
    writer, judge = Answerer(), Referee()
    assert make(tmp_path, writer, judge)[0] == whole
    assert (len(writer.asked), len(judge.asked)) == (left["calls"], left["judge"])


@pytest.mark.parametrize("tokens", [3.1, 3.4, 3.8, 5])  # 3 are the first calls; then answers, then the judge
def test_a_budget_counts_answers_and_the_judge_and_a_resumed_run_keeps_what_it_had(tmp_path, monkeypatch, tokens):
    monkeypatch.setattr(calls_module, "WIDTH", 4)
    kept, dropped, answering = make(tmp_path, Answerer(), Referee(), budget=f"{tokens}ktok")
    spent = answering.ledger.spent.tokens
    assert 1000 * tokens <= spent < 1000 * tokens + 4 * 150
    assert spent == sum(sum(json.loads(line)[name] for name in ("tokens_in", "tokens_out"))
                        for each in ("calls", "judge") if (tmp_path / f"{each}.jsonl").exists()
                        for line in (tmp_path / f"{each}.jsonl").read_text().splitlines())  # fmt: skip
    found = answers_of(answering, kept)
    assert found["states"].get("unsettled", 0) or found["judge"]["unasked"] or tokens == 5
    writer, judge = Answerer(), Referee()
    again, dropped_again, _ = make(tmp_path, writer, judge, budget=f"{tokens}ktok")
    assert (again, dropped_again) == (kept, dropped)
    assert writer.asked == judge.asked == []


def test_a_row_of_which_no_answer_was_sent_any_more_says_so(tmp_path):
    ledger = Ledger(tmp_path / "calls.jsonl", Answerer(), 1, budget=Budget.parse("1tok"))
    ledger.spent.tokens_in = 1.0
    bare = MadeRow(PoolRow("0/1", "Name a river.", "", "", True), "alpaca", "0", ())
    (answered,) = Answering(ledger, 2, 0.7, Checks([], 0.7).alone)([bare])
    assert answered.reason == NOT_ANSWERED


def test_calls_that_failed_are_states_of_their_own(tmp_path):
    writer = Answerer(kinds=("own",), fail=range(25, 29))
    kept, _, answering = make(tmp_path, writer, Referee(fail=[1, 2]), rows=12)
    assert answering.found.states["failed"] == 4
    assert answers_of(answering, kept)["judge"]["unasked"] == 1
    assert calls_of(answering)["failed"] == 6
