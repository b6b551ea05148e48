"""The words of the page for what a figure says of itself."""

from ...core.figures import Figure

GOOD = {"higher": "higher is better", "lower": "lower is better", "real": "nearer to real rows is better"}


def good(figure: Figure) -> str:
    """Which direction is better; nothing where the metric does not say."""
    if isinstance(figure.better, float | int):
        return f"nearer to {figure.better:g} is better"
    return GOOD[figure.better] if figure.better else ""
