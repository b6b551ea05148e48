"""The detector of machine text: its examples, its calibration, what it leaves unknown, and what it says of itself.

Run: pytest tests/curators/machine/test_machine.py
"""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, UsageError
from autophagy.core.samples import Samples
from autophagy.curators.machine.crossing import held_out
from autophagy.curators.machine.detector import Detector
from autophagy.curators.machine.evidence import TextEvidence
from autophagy.curators.machine.examples import Examples, count_words, first_words, matched, read_examples
from autophagy.curators.machine.machine import machine
from autophagy.curators.machine.trials import own_alarms, told, trials

WORDS = np.array([f"w{number}" for number in range(60)])
PEOPLE = np.arange(60, 0, -1.0) / np.arange(60, 0, -1.0).sum()
MODELS = np.roll(PEOPLE, 12)


def drawn(law, n, rng, length=60):
    return [" ".join(rng.choice(WORDS, length, p=law)) for _ in range(n)]


def labelled(n=90, sources=("law", "sea", "art"), generators=("ada", "bob"), law=MODELS, seed=0):
    rng = np.random.default_rng(seed)
    return Examples.of(
        drawn(PEOPLE, n, rng) + drawn(law, n, rng),
        [False] * n + [True] * n,
        [sources[place % len(sources)] for place in range(2 * n)],
        [""] * n + [generators[place % len(generators)] for place in range(n)],
    )


def written(path, examples):
    columns = zip(examples.texts, examples.machine, examples.source, examples.generator, strict=True)
    rows = [
        {"text": text, "label": "machine" if who else "human", "source": place, "generator": model}
        for text, who, place, model in columns
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def examples_file(tmp_path_factory):
    return written(tmp_path_factory.mktemp("examples") / "examples.jsonl", labelled())


def judge(lines, path, **settings):
    batch = Samples.of(np.array(lines, np.dtypes.StringDType()))
    return machine(batch, batch, np.random.default_rng(0), examples=path, **settings)


def test_texts_of_models_are_found_and_those_of_people_left(examples_file):
    rng = np.random.default_rng(9)
    people, models = drawn(PEOPLE, 100, rng), drawn(MODELS, 100, rng)
    verdict = judge(people + models, examples_file)
    assert (~verdict.keep[:100]).sum() <= 6
    assert (~verdict.keep[100:]).sum() >= 60
    assert ((verdict.score >= 0) & (verdict.score <= 1)).all()
    assert all("threshold" in detail for detail in verdict.details[~verdict.keep])


def test_what_cannot_be_judged_is_unknown_and_kept(examples_file):
    strange = " ".join(f"x{number}" for number in range(80))
    verdict = judge(["w1 w2 w3", "", strange], examples_file)
    assert verdict.keep.all()
    assert verdict.score.tolist() == [0.5] * 3
    assert verdict.details[0] == "unknown: 3 words are too few"
    assert verdict.details[2] == "unknown: it is unlike all examples"


def test_the_reason_says_first_how_it_does_where_it_was_not_trained(examples_file):
    reason = judge(["w1"], examples_file).reason
    assert reason.index("on a domain it was not trained on") < reason.index("on a generator it was not trained on")
    assert reason.index("on a generator it was not trained on") < reason.index("on other texts of its own domains")
    for name in ("art", "law", "sea", "ada", "bob"):
        assert f"{name} AUC" in reason
    assert reason.count("human texts in sea") == 3  # of two generators, and of its own domain


def test_one_domain_and_no_generator_are_said_to_be_unknown(tmp_path):
    path = written(tmp_path / "one.jsonl", labelled(sources=("",), generators=("",)))
    reason = judge(["w1"], path).reason
    assert "on a domain it was not trained on its errors are unknown" in reason
    assert "on a generator it was not trained on its errors are unknown" in reason


def test_no_row_changes_the_verdict_on_another(examples_file):
    rng = np.random.default_rng(2)
    lines = drawn(MODELS, 5, rng) + drawn(PEOPLE, 5, rng) + ["", "w1"]
    whole, order = judge(lines, examples_file), rng.permutation(12)
    again = judge([lines[place] for place in order], examples_file)
    assert again.score == pytest.approx(whole.score[order])
    assert again.details.tolist() == whole.details[order].tolist()


def test_no_examples_are_wrong_use():
    with pytest.raises(UsageError, match="give examples=FILE"):
        judge(["a"], "")


@pytest.mark.parametrize("settings", [{"false_alarms": 0.0}, {"false_alarms": 1.0}, {"shortest": 0}])
def test_absurd_settings_are_wrong_use(examples_file, settings):
    with pytest.raises(UsageError, match="must be"):
        judge(["a"], examples_file, **settings)


def test_false_alarms_stay_near_what_was_asked_for():
    """1,000 fresh texts of people: more than 4 % above a threshold of 1 % on 150 has a chance below 1 in 1,000."""
    evidence = TextEvidence.fit(labelled(150, sources=("",)), false_alarms=0.01)
    fresh = drawn(PEOPLE, 1_000, np.random.default_rng(11))
    assert (evidence.ratios(fresh) > evidence.high).mean() <= 0.04


def test_probabilities_are_calibrated():
    """Of fresh texts, those with a stated probability near p are a model's in the share p, within .12."""
    law = 0.75 * PEOPLE + 0.25 * MODELS  # so alike that most texts lie between
    evidence = TextEvidence.fit(labelled(400, sources=("",), law=law))
    rng = np.random.default_rng(12)
    texts, truth = drawn(PEOPLE, 1_500, rng) + drawn(law, 1_500, rng), np.repeat([0.0, 1.0], 1_500)
    p = 1 / (1 + np.exp(-evidence.ratios(texts)))
    bins = np.clip((p * 5).astype(int), 0, 4)
    sizes = np.bincount(bins, minlength=5)
    gaps = np.abs(np.bincount(bins, p - truth, 5)) / np.maximum(sizes, 1)
    assert (gaps[sizes > 150] < 0.12).all()
    assert (sizes > 150).sum() >= 2


def test_scores_that_turn_round_say_nothing():
    """Where a detector ranks the texts it was not fitted on the wrong way round, its evidence is 0 and not reversed."""
    rng = np.random.default_rng(0)
    texts = drawn(PEOPLE, 100, rng) + drawn(MODELS, 100, rng) + drawn(MODELS, 100, rng) + drawn(PEOPLE, 100, rng)
    kinds = [False] * 100 + [True] * 100 + [False] * 100 + [True] * 100
    evidence = TextEvidence.fit(Examples.of(texts, kinds, ["law"] * 200 + ["sea"] * 200), thresholds="source")
    assert evidence.calibration.weights.tolist() == [0.0]
    assert np.abs(evidence.ratios(texts)).max() < 1e-9


def test_held_out_scores_are_of_detectors_that_have_not_seen_the_text():
    examples = labelled(40)
    fold = np.arange(len(examples)) % 2
    scores = held_out(Detector.fit, examples, fold)
    other = Detector.fit(examples.take(fold == 1)).scores(examples.texts[fold == 0].tolist())
    assert scores[fold == 0].tolist() == other.tolist()


def test_a_trial_of_each_domain_and_generator_counts_its_texts():
    found = trials(labelled(), "source")
    assert [trial.name for trial in found] == ["art", "law", "sea"]
    for trial in found:
        assert trial.alarms.keys() == {trial.name}
        assert trial.alarms[trial.name].n == 30
        assert trial.found.n == 30
        assert 0.8 < trial.auc.value <= 1
    assert [trial.name for trial in trials(labelled(), "generator")] == ["ada", "bob"]
    assert trials(labelled(sources=("law",)), "source") == []
    assert "unknown" in told([], "source")


def test_a_trial_is_of_the_law_that_was_asked_for():
    alike = labelled(60, law=0.7 * PEOPLE + 0.3 * MODELS)
    by_law = [[trial.auc for trial in trials(alike, "source", law=law)] for law in ("words", "detector")]
    assert by_law[0] != by_law[1]


def test_false_alarms_are_told_of_each_source():
    alarms = own_alarms(labelled())
    assert alarms.keys() == {"art", "law", "sea"}
    for score in alarms.values():
        assert score.n == 30
        assert score.low <= 0.01 <= score.high


# --- examples


@given(st.lists(st.integers(1, 90), min_size=1, max_size=30), st.lists(st.integers(1, 90), min_size=1, max_size=30))
def test_matched_examples_are_equally_long(people, models):
    """Every text is the head of its own, and the longest and the middle of both kinds are equally long, but for one."""
    texts = [" ".join(["a"] * count + [str(place)]) for place, count in enumerate([*people, *models])]
    examples = Examples.of(texts, [False] * len(people) + [True] * len(models))
    cut = matched(examples)
    assert all(text.startswith(head) for text, head in zip(examples.texts, cut.texts, strict=True))
    lengths = np.array([count_words(text) for text in cut.texts.tolist()])
    ends = [np.sort(lengths[examples.machine == kind])[[0, -1]] for kind in (False, True)]
    if len(people) == len(models):
        both = [np.sort(lengths[examples.machine == kind]).tolist() for kind in (False, True)]
        assert both[0] == both[1]
    assert [end[1] <= longest for end, longest in zip(ends, (max(people) + 1, max(models) + 1), strict=True)] == [
        True
    ] * 2


def test_length_alone_tells_matched_examples_apart_no_more():
    rng = np.random.default_rng(0)
    people = [" ".join(["a"] * int(count)) + f" {place}" for place, count in enumerate(rng.integers(5, 60, 200))]
    models = [" ".join(["a"] * int(count)) + f" {place}x" for place, count in enumerate(rng.integers(30, 190, 300))]
    cut = matched(Examples.two(people, models))
    lengths = np.array([count_words(text) for text in cut.texts.tolist()])
    short, long = lengths[~cut.machine], lengths[cut.machine]
    assert (short[:, None] < long).mean() + (short[:, None] == long).mean() / 2 == pytest.approx(0.5, abs=0.02)


@given(st.text(alphabet="ab ,.é\n"), st.integers(1, 9))
def test_first_words(text, count):
    head = first_words(text, count)
    assert text.startswith(head)
    assert count_words(head) == min(count, count_words(text))


@pytest.mark.parametrize(
    ("people", "models", "column"),
    [
        ("0", "3", "generation"),
        ("human", "machine", "label"),
        ("person", "ChatGPT", "author"),
        ("real", "AI", "origin"),
    ],
)
def test_a_file_says_who_wrote_each_text_in_many_ways(tmp_path, people, models, column):
    lines = [f"text,{column},domain"]
    lines += [f"text {place},{people if place % 2 else models},sea" for place in range(50)]
    lines += ["text of nobody,,sea"]
    path = tmp_path / "examples.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    examples = read_examples(path)
    assert len(examples) == 50
    assert examples.machine.sum() == 25
    assert set(examples.source.tolist()) == {"sea"}


def test_files_that_cannot_be_used_are_refused_in_a_sentence(tmp_path):
    with pytest.raises(DataError, match="there is no file of examples"):
        read_examples(tmp_path / "absent.csv")
    for content, words in (
        ("text,other\na,b\n", "says who wrote each text"),
        ("x1,label\n,human\n", "no column of texts"),
        ("text,label\na,human\nb,machine\n", "at least 20 of each"),
    ):
        path = tmp_path / "bad.csv"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(DataError, match=words):
            read_examples(path)


def test_what_is_learned_in_one_process_is_taken_in_by_another(examples_file, monkeypatch):
    """A worker is handed what was learned: it judges alike, and learns nothing itself."""
    from autophagy.curators.machine import machine as room

    known, take_in = room.learned(examples=examples_file)
    lines = drawn(MODELS, 5, np.random.default_rng(5))
    here = judge(lines, examples_file)
    room._learned.clear()
    monkeypatch.setattr(room, "_learn", lambda *settings: pytest.fail("it learned anew"))
    take_in(known)
    there = judge(lines, examples_file)
    assert there.score.tolist() == here.score.tolist()
    assert there.reason == here.reason
