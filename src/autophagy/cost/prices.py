"""Prices: a dated file of the user's, since every price is true for a day only.

date = 2026-07-01                  # required: the day on which these prices held
currency = "USD"

[models."small-model"]             # as the endpoint names it; money per million tokens
input = 0.15
output = 0.60
cached = 0.075                     # of input tokens that the provider had cached; without it they cost `input`

[machines.desk]
hour = 0.05                        # money per hour, 0 for one that is paid off
electricity = true                 # whether its electricity comes on top; a rented machine's does not

[electricity]
kwh = 0.20                         # money per kilowatt-hour
"""

import datetime
import math
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..core.errors import DataError
from .energy import JOULES_PER_KWH

Money = Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
MILLION = 1e6  # tokens, for which providers tell their prices


class PriceTable(BaseModel):
    """A table of the price file, which takes no word that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelPrice(PriceTable):
    """Money per million tokens."""

    input: Money
    output: Money
    cached: Money | None = None

    def tokens(self, tokens_in: float, tokens_out: float, cached: float = 0.0) -> float:
        """The money for so many tokens, `cached` of those that go in being cheaper."""
        price = self.input if self.cached is None else self.cached
        return (self.input * (tokens_in - cached) + price * cached + self.output * tokens_out) / MILLION


class MachinePrice(PriceTable):
    """Money per hour of a machine, and whether its electricity comes on top."""

    hour: Money
    electricity: bool = False


class Electricity(PriceTable):
    """Money per kilowatt-hour."""

    kwh: Money


class Prices(PriceTable):
    """What models, machines and electricity cost, on a day."""

    date: datetime.date
    currency: str = "USD"
    models: dict[str, ModelPrice] = {}
    machines: dict[str, MachinePrice] = {}
    electricity: Electricity | None = None

    def of_tokens(self, model: str, tokens_in: float, tokens_out: float, cached: float = 0.0) -> float:
        """The money for tokens of a model; NaN where the file does not price it."""
        price = self.models.get(model)
        return price.tokens(tokens_in, tokens_out, cached) if price else math.nan

    def of_machine(self, machine: str, seconds: float, joules: float = math.nan) -> float:
        """The money for a machine, with its electricity where that is extra; NaN where price or joules are unknown."""
        price = self.machines.get(machine)
        if price is None:
            return math.nan
        return price.hour * seconds / 3600 + (self.of_energy(joules) if price.electricity else 0.0)

    def of_energy(self, joules: float) -> float:
        """The money for electricity; NaN where the file does not price it."""
        return self.electricity.kwh * joules / JOULES_PER_KWH if self.electricity else math.nan


def read_prices(path: str | Path) -> Prices:
    """The prices of a TOML file; raises DataError in one sentence that names the entry that is wrong."""
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        return Prices.model_validate(table)
    except OSError as error:
        raise DataError(f"the price file {path} cannot be read ({error.strerror}): check the path.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place, reason = ".".join(map(str, first["loc"])), first["msg"].rstrip(".")
        raise DataError(f"the price file {path} has a wrong entry {place} ({reason}): mend it.") from error
    except ValueError as error:
        raise DataError(f"the price file {path} is not TOML ({str(error).rstrip('.')}): mend it.") from error


def unpriced(path: str | Path, model: str, machine: str) -> list[str]:
    """A sentence where the file has no price of a served model, or else of the machine, so that costs are unknown."""
    prices = read_prices(path)
    if model in prices.models or (not model and machine in prices.machines):
        return []
    lacks, remedy = (
        f"has no price of {model or machine}",
        f'add [{"models" if model else "machines"}."{model or machine}"]',
    )
    if not model and not machine:
        lacks, remedy = "names no machine as this one", "name it with --machine"
    return [f"The price file {path} {lacks}, so that costs are unknown: {remedy}."]
