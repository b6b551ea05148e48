"""The page of an audit: what to do, what was found, and examples of it in their place."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...audit.record import AuditRecord
from ...audit.result import AuditResult
from ...charts.axes import told
from ...charts.colours import colour
from ...curators.charts import FOUND
from ...statistics.intervals import Score
from ...text.percent import percent
from ...text.plural import plural
from .. import rows
from ..bars import composition
from ..plot import plot
from ..rows_page import RowsPage
from ..signs import words
from ..table import Cell, GroupedTable, Inline, Phrase, table
from ..whole import whole


def render(folders: Sequence[Path]) -> str:
    """The page as text; raises MissingExtra where Jinja2 or matplotlib is not installed."""
    page = RowsPage("audit", "audit", "What is in these rows?", _values)
    return page.render([AuditResult(AuditRecord(folder)) for folder in folders])


def _values(key: str, result: AuditResult) -> dict[str, Any]:
    document, drawn = result.document, result.charts().get(FOUND)
    total, findings = document["rows"], document["findings"]
    found = [(hue, each) for hue, each in enumerate(findings) if each["count"]]
    return {
        "counts": [f"{plural(total, 'row')}, {_unreadable(document)}", plural(len(document["sources"]), "source")],
        "findings": _findings(findings),
        "shares": plot(f"{key}-shares", drawn) if drawn else None,
        "machine": _machine(document),
        "sources": composition(document["sources"], "source", _found_in(findings)),
        "sections": [rows.found(each, total, f"{key}-{hue}", colour(hue)) for hue, each in found],
        "whole": whole(document),
    }


def _unreadable(document: Mapping[str, Any]) -> str:
    return f"{document['unreadable']:,} of them unreadable" if document["unreadable"] else "all could be read"


def _findings(findings: Sequence[Mapping[str, Any]]) -> GroupedTable:
    """Each finding, those with most rows first, with what to do about it."""
    found = [each for each in findings if each["count"]]
    none = [each["title"].lower() for each in findings if not each["count"]]
    lines: list[list[Inline]] = [
        [
            Cell(each["title"], bold=True),
            f"{each['count']:,}",
            percent(each["share"], 2),
            Phrase(words(each["advice"])),
        ]
        for each in sorted(found, key=lambda each: -each["count"])
    ]
    several = "what was found (a row can be in several findings)" if len(found) > 1 else "what was found"
    caption = "; ".join(
        [*([several] if found else []), *([f"nothing was found of: {', '.join(none)}"] if none else [])]
    )
    caption = caption[:1].upper() + caption[1:]
    return table(["Finding", "Rows", "Share", "What to do"], lines, caption, wraps=True)


def _found_in(findings: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What was found in each source, in words."""
    found: dict[str, list[str]] = {}
    for each in findings:
        for source, count in each["sources"].items():
            found.setdefault(source, []).append(f"{each['title'].lower()} {count:,}")
    return {source: ", ".join(parts) for source, parts in found.items()}


def _machine(document: Mapping[str, Any]) -> str:
    """The share of machine text, where it was estimated."""
    share, law = Score.read(document["machine_share"]), document.get("machine_law") or {}
    if not share.n:
        return ""
    off = law.get("off")
    where = "sources" if law.get("held_out") == "source" else "texts"
    first = (
        f"On {where} that it was not fitted on, this estimate was off by up to {percent(off, 0)} of the rows. "
        if off
        else ""
    )
    return f"{first}A language model wrote an estimated {told(share, 'share')} of these rows."
