"""Two forecasts side by side: exact means where there are some, simulated ones with their intervals elsewhere."""

import autophagy
from autophagy.forecast import ForecastSpec


def forecast(**changes):
    return autophagy.forecast(ForecastSpec("gaussian", **{"samples": 100, "generations": 4, "chains": 200} | changes))


def figures(found):
    return {each.metric: each for each in found.comparable.figures}


def test_the_same_forecast_is_the_same_run():
    assert autophagy.diff(forecast(), forecast()).verdict[0].startswith("The same run")


def test_means_that_are_known_exactly_differ_without_an_error():
    found = figures(autophagy.diff(forecast(), forecast(samples=50)))["variance"]
    assert found.a.low == found.a.high
    assert found.contrast.p == 0
    assert found.differs


def test_an_exact_mean_is_told_without_an_interval():
    found = figures(autophagy.diff(forecast(), forecast(samples=50)))["variance"]
    assert "[" not in str(found.difference)
    assert "same" not in str(found.a)


def test_two_calibrations_differ_in_what_they_were_fitted_to(tmp_path):
    loop = autophagy.LoopSpec(
        "normal:d=1", samples=50, generations=6, seeds=3, metrics=("variance_ratio",), regimes=("replace",)
    )
    autophagy.run(loop, tmp_path / "loop", workers=1)
    for first in (3, 4):
        autophagy.run(ForecastSpec("gaussian", calibrate=str(tmp_path / "loop"), first=first), tmp_path / str(first))
    found = autophagy.diff(tmp_path / "3", tmp_path / "4")
    assert [(each.what, each.a, each.b) for each in found.differing] == [("first", "3", "4")]
    assert figures(found)["measured"].difference.value == 0
    assert figures(found)["forecast"].where == {"regime": "replace", "generation": 6}


def test_another_seed_changes_nothing_that_is_decided():
    found = autophagy.diff(forecast(), forecast(seed=5))
    assert not any(each.differs for each in found.comparable.figures)
    assert figures(found)["variance"].difference.value == 0  # exact, whatever the seed
    assert {each.what for each in found.differing} == {"seed"}


def test_the_last_generation_of_both_is_compared():
    found = autophagy.diff(forecast(), forecast(generations=7))
    assert {each.where["generation"] for each in found.comparable.figures} == {4}
