"""The carbon of grids: codecarbon's own answer for every country, and what is said where there is none."""

import importlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError, MissingExtra, UsageError
from autophagy.cost import grid
from autophagy.cost.grid import MOST, WORLD_GRAMS, PowerGrid, chosen_grid


@pytest.fixture
def countries():
    pytest.importorskip("codecarbon")
    return grid._countries()


def test_every_country_has_the_carbon_that_codecarbon_itself_counts_with(countries):
    """By its code in any case and by its name; a country without any carbon is one that the table does not know."""
    emissions = importlib.import_module("codecarbon.core.emissions")
    energy = importlib.import_module("codecarbon.core.units").Energy.from_energy(1.0)
    place = importlib.import_module("codecarbon.external.geography").GeoMetadata
    oracle = emissions.Emissions(importlib.import_module("codecarbon.input").DataSource())
    unknown = []
    for code, known in countries.items():
        kilograms = oracle.get_country_emissions(energy, place(country_iso_code=code))
        if kilograms == 0:
            unknown.append(code)
            continue
        for text in (code, code.lower(), known["country_name"], f" {known['country_name'].upper()}"):
            found = PowerGrid.of(text)
            assert (found.name, found.grams_per_kwh) == (code, pytest.approx(kilograms * 1000))
            assert known["country_name"] in found.source
            assert str(known["year"]) in found.source
    assert len(countries) - len(unknown) > 200
    for code in unknown:
        with pytest.raises(UsageError, match="give a number of grams"):
            PowerGrid.of(code)


def test_the_world_is_named_and_never_assumed(monkeypatch):
    monkeypatch.delenv("AUTOPHAGY_GRID", raising=False)
    assert chosen_grid() is None
    monkeypatch.setenv("AUTOPHAGY_GRID", " World ")
    assert (chosen_grid().name, chosen_grid().grams_per_kwh) == ("world", 475)
    source = pytest.importorskip("codecarbon.input").DataSource()
    assert source.get_carbon_intensity_per_source_data()["world_average"] == WORLD_GRAMS


@given(st.floats(1, MOST))
def test_a_number_is_grams(number):
    assert PowerGrid.of(repr(number)).grams_per_kwh == number


@pytest.mark.usefixtures("countries")
@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("FRX", "no grid 'FRX' in the table of codecarbon.*give a country"),
        ("Frnace", "did you mean 'FRA'"),
        ("Germny", "did you mean 'GERMANY'"),
        ("FR", "three letters"),
        ("", "no grid ''"),
        ("0.385", "not kg"),
        ("-3", "not kg"),
        ("385000", "not kg"),
        ("3,5", "decimal comma"),
    ],
)
def test_a_word_that_is_no_grid_is_one_sentence(text, says, monkeypatch):
    with pytest.raises(UsageError, match=says) as caught:
        PowerGrid.of(text)
    assert "\n" not in str(caught.value)
    if text:
        monkeypatch.setenv("AUTOPHAGY_GRID", text)
        with pytest.raises(UsageError, match="AUTOPHAGY_GRID is"):
            chosen_grid()


def test_two_letters_are_not_taken_for_another_country(countries):
    """SE is Sweden, whose three letters are SWE, and not the beginning of SEN, which is Senegal."""
    with pytest.raises(UsageError) as caught:
        PowerGrid.of("SE")
    assert "did you mean" not in str(caught.value)


def test_without_codecarbon_a_country_says_what_to_install_and_a_number_is_taken(monkeypatch):
    monkeypatch.setitem(sys.modules, "codecarbon", None)
    grid._countries.cache_clear()
    with pytest.raises(MissingExtra, match=r"needs the package codecarbon.*pip install"):
        PowerGrid.of("FRA")
    assert PowerGrid.of("385").grams_per_kwh == 385
    assert PowerGrid.of("world").grams_per_kwh == WORLD_GRAMS


def test_a_codecarbon_that_keeps_its_table_elsewhere_is_one_sentence(monkeypatch):
    pytest.importorskip("codecarbon")
    monkeypatch.setattr(grid, "TABLE", "data/nowhere.json")
    grid._countries.cache_clear()
    with pytest.raises(DataError, match="give a number of grams"):
        PowerGrid.of("FRA")
    grid._countries.cache_clear()
