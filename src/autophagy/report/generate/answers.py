"""The answers to rows as lines of a table, for the terminal and the page."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...statistics.intervals import Score

CHOSEN = {
    "judge": "chosen by the judge",
    "agreement": "chosen by what most answers come to",
    "first": "the first taken, since nothing told them apart",
    "only": "the only answer taken",
    "recipe": "outputs left as the recipe had them",
}
JUDGED = {
    "comparisons": "comparisons",
    "preferred": "same choice in both orders",
    "ties": "ties",
    "inconsistent": "choices that hang on the order",
    "unreadable": "comparisons that could not be read",
    "unasked": "comparisons that were not answered",
}


def listed(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What is known of the answers, each as what it is and how many."""
    yield "rows that were answered", f"{answers['rows']:,}"
    for state, count in answers["states"].items():
        yield f"answers: {state}", f"{count:,}"
    yield "answers that repeat another", f"{answers['identical']:,}"
    yield "pairs of answers that come to the same", _score(answers["same"])
    for way, count in answers["chosen_by"].items():
        yield f"rows: {CHOSEN[way]}", f"{count:,}"
    if judge := answers["judge"]:
        for name, what in JUDGED.items():
            yield f"judge: {what}", f"{judge[name]:,}"
        yield "judge: share that is the same in both orders", _score(judge["consistent"])
    if pairs := answers["pairs"]:
        yield "pairs of a better and a worse answer", f"{pairs['kept']:,}"
        for why, count in pairs["without"].items():
            yield f"rows without a pair: {why}", f"{count:,}"


def _score(recorded: Mapping[str, Any]) -> str:
    score = Score.read(recorded)
    return str(score) if score.n else "unknown"
