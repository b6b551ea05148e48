import pytest

from autophagy.core.errors import UsageError
from autophagy.drift.compare import compare
from autophagy.drift.gate import Barred, broken
from drifting import log, model

WORSE = {"tasks": compare(log(model(1, 0.9, n=300)), log(model(2, 0.5, n=300))).tasks}
SAME = {"tasks": compare(log(model(1)), log(model(1))).tasks}


@pytest.mark.parametrize("text", ["change", "worse", "primes/worse", "primes/change"])
def test_a_finding_breaks_its_limit(text):
    assert broken([Barred.parse(text)], WORSE) == ["primes: fewer answers are right, in any format."]
    assert broken([Barred.parse(text)], SAME) == []


@pytest.mark.parametrize("text", ["better", "format", "refusal", "constant"])
def test_what_was_not_found_breaks_nothing(text):
    assert broken([Barred.parse(text)], WORSE) == []


def test_words_that_are_no_finding_are_refused():
    with pytest.raises(UsageError, match="did you mean 'worse'"):
        Barred.parse("wrose")
    with pytest.raises(UsageError, match="there is no task"):
        broken([Barred.parse("prmies/worse")], WORSE)
