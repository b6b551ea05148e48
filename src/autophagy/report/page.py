"""The page: one HTML file that needs nothing else."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from ..core.machine import version_of
from .plot import Plot
from .templates import render

FOOTER = "Made with Autophagy. This page needs no other file."
# in the text of a page no line may break a flag behind its dashes, nor a share before its sign; the rest is passed over
UNBROKEN = re.compile(
    r"<(script|style|svg|title|option)\b.*?</\1>|<[^>]*>|(?P<text>(?<![\w-])--[a-z][\w-]{1,30}|\d[\d.,]{0,12} %)", re.S
)
STYLE = (
    "frame",
    "opening",
    "keys",
    "slider",
    "charts",
    "tables",
    "compare",
    "rows",
    "narrow",
    "print",
)  # in this order
SCRIPT = (
    "words",
    "plot",
    "redraw",
    "smooth",
    "hover",
    "export",
    "tools",
    "pick",
    "slider",
    "search",
    "link",
)  # in the order in which they run


def fill(
    template: str,
    /,
    *,
    title: str,
    command: str = "",
    plots: Iterable[Plot] = (),
    players: dict[str, Any] | None = None,
    footer: str = FOOTER,
    **values: Any,
) -> str:
    """A page from a template that extends page.html; `command` is the line that makes it.

    `plots` are the charts that the template shows, and `players` what its sliders move; the script reads both. Raises
    MissingExtra where Jinja2 is not installed.
    """
    script = "".join(_asset(f"script/{name}.js") for name in SCRIPT)
    page = render(
        template,
        title=title,
        footer=footer,
        command=command,
        version=version_of("autophagy") or "",
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        data={"plots": {each.key: each.data for each in plots}, "players": players or {}},
        css=style(),
        js=f'(() => {{\n"use strict";\n{script}}})();',
        **values,
    )
    return UNBROKEN.sub(lambda found: render("unbroken.html", text=found[0]) if found["text"] else found[0], page)


def style() -> str:
    """The style sheet of every page."""
    return "".join(_asset(f"style/{name}.css") for name in STYLE)


def _asset(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")
