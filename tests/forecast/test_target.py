"""A target as it is written: with a comparison in quotes, or in a spelling that no shell takes for a file."""

import pytest

from autophagy.core.errors import UsageError
from autophagy.forecast.target import Target


@pytest.mark.parametrize(
    "text", ["variance>=0.9", "variance >= 90%", "variance:0.9", "variance=0.9..", "variance:.9.."]
)
def test_at_least(text):
    assert Target.parse(text) == Target("variance", True, 0.9)


@pytest.mark.parametrize("text", ["mean_error<=1e-2", "mean_error<=1%", "mean_error=..0.01", "mean_error:..1%"])
def test_at_most(text):
    assert Target.parse(text) == Target("mean_error", False, 0.01)


@pytest.mark.parametrize(
    "text", ["variance", "variance>=", "variance>=much", "variance=0.9", "..", "variance=1..2", ""]
)
def test_anything_else_is_told_how_to_write_it(text):
    with pytest.raises(UsageError, match=r"in quotes.*variance:0\.9"):
        Target.parse(text)
