"""Write docs/cli.md, and the table of curators in docs/curate.md, from the program itself: python docs/make_cli.py."""

from pathlib import Path

from autophagy.cli.list import list_document
from autophagy.cli.main import app
from autophagy.core.registry import KINDS, entries, find, plural

CURATE = Path(__file__).with_name("curate.md")
BEGIN, END = "<!-- curators: made by `python docs/make_cli.py` -->\n", "<!-- end of the curators -->\n"
PAGE = Path(__file__).with_name("cli.md")
NOTE = "<!-- Made by `python docs/make_cli.py` from the program itself: change it there. -->"


def page() -> str:
    """The reference of every verb, flag and built-in plug-in."""
    verbs = app.generate_docs(output_format="markdown").strip()
    return "\n\n".join([NOTE, verbs, *_plug_ins()]) + "\n"


def _plug_ins() -> list[str]:
    kinds = list_document(None)
    own = {
        kind: [
            row for row in kinds[plural(kind)] if find(kind, row["name"]).function.__module__.startswith("autophagy.")
        ]
        for kind in KINDS
    }
    return [_table(plural(kind).capitalize(), rows) for kind, rows in own.items() if rows]


def _table(title: str, rows: list[dict]) -> str:
    lines = [f"## {title}", "", "| name | what it is | settings |", "|---|---|---|"]
    for row in rows:
        settings = " ".join(f"`{name}={value}`" for name, value in row["settings"].items())
        lines.append(f"| `{row['name']}` | {row['caption'].replace('|', chr(92) + '|')} | {settings} |")
    return "\n".join(lines)


def curators(text: str) -> str:
    """A page with the table of curators as the program has them, and which verb runs each unasked."""
    before, _, rest = text.partition(BEGIN)
    lines = ["| curator | what it does | `audit` looks | `curate` drops |", "|---|---|---|---|"]
    for name, entry in sorted(entries("curator").items()):
        if entry.function.__module__.startswith("autophagy.") and entry.of in ("text", "any"):
            looks, drops = ("unasked" if known else "if named" for known in (entry.facts.audits, entry.facts.drops))
            lines.append(f"| `{name}` | {entry.caption.replace('|', chr(92) + '|')} | {looks} | {drops} |")
    return "\n".join([before + BEGIN, *lines, "", END + rest.partition(END)[2]])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    CURATE.write_text(curators(CURATE.read_text(encoding="utf-8")), encoding="utf-8")
