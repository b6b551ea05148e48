from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.drift.habits import constant, histogram
from autophagy.drift.marks import marks_of
from autophagy.drift.pairs import pair
from drifting import log, said

TEXTS = st.lists(st.sampled_from(["[yes]", "[no]", "yes", "nothing"]), min_size=1, max_size=5)


def marks(before, after):
    (task,) = pair(log(before), log(after), "m", "m")
    return marks_of(task)


@given(TEXTS, TEXTS)
def test_mismatch_and_noise_are_over_all_pairs_of_answers(before, after):
    found = marks(
        [said(text, 1, sample=k) for k, text in enumerate(before)],
        [said(text, 1, sample=k) for k, text in enumerate(after)],
    )
    b, a = ([{"[yes]": "yes", "[no]": "no"}.get(text, text) for text in side] for side in (before, after))
    assert found.mismatch[0] == pytest.approx(np.mean([x != y for x, y in product(b, a)]))
    within = [np.mean([x != y for x, y in combinations(side, 2)]) for side in (b, a) if len(side) > 1]
    if len(within) == 2:
        assert found.noise[0] == pytest.approx(np.mean(within))
    else:
        assert np.isnan(found.noise[0])


def test_what_cannot_be_read_what_was_cut_and_what_failed_are_counted_apart():
    before = [said("yes", 1), said("hm", 2), said("so far", 3, stop="length"), said("", 4, error="503")]
    found = marks(before, [said("[yes]", n) for n in (1, 2, 3, 4)])
    assert (found.before.unreadable, found.before.cut, found.before.failed) == ((2, 1), 1, 1)
    assert found.before.strict[:2].tolist() == [0, 0]
    assert np.isnan(found.before.strict[2:]).all()
    assert found.before.lenient[:2].tolist() == [1, 0]
    assert found.after.histogram == {"yes": 4}


def test_what_failed_and_what_was_cut_have_bars_of_their_own():
    before = [said("hm", 2), said("so far", 3, stop="length"), said("", 4, error="503"), said("[yes]", 1)]
    found = marks(before, [said("[yes]", n) for n in (1, 2, 3, 4)])
    assert histogram(found) == [
        {"answer": "yes", "before": 1, "after": 4},
        {"answer": "(unreadable)", "before": 1, "after": 0},
        {"answer": "(cut)", "before": 1, "after": 0},
        {"answer": "(failed)", "before": 1, "after": 0},
    ]
    assert sum(row["before"] for row in histogram(found)) == found.before.answers


def test_an_answer_that_never_came_differs_from_nothing():
    before = [said("[yes]", 1), said("", 1, sample=1, error="503"), said("thi", 1, sample=2, stop="length")]
    assert marks(before, [said("[yes]", 1)]).mismatch[0] == 0
    assert np.isnan(marks([said("", 1, error="503")], [said("[yes]", 1)]).mismatch[0])


def test_a_few_answers_among_failures_are_no_habit():
    questions = [said("", n, gold).question for n, gold in enumerate(["yes", "no"] * 10)]
    came = [said("[no]", n) for n in range(20)]
    lost = [said("[no]", n) if n < 3 else said("", n, error="503") for n in range(20)]
    found = marks(came, lost)
    assert constant(found.before, questions) == {"answer": "no", "share": 1.0}
    assert constant(found.after, questions) is None


def test_the_share_that_is_cut_leaves_out_what_failed():
    before = [said("so far", 1, stop="length"), said("", 1, sample=1, error="503"), said("[yes]", 1, sample=2)]
    assert marks(before, [said("[yes]", 1)]).before.cut_share.tolist() == [0.5]
