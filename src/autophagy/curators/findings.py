"""Findings as the documents of audit and curate have them: each with its figures, its words and examples."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..core.memory import told
from ..core.parts import Part
from ..core.registry import find
from ..data.stream.faults import in_row
from ..statistics.intervals import Score
from ..text.percent import percent
from ..text.plural import plural
from .personal.mask import concealed
from .ranged import ranged
from .tally import Tallies

QUOTING = re.compile(r'(?:^|(?<=; ))([^":;]+): "')  # what stands before a quotation
DETAILS = 20  # different details of a finding that are listed


def labels(parts: Sequence[Part]) -> list[str]:
    """What each curator is called in what a run writes: its name, with its settings where two have the same name."""
    names = [part.name for part in parts]
    return [part.name if names.count(part.name) == 1 else str(part) for part in parts]


def described(parts: Sequence[Part], found: Tallies, rows: int) -> list[dict[str, Any]]:
    """Each finding in the order of its curators; `share` is that of all rows that were read."""
    findings = []
    for part, label in zip(parts, labels(parts), strict=True):
        facts, mine = find("curator", part.name).facts, found.found[label]
        findings.append(
            {
                "curator": label,
                "title": facts.title + told(label.removeprefix(part.name).replace(":", " ", 1)),
                "says": facts.says,
                "advice": facts.advice,
                "reason": mine.reason,
                "settings": dict(part.settings),
                "count": mine.count,
                "unknown": mine.unknown,
                "share": mine.count / rows if rows else 0.0,
                "sources": dict(sorted(mine.sources.items())),
                "details": _details(mine.details),
                "examples": list(map(_without_text, mine.examples)) if facts.private else mine.examples,
            }
        )
    return findings


def untold(document: Mapping[str, Any]) -> list[str]:
    """Of how many rows each curator could not tell, where there are any."""
    return [
        f"{each['title']}: {each['unknown']:,} of {document['rows']:,} rows could not be judged."
        for each in document["findings"]
        if each.get("unknown")
    ]


def unread(document: Mapping[str, Any]) -> str:
    """How many rows could not be read, where one of them stands and why, and which whole file was lost beside them."""
    count, (first, *others) = document["unreadable"], document["reasons"]
    such = ":" if count == 1 else ", such as"
    whole = next((each for each in others if not each["row"]), None) if first["row"] else None
    file = f", and the file {Path(whole['file']).name}, for {whole['reason']}" if whole else ""
    return (
        f"{plural(count, 'row')} could not be read{such} {Path(first['file']).name}{in_row(first)}, for "
        f"{first['reason']}{file}."
    )


def of_estimator(document: Mapping[str, Any]) -> str:
    """What the estimator of quality is worth, and by what rows are rated low where it is a fixed share of them."""
    known = document["quality"]
    area = Score.read(known["auc"])
    guesses = "" if area.low > 0.5 else ", so it may be guessing: label more rows"
    return (
        f"The estimator of quality was learned from {known['rows']:,} labelled rows; on rows that it had not seen its "
        f"AUC is {area} (0.5 is guessing){guesses}.{_by_share(document['findings'])}"
    )


def _by_share(findings: Sequence[Mapping[str, Any]]) -> str:
    """That the setting `keep` says how many rows are rated low, whatever they are; nothing where a threshold does."""
    given = [each["settings"] for each in findings if each["curator"].partition(":")[0] == "quality"]
    settings = [{**find("curator", "quality").settings, **mine} for mine in given]
    if not settings or any(mine["threshold"] for mine in settings):
        return ""
    lowest = percent(1 - settings[0]["keep"], 0)
    return f" To rate {lowest} lowest is a setting, not a finding: quality:threshold=0.5 takes what is probably bad."


def _details(found: Counter[str]) -> list[list[Any]]:
    """What was said of rows and how often, the commonest first; personal data in what it quotes are hidden."""
    common = [(said, times) for said, times in ranged(_kinds(found)).most_common(DETAILS) if said]
    return [
        list(each) for each in zip(concealed([said for said, _ in common]), (times for _, times in common), strict=True)
    ]


def _kinds(found: Counter[str]) -> Counter[str]:
    """What was said, without quotations where it is said in more ways than are shown: "override", and not of what."""
    if len(found) <= DETAILS:
        return found
    kinds: Counter[str] = Counter()
    for said, times in found.items():
        kinds["; ".join(dict.fromkeys(QUOTING.findall(said))) or said] += times
    return kinds


def _without_text(example: Mapping[str, Any]) -> dict[str, Any]:
    """An example of what must not be passed on: its place and what is said of it."""
    return {name: value for name, value in example.items() if name not in ("text", "partner")}
