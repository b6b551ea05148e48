"""Every text that a user or a model can influence arrives on the page as text, and breaks neither page nor script."""

import json
import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomli_w

import autophagy
from autophagy.audit.spec import AuditSpec
from autophagy.core.samples import Samples
from autophagy.curate.spec import CurateSpec
from autophagy.forecast import CalibratedRun, Calibration, Forecast, find, forecast, make_plan, parse_axes, phase_map
from autophagy.forecast.calibrate.recorded import Recorded
from autophagy.loop.record import Record
from autophagy.report import write_report
from autophagy.report.forecast import calibration_page, map, summary
from autophagy.report.forecast import page as forecast_page
from autophagy.report.write import write_diff
from autophagy.statistics.intervals import Score
from report.compare.test_page import ARMS, TYPES, make
from report.loop.test_page import digits, make_run, show

pytest.importorskip("matplotlib")
pytest.importorskip("jinja2")
pytest.importorskip("PIL")

NASTY = "<script>alert(1)</script>\"'{{ 7*7 }}{% raw %}</script>&lt;%{x}"
Text = Callable[[str], str]


def nasty(name: str) -> str:
    """A harmful text that names where it stands."""
    return f"{NASTY} {name}"


def endless(name: str) -> str:
    """The same with 10,000 characters that have no place to break."""
    return f"{NASTY}{'x' * 10_000} {name}"


class Page(HTMLParser):
    """What a browser makes of a page: its texts, the values of its attributes, its elements and its data."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts, self.attributes = "", ""
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.data = ""
        self._block = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.attributes += "\n".join(value or "" for _, value in attrs)
        self._block = dict(attrs).get("id") or tag if tag in ("script", "style") else ""

    def handle_endtag(self, tag: str) -> None:
        self._block = ""

    def handle_data(self, data: str) -> None:
        if self._block == "data":
            self.data += data
        elif not self._block:
            self.texts += data


def read(text: str) -> tuple[Page, str]:
    """A page after the checks that every page must pass, and all that its data say."""
    page = Page(text)
    data = json.loads(page.data)
    assert page.tags.count("script") == 2  # the data and the script
    assert "<script>alert(1)" not in text.casefold()
    assert page.handlers == []
    assert "49{% raw %}" not in page.texts + page.attributes + page.data
    return page, "\n".join(strings(data))


def strings(value: Any) -> list[str]:
    """Every string in a JSON document, the names of its fields too."""
    if isinstance(value, dict):
        return [text for pair in value.items() for each in pair for text in strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in strings(each)]
    return [value] if isinstance(value, str) else []


# a loop -------------------------------------------------------------------------------------------------------------


def loop_run(folder: Path, text: Text) -> Path:
    """A run of pictures whose record says nothing kind."""
    regimes = (f"mine:{text('regime')}", "replace")
    run = make_run(
        folder, digits()[:100], name=text("data set"), regimes=regimes, generations=3, seeds=2, finished=False
    )
    (run / "spec.toml").write_text(tomli_w.dumps({"data": "d", "model": text("model"), "notes": text("setting")}))
    known = json.loads((run / "environment.json").read_text())
    known |= {name: text(name) for name in ("processor", "started", "commit", "memory_gib", "cores")}
    titled = {name: text(f"figure's {name}") for name in ("title", "caption", "group", "gist", "axis")}
    known["figures"] = {text("metric"): titled | {"headline": 0}, text("histogram"): titled}
    known["regimes"] = {regimes[0]: text("words of a regime")}
    known["versions"] = {text("library"): text("version")}
    known["data"] |= {"notes": [text("note")], "rows": {text("pool"): 1}, "digest": text("digest"), "unreadable": 0}
    (run / "environment.json").write_text(json.dumps(known))
    lines = [json.loads(line) for line in (run / "generations.jsonl").read_text().splitlines()]
    for line in lines:
        line["scores"][text("metric")] = 0.5 if line is lines[0] else None
        line["unknown"] = {} if line is lines[0] else {text("metric"): text("reason")}
        line["dropped"] = {text("curator"): 3}
        line["histograms"] = {text("histogram"): {"edges": [0, 1, 2], "counts": [1, 2]}}
    (run / "generations.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return run


def test_the_page_of_a_loop(tmp_path: Path) -> None:
    run = loop_run(tmp_path / "a <b> & {{ 7*7 }}", nasty)
    page, data = read(write_report([run, run], tmp_path / "page.html").read_text())
    for name in (
        "regime", "data set", "model", "processor", "library", "version", "note", "pool", "reason", "curator", "cores",
        "memory_gib", "started", "figure's title", "figure's caption", "figure's group", "words of a regime",
    ):  # fmt: skip
        assert nasty(name).casefold() in page.texts.casefold(), name
    assert (run / "spec.toml").read_text().strip() in page.texts
    assert "a <b> & {{ 7*7 }}" in page.texts
    assert nasty("metric") in page.attributes
    assert nasty("regime") in data
    assert nasty("figure's axis")[:20] in page.texts


def text_run(folder: Path, text: Text) -> Path:
    """A run of texts of which every one is harmful."""
    run = make_run(folder, np.zeros((4, 2)), kind="text", regimes=("replace",), generations=2, seeds=1)
    for path in (run / "samples" / "real.npz", *(Record(run).samples_path("replace", n) for n in (1, 2))):
        path.unlink()
        rows = np.array([text(f"{path.stem} passage {n}") for n in range(3)], dtype=np.dtypes.StringDType())
        Samples.of(rows).to_parquet(path.with_suffix(".parquet"))
    return run


def test_the_texts_of_a_model(tmp_path: Path) -> None:
    page, data = read(write_report([text_run(tmp_path / "run", nasty)], tmp_path / "page.html").read_text())
    assert nasty("0001 passage 0") in data
    assert nasty("0002 passage 1") in data
    assert "real passage" in "".join(strings(json.loads(page.data)))
    assert nasty("0002 passage 0") in page.texts  # the last generation can be read without a script
    assert nasty("0001 passage 0") not in page.texts


# a forecast ---------------------------------------------------------------------------------------------------------


class Said(Forecast):
    """A forecast whose sentences are harmful."""

    text: Text = staticmethod(nasty)

    @property
    def verdict(self) -> list[str]:
        return [self.text("lead"), self.text("finding")]


def forecast_text(text: Text, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page of a forecast whose family comes from a plug-in that means harm."""
    plan = make_plan("gaussian", samples=50, generations=4, chains=20)
    found = forecast(plan, ["variance>=0.9"])
    phase = phase_map(plan, *parse_axes(["fresh=0..0.5:3", "bias=0.5..1:3"], plan))
    laws = [replace(check.law, formula=text("formula"), source=text("source")) for check in found.checks]
    known = find("gaussian")
    harmful = replace(known, quantities={n: replace(q, title=text(n)) for n, q in known.quantities.items()})
    for module in (forecast_page, summary, map):
        monkeypatch.setattr(module, "find", lambda name: harmful)
    monkeypatch.setattr(Said, "text", staticmethod(text))
    changed = {
        "plan": replace(plan, family=text("family"), settings={text("setting"): text("value")}),
        "checks": [replace(check, law=law) for check, law in zip(found.checks, laws, strict=True)],
        "profile": [replace(each, name=text("definition")) for each in found.profile],
        "map": replace(phase, x=replace(phase.x, name=text("axis")), plan=replace(phase.plan, family=text("family"))),
    }
    return forecast_page.render(Said(**{each.name: getattr(found, each.name) for each in fields(found)} | changed))


def test_the_page_of_a_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    page, data = read(forecast_text(nasty, monkeypatch))
    for name in ("family", "lead", "finding", "formula", "source", "definition", "variance"):
        assert nasty(name).casefold() in page.texts.casefold(), name
    assert json.dumps(nasty("value")) in page.texts
    assert nasty("axis") in data  # the hover of the map
    assert nasty("variance") in data


def calibration_text(text: Text) -> str:
    plan = make_plan("gaussian", samples=50, generations=3, chains=20)
    recorded = Recorded(text("regime"), plan, np.ones((2, 3)), np.ones((2, 3)), 0.0, 0.0)
    score = Score(1.0, 0.9, 1.1, 2)
    parts = dict.fromkeys(("measured", "forecast", "miss", "excess"), [score] * 3)
    one = Calibration(recorded, 2, score, score, score, True, nominal=np.ones(3), **parts)
    return calibration_page.render(CalibratedRun(Path("a <b> & {{ 7*7 }}"), [one]))


def test_the_page_of_a_calibration() -> None:
    page, _ = read(calibration_text(nasty))
    assert page.texts.count(nasty("regime")) >= 4
    assert nasty("regime") in page.attributes
    assert "a <b> & {{ 7*7 }}" in page.texts


# a comparison -------------------------------------------------------------------------------------------------------


def swapped(value: Any, new: dict[str, str]) -> Any:
    """A JSON document in which some strings are others, the names of its fields too."""
    if isinstance(value, dict):
        return {new.get(name, name): swapped(each, new) for name, each in value.items()}
    if isinstance(value, list):
        return [swapped(each, new) for each in value]
    return new.get(value, value) if isinstance(value, str) else value


def comparison(folder: Path, text: Text) -> Path:
    """A comparison whose record says nothing kind, whatever its fields are called."""
    prices = folder.parent / "prices.toml"
    prices.write_text(
        tomli_w.dumps({"date": "2026-01-02", "currency": text("currency"), "machines": {"here": {"hour": 1.0}}})
    )
    spec = {"documents": text("documents"), "questions": text("questions"), "model": text("model")}
    more = {"prices": str(prices), "machine": "here", "judge": text("judge")}
    who = nasty("document")
    make(folder, hostile=who, done=False, **more)
    new = {ARMS[-1]: f"full:rewritings=10,writer={text('arm')}", TYPES[0]: text("question type")}
    new |= {"given": text("writer"), "none": text("method"), "weights": text("artifact"), "python": text("library")}
    new |= {"docs": spec["documents"], "q": spec["questions"], "m/base": spec["model"], "3": text("version")}
    new |= {f"Where is person-0{who}?{who}": text("question"), f"Town person-0{who}": text("accepted answer")}
    new |= {f"an answer of closed{who}": text("answer"), f"person-0{who} lives in Town person-0{who}.": text("passage")}
    for path in folder.glob("*.json*"):
        lines = [swapped(json.loads(line), new) for line in path.read_text().splitlines()]
        for line in lines if path.name == "answers.jsonl" else ():
            line["marks"] |= {"judge": 1.0, "consistent": 1.0}
            line["error"] = text("error") if line["arm"] == "oracle" else ""
        for line in lines if path.name == "environment.json" else ():
            line |= {"notes": [text("note")], "endpoints": {text("endpoint"): {"n": True}}, "started": text("started")}
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    toml = swapped(tomllib.loads((folder / "spec.toml").read_text()), new)
    (folder / "spec.toml").write_text(tomli_w.dumps(toml))
    return folder


def test_the_page_of_a_comparison(tmp_path: Path) -> None:
    run = comparison(tmp_path / "a <b> & {{ 7*7 }}", nasty)
    page, data = read(write_report([run, run], tmp_path / "page.html").read_text())
    for name in (
        "arm", "document", "documents", "question type", "writer", "method", "artifact", "library", "version",
        "error", "note", "endpoint", "started", "currency", "judge", "question", "accepted answer", "answer", "passage",
    ):  # fmt: skip
        assert nasty(name) in page.texts, name
    assert nasty("model").rpartition("/")[2] in page.texts  # a folder's name alone
    assert (run / "spec.toml").read_text().strip() in page.texts
    assert "a <b> & {{ 7*7 }}" in page.texts
    assert nasty("arm") in data
    assert nasty("currency") in page.texts


# an audit and a curation ---------------------------------------------------------------------------------------------


def judged(folder: Path, text: Text, spec_type: Any) -> Path:
    """An audit or a curation of rows that mean harm, whose curators do so too."""
    rows = folder.with_name("rows")
    rows.mkdir(parents=True, exist_ok=True)
    file = f"{nasty('file')[:200].replace('/', '|')}.jsonl"
    lines = [{"text": text("passage"), "source": text("source")}] * 3 + [{"text": "other", "source": "s"}]
    (rows / file).write_text("".join(json.dumps(line) + "\n" for line in lines) + text("unreadable") + "\n")
    autophagy.run(spec_type(paths=[rows], curators=["duplicates"]), folder, workers=1)
    path = next(folder / name for name in ("audit.json", "summary.json") if (folder / name).exists())
    document = json.loads(path.read_text())
    harm = {
        "title": text("title"),
        "says": text("says"),
        "advice": text("advice"),
        "details": [[text("detail"), 2]] * 3,
    }
    document["findings"][0] |= harm
    for example in document["findings"][0]["examples"]:
        example |= {"reason": text("reason")}
    document["reasons"][0] |= {"reason": text("why"), "example": text("unreadable")}
    document["notes"] = [text("note")]
    document["columns"] = {"topic": {text("topic"): {"rows": 3, "kept": 1, "dropped": {text("curator"): 2}}}}
    score = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 10}
    group = {"name": text("language"), "words": [text("word")], "rows": 1, "hole": True}
    group |= dict.fromkeys(("corpus", "kept", "reference"), score)
    language = group | {"words": []}
    document["shares"] = [{"by": "topic", "groups": [group]}, {"by": "language", "groups": [language]}]
    if "receipt" in document:
        document["receipt"] = [{"curator": text("asked by"), "request": text("request"), "rows": 1}]
    if "verdict" in document:
        document["verdict"] = [text("lead"), text("finding")]
    path.write_text(json.dumps(document))
    known = json.loads((folder / "environment.json").read_text())
    known |= {"processor": text("processor"), "versions": {text("library"): "1"}}
    (folder / "environment.json").write_text(json.dumps(known))
    return folder


@pytest.mark.parametrize("spec_type", [AuditSpec, CurateSpec])
def test_the_page_of_rows_that_were_judged(tmp_path: Path, spec_type: Any) -> None:
    run = judged(tmp_path / "a <b> & {{ 7*7 }}", nasty, spec_type)
    page, _ = read(write_report([run, run], tmp_path / "page.html").read_text())
    more = ("lead", "finding", "advice") if spec_type is AuditSpec else ("request", "asked by")
    for name in (
        "passage", "source", "why", "unreadable", "title", "says", "detail", "reason", "note",
        "word", "language", "processor", "library", *more,
    ):  # fmt: skip
        assert nasty(name).casefold() in page.texts.casefold(), name
    assert nasty("file").replace("/", "|") in page.texts
    assert "a <b> & {{ 7*7 }}" in page.texts


# two runs side by side ----------------------------------------------------------------------------------------------


def difference(folder: Path, text: Text) -> Path:
    """The page of two comparisons in a harmful folder; only one has an arm, a setting and a version that mean harm."""
    kind = make(folder / "kind")
    run = comparison(folder / "a <b> & {{ 7*7 }}", text)
    return write_diff(autophagy.diff(run, kind, every=True), folder / "difference.html")


def test_the_page_of_a_difference(tmp_path: Path) -> None:
    page, _ = read(difference(tmp_path, nasty).read_text())
    for name in ("arm", "documents", "questions", "model", "judge"):
        assert nasty(name) in page.texts, name
    assert "a <b> & {{ 7*7 }}" in page.texts


# 10,000 characters --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_no_text_is_too_long_for_a_page(browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [loop_run(tmp_path / "loop", endless), text_run(tmp_path / "texts", endless)]
    write_report(runs, tmp_path / "loops.html")
    write_report([comparison(tmp_path / "comparison", endless)], tmp_path / "comparison.html")
    for name, kind in (("audit", AuditSpec), ("curation", CurateSpec)):
        write_report([judged(tmp_path / name / "run", endless, kind)], tmp_path / f"{name}.html")
    difference(tmp_path / "two", endless).rename(tmp_path / "difference.html")
    (tmp_path / "forecast.html").write_text(forecast_text(endless, monkeypatch))
    (tmp_path / "calibration.html").write_text(calibration_text(endless))
    for path in sorted(tmp_path.glob("*.html")):
        show(browser, path, width=390)
        browser.execute_script("document.querySelectorAll('details').forEach(each => { each.open = true })")
        for width in (390, 1280):
            screen = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
            browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
            fits = "return document.documentElement.scrollWidth <= innerWidth"
            assert browser.execute_script(fits), f"{path.name} at {width}"
        assert browser.execute_script("return document.querySelectorAll('main script').length") == 0
        assert browser.get_log("browser") == [], path.name
