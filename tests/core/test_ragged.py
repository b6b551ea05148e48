from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autophagy.core.ragged import Ragged
from autophagy.core.samples import Array


@dataclass
class Parts(Ragged):
    parts: Array
    bounds: Array


@given(st.lists(st.lists(st.integers(0, 9), max_size=4), max_size=6))
def test_things_are_as_many_and_as_long_as_they_were(things):
    bounds = np.cumsum([0, *map(len, things)])
    ragged = Parts(np.array([part for thing in things for part in thing]), bounds)
    assert len(ragged) == len(things)
    assert ragged.lengths.tolist() == [len(thing) for thing in things]
