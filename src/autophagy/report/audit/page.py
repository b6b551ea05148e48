"""The page of an audit: what to do, what was found, and examples of it in their place."""

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...audit.record import AuditRecord
from ...audit.result import AuditResult
from ...charts.axes import told
from ...charts.colours import colour
from ...curators.charts import FOUND
from ...statistics.intervals import Score
from ...text.plural import plural
from ...text.unseen import coded
from .. import rows
from ..bars import composition, surveyed
from ..page import fill
from ..plot import plot, plots_in
from ..signs import visible, words
from ..table import Cell, GroupedTable, Inline, Phrase, table
from .beside import beside


def render(folders: Sequence[Path]) -> str:
    """The page as text; raises MissingExtra where Jinja2 or matplotlib is not installed."""
    results = [AuditResult(AuditRecord(folder)) for folder in folders]
    keys = [f"audit-{place}" for place in range(1, len(results) + 1)]
    runs = [_values(key, result) for key, result in zip(keys, results, strict=True)]
    return fill(
        "audit/page.html",
        title=" and ".join(dict.fromkeys(coded(result.title) for result in results)),
        command=coded(f"autophagy report {shlex.join(map(str, folders))}"),
        plots=plots_in(runs),
        runs=runs,
        links=[(key, coded(result.folder.name)) for key, result in zip(keys, results, strict=True)],
    )


def _values(key: str, result: AuditResult) -> dict[str, Any]:
    values: dict[str, Any] = {"key": key, "title": visible(result.title), "made": rows.made(result.record, "audit")}
    if not result.done:
        more = f"autophagy audit --resume --out {shlex.quote(str(result.folder))}"
        return values | {"counts": [], "resume": visible(more)}
    document = result.document
    total, (lead, *rest) = document["rows"], result.verdict
    drawn = result.charts().get(FOUND)
    found = [(hue, each) for hue, each in enumerate(document["findings"]) if each["count"]]
    return values | {
        "resume": None,
        "counts": [plural(total, "row"), plural(len(document["sources"]), "source"), _unreadable(document)],
        "lead": words(lead),
        "sentences": [words(sentence) for sentence in rest],
        "findings": _findings(document["findings"]),
        "shares": plot(f"{key}-shares", drawn) if drawn else None,
        "machine": _machine(document),
        "sources": composition(document["sources"], "source", _found_in(document["findings"])),
        "surveyed": surveyed(document),
        "sections": [rows.found(each, total, f"{key}-{hue}", colour(hue)) for hue, each in found],
        "whole": beside(document),
        "unreadable": rows.unreadable(document),
        "notes": [visible(note) for note in document["notes"]],
    }


def _unreadable(document: Mapping[str, Any]) -> str:
    return f"{document['unreadable']:,} of them unreadable" if document["unreadable"] else "all could be read"


def _findings(findings: Sequence[Mapping[str, Any]]) -> GroupedTable:
    """Each finding, those with most rows first, with what to do about it."""
    ranked = sorted(findings, key=lambda each: -each["count"])
    lines: list[list[Inline]] = [
        [Cell(each["title"], bold=bool(each["count"])), f"{each['count']:,}", f"{each['share']:.2%}", _advice(each)]
        for each in ranked
    ]
    return table(["Finding", "Rows", "Share", "What to do"], lines, "What was found", wraps=True)


def _advice(finding: Mapping[str, Any]) -> Inline:
    return Phrase(words(finding["advice"])) if finding["count"] else Cell("nothing was found", quiet=True)


def _found_in(findings: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What was found in each source, in words."""
    found: dict[str, list[str]] = {}
    for each in findings:
        for source, count in each["sources"].items():
            found.setdefault(source, []).append(f"{each['title'].lower()} {count:,}")
    return {source: ", ".join(parts) for source, parts in found.items()}


def _machine(document: Mapping[str, Any]) -> str:
    """The share of machine text, where it was estimated."""
    share = Score.read(document["machine_share"])
    return f"A language model wrote an estimated {told(share, 'share')} of these rows." if share.n else ""
