"""The footprint of a run: a line a session, the sum over sessions, and what is unknown and says why."""

import json
import math
import os
import subprocess
import sys
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

import autophagy
from autophagy.cli.main import main
from autophagy.core.errors import RecordError, UsageError
from autophagy.core.folder import FOOTPRINT
from autophagy.cost import energy, units
from autophagy.cost import footprint as module
from autophagy.cost.energy import JOULES_PER_KWH, Meter
from autophagy.cost.footprint import Footprint, footprint, metered
from autophagy.loop.record import Record

SPEC = autophagy.LoopSpec("normal:d=1", samples=20, generations=2, seeds=2, metrics=("drift",), regimes=("replace",))


@pytest.fixture
def counter(tmp_path, monkeypatch):
    """A function that moves the counter of a processor to so many joules; no card is looked for."""
    zone = tmp_path / "powercap" / "intel-rapl:0"
    zone.mkdir(parents=True)
    (zone / "name").write_text("package-0")
    (zone / "max_energy_range_uj").write_text("1e12")

    def move(joules):
        (zone / "energy_uj").write_text(f"{joules * 1e6:.0f}")

    move(0)
    monkeypatch.setattr(energy, "nvml", list)
    monkeypatch.setattr(module, "Meter", partial(Meter, zone.parent))
    return move


@pytest.fixture
def record(tmp_path, monkeypatch):
    monkeypatch.delenv("AUTOPHAGY_GRID", raising=False)
    (tmp_path / "run").mkdir()
    return Record(tmp_path / "run")


def test_sessions_of_one_method_add_up_with_the_grid_of_each(record, counter, monkeypatch):
    """One kWh at 100 g and two at 50 are three, and 200 g, whatever the grid that is named last."""
    for joules, grid in ((JOULES_PER_KWH, "100"), (3 * JOULES_PER_KWH, "50")):
        monkeypatch.setenv("AUTOPHAGY_GRID", grid)
        with metered(record):
            counter(joules)
    found = footprint(record.folder)
    assert found.energy.joules == pytest.approx(3 * JOULES_PER_KWH)
    assert found.grams == pytest.approx(200)
    assert (found.energy.method, found.sessions, found.missing, len(found.grids)) == ("rapl", 2, 0, 2)
    assert str(found).startswith("3.00 kWh of this machine in ")
    assert "(rapl), 200 g CO2e (given, 100 g/kWh; given, 50 g/kWh)" in str(found)


def test_without_a_grid_in_every_session_the_carbon_is_unknown(record, counter, monkeypatch):
    for grid in ("100", ""):
        monkeypatch.setenv("AUTOPHAGY_GRID", grid)
        with metered(record):
            counter(3600)
    found = footprint(record.folder)
    assert found.energy.joules == pytest.approx(3600)
    assert found.json()["grams_co2e"] is None
    assert "carbon unknown, because AUTOPHAGY_GRID names no grid" in str(found)


def test_sessions_of_several_methods_have_no_sum(record, counter, monkeypatch):
    with metered(record):
        counter(10)
    monkeypatch.setattr(energy, "rapl", lambda powercap: [])
    with metered(record):
        pass
    found = footprint(record.folder)
    assert math.isnan(found.energy.joules)
    assert found.energy.seconds > 0
    assert "because figures of different methods cannot be added (rapl, none)" in str(found)


@pytest.mark.parametrize(("ray", "joules"), [(None, 10), ("local", 10), ("auto", None), ("head:6379", None)])
def test_machines_of_a_cluster_are_not_measured(record, counter, ray, joules):
    with metered(record, ray):
        counter(10)
    assert footprint(record.folder).json()["joules"] == joules


def test_a_session_that_was_killed_makes_the_sum_unknown_and_is_counted(record, counter):
    code = "import os; from autophagy.cost.footprint import metered; from autophagy.loop.record import Record\n"
    code += f"with metered(Record({str(record.folder)!r})): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    with metered(record):
        counter(10)
    found = footprint(record.folder)
    assert (found.sessions, found.missing, found.json()["joules"]) == (2, 1, None)
    assert str(found) == "unknown, because 1 of 2 sessions left no figure (killed, or running)"


def test_a_session_that_ends_in_an_error_is_counted(record, counter):
    session = metered(record)
    session.__enter__()
    counter(10)
    assert not session.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)  # it goes on to whoever waits for it
    assert footprint(record.folder).energy.joules == pytest.approx(10)


def test_an_interrupt_before_anything_is_measured_goes_on_and_counts_as_missing(record, monkeypatch):
    def interrupted(powercap):
        raise KeyboardInterrupt

    monkeypatch.setattr(energy, "rapl", interrupted)
    with pytest.raises(KeyboardInterrupt), metered(record):
        pass
    assert (footprint(record.folder).sessions, footprint(record.folder).missing) == (1, 1)


def test_a_run_that_is_done_stays_as_it_is(record):
    (record.folder / "DONE").touch()
    with metered(record):
        pass
    assert not (record.folder / FOOTPRINT).exists()
    assert str(footprint(record.folder)) == ""


def test_a_disk_that_is_full_at_the_end_ends_no_run(record, monkeypatch, caplog):
    with metered(record):
        monkeypatch.setattr(module, "append", lambda path, lines: (_ for _ in ()).throw(RecordError("no space")))
    assert "the energy of this session is not recorded: no space" in caplog.text
    assert footprint(record.folder).missing == 1


@pytest.mark.parametrize("text", ["{}\n", "[1]\nx\n", '{"joules": "a"}\n', '{"began": 1}\n{"joules": 1}\n', "\0\xff\n"])
def test_a_damaged_file_is_no_figure_and_no_error(record, text):
    (record.folder / FOOTPRINT).write_text(text)
    assert repr(footprint(record.folder)) == repr(Footprint())  # of unknowns, which equal nothing


def test_a_run_with_a_wrong_grid_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOPHAGY_GRID", "-1")
    with pytest.raises(UsageError, match="AUTOPHAGY_GRID is '-1'"):
        autophagy.run(SPEC, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_run_has_its_footprint_in_the_list_and_at_its_end_and_none_of_it_in_its_results(
    tmp_path, counter, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("AUTOPHAGY_GRID", "385")
    words = ["loop", "normal:d=1", "--samples", "20", "--seeds", "2", "--generations", "2", "--metric", "drift"]
    assert main([*words, "--out", "one"]) == 0
    assert "Energy: 0 mWh of this machine in" in capsys.readouterr().out
    counter(5)
    monkeypatch.delenv("AUTOPHAGY_GRID")
    assert main([*words, "--out", "two"]) == 0
    assert "carbon unknown" in capsys.readouterr().out
    assert main(["runs", ".", "--json"]) == 0
    found = {run["folder"]: run["footprint"] for run in json.loads(capsys.readouterr().out)["runs"]}
    assert found["one"]["grams_co2e"] == 0
    assert found["two"]["grams_co2e"] is None
    assert (tmp_path / "one/generations.jsonl").read_bytes() == (tmp_path / "two/generations.jsonl").read_bytes()
    assert (tmp_path / "one/spec.toml").read_bytes() == (tmp_path / "two/spec.toml").read_bytes()


@pytest.mark.slow
def test_no_run_imports_codecarbon_for_its_footprint(tmp_path):
    pytest.importorskip("codecarbon")
    spec = 'autophagy.LoopSpec("normal:d=1", samples=20, generations=1, seeds=1, metrics=("drift",))'
    code = f"import sys, autophagy; autophagy.run({spec}, {str(tmp_path / 'run')!r})\n"
    code += "assert 'codecarbon' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"AUTOPHAGY_GRID": "FRA"})
    assert footprint(tmp_path / "run").grids[0].startswith("FRA, 56 g/kWh, France")


@given(st.floats(1e-3, 1e7))
def test_a_figure_in_its_unit_is_the_figure_to_three_digits(kwh):
    number, unit = units.watt_hours(kwh * JOULES_PER_KWH).replace(",", "").split()
    assert float(number) * {"mWh": 1e-6, "Wh": 1e-3, "kWh": 1, "MWh": 1e3}[unit] == pytest.approx(kwh, rel=0.005)
    assert float(number) >= 0.999


def test_figures_as_they_are_printed():
    cases = [(36.27e3, "36.3 MWh"), (2.638e6, "2,638 MWh"), (0.5, "500 Wh"), (1e-3, "1.00 Wh"), (0, "0 mWh")]
    assert [units.watt_hours(kwh * JOULES_PER_KWH) for kwh, _ in cases] == [text for _, text in cases]
    assert [units.mass(grams) for grams in (13.964e6, 201.7, 2e-3)] == ["14.0 t", "202 g", "2.00 mg"]
