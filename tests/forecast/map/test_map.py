"""Phase maps: axes, cells that are forecasts of their own, the predicted boundary, and what is written."""

import json
import math

import numpy as np
import pytest

from autophagy.cli.main import main
from autophagy.core.errors import UsageError
from autophagy.core.registry import load_plugin
from autophagy.forecast import Axis, Target, make_plan, parse_axes, phase_map, simulate
from autophagy.forecast.map.axes import parse_axis

PLAN = make_plan("gaussian:d=1", samples=200, generations=12, chains=60)


def small(words=("fresh=0..0.4:5", "bias=0.7..1:4"), plan=PLAN, **options):
    return phase_map(plan, *parse_axes(words, plan), **options)


# axes


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("bias=0.8..1:3", (0.8, 0.9, 1.0)),
        ("fresh=0..0.5:3", (0.0, 0.25, 0.5)),
        ("fresh=0..4:5", (0, 1, 2, 3, 4)),
        ("samples=10..1000:3", (10, 100, 1000)),
        ("samples=1e2..1e3:2", (100, 1000)),
        ("memory=1..3:60", (1, 2, 3)),
        ("centre=-1..1:3", (-1.0, 0.0, 1.0)),
        ("d=1..3:9", (1, 2, 3)),
        (" bias = 0.5 .. 1 : 2 ", (0.5, 1.0)),
    ],
)
def test_axes_are_read(text, values):
    axis = parse_axis(text, PLAN, 97)
    assert axis.values == pytest.approx(values)
    whole = all(isinstance(value, int) for value in values)
    assert all(isinstance(value, int) == whole for value in axis.values)


def test_axes_have_their_own_number_of_cells():
    x, y = parse_axes(("fresh=0..0.5", "bias=0.8..1"), PLAN)
    assert (len(x.values), len(y.values)) == (97, 65)
    assert not x.ratios
    assert parse_axis("samples=8..512", PLAN, 65).ratios


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("bias", "fresh=0..0.5"), "is no axis"),
        (("bias=0.8..x", "fresh=0..0.5"), "is no number"),
        (("bias=0.8..inf", "fresh=0..0.5"), "is no number"),
        (("bais=0.8..1", "fresh=0..0.5"), "did you mean 'bias'"),
        (("bias=1..0.8", "fresh=0..0.5"), "low end below"),
        (("bias=0.8..1:1", "fresh=0..0.5"), "give 2 to 1000"),
        (("bias=0.8..1:9999", "fresh=0..0.5"), "give 2 to 1000"),
        (("bias=0.8..1", "bias=0.1..1"), "name two numbers"),
        (("memory=1.1..1.4", "bias=0.1..1"), "one whole number only"),
        (("bias=0.8..1",), "has two axes"),
        (("covariance=0..1", "bias=0.8..1"), "no axis 'covariance'"),
    ],
)
def test_wrong_axes_get_a_sentence(words, said):
    with pytest.raises(UsageError, match=r"^[^\n]+\.$") as caught:
        parse_axes(words, PLAN)
    assert said in str(caught.value)


# cells


def test_every_cell_is_the_forecast_of_its_plan_alone():
    found = small()
    for row, bias in enumerate(found.y.values):
        for column, fresh in enumerate(found.x.values):
            last = simulate(PLAN.but(bias=bias, fresh=fresh))["variance"][-1]
            assert found.cells["mean"][row, column] == last.mean()
            assert found.cells["median"][row, column] == np.median(last)
            assert found.cells["met"][row, column] == np.mean(last >= found.target.value)


def test_workers_do_not_change_the_map():
    alone, together = small(), small(workers=2)
    for name, cells in alone.cells.items():
        np.testing.assert_array_equal(cells, together.cells[name])


OWN = """
import numpy as np
from autophagy import family
from autophagy.forecast import Quantity, Trajectories

@family("fading", quantities={"variance": Quantity("variance")}, roles={%s})
def fading(plan, rng, *, rate=0.9):
    "A variance that fades at a rate."
    fades = rate ** np.arange(plan.generations)[:, np.newaxis]
    return {"variance": fades * rng.uniform(0.9, 1.1, (plan.generations, plan.chains))}
"""


def test_a_family_of_ones_own_is_mapped_by_other_processes_too(tmp_path, own_registry):
    """They are told of its file before they are told to draw it."""
    (tmp_path / "fading.py").write_text(OWN % '"variety": "variance"')
    load_plugin(tmp_path / "fading.py")
    plan = make_plan("fading", samples=50, generations=6, chains=20)
    alone, together = (small(("samples=10..100:3", "rate=0.5..1:4"), plan, workers=workers) for workers in (1, 2))
    assert np.isfinite(alone.cells["mean"]).all()
    np.testing.assert_array_equal(alone.cells["mean"], together.cells["mean"])


def test_a_family_without_variety_needs_a_target(tmp_path, own_registry):
    (tmp_path / "fading.py").write_text(OWN % "")
    load_plugin(tmp_path / "fading.py")
    plan = make_plan("fading", samples=50, generations=6, chains=20)
    with pytest.raises(UsageError, match="no variety and no risk to map: add --target"):
        small(("samples=10..100:3", "rate=0.5..1:4"), plan)


def test_progress_tells_every_row():
    told = []
    small(progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 4) for done in range(5)]


def test_common_random_numbers_make_neighbours_comparable():
    """The spread of one cell's mean is 0.02 to 0.05 here; steps of 0.001 in the bias would drown in it."""
    found = small(("bias=0.9..0.92:21", "fresh=0.1..0.2:2"))
    assert (np.diff(found.cells["mean"], axis=1) > 0).all()


def test_the_predicted_cells_are_the_expectation_of_the_simulated_ones():
    """|z| < 4.5 in all of 20 cells of 4,000 chains: false alarm below 2e-4; the seed is fixed."""
    plan = PLAN.but(chains=4_000)
    found = small(plan=plan)
    for row, bias in enumerate(found.y.values):
        for column, fresh in enumerate(found.x.values):
            last = simulate(plan.but(bias=bias, fresh=fresh))["variance"][-1]
            z = (last.mean() - found.cells["predicted"][row, column]) / (last.std(ddof=1) / math.sqrt(plan.chains))
            assert abs(z) < 4.5
    middle, largest, places = found.boundary_gap()
    assert places >= 3
    assert middle <= largest < 0.25


def test_the_gap_of_two_known_boundaries_is_their_distance():
    x, y = Axis("fresh", (0.0, 0.1, 0.2)), Axis("bias", (0.7, 0.8, 0.9, 1.0))
    slope = np.arange(4.0)[:, None] * np.ones(3)
    found = small()
    cells = dict.fromkeys(found.cells, slope) | {"predicted": slope - 0.5}
    shifted = type(found)(PLAN, x, y, Target("variance", True, 1.25), cells, 0, "")
    assert shifted.boundary_gap() == pytest.approx((0.5, 0.5, 3))
    flat = type(found)(PLAN, x, y, Target("variance", True, 99.0), cells, 0, "")
    assert math.isnan(flat.boundary_gap()[0])
    assert flat.boundary_gap()[2] == 0


@pytest.mark.parametrize(
    ("family", "words"),
    [
        ("bernoulli", ("samples=10..200:4", "bias=0.8..1:3")),
        ("zipf:types=40", ("exponent=1..2:3", "fresh=0..0.3:3")),
        ("regression", ("samples=20..80:3", "fresh=0..0.5:2")),
    ],
)
def test_other_families_have_maps_too(family, words):
    plan = make_plan(family, samples=50, generations=5, chains=20)
    found = small(words, plan)
    assert np.isfinite(found.cells["mean"]).all()
    assert all(sentence.endswith(".") for sentence in found.sentences)


def test_cells_without_a_plan_are_counted_and_unknown():
    found = small(("samples=1..4:4", "bias=0.8..1:3"))
    assert found.unrunnable == 3
    assert np.isnan(found.cells["mean"][:, 0]).all()
    assert np.isfinite(found.cells["mean"][:, 1:]).all()
    assert "3 cells of the map cannot be run" in found.sentences[-1]
    assert found.json()["mean"][0][0] is None


def test_a_target_that_is_no_quantity_is_told():
    with pytest.raises(UsageError, match="no quantity 'varience'"):
        small(target=Target.parse("varience>=0.5"))


# the command line


WORDS = ["forecast", "gaussian", "--samples", "100", "--generations", "8", "--chains", "40"]
MAP = ["--map", "fresh=0..0.5:5", "bias=0.6..1:4"]


@pytest.mark.slow
def test_the_folder_of_a_map(tmp_path, capsys):
    out = tmp_path / "map"
    assert main([*WORDS, *MAP, "--target", "variance>=0.7", "--out", str(out)]) == 0
    asked = {"spec.toml", "environment.json", "headline.json", "footprint.jsonl", "DONE", ".lock"}
    assert {path.name for path in out.iterdir()} == {"forecast.json", "map.png", "report.html"} | asked
    assert (out / "map.png").read_bytes().startswith(b"\x89PNG")
    document = json.loads((out / "forecast.json").read_text())
    assert document["map"]["target"] == "variance>=0.7"
    assert np.shape(document["map"]["mean"]) == (4, 5)
    page = (out / "report.html").read_text()
    assert len(page) < 8_000_000
    assert "Phase map" in page
    assert f"The report: {out}/report.html" in " ".join(capsys.readouterr().out.replace("\n", "").split())
    assert main([*WORDS, "--out", str(out)]) == 2  # an earlier forecast of another spec stays
    assert "another spec (map, targets differ)" in capsys.readouterr().err


def test_the_json_of_a_map_alone(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*WORDS, *MAP, "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["map"]) >= {"x", "y", "mean", "median", "predicted", "boundary_gap"}
    assert not list(tmp_path.iterdir())


def test_a_folder_of_something_else_is_left_alone(tmp_path, capsys):
    (tmp_path / "thesis.tex").write_text("precious")
    assert main([*WORDS, "--out", str(tmp_path)]) == 2
    assert "is not empty and not a run folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--map", "fresh=0..0.5"], "map"),
        (["--map", "fresh=0..0.5", "bias=2..1"], "low end below"),
        ([*MAP, "--workers", "0"], "workers is 0"),
        ([*MAP, "--workers", "two"], "workers is 'two'"),
    ],
)
def test_wrong_words_for_a_map(words, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main([*WORDS, *words]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_the_ends_of_an_axis_are_written_as_any_number():
    assert parse_axis("fresh=0..50%:3", PLAN, 97).values == (0, 0.25, 0.5)
    assert parse_axis("samples=1k..2,000:2", PLAN, 97).values == (1000, 2000)
