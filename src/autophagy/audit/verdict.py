"""What an audit comes to, in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..curators.findings import of_estimator, unread, untold
from ..text.percent import percent
from ..text.plural import plural

SHOWN = 3  # findings that the first sentence names


def verdict(document: Mapping[str, Any]) -> list[str]:
    """What to do before a model learns from the rows, and what was found; the short sentence first."""
    found = [each for each in document["findings"] if each["count"]]
    found.sort(key=lambda each: -each["count"])
    sentences = [_first(document["rows"], document["unreadable"], found)]
    for each in found:
        parts = [
            f"{each['title']}: {each['count']:,} of {document['rows']:,} rows ({percent(each['share'], 2)}) "
            f"{each['says'] or 'were found'}.",
            f"The rule: {each['reason']}." if each.get("settings") else "",  # also how sure it is
            each["advice"],
        ]
        sentences.append(" ".join(filter(None, parts)))
    clean = [each["title"].lower() for each in document["findings"] if not each["count"]]
    if clean:
        sentences.append(f"Nothing was found of: {', '.join(clean)}.")
    sentences += untold(document)
    evaluation = document.get("evaluation")
    if evaluation:
        verb = "stands" if evaluation["found"] == 1 else "stand"
        sentences.append(
            f"Of {plural(evaluation['looked_for'], 'evaluation item')}, {evaluation['found']:,} {verb} in these rows."
        )
    if document.get("quality"):
        sentences.append(of_estimator(document))
    if document["unreadable"]:
        sentences.append(unread(document))
    return sentences


def _first(rows: int, unreadable: int, found: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return "There were no rows to audit."
    if not found:
        read = plural(rows - unreadable, "row")
        return f"Nothing was found in the {read} that could be read." if unreadable else f"Nothing was found in {read}."
    removable = sum(each["count"] for each in found if each["drops"])
    others = [f"{each['title'].lower()} ({plural(each['count'], 'row')})" for each in found if not each["drops"]]
    parts = []
    if removable:
        parts.append(f"take out {plural(removable, 'copy', 'copies')} ({percent(removable / rows, 1)})")
    if others:
        shown = SHOWN if len(others) > SHOWN + 1 else len(others)  # one more is as short as its count
        more = f" and {plural(len(others) - shown, 'other finding')}" if len(others) > shown else ""
        parts.append(f"look at {', '.join(others[:shown])}{more}")
    which = f"the {rows - unreadable:,} of {rows:,} rows that could be read" if unreadable else f"these {rows:,} rows"
    return f"Before you train on {which}, {' and '.join(parts)}."
