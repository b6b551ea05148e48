"""autophagy list: every plug-in with its caption and its settings."""

import inspect
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..core.files import Line
from ..core.registry import KINDS, entries


def list_document(kind: str | None) -> dict[str, list[Line]]:
    """Every plug-in by kind, with its caption and its settings."""
    kinds = [one for one in KINDS if kind in (None, f"{one}s")]
    return {
        f"{one}s": [
            {
                "name": entry.name,
                "caption": entry.caption,
                "settings": {k: _plain(v) for k, v in entry.settings.items()},
            }
            for entry in entries(one).values()
        ]
        for one in kinds
    }


def print_list(kind: str | None) -> None:
    """Every plug-in by kind, as tables."""
    console = Console()
    for kinds, rows in list_document(kind).items():
        if not rows:
            continue
        table = Table(
            title=kinds, title_justify="left", title_style="bold", box=None, pad_edge=False, show_header=False
        )
        for row in rows:
            settings = ", ".join(f"{name}={value}" for name, value in row["settings"].items())
            table.add_row(Text(row["name"]), Text(row["caption"]), Text(settings, style="dim"))
        console.print(table)
        console.print()


def _plain(value: Any) -> Any:
    if value is inspect.Parameter.empty:
        return "required"
    return value if isinstance(value, str | int | float | bool | None) else str(value)
