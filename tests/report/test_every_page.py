"""Each verb's page in a real browser: nothing sticks out, is empty, is cut, or needs a script to be read.

Run: pytest tests/report/test_every_page.py
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import autophagy
from autophagy import ForecastSpec, LoopSpec
from autophagy.cli.main import main
from every_verb import MAKERS, home, made
from report.looking import CUT, EMPTY, HIDDEN, WIDER, barriers, look, scripts, show, unfold
from report.view.conftest import serving

pytest.importorskip("matplotlib")
pytest.importorskip("jinja2")

PAGES = (*MAKERS, "one", "several", "map", "texts")
RULES = {"wider": WIDER, "empty": EMPTY, "cut": CUT, "hidden": HIDDEN}


def words(name: str) -> list[str]:
    """What makes a page on the command line, without its place."""
    if name in ("one", "several"):  # with every figure, also those that rows without classes have none of
        generations = {"one": 1, "several": 2}[name]
        autophagy.run(LoopSpec("normal:d=2", samples=40, generations=generations, seeds=1), home() / name, workers=1)
    if name == "several":
        return ["report", str(home() / "one"), str(home() / name)]
    if name == "map":
        plan = ForecastSpec("gaussian", samples=50, generations=3, chains=20, map=("fresh=0..0.5:3", "bias=0.8..1:3"))
        autophagy.run(plan, home() / name)
    if name == "texts":
        data = [f"{text} Nobody knows who paid for it, nor how." for text in _texts()]
        autophagy.run(LoopSpec(data, model="ngram", generations=2, seeds=2), home() / name, workers=1)
    if name not in MAKERS:
        return ["report", str(home() / name)]
    result = made(name)
    if name == "diff":
        return ["diff", str(result.a.folder), str(result.b.folder)]
    return ["report", str(result.path if name == "watch" else result.folder)]


def _texts() -> list[str]:
    from every_verb import TEXTS

    return TEXTS


@pytest.fixture(scope="module")
def pages() -> dict[str, Path]:
    """The page of each verb, made once."""
    places = {}
    for name in PAGES:
        own = name in ("forecast", "calibrate", "map")  # whose page lies in their folder
        place = home() / name / "report.html" if own else home() / f"{name}-page.html"
        assert main([*words(name), *([] if own else ["--out", str(place)])]) == 0, name
        places[name] = place
    return places


@pytest.fixture
def chrome(browser: Any) -> Iterator[Any]:
    """The browser, as it was afterwards."""
    yield browser
    scripts(browser, True)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_screen_and_its_charts_show_something(chrome: Any, pages: Any, name: str) -> None:
    for width in (390, 1280):
        show(chrome, pages[name].resolve().as_uri(), width)
        assert [look(chrome, rule) for rule in (WIDER, EMPTY, CUT)] == [[], [], []], width
        unfold(chrome)
        assert [look(chrome, rule) for rule in (WIDER, CUT)] == [[], []], f"{width}, unfolded"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_without_scripts(chrome: Any, pages: Any, name: str) -> None:
    scripts(chrome, False)
    for width in (390, 1280):
        show(chrome, pages[name].resolve().as_uri(), width)
        assert "scripted" not in chrome.execute_script("return document.documentElement.className")
        assert [look(chrome, rule) for rule in (HIDDEN, WIDER)] == [[], []], width


BROKEN = {
    "wider": ("</main>", '<p style="width:2000px">wide</p></main>'),
    "empty": ('"value":[', '"value":[null],"before":['),
    "cut": ('class="yt"', 'class="yt" transform="translate(-900 0)"'),
    "hidden": ("</main>", "<p hidden>nobody reads this</p></main>"),
}


@pytest.mark.parametrize("what", list(BROKEN))
def test_each_rule_finds_a_page_that_is_broken(chrome: Any, pages: Any, tmp_path: Path, what: str) -> None:
    """A whole page shows nothing, and the same page with one thing broken does."""
    text, (old, new) = pages["loop"].read_text(), BROKEN[what]
    assert old in text
    broken = tmp_path / "broken.html"
    broken.write_text(text.replace(old, new))
    scripts(chrome, False)
    show(chrome, broken.as_uri(), 390)
    found = {name: look(chrome, rule) for name, rule in RULES.items()}
    assert found[what]
    assert {name for name, faults in found.items() if faults} == {what}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_barriers(chrome: Any, axe: str, pages: Any, name: str) -> None:
    for width, scheme in ((1280, "light"), (390, "dark")):
        show(chrome, pages[name].resolve().as_uri(), width, scheme)
        unfold(chrome)
        assert barriers(chrome, axe) == [], (width, scheme)


def test_axe_finds_a_barrier(chrome: Any, axe: str, pages: Any, tmp_path: Path) -> None:
    broken = tmp_path / "broken.html"
    broken.write_text(pages["loop"].read_text().replace("</main>", '<img src="data:,"></main>'))
    show(chrome, broken.as_uri(), 1280)
    assert [each.partition(":")[0] for each in barriers(chrome, axe)] == ["image-alt"]


def test_the_pages_of_view_fit_and_have_no_barriers(chrome: Any, axe: str, pages: Any) -> None:
    """The list of runs, and a run of each verb in its frame."""
    with serving(home()) as server:
        show(chrome, server.address, 1280)
        runs = [each.get_attribute("href") for each in chrome.find_elements("css selector", "a[href*='run/']")]
        assert len(runs) >= len(set(MAKERS) - {"watch", "diff"})
        for address in (server.address, *runs):
            for width, scheme in ((1280, "light"), (390, "dark")):
                show(chrome, address, width, scheme)
                assert (look(chrome, WIDER), barriers(chrome, axe)) == ([], []), (address, width)
