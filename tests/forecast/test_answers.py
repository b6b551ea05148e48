"""Targets, searches, the collapse profile, the document and the command line of forecasts.

The intervals of answers are checked at fixed seeds against closed forms and against fresh simulations.
"""

import json
import math
import re
import shlex
import subprocess
import sys

import numpy as np
import pytest
from scipy.optimize import brentq

import autophagy
from autophagy.cli.main import main
from autophagy.core import registry
from autophagy.core.errors import UsageError
from autophagy.forecast import (
    Forecast,
    ForecastSpec,
    Target,
    answer,
    check,
    families,
    forecast,
    make_plan,
    plan_of,
    simulate,
)
from autophagy.forecast.engines.gaussian import formulas as closed
from autophagy.forecast.engines.gaussian.moments import moments
from autophagy.forecast.laws import ClosedForm
from autophagy.forecast.plan import Trajectories, scaled
from autophagy.forecast.profile import profile
from autophagy.forecast.search import TargetSearch
from autophagy.forecast.target import binomial_quantile
from autophagy.forecast.verdict import count
from autophagy.regimes.numbers import DataMixture

EXAMPLE = {"samples": 10**9, "fresh": 2 * 10**7, "bias": 0.95, "generations": 50}


def ask(text, words="gaussian", **fields):
    plan = make_plan(words, **fields)
    return answer(plan, Target.parse(text), simulate(plan))


# targets


def test_targets_are_read_and_told():
    target = Target.parse(" variance >= 0.90 ")
    assert target == Target("variance", True, 0.9)
    assert str(target) == "variance>=0.9"
    assert target.met(0.9)
    assert not target.met(0.89)
    assert not target.met(math.nan)
    assert Target.parse("mean_error<=1e-3").met(1e-4)


@pytest.mark.parametrize("text", ["variance", "variance>0.9", "variance>=x", ">=0.9", "variance>=0.9>=1", ""])
def test_other_words_are_no_target(text):
    with pytest.raises(UsageError, match="in quotes, without which a shell"):
        Target.parse(text)


def test_the_interval_of_a_quantile_covers_it():
    """The median and the tenth of 200 normal numbers, 400 times: 95 % intervals cover within 91.6 to 98 % (z = 3)."""
    rng = np.random.default_rng(1)
    truth = {"mean": 0.0, "median": 0.0, "worst_tenth": -1.2815516}
    hits = dict.fromkeys(truth, 0)
    for _ in range(400):
        values = rng.standard_normal(200)
        for name, true in truth.items():
            _, low, high = Target("variance", True, 0).statistic(values, name)
            hits[name] += low <= true <= high
    assert all(0.916 <= count / 400 <= 0.985 for count in hits.values()), hits


def test_the_binomial_quantile_is_that_of_scipy_and_needs_no_slow_import():
    from scipy.stats import binom

    for n in (1, 2, 10, 57, 1000):
        for share in (0.1, 0.5, 0.9):
            expected = binom.ppf([0.025, 0.975], n, share)
            assert [binomial_quantile(q, n, share) for q in (0.025, 0.975)] == expected.tolist()
    found = "import sys, autophagy.forecast, autophagy.statistics.significance; print('scipy.stats' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", found], capture_output=True, text=True).stdout.strip() == "False"


def test_the_worst_tenth_is_on_the_bad_side():
    values = np.arange(101.0)
    assert Target("x", True, 0).statistic(values, "worst_tenth")[0] == 10
    assert Target("x", False, 0).statistic(values, "worst_tenth")[0] == 90


def test_a_target_takes_the_name_that_a_loops_metric_gives_to_the_figure():
    plan = make_plan("gaussian", samples=100, generations=10, chains=50)
    own, score = (forecast(plan, [text]) for text in ("variance>=0.9", "variance_ratio>=0.9"))
    assert own.answers["variance>=0.9"] == score.answers["variance_ratio>=0.9"]
    with pytest.raises(UsageError, match=r"no quantity 'varience' \(did you mean 'variance'\?\)"):
        forecast(plan, ["varience>=0.9"])
    with pytest.raises(UsageError, match="no quantity 'recall'"):
        forecast(plan, ["recall>=0.9"])


# searches


def _line(slope):
    """A search over plans whose quantity at a count is known: slope log10(count), without noise."""

    class Known(TargetSearch):
        def look(self, count):
            value = slope * math.log10(max(count, 1e-3))
            self._seen[count] = dict.fromkeys(("mean", "median", "worst_tenth"), (value, value - 0.1, value + 0.1))
            return self._seen[count]

    return Known(Target("x", True, 4.0), lambda n: None, 0, 10**9)


def test_a_search_closes_in_on_the_edge_and_its_interval():
    edge = _line(1.0).edge("mean", largest=False)
    assert edge["value"] == pytest.approx(10**4, rel=1e-3)
    assert edge["low"] == pytest.approx(10**3.9, rel=0.03)
    assert edge["high"] == pytest.approx(10**4.1, rel=0.03)


def test_the_largest_count_is_the_last_that_meets_the_target():
    found = _line(-1.0)
    object.__setattr__(found, "target", Target("x", True, -4.0))
    edge = found.edge("mean", largest=True)
    assert edge["value"] == pytest.approx(10**4, rel=1e-3)
    assert _line(1.0).edge("mean", largest=True)["at_the_end"]
    falling = _line(-1.0)
    object.__setattr__(falling, "target", Target("x", True, 2.0))
    assert falling.edge("mean", largest=False)["value"] == 0
    never = _line(1.0)
    object.__setattr__(never, "target", Target("x", True, 99.0))
    assert never.edge("mean", largest=False) is None
    assert never.best("mean") == (10**9, pytest.approx(9))


@pytest.mark.parametrize("n", [50, 400, 5000])
def test_the_smallest_sample_size_is_the_closed_one(n):
    """(1 - 1/n)^t >= v: n = 1 / (1 - v^(1/t)), exact for the mean."""
    value = (1 - 1 / n) ** 20
    found = ask(f"variance>={value:.17g}", samples=100, generations=20, chains=200)["samples"]["mean"]
    assert found["value"] == pytest.approx(n, abs=max(1, 5e-4 * n))
    assert found["low"] == found["high"] == found["value"]


def test_the_smallest_fresh_share_is_the_closed_one():
    """Population variance a / (1 - (1-a) b) reached from the start 1 in 50 generations, b = 0.95."""
    found = ask("variance>=0.9", **EXAMPLE)

    def gap(a):
        variance = 1.0
        for _ in range(49):
            variance = a + (1 - a) * 0.95 * variance
        return variance - 0.9

    share = brentq(gap, 0.01, 0.99)
    for name in ("mean", "median", "worst_tenth"):
        assert found["fresh_share"][name]["value"] == pytest.approx(share, rel=2e-3)
        assert found["fresh_share"][name]["low"] <= found["fresh_share"][name]["value"]
    assert found["synthetic"]["mean"]["value"] == pytest.approx(2e7 * (1 - share) / share, rel=2e-3)
    assert not found["now"]["mean"]["met"]
    assert found["held_until"]["mean"] == 3
    # no sample size helps: the share stays what it is
    assert not any(found["samples"][name]["reachable"] for name in found["samples"])


def test_the_most_synthetic_rows_are_the_admissible_ones():
    """Where the target is the risk of the real rows alone, the answer is n_s* of the closed form, within 5 %."""
    real, bias = 100, 0.9
    fields = {"samples": real, "fresh": real, "synthetic": 50, "bias": bias, "generations": 40, "chains": 3000}
    found = ask(f"wasserstein2<={1.5 / real}", **fields)["synthetic"]["mean"]
    assert found["value"] == pytest.approx(closed.admissible(real, bias), rel=0.05)
    assert found["low"] <= closed.admissible(real, bias) * 1.03
    assert found["high"] >= closed.admissible(real, bias) * 0.97
    assert found["low"] < found["value"] < found["high"]


def test_the_mean_and_the_typical_chain_need_different_sizes():
    found = ask("variance>=0.9", samples=100, generations=50)
    mean, median, tenth = (found["samples"][name]["value"] for name in ("mean", "median", "worst_tenth"))
    assert mean == pytest.approx(1 / (1 - 0.9 ** (1 / 50)), abs=1)
    # the median of log V is about t (psi((n-1)/2) - log(n/2)): twice as many rows
    assert median == pytest.approx(2 * mean, rel=0.3)
    assert found["samples"]["median"]["low"] < 2 * mean < found["samples"]["median"]["high"]
    assert tenth > 10 * median


def test_targets_out_of_reach_say_so_and_give_the_best():
    plan = make_plan("gaussian", samples=100, fixed=50, generations=20, chains=300)
    whole = forecast(plan, ["variance>=1.1"])
    found = whole.answers["variance>=1.1"]
    for question in ("fresh_share", "synthetic", "samples"):
        mean = found[question]["mean"]
        assert mean["reachable"] is False
        assert mean["value"] is None
        assert 0.9 < mean["best"]["value"] < 1.0 + 1e-9
    text = " ".join(whole.verdict)
    assert "No share of fresh rows reaches variance>=1.1" in text
    assert "No number of synthetic rows reaches variance>=1.1" in text
    assert "No sample size reaches variance>=1.1" in text


def test_a_loop_without_real_rows_has_no_synthetic_count_to_ask_for():
    assert ask("variance>=0.5", samples=50, generations=5, chains=50)["synthetic"] is None


def test_a_target_on_an_unknown_quantity_lists_the_known_ones():
    with pytest.raises(UsageError, match="variance, log_variance"):
        ask("colour>=1", generations=2, chains=2)


def test_scaling_keeps_shares_and_scales_counts():
    plan = make_plan("gaussian", samples=1000, fixed=0.1, fresh=200, synthetic=500, budget=900)
    more = scaled(plan, 3000)
    assert more.numbers == DataMixture(0.1, 600, 1500, 1, 2700)
    assert scaled(plan, 1).numbers.fresh == 1


# the profile


def test_the_profile_of_a_loop_that_collapses_and_of_one_that_does_not():
    plan = make_plan("gaussian", samples=10, generations=100)
    gone = {d.name: d for d in profile(plan, simulate(plan))}
    assert len(gone) == 8
    for name in (
        "catastrophic rise of the risk",
        "any rise of the risk",
        "collapse of variance",
        "disappearance of tails",
    ):
        assert gone[name].met, name
    assert gone["disappearance of modes"].met is None
    # the typical chain falls to a tenth where t (psi(4.5) - log 5) = log 0.1 - one step of generation 1
    drift = closed.log_step(10)[0]
    assert gone["collapse of variance"].since == pytest.approx(1 + math.log(0.1) / drift, abs=1.5)
    plan = make_plan("gaussian", samples=1000, fixed=None, memory="all", generations=50)
    kept = {d.name: d.met for d in profile(plan, simulate(plan))}
    assert not any(met for name, met in kept.items() if name != "any rise of the risk")


def test_the_unbiased_loop_diverges_and_wanders_off():
    found = profile_of("gaussian:covariance=unbiased", samples=50, generations=60, chains=4000)
    assert found["divergence of the risk"].met
    assert found["divergence of the risk"].value == pytest.approx(1, abs=0.2)
    assert profile_of("gaussian:covariance=unbiased", samples=5, generations=40, chains=4000)["hallucinated data"].met
    assert not profile_of("gaussian", samples=5, generations=120, chains=4000)["divergence of the risk"].met
    for regime in ("accumulate", "fresh"):  # what settles does not diverge
        numbers = {"fixed": None, "memory": "all"} if regime == "accumulate" else {"fresh": 30}
        for seed in range(5):
            found = profile_of("gaussian", samples=100, generations=100, seed=seed, **numbers)
            assert not found["divergence of the risk"].met


def profile_of(words, **fields):
    plan = make_plan(words, **fields)
    return {d.name: d for d in profile(plan, simulate(plan))}


def test_bias_changes_the_scaling_law_and_no_bias_does_not():
    assert profile_of("gaussian", samples=10**6, fresh=10**5, bias=0.9)["change of the scaling law"].met
    assert not profile_of("gaussian", samples=10**4, fresh=10**4)["change of the scaling law"].met


def test_a_short_loop_cannot_tell_divergence():
    assert profile_of("gaussian", samples=10, generations=7)["divergence of the risk"].met is None


# the z-test


def law(expected, **fields):
    return ClosedForm("f", "s", "x", np.asarray(expected, float), **fields)


def test_z_is_the_distance_in_standard_errors():
    rng = np.random.default_rng(0)
    values = rng.standard_normal((3, 10_000)) + 1
    found = check(law([1, 1, 1.05]), Trajectories({"x": values}))
    assert found.z == pytest.approx((values[2].mean() - 1.05) / (values[2].std(ddof=1) / 100), abs=0.05)
    assert found.worst_generation == 3
    assert found.alarm
    assert not check(law([1, 1, 1]), Trajectories({"x": values})).alarm
    assert not check(law([1, 1, 1.05], approximate="by far"), Trajectories({"x": values})).alarm
    only = check(law([1, 1, 1.05], testable=[True, True, False]), Trajectories({"x": values}))
    assert (only.generation, only.tested, only.alarm) == (2, 2, False)


def test_a_skewed_mean_raises_no_false_alarm():
    """Squares of normals, 100 chains, 2,000 times: the corrected z exceeds 3 as seldom as a normal one, below 1 %."""
    rng = np.random.default_rng(2)
    values = rng.standard_normal((2000, 100)) ** 2
    z = np.array([check(law([1.0]), Trajectories({"x": row[None]})).z for row in values])
    assert (np.abs(z) > 3).mean() < 0.01
    plain = (values.mean(axis=1) - 1) / (values.std(axis=1, ddof=1) / 10)
    assert (np.abs(plain) > 3).mean() > (np.abs(z) > 3).mean()


def test_equal_chains_and_single_chains():
    same = Trajectories({"x": np.full((2, 50), 0.1 * 3)})
    assert check(law([0.3, 0.3]), same).z == 0
    assert abs(check(law([0.3, 0.31]), same).z) > 100
    assert math.isnan(check(law([0.3, 0.3]), Trajectories({"x": np.ones((2, 1))})).z)


# the document


@pytest.fixture(scope="module")
def example():
    return forecast(make_plan("gaussian", **EXAMPLE), ["variance>=0.9"])


def test_the_document_has_its_fields(example):
    document = json.loads(json.dumps(example.document(), allow_nan=False))
    assert document["model"] == "gaussian"
    assert document["plan"]["samples"] == 10**9
    assert [line["generation"] for line in document["generations"]] == list(range(1, 51))
    last = document["generations"][-1]["variance"]
    assert last["low"] <= last["median"] <= last["high"]
    assert last["mean_low"] <= last["mean"] <= last["mean_high"]
    assert last["mean"] == pytest.approx(moments(example.plan)[1][-1], rel=1e-4)
    assert all({"formula", "z", "source"} <= set(line) for line in document["checks"])
    assert len(document["profile"]) == 8
    assert "variance>=0.9" in document["answers"]
    admissible = document["answers"]["admissible_synthetic"]
    assert admissible["value"] == pytest.approx(6 / 0.05**2, rel=0.03)
    assert all(sentence.endswith(".") for sentence in document["verdict"])


def test_the_verdict_says_what_is_left_and_what_it_was_checked_against(example):
    text = " ".join(example.verdict)
    assert "At generation 50 the variance is 0.308" in text
    assert "Half of generation 1's variance is gone by generation 18, on average and in the typical chain." in text
    assert "agrees with all 2 closed forms that hold for this plan" in text


def test_the_verdict_leads_with_the_answer_in_short(example):
    assert example.verdict[0] == (
        "With 1.96 % fresh rows and a sampling bias of 0.95, generation 50 keeps 31 % of the variance; "
        "keeping 90 % needs 31 % fresh rows."
    )
    alone = forecast(make_plan("gaussian", samples=100, generations=50), ["variance>=0.9"])
    assert alone.verdict[0].startswith("Trained only on its own output, generation 50 keeps 6")
    assert "in the typical chain" in alone.verdict[0]
    met = forecast(make_plan("gaussian", samples=10**9, generations=5, chains=20), ["variance>=0.9"])
    assert met.verdict[0] == "Trained only on its own output, generation 5 keeps 100 % of the variance."
    error = forecast(make_plan("regression", samples=100, generations=5))
    assert error.verdict[0].startswith("Trained only on its own output, the excess test error at generation 5 is 0.")


@pytest.mark.parametrize(
    ("number", "text"), [(999_999, "999,999"), (1e9, "1 billion"), (44_444_444, "44.44 million"), (1e19, "1e+19")]
)
def test_counts_are_told_in_words(number, text):
    assert count(number) == text


def test_a_forecast_that_disagrees_with_its_law_says_not_to_rely_on_it(example):
    wrong = law(np.full(50, 0.9))
    object.__setattr__(wrong, "quantity", "variance")
    broken = Forecast(example.plan, example.trajectories, [check(wrong, example.trajectories)], [], {}, example.profile)
    assert any("do not rely on this forecast" in sentence for sentence in broken.verdict)


def test_cuts_of_a_pool_that_stays_are_named_in_the_notes():
    cut = forecast(make_plan("gaussian", samples=10, fixed=None, memory="all", budget=10, generations=4, chains=100))
    assert any("cut from a pool" in note for note in cut.document()["notes"])
    once = forecast(make_plan("gaussian", samples=10, fresh=5, budget=8, generations=4, chains=100))
    assert once.document()["notes"] == []


def test_underflow_is_told_in_logarithms_and_nothing_warns():
    found = forecast(make_plan("gaussian", samples=2, bias=0.01, generations=1000, chains=200))
    document = json.loads(json.dumps(found.document(), allow_nan=False))
    assert document["generations"][-1]["variance"]["mean"] == 0
    assert document["generations"][-1]["log_variance"]["median"] < -4600


@pytest.mark.parametrize("name", sorted(families()))
def test_every_family_makes_a_whole_document(name, tmp_path):
    if name == "ngram":
        text = "the cat sat on the mat and the dog sat on the cat\n" * 20
        (tmp_path / "words.txt").write_text(text, encoding="utf-8")
        name = f"ngram:text={tmp_path / 'words.txt'}"
    found = forecast(make_plan(name, samples=60, generations=9, chains=120))
    document = json.loads(json.dumps(found.document(), allow_nan=False))
    assert document["verdict"]
    assert not any(check.alarm for check in found.checks)


# plans as they are written


def read(model, **words):
    return plan_of(ForecastSpec(model, **words))


def test_plans_are_read_from_words():
    plan = read("gaussian:d=2", samples="1e3", fresh="0.25", memory="all", bias="0.9", correction="1")
    assert (plan.samples, plan.numbers.fresh, plan.numbers.memory, plan.bias) == (1000, 0.25, "all", 0.9)
    assert plan.settings["d"] == 2
    assert plan.operators.correction == 1
    assert read("gaussian", regime="subsample", samples=50).numbers == DataMixture(None, 0, None, "all", "samples")
    assert read("bernoulli", verifier=".9,.3").operators.used == ("phi", "psi")
    assert read("gaussian", choices="inf").to_dict()["choices"] == "inf"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"samples": "many"}, "samples is 'many'"),
        ({"samples": "1.5"}, "samples is 1.5: give a whole number."),
        ({"samples": "0"}, "samples is 0"),
        ({"samples": "1e19"}, "samples is"),
        ({"fresh": "2.5"}, "share below 1"),
        ({"fresh": "-1"}, "fresh is -1"),
        ({"fixed": "0.6", "fresh": "0.6"}, "leave room"),
        ({"memory": "none"}, "memory is 'none': give a number of generations"),
        ({"memory": "0"}, "memory is 0"),
        ({"budget": "0"}, "budget is 0"),
        ({"bias": "0"}, "bias is 0"),
        ({"bias": "nan"}, "bias is nan: give a number above 0"),
        ({"seed": "-1"}, "seed is '-1': give a number of 0 or more."),
        ({"weight": "2"}, "weight"),
        ({"choices": "1.5"}, "choices is 1.5"),
        ({"verifier": ".9"}, "two keep rates"),
        ({"correction": "-1"}, "correction is -1"),
        ({"regime": "reuse"}, "no regime 'reuse'"),
        ({"synthetic": "0"}, "no rows are left"),
    ],
)
def test_words_that_make_no_plan_get_a_sentence(words, said):
    with pytest.raises(UsageError, match=re.escape(said)) as error:
        simulate(read("gaussian", **words))
    assert str(error.value).endswith(".")
    assert str(error.value).count("\n") == 0


def test_unknown_families_and_settings_get_a_suggestion():
    with pytest.raises(UsageError, match="did you mean 'gaussian'"):
        make_plan("gausian")
    with pytest.raises(UsageError, match="it takes d, covariance"):
        make_plan("gaussian:dim=2")


# the command line


def test_the_example_of_the_issue(capsys):
    words = "forecast gaussian --samples 1e9 --fresh 2e7 --bias 0.95 --generations 50 --json"
    assert main(shlex.split(words)) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["generations"][-1]["variance"]["mean"] == pytest.approx(0.3076, abs=1e-4)
    assert document["plan"]["fresh"] == 2 * 10**7


def test_the_table_for_people(capsys):
    assert main(shlex.split("forecast gaussian --samples 100 --generations 20 --target variance>=0.9")) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert "definition of model collapse" in text
    assert "variance>=0.9 needs at least this many samples a generation:" in text
    assert "E[variance] = b^(t-1) (1 - 1/n)^t" in text


def test_a_folder_of_another_forecast_is_refused_and_the_same_is_written_anew(tmp_path, capsys):
    words = shlex.split(f"forecast gaussian --samples 99 --generations 5 --chains 20 --out {tmp_path / 'out'}")
    assert main(words) == 0
    before = (tmp_path / "out" / "forecast.json").read_bytes()
    capsys.readouterr()
    assert main([*words, "--bias", "0.9"]) == 2
    assert "holds a run of another spec (bias differ)" in capsys.readouterr().err
    assert (tmp_path / "out" / "forecast.json").read_bytes() == before
    assert main(words) == 0
    assert (tmp_path / "out" / "forecast.json").read_bytes() == before


def test_a_forecast_is_recorded_by_the_same_function_as_a_run(tmp_path):
    spec = ForecastSpec("gaussian", samples=50, generations=4, chains=20, targets="variance>=0.9", choices="inf")
    record = autophagy.run(spec, tmp_path / "out").record
    assert record.done
    assert record.spec() == spec
    assert record.document() == json.loads(json.dumps(forecast(spec).document()))
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.tex").write_text("precious")
    with pytest.raises(autophagy.RecordError, match="not a run folder"):
        autophagy.run(spec, tmp_path / "papers")
    with pytest.raises(UsageError):
        autophagy.run(ForecastSpec("gaussian", samples=1), tmp_path / "none")
    assert not (tmp_path / "none").exists()


MINE = '''
import numpy as np
from autophagy import family
from autophagy.forecast import Quantity, Trajectories

@family("halving", quantities={"variance": Quantity("variance", better=1.0)}, roles={"variety": "variance"}, chains=7)
def halving(plan, rng, *, rate: float = 0.5):
    """A law that loses a share of its variance in each generation."""
    steps = rate ** np.arange(plan.generations)
    return Trajectories({"variance": steps[:, None] * np.ones(plan.chains)})
'''


def test_a_family_of_your_own_is_forecast_from_the_command_line(tmp_path, capsys, monkeypatch):
    registry.discover()
    monkeypatch.setattr(registry, "_entries", dict(registry._entries))
    (tmp_path / "mine.py").write_text(MINE)
    words = ["forecast", "halving:rate=0.8", "--plugin", str(tmp_path / "mine.py"), "--generations", "4"]
    assert main([*words, "--target", "variance>=0.9", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["plan"]["chains"] == 7
    assert document["generations"][-1]["variance"]["mean"] == pytest.approx(0.8**3)
    assert main(words) == 0
    assert "keeps 51 % of the variance" in " ".join(capsys.readouterr().out.split())
    assert main(["list", "families", "--plugin", str(tmp_path / "mine.py")]) == 0
    assert "halving" in capsys.readouterr().out
    assert main(["forecast", "halvin"]) == 2
    assert "did you mean 'halving'" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", ["forecast nothing", "forecast gaussian --samples no", "forecast gaussian --target x>=1"]
)
def test_wrong_use_is_one_sentence_and_code_2(words, capsys):
    assert main(shlex.split(words)) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_public_name_is_the_function():
    assert autophagy.forecast is forecast


# few chains, and what is known without any


def _said(**fields):
    return " ".join(forecast(make_plan("gaussian", samples=100, generations=5, **fields)).verdict)


def test_one_chain_is_told_as_one_and_the_closed_form_leads():
    said = _said(chains=1)
    assert "generation 5 keeps 95 % of the variance." in said
    assert "0.951 on average, by its closed form; the one simulated chain has" in said
    assert "One simulated chain is too few to check against the 7 closed forms" in said
    assert not re.search(r"typical chain,|all but|nearly the same|No exact|definitions", said)


def test_few_chains_without_a_closed_form_are_told_as_what_they_are():
    plan = make_plan("zipf", samples=100, generations=5, chains=3)
    said = " ".join(forecast(plan, ["heterozygosity>=0.99"]).verdict)
    assert "on average over 3 simulated chains" in said
    assert "typical chain" not in said
    assert "nine chains" not in said


def test_a_variance_that_grows_is_not_halved_after_infinitely_many_generations():
    said = _said(chains=1, bias=2.0)
    assert "loses no variance in the long run, since a bias of 2 widens what it samples" in said
    assert "inf " not in said


def test_where_an_exact_value_exists_it_is_the_only_one():
    """1,000 rows, 50 generations: .951 by the closed form, and .96 simulated, in the record alone."""
    found = forecast(make_plan("gaussian"))
    exact = (1 - 1 / 1000) ** 50
    assert found.headline(-1)["variance"]["mean"] == pytest.approx(exact)
    assert found.exact["variance"][-1] == pytest.approx(exact)
    assert found.generations[-1]["variance"]["mean"] != pytest.approx(exact, rel=1e-4)
    assert "the variance is 0.951 on average, by its closed form" in " ".join(found.verdict)


def _diverges(family="gaussian", **fields):
    plan = make_plan(family, **fields)
    return next(one for one in profile(plan, simulate(plan)) if one.name.startswith("divergence"))


def test_a_risk_that_cannot_exceed_2_does_not_diverge():
    bounded = _diverges()
    assert bounded.met is False
    assert "never comes above 2" in bounded.measured
    assert _diverges("gaussian:covariance=unbiased").met  # whose mean walks on for ever


def test_a_total_variation_cannot_diverge():
    assert _diverges("zipf", samples=100, generations=40, chains=20).met is False


def test_a_quantity_is_called_by_its_title_in_a_sentence():
    plan = make_plan("gaussian", samples=100, generations=5, chains=200)
    said = " ".join(forecast(plan, ["mean_error<=0.1"]).verdict)
    assert "Target squared error of the mean <= 0.1 at generation 5" in said
    assert not re.search(r"mean_error|log_variance|wasserstein2|e\+", said)
