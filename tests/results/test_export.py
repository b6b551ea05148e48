"""What a paper takes from a result: a file for each chart of what was chosen, none of which hides another."""

from dataclasses import dataclass, field

import pytest

from autophagy import Result, UsageError
from autophagy.charts.chart import Chart, Curve
from autophagy.results.export import export
from autophagy.results.scored import Scored
from autophagy.statistics.intervals import Score

KNOWN, UNKNOWN = Score(0.5, 0.4, 0.6, 3), Score(float("nan"), float("nan"), float("nan"), 0)


@dataclass(frozen=True, repr=False)
class Found(Result):
    """A result with a figure of each name."""

    scored: dict[str, Score] = field(default_factory=dict)
    verb = "find"
    title = "some rows"
    verdict = ()

    def rows(self):
        return []

    def scores(self):
        return [Scored({"regime": "a"}, name, name, score) for name, score in self.scored.items()]

    def charts(self):
        return {
            name: Chart(name, name, "x", "y", [Curve("a", [1, 2], [score] * 2)]) for name, score in self.scored.items()
        }


def test_names_that_no_file_system_would_tell_apart_are_files_of_their_own(tmp_path):
    names = ["a b", "a-b", "A B", "../../x", "", "..", "ünï", "/etc/passwd", "a\0b", "x" * 400]
    exported = export(Found(scored=dict.fromkeys(names, KNOWN)), tmp_path / "paper", figures="svg", table="csv")
    assert len(exported.figures) == len({str(path).lower() for path in exported.figures}) == len(names)
    assert {path.parent for path in exported.figures} == {tmp_path / "paper"}
    assert {path.name for path in (tmp_path / "paper").iterdir()} == {
        *(path.name for path in exported.figures), exported.table.name,
    }  # fmt: skip


def test_only_what_was_chosen_and_is_known_is_drawn(tmp_path):
    result = Found(scored={"one": KNOWN, "two": KNOWN, "gone": UNKNOWN})
    assert [path.stem for path in export(result, tmp_path, figures="svg").figures] == ["one", "two"]
    assert [path.stem for path in export(result, tmp_path, figures="svg", metrics=["two"]).figures] == ["two"]
    with pytest.raises(UsageError, match="nothing to draw of some rows: no chart has gone"):
        export(result, tmp_path, figures="svg", metrics=["gone"])
    with pytest.raises(UsageError, match="no figure 'three'"):
        export(result, tmp_path, table="md", metrics=["three"])
    assert export(result, tmp_path) == export(result, tmp_path, figures=None)


def test_a_kind_that_is_none_is_told_of_before_anything_is_written(tmp_path):
    result = Found(scored={"one": KNOWN})
    with pytest.raises(UsageError, match=r"--figures is 'jpeg'.*choose from svg, pdf, png"):
        export(result, tmp_path, figures="jpeg", table="csv")
    with pytest.raises(UsageError, match=r"--table is 'latex'.*choose from"):
        export(result, tmp_path, figures="svg", table="latex")
    assert not list(tmp_path.iterdir())
