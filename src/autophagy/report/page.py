"""The page: one HTML file that needs nothing else."""

from importlib.resources import files
from typing import Any

from ..core.errors import need
from .templates import render

FOOTER = "Made with Autophagy. This page needs no other file."


def fill(
    template: str,
    /,
    *,
    title: str,
    charts: dict[str, Any],
    players: dict[str, Any] | None = None,
    footer: str = FOOTER,
    **values: Any,
) -> str:
    """A page from a template that extends page.html, with its charts and players for the script.

    Raises MissingExtra where plotly or Jinja2 is not installed.
    """
    return render(
        template,
        title=title,
        footer=footer,
        data={"charts": charts, "players": players or {}},
        css=_asset("page.css"),
        js=_asset("page.js"),
        plotly=need("plotly.offline", "the report").get_plotlyjs(),
        **values,
    )


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
