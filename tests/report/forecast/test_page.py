"""The pages of a forecast, of its map and of a calibration: what they say first, and how they behave in a browser."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import autophagy
from autophagy import LoopSpec
from autophagy.forecast import Forecast, forecast, make_plan, parse_axes, phase_map
from autophagy.forecast.calibrate.calibrate import calibrate
from autophagy.report.forecast.calibration_page import write_calibration
from autophagy.report.forecast.page import write_forecast
from report.loop.test_page import Elements, behind, paper, plain, requests, show

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")


def planned(**more: Any) -> Forecast:
    return forecast(make_plan("gaussian", samples=100, generations=8, chains=40), ["variance>=0.9"], **more)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_forecast(planned(), tmp_path_factory.mktemp("forecast") / "out")


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("contourpy")
    found = planned()
    phase = phase_map(found.plan, *parse_axes(["fresh=0..0.5:7", "bias=0.5..1:5"], found.plan))
    return write_forecast(replace(found, map=phase), tmp_path_factory.mktemp("map") / "out")


def ids(page: Path) -> list[str]:
    return [str(attributes["id"]) for _, attributes in Elements(page.read_text()).found if "data-plot" in attributes]


def test_a_forecast_begins_with_its_decision_and_what_the_target_takes(page: Path) -> None:
    words, found = plain(page), planned()
    places = [
        words.index(told) for told in (found.verdict[0], "What each target takes", "What is left at generation 8")
    ]
    assert places == sorted(places)
    assert found.verdict[1] in words  # behind the table
    share = found.answers["variance>=0.9"]["fresh_share"]["mean"]["value"]
    assert f"{100 * share:.4g} %" in words[places[1] : places[2]]
    assert ids(page)[0] == "last"
    assert page.stat().st_size < 300_000


def test_the_target_stands_in_the_chart_of_its_quantity_alone(page: Path) -> None:
    text = page.read_text()
    assert text.count("Dashed: the target variance&gt;=0.9.") == 1
    figures = text[text.index('id="quantity-variance"') :].split("</figure>", 1)[0]
    assert '<th scope="row">variance&gt;=0.9</th><td>0.90</td>' in figures
    assert list(behind(page, "quantity-variance")) == list(range(1, 9))


def test_a_page_says_what_made_it_and_when(page: Path) -> None:
    words = plain(page)
    assert f"autophagy forecast --spec {page.parent / 'spec.toml'} --out {page.parent}" in words
    assert f"Autophagy {autophagy.__version__} · 20" in words


def test_one_chain_has_no_typical_one(tmp_path: Path) -> None:
    plan = make_plan("gaussian", samples=100, generations=3, chains=1)
    words = plain(write_forecast(forecast(plan), tmp_path))
    assert "one chain" in words
    assert "In the typical chain" not in words
    assert "The dotted line" not in words


def test_a_map_begins_with_the_cells_in_which_the_target_holds(mapped: Path) -> None:
    words = plain(mapped)
    assert words.index("On the map of fresh and bias") < words.index("Cells of the map in which") < 600
    assert ids(mapped)[0] == "map"
    assert "These curves are of the plan itself" in words
    assert "Here, fresh real rows = 0 and sampling bias (1 is unbiased) = 1" in words
    assert list(mapped.parent.glob("map.png"))


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_page_of_a_map_works_at_every_width(browser: Any, mapped: Path, width: int, scheme: str) -> None:
    show(browser, mapped, width=width, scheme=scheme)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.execute_script("return document.querySelectorAll('#map svg.plot image').length") == 2
    assert (
        browser.execute_script("return document.querySelectorAll('#map svg.plot path[stroke-dasharray]').length") >= 1
    )
    drawing = browser.find_element("css selector", "#map .drawing")
    drawing.send_keys("\ue014")  # an arrow key reads the map
    told = browser.find_element("css selector", "#map .tip").text
    for words in ("fresh real rows", "sampling bias", "mean of 40 chains", "typical chain", "closed form", "share of"):
        assert words in told
    assert browser.get_log("browser") == []
    assert requests(browser) == []


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_the_page_of_a_calibration_works_at_every_width(browser: Any, tmp_path: Path, width: int, scheme: str) -> None:
    spec = {"data": "normal:d=1", "generations": 6, "samples": 40, "seeds": 3, "metrics": ["drift"]}
    autophagy.run(LoopSpec(**spec, regimes=["replace", "accumulate"]), tmp_path / "run", workers=1)
    found = calibrate(tmp_path / "run", generations=9)
    page = write_calibration(found, tmp_path / "out")
    assert ids(page) == ["last", "forecast-0", "forecast-1", "excess-0", "excess-1"]
    words = plain(page)
    assert words.index(found.lead) < words.index("the last that was measured") < words.index("Effective rows")
    for regime in found.regimes:
        assert str(regime.effective) in words[words.index("Effective rows") :]  # in a table too, and not in prose alone
    show(browser, page, width=width, scheme=scheme)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert browser.execute_script("return [...document.querySelectorAll('#forecast-0 .c1')].length") >= 2
    assert browser.execute_script("return document.querySelectorAll('#forecasts ~ .tools .axes').length") == 1
    browser.find_element("css selector", "[data-label=measured] button").send_keys(" ")
    assert browser.execute_script("return document.querySelectorAll('#forecast-0 .c1').length") == 0
    assert browser.get_log("browser") == []
    assert requests(browser) == []


@pytest.mark.slow
def test_paper_has_the_map_and_what_is_folded(browser: Any, mapped: Path) -> None:
    show(browser, mapped)
    text, drawn = paper(browser)
    assert planned().verdict[1][:40] in text
    assert "Data" not in text.split()
    assert drawn
