"""What the answers to rows come to: the part "answers" of the summary, and its sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ...statistics.intervals import SHARE, Score, interval
from ...text.plural import plural
from ..made import MadeRow
from .answering import Answering
from .chosen import AGREEMENT, FIRST, JUDGE, ONLY, RECIPE
from .counted import USABLE
from .jury import INCONSISTENT, TIES, UNASKED, UNREADABLE

HALF, FEW = 0.5, 5  # rows, below which chance alone makes their answers the same
HOW = {
    JUDGE: "by the judge",
    AGREEMENT: "by what most answers come to",
    FIRST: "as the first, since nothing told the answers apart",
    ONLY: "as the only one",
    RECIPE: "as the recipe had it",
}


def answers_of(answering: Answering | None, kept: Sequence[MadeRow]) -> dict[str, Any] | None:
    """The answers as JSON has them, and what became of the rows that were kept; None where nobody asked for any."""
    if answering is None:
        return None
    found = answering.found
    without = Counter(row.unpaired for row in kept if row.unpaired)
    pairs = {"kept": sum(bool(row.rejected) for row in kept), "without": dict(without.most_common())}
    return {
        "each": answering.each,
        "temperature": answering.temperature,
        "rows": found.rows,
        "states": dict(found.states.most_common()),
        "identical": found.identical,
        "several": found.several,
        "all_identical": found.all_identical,
        "same": interval(found.same, bounds=SHARE).json(),
        "chosen_by": dict(Counter(row.chosen_by for row in kept if row.chosen_by).most_common()),
        "pairs": pairs if answering.each > 1 else None,
        "judge": answering.jury.json() if answering.jury else None,
    }


def calls_of(answering: Answering | None) -> Counter[str]:
    """The calls for answers and for judging them by their state, as the calls of a run are counted."""
    if answering is None:
        return Counter()
    return answering.found.calls + (answering.jury.calls if answering.jury else Counter())


def told(answers: Mapping[str, Any] | None, format: str, writer: str) -> list[str]:
    """What the answers come to, in sentences."""
    if not answers or not (answers["rows"] or answers["chosen_by"]):
        return []
    ways = ", ".join(f"{count:,} {HOW[way]}" for way, count in answers["chosen_by"].items())
    sentences = [f"Outputs were chosen: {ways}."] if ways else []
    lost = [f"{state} {count:,}" for state, count in answers["states"].items() if state != USABLE]
    if lost:
        total = sum(answers["states"].values())
        sentences.append(f"Of {plural(total, 'answer')} these were never chosen: {', '.join(lost)}.")
    if answers["identical"]:
        rows = answers["all_identical"]
        more = f"; of {plural(rows, 'row')} all answers are the same" if rows else ""
        told = plural(answers["states"][USABLE], "answer")
        sentences.append(f"{answers['identical']:,} of {told} repeat another word by word{more}.")
    if FEW <= answers["several"] == answers["all_identical"]:
        sentences.append("The writer never says a second thing: raise --answer-temperature, unless it is ignored.")
    sentences += _judge(answers["judge"], writer)
    if format == "pairs":
        without = ", ".join(f"{why} {count:,}" for why, count in answers["pairs"]["without"].items())
        more = f"; rows without one: {without}" if without else ""
        sentences.append(f"rows.jsonl holds {plural(answers['pairs']['kept'], 'pair')}{more}.")
    return sentences


def _judge(judge: Mapping[str, Any] | None, writer: str) -> list[str]:
    if not judge:
        return []
    own = ["The judge is the writer, and models favour their own answers."] if judge["model"] == writer else []
    share = Score.read(judge["consistent"])
    if not judge["comparisons"]:
        return [*own, "The judge had nothing to compare: no row has two different answers."]
    names = {INCONSISTENT: "hang on the order", TIES: "are ties", UNREADABLE: "could not be read",
             UNASKED: "were not answered"}  # fmt: skip
    parts = [f"{judge[name]:,} {what}" for name, what in names.items() if judge[name]]
    told = f": {', '.join(parts)}, and decide nothing" if parts else ""
    sentence = f"The judge made {plural(judge['comparisons'], 'comparison')} in both orders{told}."
    first, last = (judge["favoured_what_it_read"][name] for name in ("first", "last"))
    bias = []
    if share.n and share.high < HALF:
        where = "first" if first >= last else "last"
        bias = [
            f"It says the same in both orders in {share.value:.0%} of them ({share.low:.0%} to {share.high:.0%}), and "
            f"else mostly names what it read {where}: ask another judge."
        ]
    return [*own, sentence, *bias]
