"""Too few rows: the sentence says what was set aside, for no other place would."""

import numpy as np
import pytest
from PIL import Image

from autophagy.core.errors import NotEnoughRealData
from autophagy.data.load import load
from autophagy.loop.split import split


def test_images_of_other_sizes_are_named_where_too_few_are_left(tmp_path):
    for place in range(12):
        Image.fromarray(np.full((8 + place % 3, 8), place, np.uint8)).save(tmp_path / f"{place:02}.png")
    said = r"has 4 usable rows \(8 of 12 images were set aside .*01.png \(8 x 9\)"
    with pytest.raises(NotEnoughRealData, match=said):
        split(load(str(tmp_path)), None, np.random.default_rng(0))
