"""What the answers to rows come to: the part "answers" of the summary, and its sentences."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ...statistics.intervals import SHARE, Score, interval
from ...text.percent import percent
from ...text.plural import plural
from ..made import MadeRow
from .answering import Answering
from .chosen import AGREEMENT, FIRST, JUDGE, ONLY, RECIPE
from .counted import USABLE
from .jury import INCONSISTENT, TIES, UNASKED, UNREADABLE

HALF, FEW = 0.5, 5  # rows, below which chance alone makes their answers the same
HOW = {
    JUDGE: "by the judge",
    AGREEMENT: "by self-consistency (the most frequent answer)",
    FIRST: "as the first answer (no other stood out)",
    ONLY: "as the only usable answer",
    RECIPE: "as the recipe's own output",
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
        sentences.append(f"Of {plural(total, 'answer')}, these could not be used: {', '.join(lost)}.")
    if answers["identical"]:
        rows = answers["all_identical"]
        more = f"; in {plural(rows, 'row')} all answers are identical" if rows else ""
        told = plural(answers["states"][USABLE], "answer")
        sentences.append(f"{answers['identical']:,} of {told} repeat another one word for word{more}.")
    if FEW <= answers["several"] == answers["all_identical"]:
        sentences.append(
            "The writer gives the same answer every time: raise --answer-temperature, or check that it is heeded."
        )
    sentences += _judge(answers["judge"], writer)
    if format == "pairs":
        without = ", ".join(f"{why} {count:,}" for why, count in answers["pairs"]["without"].items())
        more = f"; rows without one: {without}" if without else ""
        sentences.append(f"rows.jsonl holds {plural(answers['pairs']['kept'], 'pair')}{more}.")
    return sentences


def _judge(judge: Mapping[str, Any] | None, writer: str) -> list[str]:
    if not judge:
        return []
    own = ["The judge is the writer itself, and models favour their own answers."] if judge["model"] == writer else []
    share = Score.read(judge["consistent"])
    if not judge["comparisons"]:
        return [*own, "The judge had nothing to compare: no row has two different answers."]
    names = {INCONSISTENT: "depend on the order", TIES: "are ties", UNREADABLE: "cannot be read",
             UNASKED: "have no reply"}  # fmt: skip
    parts = [f"{judge[name]:,} {what}" for name, what in names.items() if judge[name]]
    told = f"; {', '.join(parts)}, and decide nothing" if parts else ""
    sentence = f"The judge compared {plural(judge['comparisons'], 'pair')} of answers in both orders{told}."
    first, last = (judge["favoured_what_it_read"][name] for name in ("first", "last"))
    bias = []
    if share.n and share.high < HALF:
        where = "first" if first >= last else "last"
        bias = [
            f"Its verdict is the same in both orders for only {percent(share.value, 0)} ({percent(share.low, 0)} to "
            f"{percent(share.high, 0)}); "
            f"otherwise it mostly favours the answer that it reads {where} (position bias): use another judge."
        ]
    return [*own, sentence, *bias]
