"""autophagy list: every plug-in with its caption and its settings."""

import inspect
from typing import Annotated, Any

from cyclopts import Parameter

from ..core.files import Line
from .ending import print_json
from .voice import voiced
from .words import Json, Plugin


def _kinds(context: Any) -> list[str]:
    from ..core.registry import KINDS, plural

    return [plural(known) for known in KINDS]


Kind = Annotated[
    str | None, Parameter(help="Only this kind, such as models, regimes, metrics or families.", completer=_kinds)
]


@voiced
def list_(kind: Kind = None, /, *, plugin: Plugin = None, json: Json = False) -> int:
    """Print every plug-in, or those of one kind."""
    from ..core.errors import UsageError
    from ..core.parts import did_you_mean
    from ..core.registry import KINDS, load_plugin, plural

    kinds = [plural(known) for known in KINDS]
    if kind not in (None, *kinds):
        raise UsageError(f"there is no kind {kind!r}{did_you_mean(str(kind), kinds)}: choose from {', '.join(kinds)}.")
    for path in plugin or ():
        load_plugin(path)
    if json:
        print_json(list_document(kind))
    else:
        print_list(kind)
    return 0


def list_document(kind: str | None) -> dict[str, list[Line]]:
    """Every plug-in by kind, with its caption and its settings."""
    from ..core.registry import KINDS, entries, plural

    kinds = [known for known in KINDS if kind in (None, plural(known))]
    return {
        plural(known): [
            {
                "name": entry.name,
                "caption": entry.caption,
                "settings": {k: _plain(v) for k, v in entry.settings.items()},
            }
            for entry in entries(known).values()
        ]
        for known in kinds
    }


def print_list(kind: str | None) -> None:
    """Every plug-in by kind, as tables."""
    from rich.table import Table
    from rich.text import Text

    from ..report.console import open_console

    console = open_console()
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
