"""autophagy cost: what is printed, its JSON, and a sentence for each number that cannot be."""

import json

import pytest

from autophagy.cli.main import main

LLAMA = ["cost", "--gpu-hours", "82,432", "--watts", "400", "--pue", "1.1", "--grid", "385"]


def test_the_smallest_llama(capsys):
    assert main(LLAMA) == 0
    assert capsys.readouterr().out == (
        "Energy: 36.3 MWh (declared, not measured): 82,432 h of devices at 400 W, with a PUE of 1.1.\n"
        "Carbon: 14.0 t CO2e (given, 385 g/kWh).\n"
    )


def test_the_json_has_what_went_in_and_what_came_out(capsys):
    assert main([*LLAMA, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["gpu_hours"], found["watts"], found["pue"]) == (82432, 400, 1.1)
    assert found["kwh"] == pytest.approx(82432 * 0.4 * 1.1)
    assert found["joules"] == pytest.approx(found["kwh"] * 3.6e6)
    assert found["grams_co2e"] == pytest.approx(found["kwh"] * 385)
    assert found["method"] == "declared power"
    assert found["grid"] == {"name": "given", "grams_per_kwh": 385.0, "source": ""}


def test_neither_a_grid_nor_an_overhead_is_assumed(capsys, monkeypatch):
    monkeypatch.delenv("AUTOPHAGY_GRID", raising=False)
    words = ["cost", "--gpu-hours", "10", "--watts", "300", "--json"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["kwh"], found["pue"], found["grid"], found["grams_co2e"]) == (3.0, 1, None, None)
    assert found["verdict"][1].startswith("Carbon: unknown")
    monkeypatch.setenv("AUTOPHAGY_GRID", "world")
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out)["grams_co2e"] == 3 * 475


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--gpu-hours", "0", "--watts", "1"], "gpu_hours must be a number above 0 and up to 1e15, not 0"),
        (["--gpu-hours", "1e308", "--watts", "1e308"], "gpu_hours must be a number above 0 and up to 1e15"),
        (["--gpu-hours", "-8", "--watts", "1"], "gpu_hours must be"),
        (["--gpu-hours", "1", "--watts", "-300"], "watts must be"),
        (["--gpu-hours", "1", "--watts", "inf"], "--watts is 'inf': give a number"),
        (["--gpu-hours", "many", "--watts", "1"], "--gpu-hours is 'many': give a number"),
        (["--gpu-hours", "1", "--watts", "1", "--pue", "0.9"], "pue must be between 1"),
        (["--gpu-hours", "1", "--watts", "1", "--pue", "400"], "pue must be between 1"),
        (["--gpu-hours", "1", "--watts", "1", "--grid", "0.385"], "not kg"),
        (["--gpu-hours", "1"], "--watts"),
    ],
)
def test_a_number_that_cannot_be_is_one_sentence(words, says, capsys):
    assert main(["cost", *words]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert says in told.err
