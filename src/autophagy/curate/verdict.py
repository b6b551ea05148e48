"""What a curation comes to, in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..curators.findings import of_estimator, unread, untold
from ..text.percent import percent
from ..text.plural import plural

SHOWN = 3  # causes that the first sentence names
MUCH = 0.5  # of the rows: from which share on what was dropped deserves a second look


def verdict(summary: Mapping[str, Any]) -> list[str]:
    """How many rows were kept, why the others went, and what to look at before training; the short sentence first."""
    rows, kept, dropped = summary["rows"], summary["kept"], summary["dropped"]
    sentences = [_first(rows, kept, dropped, summary["findings"])]
    for finding in summary["findings"]:
        if finding["count"]:
            share = finding["count"] / rows if rows else 0.0
            sentences.append(
                f"{finding['title']}: {finding['count']:,} of {rows:,} rows ({percent(share, 2)}) "
                f"{finding['says'] or 'went'}."
            )
            if share > MUCH:
                sentences.append(
                    f"That is more than half of all rows: look at the examples of {finding['curator']} before you "
                    "train on what is left."
                )
    sentences += untold(summary)
    unmet = [_request(each) for each in summary["receipt"] if not each["rows"]]
    if unmet:
        sentences.append(f"No row was found for {_named(unmet)}, which had to go: check how it is written.")
    if summary.get("quality"):
        sentences.append(of_estimator(summary))
    if summary["unreadable"]:
        sentences.append(f"{unread(summary)} Neither folder has them.")
    emptied = [name for name, each in summary["sources"].items() if each["rows"] and not each["kept"]]
    if emptied:
        sentences.append(f"Nothing is left of {_named(emptied)}.")
    return sentences


def _request(request: Mapping[str, Any]) -> str:
    """A request as its sender finds it again, and what may have been meant by it."""
    asks, meant = request.get("asks"), request.get("meant")
    return request["request"] + (f" ({asks})" if asks else "") + (f" (did you mean {meant!r}?)" if meant else "")


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else "")


def _first(rows: int, kept: int, dropped: Mapping[str, int], findings: list[Mapping[str, Any]]) -> str:
    gone = sum(dropped.values())
    if not rows:
        return "There were no rows to curate."
    lost = rows - kept - gone
    if not gone:
        which = f"All {plural(kept, 'row')}{' that could be read' if lost else ''}"
        return f"{which} may stay: no curator found anything."
    largest = sorted((each for each in findings if each["count"]), key=lambda each: -each["count"])
    were = "was" if gone == 1 else "were"
    causes = ", ".join(f"{each['title'].lower()} {each['count']:,}" for each in largest[:SHOWN])
    rest = sum(each["count"] for each in largest[SHOWN:])
    causes += f", others {rest:,}" if rest else ""
    unread = f", and {lost:,} could not be read" if lost else ""
    share = percent(kept / rows, 1)
    return f"Train on {kept:,} of {rows:,} rows ({share}): {gone:,} {were} taken out ({causes}){unread}."
