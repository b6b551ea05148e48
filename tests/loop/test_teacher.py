"""Imitation: the metric by hand, the teacher's texts in the plan and the record, and what the report says of them."""

import json
import math
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu

from autophagy.core.errors import DataError, RecordError, UsageError
from autophagy.core.parts import Part
from autophagy.core.registry import build
from autophagy.core.samples import UNKNOWN, Samples
from autophagy.features.features import Features, no_feature_map
from autophagy.loop.legend import Legend
from autophagy.loop.loop import loop, prepare
from autophagy.loop.run import run
from autophagy.loop.spec import LoopSpec
from autophagy.loop.table import by_amount
from autophagy.loop.verdict import verdict
from autophagy.metrics.imitation import imitation, preference
from autophagy.models.ngram.model import Ngram
from autophagy.testing.fixtures import texts
from autophagy.text.words import UNKNOWN as UNKNOWN_WORD
from autophagy.text.words import tokenize

AMOUNTS = ["mix:fixed=5", "mix:fixed=20"]
PASSAGES = st.lists(st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=9).map(" ".join), min_size=2, max_size=9)

LEGEND = Legend.of([Part("imitation")], {})


def rows(lines):
    return Samples.of(np.array(lines, dtype=np.dtypes.StringDType()))


def measured(student, real, taught, seed=0):
    held_out = None if taught is None else rows(taught)
    made = Features(rows(["anything"]), no_feature_map, fitted=student)
    return imitation(Features(rows(real), no_feature_map, teacher=held_out), made, np.random.default_rng(seed))


def count(x):
    return np.array([len(tokenize(text)) + 1 for text in x.tolist()])


def by_heart(nats):
    """A student that has the log-probability of each whole text by heart."""
    return SimpleNamespace(tokens=count, log_prob=lambda x, run=0: np.array([float(nats[t]) for t in x.tolist()]))


# --- the metric

NATS = {"a b": -4, "c d": -6, "a d": -3, "c b": -9, "b": -2, "d": -1, "t t": -3, "u": -4}


def test_the_figures_of_a_student_by_hand():
    found = measured(by_heart(NATS), ["a b", "c d"], ["t t", "u"])
    # nats a token: the teacher's -1 and -2, the real -4/3 and -2; of four pairs two are won and one is a tie
    assert found["style"] == 2.5 / 4
    assert found["style_teacher_perplexity"] == pytest.approx(math.exp(7 / 5))
    # "a " raises b by -4 + 2 and d by -3 + 1, a tie; "c " raises d by -6 + 1 and b by -9 + 2, which is right
    assert found["gold"] == 1.5 / 2


def test_a_passage_of_one_word_has_no_ends_to_choose_between():
    nats = NATS | {"alone": -5}
    assert measured(by_heart(nats), ["a b", "alone", "c d"], ["u"])["gold"] == 1.5 / 2
    with pytest.raises(DataError, match=r"^1 held-out passages have two words or more"):
        measured(by_heart(nats), ["a b", "alone"], ["u"])


def test_the_first_half_keeps_its_blank_and_the_second_its_line_ends():
    heard = []

    def log_prob(x, run=0):
        heard.extend(x.tolist())
        return np.zeros(len(x))

    measured(SimpleNamespace(tokens=count, log_prob=log_prob), ["  one two\nthree four\n", "v  w x"], ["t"])
    assert {"three four\n", "w x", "  one two\nw x", "v  three four\n"} <= set(heard)


@given(real=PASSAGES, taught=PASSAGES, price=st.floats(0.01, 20), seed=st.integers(0, 9))
def test_an_indifferent_student_has_neither_style_nor_capability(real, taught, price, seed):
    student = SimpleNamespace(tokens=count, log_prob=lambda x, run=0: -price * count(x))
    found = measured(student, real, taught, seed)
    assert (found["style"], found["gold"]) == (0.5, 0.5)
    assert found["style_teacher_perplexity"] == pytest.approx(math.exp(price))


@given(real=PASSAGES, seed=st.integers(0, 9))
def test_a_student_that_knows_no_order_can_only_guess(real, seed):
    # log p(whole) - log p(end) is the same for every end, however different the words are
    student = Ngram(order=1).fit(rows(["a b b c c c c d d d d d d d d e f g"]), np.random.default_rng(0))
    assert measured(student, real, ["a b"], seed)["gold"] == 0.5


def test_a_student_that_has_read_the_real_passages_knows_every_end():
    real = [f"a{i} b{i} c{i} d{i}" for i in range(40)]
    assert measured(Ngram(order=2).fit(rows(real), np.random.default_rng(0)), real, real)["gold"] == 1.0


@pytest.mark.parametrize(("learnt_from", "style"), [("teacher", 1.0), ("real", 0.0)])
def test_a_student_equal_to_the_teacher_has_its_style(learnt_from, style):
    rng = np.random.default_rng(3)
    real, taught = ([" ".join(rng.choice(list(letters), 20)) for _ in range(30)] for letters in ("aaabc", "abccc"))
    words = rows([*(taught if learnt_from == "teacher" else real), "a b c"])
    student = Ngram(order=1).fit(words, rng)
    assert measured(student, real, taught)["style"] == pytest.approx(style, abs=0.05)
    assert measured(student, real, real)["style"] == 0.5


@given(one=st.lists(st.integers(-4, 4), min_size=1, max_size=20), other=st.lists(st.integers(-4, 4), min_size=1))
def test_preference_is_scipys_statistic_over_the_pairs_and_its_mirror(one, other):
    one, other = np.array(one, float), np.array(other, float)
    found = preference(one, other)
    assert found == pytest.approx(mannwhitneyu(one, other).statistic / (len(one) * len(other)))
    assert found + preference(other, one) == pytest.approx(1.0)


def test_impossible_texts_are_the_least_likely_ones():
    found = measured(by_heart(NATS | {"u": -math.inf, "a d": -math.inf, "d": -math.inf}), ["a b", "c d"], ["t t", "u"])
    assert found["style"] == 2 / 4
    assert math.isnan(found["style_teacher_perplexity"])
    assert found["gold"] == 1 / 2  # d is impossible: "a " chooses b, and "c ", which has b to choose, too


@pytest.mark.parametrize(
    ("student", "taught", "why"),
    [
        (None, ["u"], "of a language model only"),
        (by_heart(NATS), None, "held-out texts of a teacher"),
        (by_heart(NATS | {"u": math.nan}), ["u"], "gives some held-out texts no probability"),
    ],
)
def test_what_cannot_be_measured_is_said_in_a_sentence(student, taught, why):
    with pytest.raises(DataError, match=why):
        measured(student, ["a b", "c d"], taught)


# --- the teacher in the plan


@pytest.fixture
def files(tmp_path):
    """A file of 120 real documents, and one of 100 of the teacher's."""
    real, taught = tmp_path / "real.txt", tmp_path / "taught.txt"
    real.write_text("<|endoftext|>".join(texts(120).x.tolist()))
    taught.write_text("<|endoftext|>".join(f"Dear reader, {i}: as a teacher I say so." for i in range(100)))
    return real, taught


def spec(files, teacher=None, **more):
    words = {"model": "ngram", "regimes": AMOUNTS, "generations": 1, "samples": 30, "seeds": 2, **more}
    return LoopSpec(str(files[0]), teacher=teacher or str(files[1]), **words)


def test_a_tenth_of_a_file_is_held_out_and_the_rest_is_dealt_to_each_seed(files):
    plan = prepare(spec(files))
    out, (one, two) = set(plan.teacher.held_out.x.tolist()), plan.teacher.texts
    assert len(out) == 10
    assert len(one) == len(two) == 20
    assert not out & {*one.x.tolist(), *two.x.tolist()}
    assert set(one.x.tolist()) != set(two.x.tolist())
    assert set(one.source) == {"teacher"}
    assert set(one.generation) == {UNKNOWN}
    few = plan.begin("mix:fixed=5", (0, 1)).split(2)
    assert [part.x.tolist() for part in few] == [one.x.tolist()[:5], two.x.tolist()[:5]]


def test_a_model_is_fitted_once_and_writes_other_texts_for_each_seed(files):
    plan = prepare(spec(files, "ngram:order=2"))
    assert len(plan.teacher.held_out) == 200
    one, two = (part.x.tolist() for part in plan.teacher.texts)
    assert one != two
    known = {word for text in plan.training().x.tolist() for word in tokenize(text)}
    assert {word for text in [*one, *two] for word in tokenize(text)} <= {*known, UNKNOWN_WORD}
    assert prepare(spec(files, "ngram:order=2")).teacher.digest == plan.teacher.digest


def test_only_the_first_generation_imitates(files):
    regimes = ["replace", "augment", "accumulate", "fresh:fresh=4"]
    found = {(g.regime, g.index): g.mixture for g in loop(spec(files, regimes=regimes, generations=3)) if g.seed == 1}
    first = {"fixed": 0, "fresh": 0, "synthetic": 0, "teacher": 30}
    assert all(found[regime, 1] == first for regime in regimes)
    assert found["replace", 3] == {"fixed": 0, "fresh": 0, "synthetic": 30}
    assert found["augment", 2] == {"fixed": 30, "fresh": 0, "synthetic": 30}
    assert found["accumulate", 3] == {"fixed": 30, "fresh": 0, "synthetic": 60}
    assert found["fresh:fresh=4", 3] == {"fixed": 0, "fresh": 4, "synthetic": 30}


def test_without_a_number_generation_1_imitates_all_that_there_is(files):
    files[1].write_text("<|endoftext|>".join(f"I am number {i}." for i in range(40)))
    plan = prepare(spec(files, regimes=["replace"], samples=None))
    assert (plan.samples, plan.first) == (36, {"replace": 36})
    assert prepare(spec(files, "ngram", regimes=["replace"], samples=None)).samples == len(plan.training())


def test_more_can_be_imitated_than_there_are_real_rows(files):
    found = list(loop(spec(files, "ngram", regimes=["mix:fixed=500"], seeds=1)))
    assert found[0].mixture["teacher"] == 500


def test_the_teachers_words_are_in_the_vocabulary(files):
    plan = prepare(spec(files))
    assert {"Dear", "teacher"} <= set(plan.model.vocabulary.words)


@pytest.mark.parametrize(
    ("teacher", "why"),
    [
        ("ngrm:order=2", r"no teacher 'ngrm:order=2' \(did you mean 'ngram'\?\): give the path"),
        ("ngram:oder=2", "no setting 'oder'"),
        ("gaussian", "no teacher 'gaussian'"),
        ("digits", "the teacher digits holds numbers"),
        ("normal:d=2", "the teacher normal:d=2 holds numbers"),
    ],
)
def test_a_teacher_that_is_none_is_refused(files, teacher, why):
    with pytest.raises((UsageError, DataError), match=why):
        prepare(spec(files, teacher))


def test_too_few_texts_are_refused_with_both_numbers(files):
    with pytest.raises(
        DataError, match=r"the plan needs 91 passages of the teacher .*, which has 90 beside the 10 held-out ones"
    ):
        prepare(spec(files, regimes=["mix:fixed=91"]))
    files[1].write_text("one\n\ntwo")
    with pytest.raises(DataError, match="has 2 documents with words, too few"):
        prepare(spec(files))


def test_numbers_have_no_teacher():
    with pytest.raises(UsageError, match="a teacher writes texts, and normal holds numbers"):
        prepare(LoopSpec("normal", teacher="ngram"))


def test_imitation_is_measured_where_there_is_a_teacher(files):
    student = next(iter(loop(spec(files))))
    assert 0.9 < student.scores["style"] <= 1.0
    alone = next(iter(loop(LoopSpec(str(files[0]), model="ngram", generations=1, samples=30, seeds=1))))
    assert "style" not in alone.scores
    assert "imitation" not in alone.scores
    assert set(alone.mixture) == {"fixed", "fresh", "synthetic"}
    with pytest.raises(UsageError, match="the metric imitation needs a teacher"):
        next(iter(loop(LoopSpec(str(files[0]), model="ngram", metrics=["imitation"]))))


# --- the record


def test_a_changed_teacher_is_not_resumed_over_and_the_same_one_gives_the_same_numbers(files, tmp_path):
    plan = spec(files, metrics=["imitation"], generations=2)
    record = run(plan, tmp_path / "run", workers=1)
    facts, lines = record.environment()["teacher"], record.lines()
    assert (facts["name"], facts["rows"]) == (str(files[1]), {"each_seed": 20, "held_out": 10})
    (tmp_path / "run" / "DONE").unlink()
    path = tmp_path / "run" / "generations.jsonl"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:3]))
    assert run(plan, tmp_path / "run", resume=True, workers=2).lines() == lines
    files[1].write_text(files[1].read_text().replace("Dear", "My dear"))
    with pytest.raises(RecordError, match=r"the teacher .*taught.txt changed after"):
        run(plan, tmp_path / "run", resume=True)


# --- what is said of it


def line(amount, seed, style, gold, regime=None, generation=1):
    mixture = {"fixed": 0, "fresh": 0, "synthetic": 0, "teacher": amount}
    name = regime or f"mix:fixed={amount}"
    scores = {"style": style, "gold": gold}
    return {"regime": name, "seed": seed, "generation": generation, "mixture": mixture, "scores": scores}


def said(style, gold, seeds=4):
    """The sentence about style and gold that go from the first to the second figure, with a little noise."""
    noise = [0.002 * (-1) ** seed for seed in range(seeds)]
    lines = [
        line(amount, seed, style[place] + noise[seed] * (place + 1), gold[place] - noise[seed] * (place + 1))
        for place, amount in enumerate((20, 3000))
        for seed in range(seeds)
    ]
    return next(text for text in verdict(lines, [], LEGEND) if "imitated" in text)


def test_by_amount_takes_generation_1_and_one_regime_of_an_amount():
    lines = [
        line(80, 0, 0.7, None),
        line(20, 0, 0.6, 0.5),
        line(20, 0, 0.1, 0.1, regime="other"),
        line(20, 0, 0.2, 0.2, generation=2),
        {"regime": "r", "seed": 0, "generation": 1, "mixture": {"fixed": 3}, "scores": {"style": 0.9}},
    ]
    found = by_amount(lines)
    assert list(found) == [20, 80]
    assert found[20] == {"style": {0: 0.6}, "gold": {0: 0.5}}
    assert math.isnan(found[80]["gold"][0])


def test_the_finding_of_the_paper_is_claimed_where_the_intervals_allow_it():
    text = said((0.6, 0.9), (0.60, 0.61))
    assert text.startswith("From 20 to 3,000 imitated passages style rose from 0.60 to 0.9")
    assert "and gold held at 0.61" in text
    assert text.endswith("the style is learnt, and capability gains no more than 0.05 with it (Gudibande et al. 2023).")


def test_other_findings_are_told_as_they_are():
    assert said((0.6, 0.9), (0.5, 0.8)).endswith("capability comes with the style, unlike in Gudibande et al. (2023).")
    assert "Gudibande" not in said((0.6, 0.61), (0.5, 0.8))
    assert "Gudibande" not in said((0.9, 0.6), (0.5, 0.5))
    assert "style went from 0.60 to 0.90 in the one seed" in said((0.6, 0.9), (0.5, 0.5), seeds=1)
    wide = [
        line(amount, seed, 0.6 + 0.3 * place + 0.001 * seed, 0.6 + place * (0.3 if seed else -0.2))
        for place, amount in enumerate((20, 300))
        for seed in range(3)
    ]
    assert verdict(wide, [], LEGEND)[0].endswith("and whether capability comes with it is not decided.")


def test_one_amount_is_no_comparison():
    assert not any("imitated" in text for text in verdict([line(20, 0, 0.6, 0.5)], [], LEGEND))


def test_the_report_of_a_run_with_a_teacher_shows_style_and_gold_by_amount(files, tmp_path):
    pytest.importorskip("matplotlib")
    from autophagy.report import write_report

    folder = tmp_path / "run"
    run(spec(files, metrics=["imitation"]), folder, workers=1)
    page = write_report([folder], tmp_path / "page.html").read_text()
    found = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    chart = found["plots"]["run-1-by-amount"]
    assert chart["x"][2]  # logarithmic
    assert chart["level"][0] == 0.5  # guessing
    assert {curve["label"]: curve["at"] for curve in chart["curves"]} == {"Style": [5, 20], "Gold": [5, 20]}
    assert 'id="run-1-imitation"' in page
    assert "the teacher&#39;s" in page
    bare = tmp_path / "bare"
    run(LoopSpec(str(files[0]), model="ngram", metrics=["types"], generations=1, samples=30, seeds=1), bare, workers=1)
    page = write_report([bare], tmp_path / "bare.html").read_text()
    assert 'id="run-1-imitation"' not in page
    assert "the teacher&#39;s" not in page


@pytest.mark.slow
def test_a_real_model_is_a_teacher_by_its_name(smollm2, tmp_path, monkeypatch):
    """It is tuned on the real texts, and writes what the first generation learns from: here, in few words."""
    pytest.importorskip("peft", reason="tuning a model needs peft: run pip install 'autophagy[text]'")

    def short(kind, part):
        return build(kind, Part(part.name, {**part.settings, "context": 40}))

    monkeypatch.setattr(sys.modules["autophagy.loop.teacher"], "build", short)
    monkeypatch.setattr(sys.modules["autophagy.loop.teacher"], "AT_LEAST", 4)
    file = tmp_path / "texts.txt"
    file.write_text("\n\n".join(texts(24).x.tolist()))
    spec = LoopSpec(
        str(file), model="ngram:order=1", regimes=["replace"], generations=1, seeds=1, samples=4, passage=8,
        metrics=["types"], teacher=smollm2,
    )  # fmt: skip
    plan = prepare(spec)
    assert [len(rows) for rows in plan.teacher.texts] == [4]
    assert set(plan.teacher.texts[0].source.tolist()) == {"teacher"}
    assert all(text.strip() for text in plan.teacher.held_out.x.tolist())
