"""Bars: what a screen reader says of them."""

import pytest

from autophagy.report.bars import Bar, Slice


@pytest.mark.parametrize(
    ("shares", "said"), [((0.25, 0.5), "kept 25.0 %, gone 50.0 %"), ((0.0, 1.0), "gone 100.0 %"), ((0.0, 0.0), "none")]
)
def test_a_bar_says_its_parts_and_never_nothing(shares, said):
    parts = [Slice(label, share, "#000") for label, share in zip(("kept", "gone"), shares, strict=True)]
    assert Bar(["a"], parts, "").label == said
