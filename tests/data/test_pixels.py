"""Pixels: data and reference are on one scale, whichever of the two runs farther."""

import numpy as np
import pytest

from autophagy.core.errors import DataError
from autophagy.data.readers.pixels import PixelScale, common
from autophagy.loop.plan import make_plan
from autophagy.loop.spec import LoopSpec

NAMES = ("a", "b")


def pair(a, b):
    first, second = (PixelScale.of(np.asarray(x)) for x in (a, b))
    return tuple((scale.low, scale.high) for scale in common(first, second, NAMES))


BYTES, UNIT = np.array([0, 200], np.uint8), np.array([0.0, 1.0])


@pytest.mark.parametrize(
    ("a", "b", "scales"),
    [
        ([0.0, 16], [0.0, 15], ((0, 16), (0, 16))),
        ([-1.0, 1], [-0.9, 1], ((-1, 1), (-1, 1))),
        (UNIT, UNIT / 2, ((0, 1), (0, 1))),
        (BYTES, UNIT, ((0, 255), (0, 1))),  # of both, white is known
        (BYTES, [0.0, 255], ((0, 255), (0, 255))),
        (BYTES // 2, BYTES, ((0, 255), (0, 255))),
        (UNIT, [0.0, 1.02], ((0, 1.02), (0, 1.02))),
    ],
)
def test_one_scale_for_both(a, b, scales):
    assert pair(a, b) == scales
    assert pair(b, a) == scales[::-1]


@pytest.mark.parametrize(("a", "b"), [(UNIT, [0.0, 255]), ([-1.0, 1], BYTES)])
def test_pixels_in_two_units_are_refused(a, b):
    with pytest.raises(DataError, match=r"two units, those of a from .* save both in the same one"):
        pair(a, b)


@pytest.mark.parametrize(("most", "other"), [(16, 15), (15, 16)])
def test_the_same_grey_is_the_same_number_in_data_and_reference(tmp_path, most, other):
    rng = np.random.default_rng(0)
    raw = {name: np.floor(rng.uniform(0, top + 1, (60, 4, 4))) for name, top in (("d", most), ("r", other))}
    for name, x in raw.items():
        x.flat[0] = x.max()
        np.save(tmp_path / f"{name}.npy", x)
    spec = LoopSpec(data=str(tmp_path / "d.npy"), reference=str(tmp_path / "r.npy"), model="gaussian", generations=1)
    plan = make_plan(spec)
    for rows, x in ((plan.data.samples, raw["d"]), (plan.reference, raw["r"])):
        np.testing.assert_array_equal(np.unique(rows.x), np.unique((x / 16).astype(np.float32)))
    assert len([note for note in plan.notes if "mapped from [0, 16] to [0, 1]" in note]) == 2
