"""The curator of languages."""

import numpy as np
import pytest

from autophagy.core.errors import UsageError
from autophagy.core.samples import Samples
from autophagy.curators.language import language

pytest.importorskip("py3langid")

ROWS = Samples.of(
    [
        "The cat sleeps on the sofa all day and all night.",
        "Der Hund schläft den ganzen Tag auf dem Sofa.",
        "Le chat dort toute la journée sur le canapé.",
        "ok",
    ]
)


def judge(**settings):
    return language(ROWS, ROWS, np.random.default_rng(0), **settings)


def test_rows_of_other_languages_go_and_those_of_none_stay():
    verdict = judge()
    assert verdict.keep.tolist() == [True, False, False, True]
    assert verdict.details.tolist() == ["", "de", "fr", "unknown language"]
    assert judge(keep="de;fr").keep.tolist() == [False, True, True, True]
    assert judge(unknown=False).keep.tolist() == [True, False, False, False]


def test_no_language_is_refused():
    with pytest.raises(UsageError, match="keep=en"):
        judge(keep="")
