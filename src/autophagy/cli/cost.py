"""autophagy cost: the energy and the carbon of hours on devices."""

from typing import Annotated

from cyclopts import Parameter

from .ending import print_json
from .numbers import numerics
from .voice import voiced
from .words import Json, Number

GpuHours = Annotated[Number, Parameter(help="The hours of all devices together: 8 cards for 10 hours are 80.")]
Watts = Annotated[
    Number, Parameter(help="The power of one device in watts; its thermal design power gives an upper bound.")
]
Pue = Annotated[
    Number | None,
    Parameter(
        help="The data centre's overhead, its whole power over that of its computers (default: 1, the devices alone)."
    ),
]
Grid = Annotated[
    str | None,
    Parameter(
        help="The electricity: a country by its name or its three letters such as FRA, world, or a number of grams of "
        "CO2e a kWh (default: AUTOPHAGY_GRID, else the carbon is unknown)."
    ),
]


@voiced
def cost(*, gpu_hours: GpuHours, watts: Watts, pue: Pue = None, grid: Grid = None, json: Json = False) -> int:
    """Work out the energy and the carbon of hours on graphics cards, and print them."""
    from ..cost.declared import Declared
    from ..cost.grid import PowerGrid, chosen_grid

    chosen = chosen_grid() if grid is None else PowerGrid.of(grid)
    found = Declared(**numerics({"gpu_hours": gpu_hours, "watts": watts, "pue": pue}), grid=chosen)
    if json:
        print_json(found.document())
    else:
        print("\n".join(found.sentences))
    return 0
