"""Write docs/cli.md, docs/autophagy.1 and the table of curators in docs/curate.md: python docs/make_cli.py."""

import re
from pathlib import Path

from autophagy.cli.list import list_document
from autophagy.cli.main import app
from autophagy.core.registry import KINDS, entries, find, plural

CURATE = Path(__file__).with_name("curate.md")
BEGIN, END = "<!-- curators: made by `python docs/make_cli.py` -->\n", "<!-- end of the curators -->\n"
PAGE = Path(__file__).with_name("cli.md")
MANUAL = Path(__file__).with_name("autophagy.1")
NOTE = "<!-- Made by `python docs/make_cli.py` from the program itself: change it there. -->"


def page() -> str:
    """The reference of every verb, flag and built-in plug-in."""
    verbs = app.generate_docs(output_format="markdown").strip()
    return "\n\n".join([NOTE, verbs, *_plug_ins()]) + "\n"


def manual() -> str:
    """The same verbs and flags as `man autophagy` shows them; docutils writes the page."""
    from docutils.core import publish_string

    words = app.generate_docs(output_format="rst").partition("::\n")[2]  # behind a title of its own
    words = re.sub(r"\.\. contents::.*?\n\n", "", words, flags=re.DOTALL)
    about = app.help.splitlines()[0]
    title, subtitle = (f"{rule * len(text)}\n{text}\n{rule * len(text)}\n\n" for text, rule in
                       (("autophagy", "="), (about, "~")))  # fmt: skip
    head = f"{title}{subtitle}:Manual section: 1\n\n::\n"
    settings = {"report_level": 5, "output_encoding": "unicode"}
    written = publish_string(head + words, writer="manpage", settings_overrides=settings)
    return str(written.partition("\n")[2])  # its first line names the version of docutils


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
    MANUAL.write_text(manual(), encoding="utf-8")
    CURATE.write_text(curators(CURATE.read_text(encoding="utf-8")), encoding="utf-8")
