"""The page of two runs side by side: whether they differ, and both on one chart, for every verb."""

from pathlib import Path
from typing import Any

import pytest

import autophagy
from autophagy.charts.colours import COLOURS
from autophagy.diff.result import DiffResult
from autophagy.forecast import ForecastSpec
from autophagy.report.write import write_diff
from report.compare.test_page import Text, make
from report.loop.test_page import Elements, show

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")


@pytest.fixture(scope="module")
def loops(tmp_path_factory: pytest.TempPathFactory) -> DiffResult:
    root = tmp_path_factory.mktemp("loops")
    for name, bias in (("a", 1.0), ("b", 0.5)):
        spec = autophagy.LoopSpec(
            "normal:d=1", samples=30, generations=3, seeds=3, bias=bias, metrics=("variance_ratio", "mean_error"),
            regimes=("replace", "accumulate"),
        )  # fmt: skip
        autophagy.run(spec, root / name, workers=1)
    return autophagy.diff(root / "a", root / "b")


@pytest.fixture(scope="module")
def page(loops: DiffResult, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_diff(loops, tmp_path_factory.mktemp("page") / "d.html")


def plain(page: Path) -> str:
    """The words of a page, those of two cells apart."""
    return Text(page.read_text()).plain


def ids(page: Path) -> list[str]:
    return [str(attributes["id"]) for _, attributes in Elements(page.read_text()).found if "data-plot" in attributes]


def test_the_decision_comes_first_then_the_figures_then_both_on_one_chart(loops: DiffResult, page: Path) -> None:
    words = plain(page)
    order = (
        loops.verdict[0],
        "The figures that were compared",
        "A ring is run A",
        "Both runs on one chart",
        "bias 1.0 0.5",
    )
    places = [words.index(told) for told in order]
    assert places == sorted(places)
    for each in loops.comparable.figures:
        assert f"{each.a} {each.b} {each.difference}" in words
    assert f"autophagy diff {loops.a.folder} {loops.b.folder} --out {page}" in words


def test_one_chart_has_the_curves_of_both_runs(loops: DiffResult, page: Path) -> None:
    text = page.read_text()
    assert ids(page) == ["last", *(f"both-{place}" for place in range(len(loops.charts())))]
    figures = text[text.index('id="both-0"') :].split("</figure>", 1)[0]
    for run in "AB":
        assert f'<th scope="col">{run}: replace</th>' in figures
    assert figures.count(COLOURS[0]) >= 2  # one label has one colour in both


def test_a_run_beside_itself_has_a_page(loops: DiffResult, tmp_path: Path) -> None:
    words = plain(write_diff(autophagy.diff(loops.a.folder, loops.a.folder), tmp_path / "d.html"))
    assert "The same run" in words
    assert "The two runs have the same settings, versions, machine and data." in words


def test_comparisons_and_forecasts_have_one_too(tmp_path: Path) -> None:
    arms = ("closed", "context", "oracle")
    runs = [make(tmp_path / name, arms[:count]) for name, count in (("one", 2), ("two", 3))]
    page = write_diff(autophagy.diff(*runs), tmp_path / "d.html")
    assert "arm context" in plain(page)
    assert "Not compared: the arm oracle is in B only." in plain(page)
    assert "both-0" in ids(page)
    forecasts = [autophagy.forecast(ForecastSpec("gaussian", samples=n, generations=4, chains=200)) for n in (50, 100)]
    page = write_diff(autophagy.diff(*forecasts), tmp_path / "f.html")
    assert "B: typical chain" in plain(page)
    assert "samples 50 100" in plain(page)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(1280, "dark"), (390, "light")])
def test_a_curve_of_one_run_is_hidden_by_its_button(browser: Any, page: Path, width: int, scheme: str) -> None:
    show(browser, page, width=width, scheme=scheme)
    assert browser.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    lines = "return document.querySelectorAll('#both-0 .c2.line').length"
    assert browser.execute_script(lines) == 1
    browser.find_element("css selector", '[data-label="B: replace"] button').send_keys(" ")
    assert browser.execute_script(lines) == 0
    assert browser.get_log("browser") == []
