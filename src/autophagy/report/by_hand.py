"""The page around a body of HTML, until the pages of forecasts and comparisons are templates too."""

import json
from html import escape
from importlib.resources import files
from string import Template
from typing import Any

from ..core.errors import need

FOOTER = (
    "Generation 1 is the model fitted on real data alone, or on the texts of a teacher where there is one. "
    "Made with Autophagy; this page holds all that it shows."
)


def fill(
    title: str,
    body: str,
    charts: dict[str, Any],
    players: dict[str, Any] | None = None,
    navigation: str = "",
    footer: str = FOOTER,
) -> str:
    """The one page around a body of HTML, with its figures and players; `title` and `footer` are plain text.

    Raises MissingExtra where plotly is not installed.
    """
    return Template(_part("by_hand.html")).substitute(
        title=escape(title),
        css=_part("page.css"),
        navigation=navigation,
        runs=body,
        footer=escape(footer),
        data=_json({"charts": charts, "players": players or {}}),
        plotly=need("plotly.offline", "the report").get_plotlyjs(),
        js=_part("page.js"),
    )


def _json(value: Any) -> str:
    """JSON that cannot end the script element that it stands in."""
    return json.dumps(value, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _part(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
