import math

import numpy as np
import pytest

from autophagy.core.recipe import PoolRow
from autophagy.generate.made import MadeRow
from autophagy.generate.variety.compared import MOST, variety
from autophagy.generate.variety.figures import COUNTED, FIGURES, WITHIN
from autophagy.generate.variety.topics import reached
from autophagy.text.verbs import verb_noun
from writer import SYLLABLES, VERBS

WORDS = [a + b for a in SYLLABLES for b in SYLLABLES]


def tasks(count, seed, words=WORDS, length=8):
    rng = np.random.default_rng(seed)
    return [f"{rng.choice(VERBS)} the {' '.join(rng.choice(words, length))}." for _ in range(count)]


def made(texts, each=5):
    rows = enumerate(texts)
    return [MadeRow(PoolRow(f"{n // each}/{n}", text, made=True), "alpaca", str(n // each), ()) for n, text in rows]


def seeds(texts):
    return [PoolRow(f"seed-{n}", text) for n, text in enumerate(texts)]


def overlap(sides):
    a, b = sides["made"], sides["seeds"]
    return a["low"] <= b["high"] and b["low"] <= a["high"]


def test_rows_of_the_same_source_are_as_varied_as_the_seeds():
    found = variety(made(tasks(200, 1)), seeds(tasks(80, 2)), 0)
    assert set(found["variety"]) == {*FIGURES, "seed_topics_reached"}
    assert set(found["variety_of_a_call"]) == set(WITHIN)
    for name, sides in found["variety"].items():
        if name in COUNTED:
            assert sides["seeds"]["n"] == sum(verb_noun(text) is not None for text in tasks(80, 2))
        elif name != "seed_topics_reached":
            assert (sides["made"]["n"], sides["seeds"]["n"]) == (80, 80)
        assert overlap(sides), name


def test_a_writer_of_few_words_is_less_varied_and_reaches_fewer_topics():
    table = variety(made(tasks(200, 1, WORDS[:12])), seeds(tasks(80, 2)), 0)["variety"]
    for name, larger in (("vendi_score", "seeds"), ("nearest_rouge_l", "made"), ("self_bleu", "made"),
                         ("adjusted_distinct_words", "seeds"), ("seed_topics_reached", "seeds")):  # fmt: skip
        smaller = {"made": "seeds", "seeds": "made"}[larger]
        assert table[name][larger]["low"] > table[name][smaller]["high"], name


def test_at_equal_words_long_rows_are_fewer():
    table = variety(made(tasks(60, 1, length=16)), seeds(tasks(60, 2, length=6)), 0)["variety_at_equal_words"]
    sides = table["vendi_score"]
    assert sides["seeds"]["n"] == 60
    assert sides["made"]["n"] == pytest.approx(60 * 8 / 18, abs=1)


def test_rows_of_one_call_that_are_alike_show_within_the_call_and_widen_the_interval():
    texts = [text for text in tasks(30, 1) for _ in range(5)]
    alike = [f"{text[:-1]} {place}." for place, text in enumerate(texts)]
    found = variety(made(alike), seeds(tasks(150, 2)), 0)
    within = found["variety_of_a_call"]["nearest_rouge_l"]
    assert within["made"]["low"] > 0.8 > within["seeds"]["high"]
    assert within["made"]["n"] == 30
    scattered = [replaced(row, str(place % 30)) for place, row in enumerate(made(alike))]
    widths = [width(variety(rows, seeds(tasks(150, 2)), 0)) for rows in (made(alike), scattered)]
    assert widths[0] > 1.5 * widths[1]


def replaced(row, call):
    return MadeRow(row.row, row.recipe, call, row.shown)


def width(found):
    score = found["variety"]["verb_entropy"]["made"]
    return score["high"] - score["low"]


@pytest.mark.parametrize(("rows", "given"), [(0, 40), (1, 40), (40, 0), (40, 1)])
def test_of_too_few_rows_nothing_is_known_and_the_other_side_stands_alone(rows, given):
    found = variety(made(tasks(rows, 1)), seeds(tasks(given, 2)), 0)
    within = found.pop("variety_of_a_call")["nearest_rouge_l"]
    assert (within["made"]["n"], within["seeds"]["n"]) == (rows // 5, 0)
    known = {"made": rows > 1, "seeds": given > 1}
    for table in found.values():
        assert {(score["n"], score["value"]) for score in table.pop("seed_topics_reached", {}).values()} <= {(0, None)}
        for sides in table.values():
            assert {side: (score["n"] > 0, score["value"] is not None) for side, score in sides.items()} == {
                side: (known[side], known[side]) for side in sides
            }


def test_figures_of_verbs_count_the_rows_that_have_one():
    rows = [*tasks(4, 1), *(f"What is {task[:-1].lower()} good for?" for task in tasks(16, 2))]
    found = variety(made(rows), seeds(tasks(20, 3)), 0)["variety"]
    for name in ("verb_entropy", "verb_noun_entropy", "share_of_20_commonest_verbs"):
        assert found[name]["made"]["n"] == 4, name
    assert found["vendi_score"]["made"]["n"] == 20
    questions = variety(made(rows[4:]), seeds(tasks(20, 3)), 0)["variety"]["verb_entropy"]["made"]
    assert (questions["value"], questions["n"]) == (None, 0)


def test_the_same_seed_gives_the_same_figures_and_many_rows_are_sampled():
    rows, others = made(tasks(MOST + 100, 1)), seeds(tasks(MOST + 50, 2))
    first = variety(rows, others, 3)
    assert first == variety(rows, others, 3)
    assert first["variety"]["vendi_score"]["made"]["n"] == MOST


def test_a_topic_reaches_as_far_as_the_fifth_nearest():
    among = np.full((7, 7), 0.1) + np.diag(np.full(7, 0.9))
    among[0, 1:] = among[1:, 0] = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]
    probes = np.zeros((7, 1))
    assert reached(among, probes) == 0
    probes[0] = 0.5
    assert reached(among, probes) == pytest.approx(1 / 7)
    probes[0] = math.nextafter(0.5, 0)
    assert reached(among, probes) == 0
