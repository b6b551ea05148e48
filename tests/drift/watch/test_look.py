"""A look: what counts, in which design, what begins a new stream, and what is no evidence.

Run: pytest tests/drift/watch/test_look.py
"""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError
from autophagy.core.logged import Log
from autophagy.core.parts import Part
from autophagy.core.questions import Answer
from autophagy.drift.watch.bank import bank_of
from autophagy.statistics.sequential import FIRST_SHARE
from watching import TASK, Watching, rows

ONE = math.log(FIRST_SHARE)  # the evidence of a first look without any flip


def ones(prompts, answers, right=1):
    return np.full((prompts, answers), right)


def drawn(seed, prompts, answers=1, share=0.5):
    return (np.random.default_rng(seed).random((prompts, answers)) < share).astype(int)


def day(number):
    return f"2026-01-{number:02d}"


# which design ---------------------------------------------------------------------------------------------------------


def test_a_large_bank_is_used_once_and_it_says_for_how_many_days():
    watching = Watching(rows(ones(10, 95), day(1)))
    line = watching.look(rows(ones(10, 1), day(2)))
    assert (line["design"], line["days_left"]) == ("use-once", 94)


def test_a_small_bank_of_repeated_answers_has_its_prompts_asked_again():
    line = Watching(rows(drawn(0, 20, 5), day(1))).look(rows(drawn(1, 20), day(2)))
    assert (line["design"], line["days_left"]) == ("fixed prompts", None)


def test_a_small_bank_of_single_answers_can_only_be_used_once_and_is_then_used_up():
    watching = Watching(rows(ones(20, 1), day(1)))
    first = watching.look(rows(ones(20, 1), day(2)), day(2))
    assert (first["design"], first["days_left"]) == ("use-once", 0)
    second = watching.look(rows(ones(20, 1), day(3)), day(3))
    assert not second["tasks"]
    assert "used up: record more" in " ".join(second["notes"])
    assert second["evidence"] == first["evidence"]


# use-once -------------------------------------------------------------------------------------------------------------


def test_eight_wins_and_no_loss_are_worth_what_they_are():
    watching = Watching(rows(ones(8, 1, right=0), day(1)))
    line = watching.look(rows(ones(8, 1), day(2)))
    assert line["found"]["primes"]["right"]["evidence"] == pytest.approx(math.log(FIRST_SHARE * 256 / 9))
    # of two streams, the other without a change, the mean
    assert line["evidence"] == pytest.approx(math.log(FIRST_SHARE * (256 / 9 + 1) / 2))


@given(st.lists(st.integers(1, 30), min_size=1, max_size=5), st.integers(1, 4))
def test_no_recorded_answer_is_ever_used_twice(sizes, k):
    watching = Watching(rows(drawn(0, 30, k), day(1)))
    used = []
    for place, size in enumerate(sizes, 2):
        line = watching.look(rows(drawn(place, size), day(place)), day(place))
        used += map(tuple, line["tasks"].get("primes", {}).get("used", [])) if line["design"] == "use-once" else []
    assert len(used) == len(set(used))


@given(st.integers(0, 50))
def test_pairs_hold_the_recorded_mark_and_the_new_one(seed):
    recorded, today = drawn(seed, 12, 1), drawn(seed + 1, 12)
    line = Watching(rows(recorded, day(1))).look(rows(today, day(2)))
    marks = line["tasks"]["primes"]["right"]
    assert marks["before"] == recorded[:, 0].tolist()
    assert marks["after"] == today[:, 0].tolist()


# any design -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", [1, 5])
def test_a_missed_day_costs_nothing(k):
    """The same answers on other days are the same evidence."""
    found = []
    for days in ((2, 3, 4), (2, 9, 27)):
        watching = Watching(rows(drawn(0, 60, k), day(1)))
        found.append([watching.look(rows(drawn(at, 20), day(d)), day(d))["evidence"] for at, d in enumerate(days)])
    assert found[0] == found[1]


def test_a_change_is_found_and_an_unchanged_model_is_not_accused():
    watching = Watching(rows(drawn(0, 100, 10, 0.8), day(1)))
    for at in range(2, 6):
        watching.look(rows(drawn(at, 100, 1, 0.8), day(at)), day(at))
    assert not watching.history.alarmed(0.05)
    for at in range(6, 16):
        watching.look(rows(drawn(at, 100, 1, 0.6), day(at)), day(at))
    assert watching.history.alarmed(0.05) > day(5)
    standing = watching.standing()
    assert standing.high < 0
    assert standing.recorded == pytest.approx(0.8, abs=0.05)


def test_a_change_within_the_tolerance_is_none():
    found = {}
    for tolerance in (0.0, 0.25):
        watching = Watching(rows(drawn(0, 100, 10, 0.8), day(1)), tolerance=tolerance)
        for at in range(2, 12):
            watching.look(rows(drawn(at, 100, 1, 0.65), day(at)), day(at))
        found[tolerance] = watching.history.alarmed(0.05)
    assert found[0.0]
    assert not found[0.25]


def test_another_format_is_a_stream_of_its_own_and_no_lack_of_knowledge():
    watching = Watching(rows(ones(50, 5), day(1)))
    for at in range(2, 6):
        watching.look(rows(ones(50, 1), day(at), formatted=0.5), day(at))
    adjusted = watching.history.adjusted()
    assert adjusted["primes", "format"] < 0.001
    assert adjusted["primes", "right"] == 1


def test_of_tasks_the_one_that_changed_is_named_and_whoever_is_named_anything_changed():
    tasks = [TASK, replace(TASK, name="other")]
    recorded = [*rows(drawn(0, 60, 10, 0.8), day(1)), *rows(drawn(1, 60, 10, 0.8), day(1), task="other")]
    watching = Watching(recorded, tasks)
    for at in range(2, 12):
        answers = rows(drawn(at, 60, 1, 0.8), day(at)), rows(drawn(at + 50, 60, 1, 0.5), day(at), task="other")
        watching.look([*answers[0], *answers[1]], day(at))
        adjusted = watching.history.adjusted()
        assert watching.history.p() <= min(adjusted.values()) * 1.0001
    assert [stream for stream, p in adjusted.items() if p <= 0.05] == [("other", "right")]


# what is no evidence --------------------------------------------------------------------------------------------------


def test_a_server_that_is_down_is_no_evidence_either_way():
    watching = Watching(rows(drawn(0, 30, 5), day(1)))
    before = watching.look(rows(drawn(1, 30), day(2)), day(2))
    after = watching.look([], day(3), reason="connection refused")
    assert (after["reason"], after["evidence"], after["found"]) == (
        "connection refused",
        before["evidence"],
        before["found"],
    )
    third = watching.look(rows(drawn(2, 30), day(4)), day(4))
    assert third["stream"] == 1


def test_a_first_look_at_a_server_that_is_down_chooses_no_design():
    watching = Watching(rows(ones(10, 95), day(1)))
    watching.look([], day(2), reason="connection refused")
    assert watching.look(rows(ones(10, 1), day(3)), day(3))["design"] == "use-once"


def test_answers_that_failed_or_were_cut_are_counted_and_set_aside():
    today = rows(ones(10, 1), day(2))
    failed = replace(today[0], answer=Answer("q0", "", error="timed out"))
    cut = replace(today[1], answer=Answer("q1", "It is a matter of", stop="length"))
    line = Watching(rows(ones(10, 5), day(1))).look([failed, cut, *today[2:]])
    assert line["found"]["primes"]["right"]["n"] == 8
    assert "1 of 10 answers failed, which is no evidence either way (timed out)." in line["notes"]
    assert any("cut" in note for note in line["notes"])


def test_prompts_without_a_recorded_mark_are_told():
    recorded = rows(drawn(0, 30, 5), day(1))
    cut = [
        replace(row, answer=Answer("q0", "It", stop="length")) if row.question.id == "q0" else row for row in recorded
    ]
    line = Watching(cut).look(rows(drawn(1, 30), day(2)))
    told = "primes: 1 of 30 prompts are not watched, because no recorded answer to them can be marked."
    assert line["notes"] == [told, "Not counted: 1 answer to prompts that were not recorded, or have no recorded mark."]


def test_a_late_change_of_fixed_prompts_is_held_against_the_looks_before_it_too():
    """Sixty good days narrow the baseline, so that the interval is narrower than that of recorded answers alone."""
    watching = Watching(rows(drawn(0, 40, 3, 0.7), day(1)))
    for at in range(63):
        watching.look(rows(drawn(at + 1, 40, 1, 0.7), f"2026-02-01T{at}"), f"2026-02-{at:02d}")
    assert not watching.history.alarmed(0.05)
    for at in range(63, 73):
        watching.look(rows(drawn(at + 1, 40, 1, 0.5), f"2026-02-01T{at}"), f"2026-02-{at:02d}")
    assert watching.history.alarmed(0.05) > "2026-02-63"
    assert watching.standing().since == "2026-02-63"
    alone = Watching(rows(drawn(0, 40, 3, 0.7), day(1)))
    for at in range(63, 73):
        alone.look(rows(drawn(at + 1, 40, 1, 0.5), f"2026-02-01T{at}"), f"2026-02-{at:02d}")
    assert watching.standing().high - watching.standing().low < alone.standing().high - alone.standing().low


def test_a_model_that_calls_itself_otherwise_is_told_and_is_no_evidence():
    plain, named = (Watching(rows(drawn(0, 30, 5), day(1), fingerprint="fp1")) for _ in range(2))
    same = plain.look(rows(drawn(1, 30), day(2), fingerprint="fp1"))
    other = named.look(rows(drawn(1, 30), day(2), model="n", fingerprint="fp2"))
    assert same["evidence"] == other["evidence"]
    assert not same["notes"]
    assert ["model is n instead of m" in note for note in other["notes"]] == [True, False]
    assert "fingerprint is fp2 instead of fp1" in other["notes"][1]


# the same day, the same answers ---------------------------------------------------------------------------------------


def test_another_look_on_the_same_day_counts_and_is_told():
    watching = Watching(rows(drawn(0, 30, 5), day(1)))
    watching.look(rows(drawn(1, 30), f"{day(2)}T08:00"), day(2))
    second = watching.look(rows(drawn(2, 30), f"{day(2)}T20:00"), day(2))
    assert second["found"]["primes"]["right"]["n"] == 60
    assert second["notes"] == [f"There was a look on {day(2)} already; this one counts as well."]


@pytest.mark.parametrize("date", [day(2), ""])
def test_the_same_answers_are_never_counted_twice(date):
    watching = Watching(rows(drawn(0, 30, 5), day(1)))
    first = watching.look(rows(drawn(1, 30), date), day(2))
    again = watching.look(rows(drawn(1, 30), date), day(3))
    assert not again["tasks"]
    assert again["evidence"] == first["evidence"]
    assert "30 answers counted before" in again["notes"][0]


def test_the_recorded_answers_are_no_look_at_themselves():
    recorded = rows(drawn(0, 30, 5), day(1))
    assert not Watching(recorded).look(recorded)["tasks"]


def test_of_a_log_that_grows_only_the_new_answers_count():
    watching = Watching(rows(drawn(0, 30, 5), day(1)))
    old = rows(drawn(1, 30), day(2))
    watching.look(old, day(2))
    line = watching.look([*old, *rows(drawn(2, 30), day(3))], day(3))
    assert line["found"]["primes"]["right"]["n"] == 60


def test_undated_answers_count_all_or_none_for_the_changed_ones_alone_would_accuse():
    """A model that is all but always right: were only new texts counted, those would all be wrong."""
    watching = Watching(rows(ones(30, 5), ""))
    watching.look(rows(ones(30, 1), "", first=9), day(2))
    today = ones(30, 1)
    today[0] = 0
    line = watching.look(rows(today, "", first=9), day(3))
    assert line["found"]["primes"]["right"]["n"] == 60
    assert "29 answers without a date are, letter for letter" in line["notes"][0]


# new streams ----------------------------------------------------------------------------------------------------------


def changed(**how):
    """The line of a look after something about the baseline changed, and the one before."""
    recorded = rows(drawn(0, 30, 5), day(1))
    watching = Watching(recorded, decoding="temperature 0")
    before = watching.look(rows(drawn(1, 30, 1, 0.0), day(2)), day(2))
    task = replace(TASK, **how.get("task", {}))
    if "prompt" in how:
        question = replace(recorded[0].question, text=how["prompt"])
        recorded = [replace(row, question=question) if row.question.id == "q0" else row for row in recorded]
    if "answers" in how:
        recorded = recorded[how["answers"] :]
    watching.banks = bank_of(Log({"primes": task}, recorded), "the test")
    asked = {"decoding": how.get("decoding", "temperature 0")}
    return before, watching.look(rows(drawn(2, 30), day(3)), day(3), **asked), watching


@pytest.mark.parametrize(
    ("how", "what"),
    [
        ({"prompt": "Is 0 another one?"}, "the prompts of primes"),
        ({"task": {"strict": Part.parse("number")}}, "the rules of primes"),
        ({"decoding": "temperature 1"}, "the decoding"),
        ({"answers": 3}, "the marks of the recorded answers of primes"),
    ],
)
def test_a_changed_prompt_rule_decoding_or_baseline_begins_a_new_stream(how, what):
    before, after, watching = changed(**how)
    assert after["stream"] == before["stream"] + 1
    assert what in after["notes"][0]
    assert after["found"]["primes"]["right"]["n"] <= 30
    assert before["evidence"] > 3
    assert watching.history.p() > 0.3


def test_nothing_that_changed_is_the_same_stream():
    before, after, _ = changed()
    assert after["stream"] == before["stream"]
    assert after["found"]["primes"]["right"]["n"] == 60


def test_answers_to_a_prompt_that_is_worded_otherwise_are_set_aside():
    today = rows(ones(10, 1), day(2))
    today[0] = replace(today[0], question=replace(today[0].question, text="Is it?"))
    line = Watching(rows(ones(10, 5), day(1))).look(today)
    assert line["found"]["primes"]["right"]["n"] == 9
    assert "whose wording differs" in line["notes"][0]


def test_prompts_are_told_by_their_text_where_ids_differ():
    today = [
        replace(row, question=replace(row.question, id=f"x{row.question.id}")) for row in rows(ones(10, 1), day(2))
    ]
    assert Watching(rows(ones(10, 5), day(1))).look(today)["found"]["primes"]["right"]["n"] == 10


def test_a_baseline_without_a_mark_is_one_sentence():
    recorded = [replace(row, answer=Answer("q", "", error="down")) for row in rows(ones(3, 1), day(1))]
    with pytest.raises(DataError, match="no recorded answer of the test can be marked: record a baseline"):
        bank_of(Log({"primes": TASK}, recorded), "the test")
