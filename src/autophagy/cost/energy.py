"""Energy, and by which method it was found: a measured figure and a guessed one are never compared.

Counters of the processor (RAPL, by Linux powercap) and of NVIDIA cards (NVML) measure; without either, codecarbon
guesses from the kind of processor and its load; without that the figure is unknown.
"""

import importlib
import logging
import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

POWERCAP = Path("/sys/class/powercap")
NONE, RAPL, NVML = "none", "rapl", "nvml"
GUESS = "processor-power estimate"
JOULES_PER_KWH = 3.6e6  # 1,000 W for 3,600 s
EVERY = 60.0  # seconds between readings: a RAPL counter of 262 kJ turns over after 15 minutes at 300 W
Read = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Energy:
    """Joules and seconds with the method that found them; NaN joules and "none" where nothing could."""

    joules: float = math.nan
    seconds: float = math.nan
    method: str = NONE

    def __add__(self, other: "Energy") -> "Energy":
        """Both together; unknown where the methods may not be compared."""
        alike = comparable(self.method, other.method)
        joules = self.joules + other.joules if alike else math.nan
        return Energy(joules, self.seconds + other.seconds, self.method if alike else NONE)


def comparable(a: str, b: str) -> bool:
    """Whether figures of two methods may stand side by side: the same method, and one that exists."""
    return a == b != NONE


def of_power(hours: float, watts: float, overhead: float = 1.0) -> Energy:
    """The energy of devices that ran so many hours at so many watts, times the data centre's overhead (PUE).

    Ref: Touvron et al. (2023), "LLaMA", section 6: Wh = GPU-h x (GPU power) x PUE, with PUE 1.1.
    """
    return Energy(hours * watts * overhead * 3600, hours * 3600, "declared power")


def carbon(joules: float, grams_per_kwh: float) -> float:
    """Grams of CO2 equivalent at the carbon intensity of the grid.

    Ref: Touvron et al. (2023), section 6: tCO2eq = MWh x 0.385.
    """
    return joules / JOULES_PER_KWH * grams_per_kwh


@dataclass(slots=True)
class Meter:
    """A context manager that measures the energy of the machine while its body runs; `energy` holds it afterwards.

    It is the whole machine's: packages by RAPL, cards by NVML, whoever uses them. `powercap` is where RAPL lies. With
    `guess` false codecarbon is not asked, and the figure is unknown where no counter can be read.
    """

    powercap: Path = POWERCAP
    guess: bool = True
    energy: Energy = field(default_factory=Energy)
    _counters: "dict[str, list[Counter]]" = field(default_factory=dict)
    _tracker: Any = None
    _begun: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)
    _sampler: threading.Thread | None = None

    def __enter__(self) -> Self:
        readable = {RAPL: rapl(self.powercap), NVML: nvml()}
        self._counters = {method: counters for method, counters in readable.items() if counters}
        if not self._counters and self.guess:
            self._tracker = _codecarbon()
        if self._counters:
            self._stop.clear()
            self._sampler = threading.Thread(target=self._sample, daemon=True)
            self._sampler.start()
        self._begun = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        seconds = time.perf_counter() - self._begun
        if self._sampler:
            self._stop.set()
            self._sampler.join()
            joules = sum(counter.update() for counters in self._counters.values() for counter in counters)
            self.energy = Energy(joules, seconds, NONE if math.isnan(joules) else "+".join(self._counters))
        elif self._tracker is not None:
            self._tracker.stop()
            data = getattr(self._tracker, "final_emissions_data", None)  # absent where the tracker gave up
            kwh = math.nan if data is None else float(data.cpu_energy)
            self.energy = Energy(kwh * JOULES_PER_KWH, seconds, NONE if math.isnan(kwh) else GUESS)
        else:
            self.energy = Energy(math.nan, seconds, NONE)

    def _sample(self) -> None:
        while not self._stop.wait(EVERY):
            for counters in self._counters.values():
                for counter in counters:
                    counter.update()


class Counter:
    """A counter of joules that turns over at `top`, summed since it was made; a reading of NaN makes the sum NaN."""

    def __init__(self, read: Read, top: float = math.inf) -> None:
        self._read, self._top = read, top
        self._last, self._sum = read(), 0.0

    def update(self) -> float:
        """Read on, and return the joules since the counter was made."""
        now = self._read()
        self._sum += now - self._last + (self._top if now < self._last else 0.0)
        self._last = now
        return self._sum


def _codecarbon() -> Any:
    """A tracker that has begun, with the bundled tables, writing nothing; None where codecarbon is not installed.

    Only what it says of the processor is used: its figure for memory is a constant of 10 W or more.
    """
    try:
        codecarbon = importlib.import_module("codecarbon")
    except ImportError:
        return None
    logging.getLogger("codecarbon").setLevel(logging.CRITICAL)
    tracker = codecarbon.OfflineEmissionsTracker(
        country_iso_code="USA", output_methods=[], log_level="critical", allow_multiple_runs=True
    )
    tracker.start()
    return tracker


def rapl(powercap: Path = POWERCAP) -> list[Counter]:
    """The counters of the processor packages that this user may read; their parts are in them already."""
    counters = []
    for zone in sorted(powercap.glob("intel-rapl:*")):
        with suppress(OSError, ValueError):
            if zone.name.count(":") == 1 and (zone / "name").read_text().startswith("package"):
                _joules(zone / "energy_uj")  # which often root alone may read
                top = _joules(zone / "max_energy_range_uj")
                counters.append(Counter(_or_unknown(partial(_joules, zone / "energy_uj"), OSError, ValueError), top))
    return counters


def nvml() -> list[Counter]:
    """The counters of the NVIDIA cards; none where a card has none (before Volta) or there is no driver."""
    try:
        library = importlib.import_module("pynvml")
    except ImportError:
        return []
    counters = []
    with suppress(library.NVMLError):
        library.nvmlInit()
        for number in range(library.nvmlDeviceGetCount()):
            read = partial(_card_joules, library, library.nvmlDeviceGetHandleByIndex(number))
            read()
            counters.append(Counter(_or_unknown(read, library.NVMLError)))
        return counters
    return []


def _joules(path: Path) -> float:
    return float(path.read_text()) / 1e6


def _card_joules(library: Any, card: Any) -> float:
    return float(library.nvmlDeviceGetTotalEnergyConsumption(card)) / 1e3


def _or_unknown(read: Read, *errors: type[Exception]) -> Read:
    """The reading, or NaN where it fails half-way."""

    def guarded() -> float:
        try:
            return read()
        except errors:
            return math.nan

    return guarded
