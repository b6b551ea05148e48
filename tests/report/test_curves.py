"""What a reader can do with curves and points: another figure in front, running means, a logarithmic axis for points.

Run: pytest tests/report/test_curves.py
"""

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autophagy.report import write_report
from report.loop.test_page import digits, make_run, show
from report.test_kit import press

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")
pytest.importorskip("PIL")
pytestmark = pytest.mark.slow

RECALL = "#run-1-recall"


def data(page: Path, key: str) -> Any:
    block = page.read_text().split('id="data">', 1)[1].split("</script>", 1)[0]
    return json.loads(block)["plots"][key]


def made(folder: Path, **more: Any) -> Path:
    run = make_run(folder, digits()[:100], regimes=("replace", "augment", "fresh"), **more)
    return write_report([run], run / "report.html")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("curves") / "run", generations=12)


@pytest.fixture
def clean(browser: Any, page: Path) -> Iterator[Any]:
    show(browser, page)
    yield browser
    assert browser.get_log("browser") == []


def test_another_figure_stands_in_front_and_the_first_comes_back(clean: Any) -> None:
    def front() -> str:
        return str(clean.find_element("css selector", ".pick [data-plot]").get_attribute("id"))

    choice = clean.find_element("css selector", ".pick select")
    titles = [option.text for option in choice.find_elements("css selector", "option")]
    first = front()
    assert titles[0].startswith("Recall at generation 12")
    assert len(titles) == len(set(titles)) > 1
    choice.send_keys("\ue015")  # arrow down
    assert front() != first
    assert titles[1] in clean.find_element("css selector", ".pick").text
    choice.send_keys("\ue013")
    assert front() == first
    shown = clean.execute_script("return [...document.querySelectorAll('.others [data-plot]')].map(plot => plot.id)")
    assert len(shown) == len(titles) - 1
    assert first not in shown


def test_a_smooth_curve_is_a_running_mean_is_told_and_keeps_the_recorded_points(clean: Any, page: Path) -> None:
    plot = data(page, "run-1-recall")
    press(clean, "Smooth", "contains(@class, 'tools')")
    note = clean.find_element("css selector", f"{RECALL} .smoothing").text
    assert "Smoothed: each line is a mean over up to 5 places" in note
    circles = clean.execute_script(
        f"return [...document.querySelectorAll('{RECALL} .raw circle')].map(c => c.getAttribute('cy'))"
    )
    known = [value for curve in plot["curves"] for value in curve["value"] if value is not None]
    assert len(circles) == len(known)
    # the line of the first curve, back from the drawing to values
    path = clean.execute_script(
        f"return document.querySelector('{RECALL} .c0.line path[fill=none], {RECALL} path.c0.line').getAttribute('d')"
    )
    heights = [float(y) for y in re.findall(r"[ML]-?[\d.]+ (-?[\d.]+)", path)]
    raw = np.array(plot["curves"][0]["value"], float)
    expected = [raw[max(0, i - h) : i + h + 1].mean() for i in range(12) for h in [min(2, i, 11 - i)]]
    drawn = np.array([float(each) for each in circles[:12]])
    slope, start = np.polyfit(raw, drawn, 1) if np.ptp(raw) else (0.0, drawn[0])
    assert heights == pytest.approx([start + slope * value for value in expected], abs=0.2)
    press(clean, "Smooth", "contains(@class, 'tools')")
    assert not clean.find_elements("css selector", ".smoothing, .raw")


def test_points_with_bars_stand_on_a_logarithmic_axis(browser: Any, tmp_path: Path) -> None:
    page = made(tmp_path / "run", generations=1)
    lines = [json.loads(line) for line in (tmp_path / "run" / "generations.jsonl").read_text().splitlines()]
    for line in lines:
        line["scores"]["frechet"] = {"replace": 0.1, "augment": 1.0, "fresh": 4.0}[line["regime"]] * (
            1 + line["seed"] / 50
        )
    (tmp_path / "run" / "generations.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    page = write_report([tmp_path / "run"], page)
    show(browser, page)
    press(browser, "Logarithmic axis", "contains(@class, 'tools')")
    values = [curve["value"][0] for curve in data(page, "run-1-frechet")["curves"]]
    script = (
        "return [0, 1, 2].map(place => [...document.querySelectorAll(`#run-1-frechet .c${place}.points`)].flatMap("
        "part => part.matches('path') ? [part] : [...part.querySelectorAll('path')])"
        ".map(path => path.getAttribute('d')))"
    )
    middles = []
    for paths in browser.execute_script(script):
        # of the marker, a path of relative steps from one point; the caps of the bar are two
        (middle,) = {
            float(y) for path in paths for y in re.findall(r"^M[\d.]+ (-?[\d.]+)m", path) if path.count("M") == 1
        }
        middles.append(middle)
    a, b, c = middles
    logs = [math.log(value) for value in values]
    assert (a - b) / (b - c) == pytest.approx((logs[0] - logs[1]) / (logs[1] - logs[2]), rel=0.02)
    press(browser, "Seeds", "contains(@class, 'tools')") if browser.find_elements(
        "xpath", "//button[.='Seeds']"
    ) else None
    assert browser.get_log("browser") == []


def test_without_a_script_every_figure_is_there(browser: Any, page: Path) -> None:
    text = page.read_text().partition("<main")[2].partition("</main>")[0]
    assert text.count('id="run-1-last') == len(re.findall(r"at generation 12</a>", text)) > 1
    assert '<details class="more others">' in text
