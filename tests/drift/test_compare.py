from dataclasses import replace

import numpy as np
import pytest

from autophagy.core.errors import DataError
from autophagy.core.logged import Logged, Task
from autophagy.core.parts import Part
from autophagy.core.questions import Answer, Question
from autophagy.drift.compare import compare
from autophagy.drift.finding import found
from autophagy.drift.verdict import verdict
from drifting import log, model, question, said


def document(before, after, **settings):
    done = compare(log(before), log(after), **settings)
    return {"tasks": done.tasks, "alone": done.alone, "unreadable": 0}


def kinds(before, after, **settings):
    (task,) = document(before, after, **settings)["tasks"]
    return found(task)


def test_the_same_answers_are_no_change():
    rows = model(1)
    (task,) = document(rows, rows)["tasks"]
    assert (task["p"], task["mismatch"]["value"], found(task)) == (1.0, 0.0, [])
    assert "There is no evidence that the model changed" in verdict(document(rows, rows))[0]


def test_an_unchanged_model_is_rarely_called_changed():
    """Two draws of one model at 5 %: of 200, 10 are expected; more than 21 come once in 1,000 runs."""
    odds = np.random.default_rng(3).beta(2, 1, 60)
    changed = sum(
        bool(kinds(model(n, difficulty=odds, n=60), model(1000 + n, difficulty=odds, n=60))) for n in range(200)
    )
    assert changed <= 21


def test_repeated_answers_of_an_unchanged_model_are_rarely_called_changed():
    odds = np.random.default_rng(3).beta(2, 1, 40)
    pairs = [
        (model(n, difficulty=odds, n=40, samples=5), model(500 + n, difficulty=odds, n=40, samples=5))
        for n in range(100)
    ]
    assert sum(bool(kinds(*each)) for each in pairs) <= 13  # 5 are expected; more come once in 1,000 runs


def test_fewer_right_answers_are_worse_and_more_are_better():
    assert kinds(model(1, 0.9, n=300), model(2, 0.6, n=300)) == ["worse"]
    assert kinds(model(1, 0.6, n=300), model(2, 0.9, n=300)) == ["better"]


def test_a_change_within_the_tolerance_is_not_called_chance():
    told = document(model(1, 0.9, n=300), model(2, 0.6, n=300), tolerance=0.5) | {"tolerance": 0.5}
    lead, unchanged, *_ = verdict(told)
    assert lead == "There is no evidence that the model changed by more than 50 points in 1 task."
    assert unchanged.startswith("No change beyond chance by more than 50 points: ")


def test_the_same_answers_in_another_format_are_a_format():
    before, after = model(1, n=100), model(1, n=100, format="I would say {}")
    (task,) = document(before, after)["tasks"]
    assert "format" in found(task)
    assert not {"worse", "better"} & set(found(task))
    assert task["after"]["value"] == 0
    assert task["lenient"]["difference"]["value"] == 0
    assert "changed its format" in " ".join(verdict(document(before, after)))


def test_one_answer_to_everything_is_a_habit_and_its_classes_show_it():
    after = [said("[no]", place, ("yes", "no")[place % 2]) for place in range(100)]
    (task,) = document(model(1, 0.9), after)["tasks"]
    assert found(task)[0] == "constant"
    assert task["constant"]["after"] == {"answer": "no", "share": 1.0}
    assert task["classes"]["yes"]["after"]["value"] == 0
    assert task["classes"]["no"]["after"]["value"] == 1
    assert task["balanced"][1] == 0.5
    assert "habit" in " ".join(verdict(document(model(1, 0.9), after)))


def test_one_answer_to_questions_that_have_one_answer_is_no_habit():
    rows = [said("[yes]", place) for place in range(50)]
    (task,) = document(rows, rows)["tasks"]
    assert task["constant"] == {"before": None, "after": None}


def test_answers_that_decline_are_a_refusal():
    after = [said("I cannot help with that.", place, ("yes", "no")[place % 2]) for place in range(60)]
    assert "refusal" in kinds(model(1, n=60), after)


def test_answers_without_a_word_are_told_of_each_side():
    before = model(1, n=40)
    after = [
        replace(row, answer=replace(row.answer, text=" \n")) if place < 15 else row for place, row in enumerate(before)
    ]
    told = document(before, after)
    assert told["tasks"][0]["empty"] == [0, 15]
    assert any("0 answers before and 15 after hold no word" in sentence for sentence in verdict(told))
    assert not any("no word" in sentence for sentence in verdict(document(before, before)))


def test_answers_of_another_length_are_told():
    after = [
        said(f"{row.answer.text} because{' so' * 30}", n, row.question.answers[0]) for n, row in enumerate(model(1))
    ]
    assert kinds(model(1), after) == ["length"]


def test_p_is_corrected_for_all_tests_of_a_pair_of_models():
    (task,) = document(model(1, 0.9, n=300), model(2, 0.8, n=300))["tasks"]
    assert task["adjusted"] >= task["p"]


def test_flips_hold_both_answers():
    before, after = [said("[yes]", 1), said("[no]", 2)], [said("[no]", 1), said("[yes]", 2)]
    done = compare(log(before), log(after))
    assert [(flip.id, flip.way, flip.said, flip.answers) for flip in done.flips] == [
        ("q1", "down", ("yes", "no"), ("[yes]", "[no]")),
        ("q2", "up", ("no", "yes"), ("[no]", "[yes]")),
    ]


def test_rules_that_are_given_mark_instead_of_those_of_the_log():
    before, after = [said("yes", 1), said("yes", 2)], [said("yes", 1), said("yes", 2)]
    (task,) = document(before, after, rules=(Part.parse("bracketed"),))["tasks"]
    assert (task["after"]["value"], task["lenient"]["after"]["value"]) == (0, 1)
    two = document(before, after, rules=(Part.parse("exact"), Part.parse("bracketed")))["tasks"]
    assert {task["task"] for task in two} == {"primes by exact", "primes by bracketed"}


def test_logs_without_a_common_prompt_are_refused():
    with pytest.raises(DataError, match="no prompt"):
        compare(log([said("[yes]", 1)]), log([said("[yes]", 2)]))


def test_twins_survive_where_their_original_does():
    def rows(lost):
        for place in range(20):
            for variant in ("", "renamed"):
                known = replace(question(place), id=f"q{place}{variant}", document=f"q{place}", variant=variant)
                wrong = variant and place < lost
                yield Logged("primes", known, Answer(known.id, "[no]" if wrong else "[yes]"), "m")

    (task,) = document(list(rows(0)), list(rows(5)))["tasks"]
    sides = task["twins"]["renamed"]
    assert [sides[side]["survival"]["value"] for side in ("before", "after")] == [1.0, 0.75]
    assert (sides["after"]["lost"], sides["after"]["gained"], sides["after"]["pairs"]) == (5, 0, 20)


def test_answers_that_a_grader_finds_all_wrong_are_no_habit_unless_they_are_all_the_same():
    task = Task("capitals", Part.parse("correct"), Part.parse("correct"))

    def rows(*texts):
        for place in range(30):
            known = Question(f"q{place}", f"The capital of {place}?", (f"Town {place}",))
            yield Logged("capitals", known, Answer(known.id, texts[place % len(texts)].format(place)), "m")

    before = log(list(rows("Town {}")), task)
    others = compare(before, log(list(rows("Village {}")), task)).tasks[0]
    assert (others["after"]["value"], others["constant"]["after"], others["histogram"]) == (0, None, [])
    same = compare(before, log(list(rows("Always this")), task)).tasks[0]
    assert same["constant"]["after"] == {"answer": "always this", "share": 1.0}
