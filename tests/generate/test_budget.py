import pytest

from autophagy.core.errors import UsageError
from autophagy.generate.budget import Budget, Spent


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("5usd", 5, "money"),
        ("$5".replace("$5", "5$"), 5, "money"),
        ("2Mtok", 2e6, "tokens"),
        ("1.5k tokens", 1500, "tokens"),
        ("30min", 1800, "seconds"),
        ("2 h", 7200, "seconds"),
    ],
)
def test_a_budget_is_read(text, amount, unit):
    assert Budget.parse(text) == Budget(amount, unit)


@pytest.mark.parametrize("text", ["", "5", "usd", "-5usd", "0tok", "5 bananas", "1e3usd", "5..usd"])
def test_what_is_no_budget_is_a_sentence(text):
    with pytest.raises(UsageError, match="5usd, 2Mtok or 30min"):
        Budget.parse(text)


def test_it_is_used_up_when_it_is_reached():
    assert not Spent(tokens_in=600, tokens_out=399).over(Budget(1000, "tokens"))
    assert Spent(tokens_in=600, tokens_out=400).over(Budget(1000, "tokens"))
    assert not Spent(money=1e9).over(None)
