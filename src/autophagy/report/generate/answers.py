"""The answers to rows as lines of a table, for the terminal and the page."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...statistics.intervals import Score

CHOSEN = {
    "judge": "chosen by the judge",
    "agreement": "chosen by self-consistency (the most frequent answer)",
    "first": "the first answer taken (no other stood out)",
    "only": "the only usable answer taken",
    "recipe": "the recipe's own output kept",
}
JUDGED = {
    "comparisons": "pairs compared",
    "preferred": "same preference in both orders",
    "ties": "ties",
    "inconsistent": "verdicts that depend on the order",
    "unreadable": "verdicts that cannot be read",
    "unasked": "pairs without a reply",
}


def listed(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is known of the answers, each as what it is and how many."""
    yield "rows answered", f"{answers['rows']:,}"
    for state, count in answers["states"].items():
        yield f"answers: {state}", f"{count:,}"
    yield "answers that repeat another", f"{answers['identical']:,}"
    yield "pairs of answers that agree", _score(answers["same"])
    for way, count in answers["chosen_by"].items():
        yield f"rows: {CHOSEN[way]}", f"{count:,}"
    if judge := answers["judge"]:
        for name, what in JUDGED.items():
            yield f"judge: {what}", f"{judge[name]:,}"
        yield "judge: share of verdicts that are the same in both orders", _score(judge["consistent"])
    if pairs := answers["pairs"]:
        yield "pairs of a better and a worse answer", f"{pairs['kept']:,}"
        for why, count in pairs["without"].items():
            yield f"rows without a pair: {why}", f"{count:,}"


def _score(recorded: Mapping[str, Any]) -> str:
    score = Score.read(recorded)
    return str(score) if score.n else "unknown"
