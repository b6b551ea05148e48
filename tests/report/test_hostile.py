"""Runs of every verb whose names and texts mean harm: on each page, and in the list of view, they are texts.

Run: pytest tests/report/test_hostile.py
"""

import json
from pathlib import Path

import pytest

import autophagy
from autophagy import AuditSpec, CurateSpec, DriftSpec, GenerateSpec, SnapshotSpec
from autophagy.report import write_report
from autophagy.report.templates import render
from autophagy.report.view.app import ago
from autophagy.report.view.listing import Listing
from autophagy.report.view.pages import Pages
from autophagy.report.write import write_diff
from provider import served
from report.test_escaping import NASTY, read

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")

NAME = "a <img src=x onerror=alert(1)> & {{ 7*7 }} $x^2$ 中"  # what a file may be called


def rows(path: Path, **more: str) -> Path:
    texts = [f"Write {NASTY} and the word number {n} of the tower in {1600 + n}." for n in range(12)]
    path.write_text("".join(json.dumps({"text": text} | more) + "\n" for text in [*texts, texts[0]]))
    return path


def log(path: Path, right: bool, model: str) -> Path:
    with path.open("w") as file:
        for n in range(30):
            prompt, said = f"Is {n} one of {NASTY}? Answer with [Yes] or [No].", "Yes" if right else "No"
            row = {"id": f"q{n} {NASTY}", "prompt": prompt, "model": model, "reference": "Yes"}
            row |= {"response": f"[{said}] {NASTY}", "task": f"task {NASTY}"}
            file.write(json.dumps(row) + "\n")
    return path


def audit(home: Path) -> Path:
    spec = AuditSpec(paths=(str(rows(home / f"{NAME}.jsonl", source=NASTY)),), curators=["duplicates", "hidden"])
    return autophagy.run(spec, home / f"audit {NAME}", workers=1).folder


def curate(home: Path) -> Path:
    spec = CurateSpec(paths=(str(rows(home / f"{NAME}.jsonl", source=NASTY)),), curators=["duplicates"])
    return autophagy.run(spec, home / f"curate {NAME}", workers=1).folder


def generate(home: Path) -> Path:
    spec = GenerateSpec(seeds=str(rows(home / f"{NAME}.jsonl")), model="ngram:order=2", rows=4, novelty=1)
    return autophagy.run(spec, home / f"generate {NAME}").folder


def drift(home: Path) -> Path:
    paths = [log(home / f"{when} {NAME}.jsonl", when == "before", f"model {NASTY}") for when in ("before", "after")]
    return autophagy.run(DriftSpec(paths=tuple(map(str, paths))), home / f"drift {NAME}").folder


def snapshot(home: Path) -> Path:
    suite = home / f"{NAME}.jsonl"
    prompts = [{"prompt": f"Say {n} {NASTY}", "answers": ["Yes"], "type": f"type {NASTY}"} for n in range(3)]
    suite.write_text("".join(json.dumps(row) + "\n" for row in prompts))
    with served(lambda handler, request, count: handler.say(f"Yes {NASTY}")) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        spec = SnapshotSpec(suites=str(suite), repetitions=2, model=f"model {NASTY}", base_url=address)
        return autophagy.run(spec, home / f"snapshot {NAME}").folder


def watch(home: Path) -> Path:
    baseline = log(home / f"{NAME}.jsonl", True, f"model {NASTY}")
    return autophagy.watch(baseline, log(home / "today.jsonl", False, f"other {NASTY}")).path


MAKERS = [audit, curate, generate, drift, snapshot, watch]


@pytest.mark.parametrize("make", MAKERS, ids=[each.__name__ for each in MAKERS])
def test_the_page_of_a_run(make, tmp_path):
    page, data = read(write_report([make(tmp_path)], tmp_path / "page.html").read_text())
    assert NASTY.split("{", 1)[0] in page.texts
    assert "img" not in page.tags
    assert "49" not in data.split("{{ 7*7 }}")[-1][:3]


def test_the_page_of_a_difference_and_files_for_a_paper(tmp_path):
    place = audit(tmp_path)
    found = autophagy.diff(place, place)
    page, _ = read(write_diff(found, tmp_path / "diff.html").read_text())
    assert NAME in page.texts
    assert "img" not in page.tags
    svg = found.save(tmp_path / "figure.svg").read_text()
    assert "<img" not in svg
    assert "\\write" not in found.save(tmp_path / "table.tex").read_text()


def test_the_list_of_view_and_each_of_its_pages(tmp_path):
    places = [audit(tmp_path), drift(tmp_path)]
    listing = Listing(tmp_path)
    runs = listing.runs()
    assert {run.folder for run in runs} == {place.resolve() for place in places}
    shown = render("view/list.html", root=NASTY, rows=[(run, ago(1)) for run in runs], by="changed", sought=NASTY)
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "&lt;img src=x" in shown
    for run in runs:
        frame = render("view/run.html", run=run, version="1")
        assert frame.count("<img") == 0
        assert "<script>alert" not in Pages(tmp_path).page(run.folder)
