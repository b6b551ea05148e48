"""A result as a file: by its suffix, whole or not at all, the same bytes each time, in fonts and greys that print."""

import io
import re
import warnings

import numpy as np
import pyarrow.csv
import pyarrow.parquet
import pypdf
import pytest
from PIL import Image

import autophagy
from autophagy import ForecastSpec, LoopSpec, RecordError, Score, UsageError

TABLES, FIGURES = ("csv", "parquet", "md", "tex"), ("svg", "pdf", "png")


@pytest.fixture(scope="module")
def loop(tmp_path_factory):
    """Two regimes over two generations."""
    spec = LoopSpec("ring", generations=2, samples=40, seeds=3, metrics=["recall", "precision", "drift"])
    return autophagy.run(spec, tmp_path_factory.mktemp("save") / "loop", workers=1)


@pytest.fixture(scope="module")
def forecast():
    """One that was never written to a folder."""
    return autophagy.forecast(ForecastSpec("gaussian", samples=50, generations=4, chains=20))


@pytest.mark.parametrize("kind", [*TABLES, *FIGURES])
def test_equal_results_make_equal_bytes_and_nothing_else_is_left(kind, loop, forecast, tmp_path):
    for name, result in (("loop", loop), ("forecast", forecast)):
        first = result.save(tmp_path / name / f"a.{kind}")
        again = result.save(str(tmp_path / name / f"A.{kind.upper()}"))
        assert first.read_bytes() == again.read_bytes()
        assert {path.name for path in (tmp_path / name).iterdir()} == {first.name, again.name}
        assert b"2026" not in first.read_bytes()[:2_000]


def test_a_file_for_programs_holds_the_whole_summary(loop, tmp_path):
    whole = loop.summary("arrow")
    assert pyarrow.parquet.read_table(loop.save(tmp_path / "a.parquet")) == whole
    read = pyarrow.csv.read_csv(loop.save(tmp_path / "a.csv"))
    assert read.column_names == whole.column_names
    for name in ("value", "low", "high"):
        np.testing.assert_array_equal(read[name].to_numpy().astype(float), whole[name].to_numpy())
    one = pyarrow.csv.read_csv(loop.save(tmp_path / "b.csv", metrics=["precision"]))
    assert set(one["metric"].to_pylist()) == {"precision"}


@pytest.mark.parametrize("kind", ["md", "tex"])
def test_a_table_for_people_has_each_figure_at_the_end_with_its_interval_and_n(kind, loop, tmp_path):
    text = loop.save(tmp_path / f"a.{kind}", metrics=["recall"]).read_text().replace("$", "")
    for each in [end for end in loop.ends() if end.metric == "recall"]:
        value, low, high = each.score.rounded()
        cells = [each.where["regime"], "2", value, f"[{low}, {high}]", "3"]
        assert re.search(r"\W+".join(re.escape(cell.strip("[]")) for cell in cells), text.replace("\\", ""))
    assert "held-out real rows" in text
    assert "Precision" not in text


def test_a_table_says_why_a_figure_has_no_interval(loop, tmp_path):
    spec = LoopSpec("ring", generations=1, samples=40, seeds=1, metrics=["recall"])
    alone = autophagy.run(spec, tmp_path / "alone", workers=1).save(tmp_path / "a.md").read_text()
    assert "|  | 1 |" in alone
    assert "without an interval" in alone
    assert "without an interval" not in loop.save(tmp_path / "b.md").read_text()


def test_in_grey_nothing_has_a_colour_and_in_colour_something_has(loop, tmp_path):
    for chart in ("recall", "variance_ratio"):
        for grey in (True, False):
            pixels = np.asarray(Image.open(loop.save(tmp_path / "a.png", chart=chart, grey=grey)).convert("RGB"))
            assert (np.ptp(pixels, axis=2) == 0).all() == grey
    colours = set(re.findall(r"#[0-9a-f]{6}", loop.save(tmp_path / "a.svg", grey=True).read_text()))
    assert colours
    assert all(each[1:3] == each[3:5] == each[5:7] for each in colours)


def test_words_stay_words_in_fonts_that_go_with_them(loop, tmp_path):
    page = loop.save(tmp_path / "a.pdf", chart="recall")
    content = page.read_bytes()
    assert b"/FontFile2" in content  # TrueType, embedded; type 3 is what journals send back
    assert b"/Type3" not in content
    words = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert {"Recall", "replace", "accumulate", "generation"} <= set(words.split())
    assert ">accumulate</text>" in loop.save(tmp_path / "a.svg", chart="recall").read_text()


@pytest.mark.parametrize("name", ["figure", "figure.", "figure.sgv", ".svg", "a.png/b", "a\0.svg", "", "table.xlsx"])
def test_another_name_is_told_of_in_a_sentence(name, loop, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"does not say what to write.*\.svg, \.pdf.* or \.tex\.$"):
        loop.save(name)
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_shown_or_drawn_is_told_of_and_writes_nothing(loop, tmp_path):
    kept = tmp_path / "kept.svg"
    kept.write_text("before")
    with pytest.raises(UsageError, match=r"no chart 'recal' \(did you mean 'recall'"):
        loop.save(kept, chart="recal")
    with pytest.raises(UsageError, match=r"no figure 'recal' \(did you mean 'recall'"):
        loop.save(tmp_path / "a.tex", metrics=["recal"])
    for size in ((0, 3), (3, 1e9), (float("nan"), 3)):
        with pytest.raises(UsageError, match="the size of a figure cannot be"):
            loop.save(kept, size=size)
    assert kept.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.svg"]


def test_a_path_that_cannot_be_written_is_told_of_and_keeps_what_was_there(loop, tmp_path):
    (tmp_path / "file").write_text("a file")
    (tmp_path / "folder.csv").mkdir()
    full, below = "free space or choose another path", "a part of that path is a file: choose another folder"
    for place, way in (("file/a.csv", below), ("folder.csv", full), ("a" * 300 + ".csv", full)):
        with pytest.raises(RecordError, match=rf"cannot be written \(.*\): {way}\.$"):
            loop.save(tmp_path / place)
    assert {path.name for path in tmp_path.iterdir()} == {"file", "folder.csv"}


def test_a_run_that_has_finished_nothing_has_nothing_to_save(loop, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    for name in ("spec.toml", "environment.json", "baseline.json"):
        (empty / name).write_bytes((loop.folder / name).read_bytes())
    result = autophagy.open(empty)
    for kind in (*TABLES, *FIGURES):
        with pytest.raises(UsageError, match=r"^there is .* yet: .*\.$"):
            result.save(tmp_path / f"a.{kind}")


def test_a_run_that_goes_on_says_so_in_its_table(loop, tmp_path):
    part = tmp_path / "part"
    part.mkdir()
    for name in ("spec.toml", "environment.json", "baseline.json"):
        (part / name).write_bytes((loop.folder / name).read_bytes())
    lines = (loop.folder / "generations.jsonl").read_bytes().splitlines(keepends=True)
    (part / "generations.jsonl").write_bytes(b"".join(lines[:3]))
    assert "has not ended" in autophagy.open(part).save(tmp_path / "a.tex").read_text()
    assert "has not ended" not in loop.save(tmp_path / "a.tex").read_text()


NAMES = {"chinese": "回归 9", "emoji": "\U0001f9ea fresh", "arabic": "عربي", "plain": "élan"}


def words_in(path):
    """The words of a figure as a reader of the PDF finds them."""
    return pypdf.PdfReader(path).pages[0].extract_text()


@pytest.mark.parametrize("name", NAMES.values(), ids=list(NAMES))
@pytest.mark.parametrize("places", ["legend", "ticks"])
def test_letters_that_no_font_has_are_written_out_and_told(name, places, tmp_path, monkeypatch):
    from autophagy.charts.chart import Chart, Curve
    from autophagy.charts.draw import draw
    from autophagy.results import letters
    from autophagy.results.figure import write_figure

    monkeypatch.setattr(letters, "OTHERS", ())
    letters._families.cache_clear()
    score = Score(1.0, 0.5, 1.5, 3)
    ticks = {0.0: name, 1.0: "b"} if places == "ticks" else {}
    labels = ("a", "b") if ticks else (name, "b")
    chart = Chart("c", "Title", "x", "y", [Curve(label, [0.0, 1.0], [score, score]) for label in labels], ticks=ticks)
    path = tmp_path / "figure.pdf"
    missing = [letter for letter in name if ord(letter) > 0x2000]
    with path.open("wb") as file, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        write_figure(draw(chart), file, "pdf")
    letters._families.cache_clear()
    assert [str(each.message) for each in told] == [letters.TOLD] * bool(missing)
    for letter in missing:
        assert f"U+{ord(letter):04X}" in words_in(path)
    svg = tmp_path / "figure.svg"
    with svg.open("wb") as file:
        write_figure(draw(chart), file, "svg")
    assert name in svg.read_text(encoding="utf-8")
