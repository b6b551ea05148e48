"""What a reader can do with the charts of a page, in a real browser with and without its script."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from autophagy.report import write_report
from report.loop.test_page import HOSTILE, digits, make_run, ring, show, until

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")
pytest.importorskip("PIL")
pytestmark = pytest.mark.slow

REGIMES = ("replace", "augment", "=1+1")
RECALL = "#run-1-recall"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_run(tmp_path_factory.mktemp("kit") / "run", digits()[:100], regimes=REGIMES, generations=6)


@pytest.fixture(scope="module")
def page(run: Path) -> Path:
    return write_report([run], run / "report.html")


@pytest.fixture
def clean(browser: Any, page: Path) -> Iterator[Any]:
    """The page in a browser, which must not have complained by the end of the test."""
    show(browser, page)
    yield browser
    assert browser.get_log("browser") == []


def hover(browser: Any, across: float, selector: str = RECALL) -> str:
    """What a chart says at a share of its width, wherever its lines run there."""
    from selenium.webdriver.common.action_chains import ActionChains

    drawing = browser.find_element("css selector", f"{selector} svg.plot")
    browser.execute_script("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", drawing)
    place = round((across - 0.5) * drawing.size["width"])
    ActionChains(browser, duration=0).move_to_element_with_offset(drawing, place, 20).perform()
    return str(browser.find_element("css selector", f"{selector} .tip").text)


def figures(page: Path, generation: int) -> list[str]:
    """The mean recall of each regime at a generation, as the data of the page have it."""
    block = page.read_text().split('id="data">', 1)[1].split("</script>", 1)[0]
    curves = json.loads(block)["plots"]["run-1-recall"]["curves"]
    return [f"{curve['value'][generation - 1]:.2f}"[:3] for curve in curves]


def press(browser: Any, text: str, within: str = "") -> None:
    xpath = f"//*[{within or 'true()'}]//button[normalize-space()='{text}']"
    browser.execute_script("arguments[0].click()", browser.find_element("xpath", xpath))


def lines(browser: Any) -> list[str]:
    return browser.execute_script(
        f"return [...document.querySelectorAll('{RECALL} .line path[fill=none]')].map(path => path.getAttribute('d'))"
    )


def test_hovering_anywhere_tells_every_curve_there(clean: Any, page: Path) -> None:
    said = hover(clean, 0.97)
    assert "generation 6" in said
    assert all(label in said for label in REGIMES)
    assert all(number in said for number in figures(page, 6))
    assert "generation 1" in hover(clean, 0.12)


def test_a_chart_is_read_by_keys(clean: Any) -> None:
    drawing = clean.find_element("css selector", f"{RECALL} .drawing")
    for key, place in (("\ue011", 1), ("\ue014", 2), ("\ue010", 6), ("\ue012", 5)):  # Home, right, End, left
        drawing.send_keys(key)
        assert f"generation {place}" in clean.find_element("css selector", f"{RECALL} .tip").text
    drawing.send_keys("\ue00c")
    assert not clean.find_element("css selector", f"{RECALL} .tip").is_displayed()


def test_a_hidden_regime_leaves_every_chart_and_comes_back(clean: Any) -> None:
    before = lines(clean)
    key = clean.find_element("css selector", ".tools [data-label=replace] button")
    key.send_keys(" ")
    assert key.get_attribute("aria-pressed") == "false"
    assert len(lines(clean)) == len(before) - 1
    assert clean.execute_script("return document.querySelectorAll('#run-1-curves ~ * .c0').length") == 0
    assert "replace" not in hover(clean, 0.9)
    key.send_keys(" ")
    assert lines(clean) == before


def test_the_axis_may_be_logarithmic_and_seeds_may_show(clean: Any) -> None:
    before = lines(clean)
    ticks = "return [...document.querySelectorAll('#run-1-frechet .yt')].map(tick => tick.textContent)"
    linear = clean.execute_script(ticks)
    press(clean, "Logarithmic axis", "contains(@class, 'tools')")
    assert all(a != b for a, b in zip(before, lines(clean), strict=True))
    assert clean.execute_script(ticks) != linear
    press(clean, "Logarithmic axis", "contains(@class, 'tools')")
    assert lines(clean) == before
    press(clean, "Seeds", "contains(@class, 'tools')")
    assert clean.execute_script(f"return document.querySelectorAll('{RECALL} .seed').length") == 3 * 3


def test_a_figure_that_is_never_above_0_has_no_logarithm_and_harms_nothing(browser: Any, tmp_path: Path) -> None:
    run = make_run(tmp_path / "run", ring(), kind="vector", generations=2)
    text = (run / "generations.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        line["scores"]["recall"] = 0.0
    (run / "generations.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    show(browser, write_report([run], tmp_path / "page.html"))
    press(browser, "Logarithmic axis", "contains(@class, 'tools')")
    assert "0.00" in hover(browser, 0.9)
    assert browser.get_log("browser") == []


def test_an_enlarged_chart_goes_back_to_its_place(clean: Any) -> None:
    def width() -> float:
        return float(clean.find_element("css selector", f"{RECALL} svg.plot").size["width"])

    small = width()
    clean.find_element("css selector", f"{RECALL} .enlarge").send_keys("\ue007")
    assert width() > 1.5 * small
    clean.switch_to.active_element.send_keys("\ue00c")  # Escape
    until(lambda: width() == small)
    assert clean.execute_script("return document.activeElement.className") == "enlarge"
    assert clean.execute_script(
        f"return document.querySelector('{RECALL}').parentNode.matches('#run-1-curves ~ .charts')"
    )


@pytest.mark.parametrize(("button", "kind"), [("Download SVG", "svg"), ("Download CSV", "csv")])
def test_a_chart_can_be_taken_away(clean: Any, run: Path, tmp_path: Path, button: str, kind: str) -> None:
    clean.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)})
    press(clean, button, "@id='run-1-recall'")
    until((tmp_path / f"recall.{kind}").exists)
    text = (tmp_path / f"recall.{kind}").read_text()
    if kind == "svg":
        words = ["".join(node.itertext()) for node in ElementTree.fromstring(text).iter() if node.tag.endswith("text")]
        assert {"Recall", *REGIMES} <= set(words)
        assert "var(" not in text
    else:
        rows = list(csv.DictReader(io.StringIO(text)))
        assert len(rows) == 3 * 6
        assert {row["series"] for row in rows} == {"replace", "augment", "'=1+1"}  # never a formula
        recorded = [json.loads(line) for line in (run / "generations.jsonl").read_text().splitlines()]
        for row in rows:
            where = (row["series"].lstrip("'"), int(row["generation"]))
            own = [each["scores"]["recall"] for each in recorded if (each["regime"], each["generation"]) == where]
            np.testing.assert_allclose(float(row["value"]), np.mean(own), rtol=1e-4)
            np.testing.assert_allclose([float(row[f"seed {seed}"]) for seed in range(3)], own, rtol=1e-3)


def test_a_link_leads_to_a_generation_and_a_figure(browser: Any, page: Path) -> None:
    show(browser, page)
    browser.get(f"{page.resolve().as_uri()}#g=4&m=vendi")
    browser.refresh()
    assert browser.find_element("css selector", ".where").text == "Generation 4"
    assert "generation 4" in browser.find_element("css selector", "#run-1-vendi .tip").text
    top = browser.execute_script("return document.querySelector('#run-1-vendi').getBoundingClientRect().top")
    assert 0 <= top < 900
    browser.find_element("css selector", "input[type=range]").send_keys("\ue011")
    assert "g=1&m=vendi" in browser.current_url
    for odd in ("#g=&m=", "#g=x&m=__proto__", "#=", "#g=1e9&r=run-7"):
        browser.get(f"{page.resolve().as_uri()}{odd}")
        browser.refresh()
    assert browser.get_log("browser") == []


def test_two_generations_stand_side_by_side(clean: Any) -> None:
    slider = clean.find_element("css selector", "input[type=range]")
    slider.send_keys("\ue011")
    clean.find_element("css selector", ".beside").click()
    slider.send_keys("\ue010")
    assert clean.find_element("css selector", ".where").text == "Generation 6 beside generation 1"
    pictures = (
        "return [...document.querySelectorAll('[data-panel]')].map(p => [...p.querySelectorAll('img')].map(i => i.alt))"
    )
    assert clean.execute_script(pictures)[0] == ["Rows of replace at generation 6", "Rows of replace at generation 1"]
    clean.find_element("css selector", ".beside").click()
    assert len(clean.execute_script(pictures)[0]) == 1


def test_two_runs_are_on_one_chart(browser: Any, run: Path, tmp_path: Path) -> None:
    other = shutil.copytree(run, tmp_path / "other")
    show(browser, write_report([run, other], tmp_path / "page.html"))
    said = hover(browser, 0.9, "#together-recall")
    assert "replace (run)" in said
    assert "replace (other)" in said
    press(browser, "replace", "contains(@class, 'tools')")
    assert "replace" not in hover(browser, 0.9, "#together-recall")
    assert browser.get_log("browser") == []


def test_without_a_script_everything_can_be_read(browser: Any, page: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(browser, page)
        pictures = browser.find_elements("css selector", ".panel img")
        assert len(pictures) == 4
        assert all(picture.get_attribute("src").startswith("data:image/png") for picture in pictures)
        assert not browser.find_element("css selector", ".controls").is_displayed()
        summary = browser.find_element("css selector", f"{RECALL} summary")
        summary.send_keys("\ue007")
        assert "generation" in browser.find_element("css selector", f"{RECALL} table").text
        assert browser.find_element("css selector", f"{RECALL} svg.plot").size["height"] > 100
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_labels_that_mean_harm_do_none_when_charts_are_used(browser: Any, tmp_path: Path) -> None:
    odd = ('"]', "__proto__", HOSTILE)
    run = make_run(tmp_path / "run", ring(), kind="vector", regimes=odd, generations=3, name=HOSTILE)
    show(browser, write_report([run, run], tmp_path / "page.html"))
    assert HOSTILE[:20] in hover(browser, 0.9)
    for key in browser.find_elements("css selector", ".tools button"):
        browser.execute_script("arguments[0].click()", key)
    browser.find_element("css selector", f"{RECALL} .enlarge").send_keys("\ue007")
    assert browser.execute_script("return window.stolen === undefined && ({}).stolen === undefined")
    assert browser.get_log("browser") == []
