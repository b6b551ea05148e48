"""The page of daily looks: verdict, streams, chart, and a row a look; every text on it is text."""

import numpy as np
import pytest

from autophagy.drift.watch.document import document
from autophagy.drift.watch.verdict import verdict
from autophagy.report.watch import page
from report.loop.test_page import Elements
from watching import TASK, Watching, rows

pytest.importorskip("matplotlib")
pytest.importorskip("jinja2")


def looked(shares, name="primes"):
    from dataclasses import replace

    rng = np.random.default_rng(0)
    watching = Watching(
        rows((rng.random((60, 10)) < 0.9) * 1, "2026-01-01", task=name), tasks=[replace(TASK, name=name)]
    )
    for at, share in enumerate(shares, 2):
        date = f"2026-01-{at:02d}"
        answers = [] if share is None else rows((rng.random((60, 1)) < share) * 1, date, task=name)
        watching.look(answers, date, reason="" if answers else "nothing answers at <there>")
    return document(watching.history)


def test_it_says_what_the_looks_come_to_and_has_a_row_for_each():
    found = looked([0.9, None, 0.4, 0.4])
    text = page.render(found, "runs/march", "runs/march/looks.jsonl", "autophagy drift watch runs/march")
    assert found["changed"]
    for sentence in verdict(found):
        assert sentence in Elements(text).text
    for look in found["history"]:
        assert f">{look['date']}</td>" in text
    assert "No evidence: nothing answers at &lt;there&gt;." in text
    assert text.count("<svg") > 1
    assert "primes, format" in text


def test_the_lines_of_its_chart_are_named():
    for shares, seen in (([0.9], False), ([0.9, 0.4, 0.4], True)):
        text = page.render(looked(shares), "runs/march", "runs/march/looks.jsonl", "")
        assert "Dashed: the recorded answers" in text
        assert ("upright, the look at which the change was seen" in text) is seen


def test_a_change_that_may_be_negative_is_offered_no_logarithmic_axis(browser, tmp_path):
    (tmp_path / "page.html").write_text(page.render(looked([0.9, 0.4, 0.4]), "march", "march/looks.jsonl", ""))
    browser.get(f"file://{tmp_path / 'page.html'}")
    assert browser.find_elements("css selector", ".enlarge")
    assert not browser.find_elements("xpath", "//button[.='Logarithmic axis']")


def test_looks_that_have_no_row_are_counted(monkeypatch):
    monkeypatch.setattr(page, "LATEST", 2)
    text = page.render(looked([0.9] * 5), "runs/march", "runs/march/looks.jsonl", "")
    assert "Not in this table, but in runs/march/looks.jsonl: 3 earlier looks." in text
    assert "2026-01-03</td>" not in text
    assert "2026-01-06</td>" in text


def test_nothing_known_yet_is_a_page_without_a_chart():
    found = looked([None])
    assert all(stream["change"] == {"value": None, "low": None, "high": None, "n": 0} for stream in found["streams"])
    text = page.render(found, "runs/march", "runs/march/looks.jsonl", "")
    assert "Nothing is known yet" in text
    assert "data-plot" not in text.partition("<main")[2].partition("</main>")[0]


def test_names_are_texts():
    nasty = "<script>alert(1)</script>{{ 7*7 }}"
    text = page.render(looked([0.9], name=nasty), nasty, nasty, nasty)
    assert "<script>alert" not in text
    assert "{{ 7*7 }}" in text
