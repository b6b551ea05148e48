"""Which answer is chosen: by enumeration of what a judge can say of three answers, and by votes."""

import gzip
import json
import math
from itertools import product

import pytest

from autophagy.generate.answers.chosen import (
    AGREED,
    AGREEMENT,
    CONTRADICTORY,
    FIRST,
    JUDGE,
    NO_MAJORITY,
    ONE,
    ONLY,
    TIE,
    UNDECIDED,
    Pick,
    chosen,
)
from autophagy.graders.said.final import final_answer

PAIRS = ((0, 1), (0, 2), (1, 2))


@pytest.mark.parametrize(
    ("finals", "times", "pick"),
    [
        (["7"], [3], Pick(0, ONLY, why=ONE)),
        (["5", "7", "7"], [1, 1, 1], Pick(1, AGREEMENT, 0)),
        (["5", "7"], [1, 2], Pick(1, AGREEMENT, 0)),  # word by word the same counts as often as it came
        (["7", "", "7"], [1, 5, 1], Pick(0, AGREEMENT, why=AGREED)),  # what cannot be read has no vote
        (["7", "5", "7", "5"], [1, 1, 1, 1], Pick(0, AGREEMENT, why=TIE)),
        (["7", "7", "7", "5", "5", "4"], [1] * 6, Pick(0, AGREEMENT, 5)),  # the rarest is rejected
        (["7", "5"], [1, 1], Pick(0, FIRST, why=NO_MAJORITY)),
        (["", ""], [2, 1], Pick(0, FIRST, why=NO_MAJORITY)),
    ],
)
def test_without_a_judge_the_most_frequent_final_answer_is_best(finals, times, pick):
    assert chosen(finals, times) == pick


def beats(wins, a, b):
    return wins.get((a, b)) == 1 or wins.get((b, a)) == 0


@pytest.mark.parametrize("said", [*product((0.0, 0.5, 1.0), repeat=3)])
def test_all_that_a_judge_can_say_of_three_answers(said):
    """The best is beaten by none that beats as many, and what is rejected it beats, and by no way round the reverse."""
    wins = dict(zip(PAIRS, said, strict=True))
    pick = chosen(["a", "b", "c"], [1, 1, 1], wins)
    lead = [sum(beats(wins, a, b) - beats(wins, b, a) for b in range(3)) for a in range(3)]
    assert lead[pick.best] == max(lead)
    assert pick.best == lead.index(max(lead))
    assert (pick.by == JUDGE) == (max(lead) > 0)
    circle = all(beats(wins, a, b) for a, b in ((0, 1), (1, 2), (2, 0))) or all(
        beats(wins, b, a) for a, b in ((0, 1), (1, 2), (2, 0))
    )
    if set(said) == {0.5}:
        assert pick.why == TIE
    elif circle:
        assert pick.why == CONTRADICTORY
    else:
        assert beats(wins, pick.best, pick.rejected)
        beaten = [place for place in range(3) if beats(wins, pick.best, place)]
        assert lead[pick.rejected] == min(lead[place] for place in beaten)


def test_where_the_judge_decides_nothing_the_votes_do():
    ties = dict.fromkeys(PAIRS, 0.5)
    assert chosen(["5", "7", "7"], [1, 1, 1], ties) == Pick(1, AGREEMENT, why=TIE)
    assert chosen(["5", "7", "8"], [1, 1, 1], ties) == Pick(0, FIRST, why=TIE)


def test_a_choice_that_hangs_on_the_order_is_no_tie_and_no_win():
    assert chosen(["5", "7"], [1, 1], {(0, 1): math.nan}) == Pick(0, FIRST, why=UNDECIDED)
    assert chosen(["5", "7", "8"], [1, 1, 1], {(0, 1): math.nan, (0, 2): math.nan, (1, 2): 1.0}) == Pick(1, JUDGE, 2)


def test_of_those_that_are_ahead_alike_the_votes_choose():
    assert chosen(["5", "7", "9"], [1, 2, 1], {(0, 1): 0.5, (0, 2): 1.0, (1, 2): 1.0}) == Pick(1, JUDGE, 2)


def test_an_answer_that_is_beaten_in_a_circle_alone_is_not_rejected_and_one_below_it_is():
    wins = {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 0.0, (0, 3): 1.0, (1, 3): 1.0, (2, 3): 1.0}
    assert chosen([*"abcd"], [1] * 4, wins) == Pick(0, JUDGE, 3)


def test_of_four_recorded_solutions_the_most_frequent_is_right_as_often_as_is_known(real_data):
    """Cobbe et al. (2021): 1,319 problems, 4 models; the plurality, the first seen of ties, is 584 times right."""
    data = gzip.decompress(real_data("gsm8k/example_model_solutions.jsonl.gz").read_bytes())
    right = better = worse = 0
    for row in map(json.loads, data.splitlines()):
        gold = final_answer(row["ground_truth"])
        solutions = [row[f"{size}_{way}"] for size in ("6b", "175b") for way in ("finetuning", "verification")]
        finals = [final_answer(each["solution"]) for each in solutions]
        assert [final == gold for final in finals] == [each["is_correct"] for each in solutions]
        pick = chosen(finals, [1] * 4)
        right += solutions[pick.best]["is_correct"]
        if pick.rejected is not None:
            marks = [solutions[place]["is_correct"] for place in (pick.best, pick.rejected)]
            better += marks == [True, False]
            worse += marks == [False, True]
    assert right == 584
    assert better > 5 * worse > 0
