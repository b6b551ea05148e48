"""Two loops side by side: what is the same, what differs, what cannot be compared."""

import json
import shutil

import numpy as np
import pytest

import autophagy
from autophagy.core.errors import UsageError

WORDS = {
    "samples": 30, "generations": 3, "seeds": 4, "metrics": ("variance_ratio", "mean_error"),
    "regimes": ("replace", "accumulate"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Loops that differ in one thing each; no test changes them."""
    root = tmp_path_factory.mktemp("diff")
    changes = {
        "plain": {}, "again": {}, "biased": {"bias": 0.5}, "longer": {"generations": 5}, "other": {"seed": 1},
        "one": {"seeds": 1}, "more": {"seeds": 5, "bias": 0.5}, "few": {"metrics": ("frechet",)},
        "mix1": {"regimes": ("mix:fresh=5",)}, "mix2": {"regimes": ("mix:fresh=9", "replace")},
        "mix3": {"regimes": ("mix:fresh=9",)}, "kde": {"model": "kde:bandwidth=0.5"},
        "kde2": {"model": "kde:bandwidth=0.9"},
    }  # fmt: skip
    for name, change in changes.items():
        autophagy.run(autophagy.LoopSpec("normal:d=1", **{**WORDS, **change}), root / name, workers=1)
    return root


@pytest.fixture
def diff(shop):
    """The difference of two of them."""
    return lambda a, b, **more: autophagy.diff(shop / a, shop / b, **more)


def settings(found):
    return {each.what: (each.a, each.b) for each in found.differing if each.group == "settings"}


def test_the_same_spec_gives_the_same_run(diff):
    found = diff("plain", "again")
    assert found.verdict == [f"The same run: every one of {found.same.shared:,} recorded numbers is equal."]
    assert found.same.shared == len(found.a.rows())
    assert all(each.difference.value == 0 for each in found.comparable.figures)


def test_a_setting_that_matters_is_found_and_told(diff):
    found = diff("plain", "biased")
    assert settings(found) == {"bias": ("1.0", "0.5")}
    assert found.comparable.pairing == "seed"
    assert found.verdict[0].startswith("B has a lower variance ratio than A: variance ratio 0.")
    assert "bias (1.0, 0.5)" in found.verdict[-1]


def test_the_other_way_round_everything_turns_its_sign(diff):
    there, back = diff("plain", "biased"), diff("biased", "plain")
    assert "higher" in back.verdict[0]
    for one, two in zip(there.comparable.figures, back.comparable.figures, strict=True):
        assert one.difference.value == pytest.approx(-two.difference.value)
        assert one.adjusted == pytest.approx(two.adjusted)


def test_the_last_generation_that_both_have_is_compared(diff):
    found = diff("plain", "longer")
    assert {each.where["generation"] for each in found.comparable.figures} == {3}
    assert found.verdict[0].startswith("The same as far as both go: although their settings differ")


def test_seeds_that_one_run_has_alone_are_left_out_of_the_pairs(diff):
    found = diff("plain", "more")
    assert {each.difference.n for each in found.comparable.figures} == {4}


def test_other_root_seeds_are_not_paired_and_the_sentence_says_why(diff):
    found = diff("plain", "other")
    assert found.comparable.pairing == "nothing"
    assert "root seed differs" in found.comparable.why
    assert {each.group for each in found.differing} >= {"settings", "data"}


def test_one_seed_decides_nothing(diff):
    assert diff("plain", "one").verdict[0].startswith("The same as far as both go")  # the seed is one of the four
    changed = diff("biased", "one")
    assert changed.verdict[0].startswith("Nothing is decided")
    assert "--seeds 3" in changed.verdict[1]
    assert not any(each.differs for each in changed.comparable.figures)


def test_of_texts_nothing_is_decided_where_other_documents_are_held_out(tmp_path):
    rng = np.random.default_rng(1)
    texts = [" ".join(rng.choice(list("abcdefgh"), 60)) for _ in range(12)]
    (tmp_path / "texts.txt").write_text("\n\n".join(texts))
    runs = [
        autophagy.run(
            autophagy.LoopSpec(
                str(tmp_path / "texts.txt"), model="ngram", generations=1, seeds=3, seed=seed, passage=20,
                metrics=("types_ratio",), regimes=("replace",)
            ),
            tmp_path / str(seed), workers=1,
        )
        for seed in (0, 1)
    ]  # fmt: skip
    found = autophagy.diff(*runs)
    assert found.verdict[0].startswith("Nothing is decided")
    assert "Texts are held out by the document" in found.verdict[1]


def test_what_one_run_has_alone_is_told(diff):
    alone = diff("plain", "few").comparable.alone
    assert {"variance ratio is in A only", "Fréchet distance is in B only"} <= set(alone)
    first, *rest = diff("plain", "few").verdict
    assert first == "The two runs have nothing in common that could be compared."
    assert not any("Paired" in sentence for sentence in rest)
    assert "the regime mix:fresh=5 is in A only" in diff("mix1", "plain").comparable.alone


def test_the_only_other_regimes_go_together_whatever_their_labels(diff):
    found = diff("mix1", "mix3")
    assert settings(found) == {"fresh of mix": ("5", "9")}
    assert {each.where["regime"] for each in found.comparable.figures} == {"mix:fresh=5 / mix:fresh=9"}
    assert "accumulate / mix:fresh=9" in {each.where["regime"] for each in diff("plain", "mix2").comparable.figures}


def test_settings_of_a_plug_in_are_told_one_by_one(diff):
    assert settings(diff("kde", "kde2")) == {"bandwidth of kde": ("0.5", "0.9")}
    assert settings(diff("plain", "kde")) == {"model": ("gaussian", "kde:bandwidth=0.5")}


def test_every_figure_is_compared_where_that_is_asked(diff):
    few, every = diff("plain", "biased"), diff("plain", "biased", every=True)
    assert {each.metric for each in few.comparable.figures} < {each.metric for each in every.comparable.figures}
    assert len(every.scores()) == len(every.comparable.figures)


def test_a_chart_has_both_runs(diff):
    chart = diff("plain", "biased").chart("variance_ratio")
    labels = [curve.label for curve in chart.curves]
    assert labels == ["A: replace", "A: accumulate", "B: replace", "B: accumulate"]
    assert [curve.hue for curve in chart.curves] == [0, 1, 0, 1]
    assert [curve.style for curve in chart.curves] == ["line", "line", "dashed", "dashed"]


def test_rows_say_which_run_they_are_of(diff):
    found = diff("plain", "biased")
    assert {row["run"] for row in found.rows()} == {"A", "B"}
    assert len(found.rows()) == len(found.a.rows()) + len(found.b.rows())
    assert json.dumps(found.document(), allow_nan=False)


def test_a_run_that_goes_on_is_compared_as_far_as_it_is(shop, tmp_path):
    part = shutil.copytree(shop / "biased", tmp_path / "part")
    (part / "DONE").unlink()
    lines = (part / "generations.jsonl").read_text().splitlines(keepends=True)
    first = [line for line in lines if json.loads(line)["generation"] < 3]
    (part / "generations.jsonl").write_text("".join(first) + lines[-1][:30])
    found = autophagy.diff(shop / "plain", part)
    assert {each.where["generation"] for each in found.comparable.figures} == {2}
    assert not found.done


def test_a_number_that_was_changed_is_noticed(shop, tmp_path):
    other = shutil.copytree(shop / "plain", tmp_path / "other")
    lines = (other / "generations.jsonl").read_text().splitlines()
    line = json.loads(lines[0])
    line["scores"]["variance_ratio"] += 1e-15
    (other / "generations.jsonl").write_text("\n".join([json.dumps(line), *lines[1:]]) + "\n")
    found = autophagy.diff(shop / "plain", other)
    assert found.same.unequal == 1
    assert any("All settings are the same, yet 1 of" in sentence for sentence in found.verdict)


def test_two_verbs_are_refused_in_a_sentence(shop):
    forecast = autophagy.forecast(autophagy.ForecastSpec("gaussian", samples=100, generations=2, chains=50))
    with pytest.raises(UsageError, match=r"A is a loop and B is a forecast: give two runs of one verb\."):
        autophagy.diff(shop / "plain", forecast)
