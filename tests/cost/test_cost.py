"""Costs: published carbon and break-even figures, coverage of the intervals, price files, counters that turn over."""

import json
import math
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.errors import DataError
from autophagy.cost import energy
from autophagy.cost.break_even import Cost, break_even, latency, queries, right_answer
from autophagy.cost.complexity import Complexity
from autophagy.cost.declared import Declared
from autophagy.cost.energy import JOULES_PER_KWH, NONE, Counter, Energy, Meter, carbon, comparable, nvml, rapl
from autophagy.cost.grid import PowerGrid
from autophagy.cost.memory import Peak
from autophagy.cost.prices import read_prices, unpriced

PRICES = """
date = 2026-07-01

[models."small-model"]
input = 0.15
output = 0.60
cached = 0.015

[models.plain]
input = 1
output = 2

[machines.rented]
hour = 3.6

[machines.desk]
hour = 0.36
electricity = true

[electricity]
kwh = 0.25
"""


@pytest.fixture
def prices(tmp_path):
    (tmp_path / "prices.toml").write_text(PRICES)
    return read_prices(tmp_path / "prices.toml")


def rng():
    return np.random.default_rng(7)


# Carbon and prices


@pytest.mark.parametrize(
    ("hours", "megawatt_hours", "tonnes"),
    [
        (809_472, 356, 137),
        (1_082_880, 475, 183),
        (82_432, 36, 14),
        (135_168, 59, 23),
        (530_432, 233, 90),
        (1_022_362, 449, 173),
    ],
    ids=["OPT-175B", "BLOOM-175B", "7B", "13B", "33B", "65B"],
)
def test_the_carbon_of_the_llama_models(hours, megawatt_hours, tonnes):
    """Table 15 of Touvron et al. (2023): cards of 400 W, PUE 1.1, 0.385 t a MWh; their MWh are cut, BLOOM's is off."""
    used = Declared(hours, 400, 1.1, PowerGrid.of("385"))
    assert used.energy.joules / JOULES_PER_KWH / 1000 == pytest.approx(megawatt_hours, abs=1.5)
    assert used.grams / 1e6 == pytest.approx(tonnes, abs=0.5)


def test_the_carbon_of_the_whole_llama_project():
    assert carbon(2638e3 * JOULES_PER_KWH, 385) / 1e6 == pytest.approx(1015, abs=1)


def test_ten_dollars_are_52000_queries_of_context(prices):
    """5 passages of 256 tokens at 0.15 a million cost 0.000192 a query, which 10 more of fixed cost takes 52,000 of."""
    passages = prices.of_tokens("small-model", 5 * 256, 0)
    assert passages == pytest.approx(0.000192)
    even = break_even((10.0, 0.0), (np.zeros(200), np.full(200, passages)), rng())
    assert even.value == pytest.approx(52_083, abs=1)
    assert queries(even.value) == "52,083"
    assert (even.low, even.high) == pytest.approx((even.value, even.value))


def test_tokens_machines_and_electricity(prices):
    assert prices.of_tokens("small-model", 1000, 100, cached=800) == pytest.approx(
        (200 * 0.15 + 800 * 0.015 + 60) / 1e6
    )
    assert prices.of_tokens("plain", 1000, 100, cached=800) == pytest.approx(1200 / 1e6)
    assert prices.of_machine("rented", 100, joules=1e9) == pytest.approx(0.1)
    assert prices.of_machine("desk", 3600, joules=JOULES_PER_KWH) == pytest.approx(0.61)
    assert str(prices.date) == "2026-07-01"


def test_what_has_no_price_is_unknown(prices, tmp_path):
    assert math.isnan(prices.of_tokens("large-model", 1, 1))
    assert math.isnan(prices.of_machine("cloud", 1))
    assert math.isnan(prices.of_machine("desk", 1))
    (tmp_path / "bare.toml").write_text("date = 2026-07-01")
    assert math.isnan(read_prices(tmp_path / "bare.toml").of_energy(1.0))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PRICES.replace("date = 2026-07-01", ""), "wrong entry date"),
        (PRICES.replace("2026-07-01", '"last summer"'), "wrong entry date"),
        (PRICES.replace("0.60", "-0.60"), r"wrong entry models.small-model.output"),
        (PRICES.replace("0.60", "nan"), r"wrong entry models.small-model.output"),
        (PRICES.replace("0.60", '"0.60"'), r"wrong entry models.small-model.output"),
        (PRICES.replace("output = 0.60", ""), r"wrong entry models.small-model.output"),
        (PRICES.replace("kwh", "kWh"), r"wrong entry electricity"),
        ("date = ", "is not TOML"),
        (b"\xff\xfe", "is not TOML"),
    ],
)
def test_a_price_file_that_is_wrong_is_refused_in_one_sentence(tmp_path, text, says):
    (tmp_path / "p.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DataError, match=says) as caught:
        read_prices(tmp_path / "p.toml")
    assert str(caught.value).endswith("mend it.")
    assert "\n" not in str(caught.value)


def test_a_price_file_that_is_absent(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        read_prices(tmp_path / "absent.toml")


def test_the_example_in_the_documentation_reads(tmp_path):
    from autophagy.cost import prices as module

    (tmp_path / "p.toml").write_text(module.__doc__.partition("\n")[2])
    assert read_prices(tmp_path / "p.toml").of_energy(JOULES_PER_KWH) == 0.2


# What a right answer costs, and the break-even


def test_the_cost_of_a_right_answer_is_a_ratio_of_means():
    got = right_answer([1.0, 2.0, 3.0, math.nan], [[1, 0, 1, 1], [0, 0, math.nan, 1]], rng())
    assert (got.value, got.n) == (pytest.approx(6 / 1.5), 3)
    assert got.low <= got.value <= got.high
    assert right_answer([math.nan], [1.0], rng()).n == 0


def test_no_right_answer_costs_without_end():
    got = right_answer(np.ones(20), np.zeros(20), rng())
    assert (got.value, got.low, got.high) == (math.inf, math.inf, math.inf)
    assert got.json() == {"value": None, "low": None, "high": None, "n": 20}


FAR = st.floats(-1e3, 1e3)


@given(FAR, FAR, FAR, FAR)
def test_from_the_break_even_on_the_first_arm_is_the_cheaper_one(fixed_a, fixed_b, each_a, each_b):
    a, b = Cost(fixed_a, each_a), Cost(fixed_b, each_b)
    even = break_even((fixed_a, fixed_b), (np.full(5, each_a), np.full(5, each_b)), rng()).value
    slack = 1e-6 * (1 + abs(fixed_a) + abs(fixed_b))
    for many in (1e4, 1e5, 1e6, 1e9):
        if math.isinf(even):
            continue
        cheaper = a.of(even + many) <= b.of(even + many) + slack * (1 + even + many)
        assert cheaper
    if 1 < even < 1e6 and abs(each_a - each_b) > 1e-3:
        assert a.of(even / 2) > b.of(even / 2)
    if math.isinf(even) and abs(each_a - each_b) > 1e-3:
        assert a.of(1e9) > b.of(1e9)


@pytest.mark.parametrize(
    ("fixed", "saved", "value"),
    [((10, 0), 0.0, math.inf), ((10, 0), -1.0, math.inf), ((0, 10), 0.0, 0), ((0, 10), 1.0, 0),
     ((0, 10), -1.0, math.inf), ((5, 5), 1.0, 0), ((5, 5), 0.0, math.inf), ((10, 0), 2.0, 5)],
)  # fmt: skip
def test_never_and_at_once_are_answers(fixed, saved, value):
    got = break_even(fixed, (np.zeros(9), np.full(9, saved)), rng())
    assert got.value == got.low == got.high == value


def test_an_interval_may_end_in_never():
    """Per-query savings that are near 0 beside their spread: the upper end is infinite, and no NaN comes of it."""
    noise = np.random.default_rng(0)
    got = break_even((10.0, 0.0), (np.zeros(40), noise.normal(0.2, 1.0, 40)), rng())
    assert 0 < got.low < got.value
    assert got.high == math.inf
    assert [queries(x) for x in (got.high, math.nan, 0.0)] == ["never", "unknown", "at once"]
    assert break_even((math.nan, 0.0), ([1.0], [2.0]), rng()).n == 0
    assert break_even((1.0, 0.0), ([math.nan], [2.0]), rng()).n == 0


@pytest.mark.slow
def test_ratios_and_break_evens_are_covered_as_often_as_they_say(monkeypatch):
    """1,000 draws of 60 documents of 3 questions: 95 % within z = 4 and 2 points for the percentile bootstrap."""
    monkeypatch.setattr("autophagy.cost.break_even.DRAWS", 400)
    draw, names, covered = np.random.default_rng(8), np.repeat(np.arange(60), 3), np.zeros(2)
    for _ in range(1000):
        spent = draw.gamma(4, 0.25, 60)[names] * draw.gamma(4, 0.25, 180)
        right = draw.random(180) < draw.beta(2.4, 1.6, 60)[names]
        pass_ = right_answer(spent, right, draw, names)
        even = break_even((10.0, 0.0), (np.zeros(180), spent), draw, names)
        covered += [pass_.low <= 1 / 0.6 <= pass_.high, even.low <= 10 <= even.high]
    assert (np.abs(covered / 1000 - 0.95) < 0.02 + 4 * math.sqrt(0.95 * 0.05 / 1000)).all()


# Latency


def test_percentiles_are_order_statistics():
    got = latency(np.random.default_rng(1).permutation(np.arange(1.0, 201.0)), rng())
    assert list(got) == ["p50", "p95"]
    assert [score.value for score in got.values()] == [100, 190]
    assert all(score.low <= score.value <= score.high and score.n == 200 for score in got.values())


def test_few_queries_have_no_interval_of_their_slowest():
    got = latency([[0.1, 0.2, math.nan, 0.3] * 5], rng())
    assert got["p50"].n == 15
    assert math.isfinite(got["p50"].low)
    assert math.isnan(got["p95"].low)
    assert latency([math.nan], rng())["p50"].n == 0


@pytest.mark.slow
def test_percentiles_are_covered_as_often_as_they_say(monkeypatch):
    """500 draws of 200 exponential times: 95 % within z = 4 and 2 points for the bootstrap."""
    monkeypatch.setattr("autophagy.cost.break_even.DRAWS", 200)
    draw, covered = np.random.default_rng(9), np.zeros(2)
    for _ in range(500):
        got = latency(draw.exponential(1, 200), draw)
        covered += [got["p50"].low <= math.log(2) <= got["p50"].high, got["p95"].low <= math.log(20) <= got["p95"].high]
    assert (np.abs(covered / 500 - 0.95) < 0.02 + 4 * math.sqrt(0.95 * 0.05 / 500)).all()


# Energy


def zone(folder, name, label, joules, top=1000.0):
    (folder / name).mkdir(parents=True)
    (folder / name / "name").write_text(f"{label}\n")
    (folder / name / "energy_uj").write_text(f"{joules * 1e6:.0f}\n")
    (folder / name / "max_energy_range_uj").write_text(f"{top * 1e6:.0f}\n")
    return folder / name / "energy_uj"


@pytest.fixture
def no_cards(monkeypatch):
    monkeypatch.setattr(energy, "nvml", list)


@pytest.mark.usefixtures("no_cards")
def test_packages_are_summed_over_their_turns_and_parts_are_not(tmp_path):
    first = zone(tmp_path, "intel-rapl:0", "package-0", 990)
    second = zone(tmp_path, "intel-rapl:1", "package-1", 10)
    zone(tmp_path, "intel-rapl:0:0", "core", 1)
    zone(tmp_path, "intel-rapl:2", "psys", 1)
    (tmp_path / "intel-rapl:3").mkdir()
    zone(tmp_path, "intel-rapl:4", "package-4", 1).write_text("not a number")
    assert len(rapl(tmp_path)) == 2
    with Meter(tmp_path) as meter:
        first.write_text("5000000")  # it turned over at 1,000 J
        second.write_text("30000000")
    assert meter.energy.joules == pytest.approx(15 + 20)
    assert meter.energy.method == "rapl"
    assert meter.energy.seconds > 0


def test_a_counter_that_turns_over_twice_is_read_in_time():
    readings = iter([900.0, 100.0, 950.0, 50.0])
    counter = Counter(lambda: next(readings), top=1000.0)
    assert [counter.update() for _ in range(3)] == [200.0, 1050.0, 1150.0]


def cards(*millijoules):
    """A pynvml of one card whose counter gives these readings and then fails; without any there is no driver."""

    class NVMLError(Exception):
        pass

    def init():
        if not millijoules:
            raise NVMLError

    readings = list(millijoules)

    def read(card):
        if not readings:
            raise NVMLError
        return readings.pop(0)

    return SimpleNamespace(
        NVMLError=NVMLError,
        nvmlInit=init,
        nvmlDeviceGetCount=lambda: 1,
        nvmlDeviceGetHandleByIndex=lambda number: number,
        nvmlDeviceGetTotalEnergyConsumption=read,
    )


def test_cards_are_measured_by_their_counter_beside_the_processor(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pynvml", cards(5_000, 5_000, 9_000))
    package = zone(tmp_path, "intel-rapl:0", "package-0", 0)
    with Meter(tmp_path) as meter:
        package.write_text("1000000")
    assert (meter.energy.joules, meter.energy.method) == (5.0, "rapl+nvml")


def test_a_counter_that_fails_half_way_makes_the_figure_unknown(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pynvml", cards(5_000, 5_000))
    with Meter(tmp_path) as meter:
        pass
    assert math.isnan(meter.energy.joules)
    assert meter.energy.method == NONE


def test_without_a_driver_or_its_library_there_are_no_cards(monkeypatch):
    monkeypatch.setitem(sys.modules, "pynvml", cards())
    assert nvml() == []
    monkeypatch.setitem(sys.modules, "pynvml", None)
    assert nvml() == []


@pytest.mark.usefixtures("no_cards")
def test_without_counters_and_codecarbon_energy_is_unknown(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "codecarbon", None)
    with Meter(tmp_path) as meter:
        pass
    assert math.isnan(meter.energy.joules)
    assert meter.energy.method == NONE
    assert meter.energy.seconds >= 0


@pytest.mark.slow
@pytest.mark.usefixtures("no_cards")
def test_codecarbon_guesses_where_there_is_no_counter(tmp_path, monkeypatch, capfd):
    pytest.importorskip("codecarbon")
    monkeypatch.chdir(tmp_path)
    with Meter(tmp_path / "none") as meter:
        sum(i * i for i in range(3_000_000))
    assert meter.energy.method == "processor-power estimate"
    assert 0 < meter.energy.joules < 2000 * meter.energy.seconds + 2000
    assert not list(tmp_path.iterdir())
    assert capfd.readouterr() == ("", "")


def test_a_measured_figure_and_a_guessed_one_do_not_compare():
    assert comparable("rapl", "rapl")
    assert not comparable("rapl", energy.GUESS)
    assert not comparable("rapl", "rapl+nvml")
    assert not comparable(NONE, NONE)
    assert Energy(1, 2, "rapl") + Energy(3, 4, "rapl") == Energy(4, 6, "rapl")
    mixed = Energy(1, 2, "rapl") + Energy(3, 4, energy.GUESS)
    assert math.isnan(mixed.joules)
    assert (mixed.seconds, mixed.method) == (6, NONE)


@pytest.mark.parametrize(
    ("model", "machine", "told"),
    [
        ("m", "", 'has no price of m, so that costs are unknown: add [models."m"].'),
        ("m", "desk", "has no price of m"),
        ("other", "", ""),
        ("", "lap", 'has no price of lap, so that costs are unknown: add [machines."lap"].'),
        ("", "desk", ""),
        ("", "", "names no machine as this one, so that costs are unknown: name it with --machine."),
    ],
)
def test_a_price_that_is_missing_is_told(tmp_path, model, machine, told):
    """litellm 10242, crush 993: there a model without a price is free."""
    path = tmp_path / "prices.toml"
    path.write_text('date = 2026-11-01\n[models."other"]\ninput = 1.0\noutput = 2.0\n[machines.desk]\nhour = 0.1\n')
    found = unpriced(path, model, machine)
    assert len(found) == bool(told)
    assert told in "".join(found)


# Complexity


def test_complexity_counts_what_is_declared():
    context = Complexity(("vector store",), ("index",), (), ("embed", "upsert"), 0.2)
    tuned = Complexity((), ("weights", "index"), ("learning rate",), ("write", "train", "deploy"), 600.0, gpu=True)
    assert (context.count, tuned.count) == (4, 7)
    both = context | tuned
    assert both.artifacts == ("index", "weights")
    assert (both.count, both.seconds, both.gpu) == (1 + 2 + 1 + 5 + 1, 600.2, True)
    assert json.dumps(Complexity().json(), allow_nan=False)
    assert Complexity().json()["seconds"] is None


def test_the_peak_of_memory_is_that_of_what_was_done_and_not_of_what_was_done_before():
    """128 MB are held and let go before, which a peak of the whole life of the process would show."""
    with Peak() as before:
        np.ones(16_000_000)
    with Peak() as idle:
        pass
    if math.isnan(idle.bytes):
        pytest.skip("this system does not tell a process its peak of memory")
    with Peak() as held:
        np.ones(8_000_000)
    assert before.bytes - idle.bytes > 100e6
    assert 40e6 < held.bytes - idle.bytes < before.bytes - idle.bytes
