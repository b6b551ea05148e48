"""A chart with its words, as plain values."""

from dataclasses import dataclass

from .table import Inline


@dataclass(frozen=True)
class Card:
    """A chart in a frame; `chart` names the figure that the page's script draws there."""

    chart: str
    title: Inline
    label: str  # what a screen reader says instead of the chart
    caption: Inline = ""
    good: str = ""  # which way is better
    note: str = ""  # what is missing
    size: str = ""  # short, middle, tall, or "" for the usual height
