"""Looks at a snapshot stand on its page, written by report and by view, before what was recorded.

Run: pytest tests/report/watch/test_on_its_snapshot.py
"""

import pytest

import autophagy
from autophagy.report.view.pages import Pages
from autophagy.report.write import write_report
from every_verb import home, snapshot

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")


def test_report_and_view_draw_the_looks_of_a_snapshot(tmp_path):
    folder = snapshot("looked at").folder
    alone = write_report([folder], tmp_path / "before.html").read_text()
    assert "Look by look" not in alone
    prompts = [row.question.text for row in autophagy.open(folder).log.rows]
    answers = [{"prompt": text, "response": "[No]", "model": "fake", "date": "2027-01-02"} for text in set(prompts)]
    found = autophagy.watch(folder, answers)
    for text in (write_report([folder], tmp_path / "after.html").read_text(), Pages(home()).page(folder)):
        shown = text.partition("<main")[2].partition("</main>")[0]
        assert "Look by look" in shown
        assert found.verdict[0].replace("'", "&#39;") in shown
        assert shown.index("Look by look") < shown.index("What was recorded")
        assert 'id="snapshot-1-looks-chart"' in shown
        assert "2027-01-02</td>" in shown
