"""The tables of a comparison: how good arms are, what they cost and take to run, and how they differ."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..table import Cell, Group, GroupedTable, Inline, table
from . import marks
from .costs import HORIZONS, Unit, front
from .marks import UNASKED, UNKNOWN, Look, Versus, quiet

Arms = Sequence[Mapping[str, Any]]
Looks = Mapping[str, Look]
BATCHED = " Queries in a batch share its time equally, so p50 and p95 say little about a single query."
PARTS = {
    "services": ("service", "services"),
    "artifacts": ("artifact", "artifacts"),
    "settings": ("setting searched", "settings searched"),
    "steps": ("step for a changed document", "steps for a changed document"),
}
RIGHT = "The cost of a right answer is that of all answers over the number of right ones, without the set-up."


def quality(arms: Arms, looks: Looks, found: Mapping[str, Any]) -> GroupedTable:
    """Shares right, overall and by question type, every grader's mark, and what the model has forgotten."""
    types, graders = found["questions"], _graders(found)
    general = any(arm["general"]["n"] for arm in arms)
    head = ["Arm", "Right", "Interval", *(f"{type_} ({count})" for type_, count in types.items())]
    head += [mark["title"] for mark in graders.values()] + ["Known before", "Against closed"] * general
    rows = []
    for arm in arms:
        look = looks[arm["arm"]]
        row: list[Inline] = [look, marks.share(arm["correct"]), marks.drawn(arm["correct"], look.colour)]
        row += [marks.share(arm["types"][type_]) for type_ in types]
        row += [_mark(arm["marks"][name], mark) for name, mark in graders.items()]
        if general:
            row += [marks.share(arm["general"], UNASKED), _forgotten(arm)]
        rows.append(row)
    over = "documents and training runs" if any(arm["tuned"] for arm in arms) else "documents"
    caption = f"The share of right answers, with 95 % intervals over {over}, by question type"
    more = (
        " Known before is the share of right answers to questions that the base model could answer. Against closed is "
        "how many points that lies from the arm closed."
    )
    return table(head, rows, f"{caption}.{more if general else ''}")


def _graders(found: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The graders of answers whose marks no other column shows already, by their names."""
    arms = found["arms"]
    known = [[arm["correct"] for arm in arms], *([arm["types"][type_] for arm in arms] for type_ in found["questions"])]
    marked = {name: [arm["marks"][name] for arm in arms] for name in found["graders"]}
    return {
        name: mark
        for name, mark in found["graders"].items()
        if mark["about"] != "passages" and any(score["n"] for score in marked[name]) and marked[name] not in known
    }


def _mark(score: Mapping[str, Any], mark: Mapping[str, Any]) -> Cell:
    """A mark with its interval: a share in per cent, any other as a number."""
    if mark["bounds"] == [0, 1]:
        return marks.share(score, UNASKED)
    if score["value"] is None or score["low"] is None or score["high"] is None:
        return quiet(marks.number(score["value"]))
    return Cell(marks.number(score["value"]), small=f"{marks.number(score['low'])} to {marks.number(score['high'])}")


def _forgotten(arm: Mapping[str, Any]) -> Cell:
    score = arm["forgetting"]
    if score["value"] is None:
        return UNASKED
    return marks.points(score, bold=score["high"] is not None and score["high"] < 0)


def costs(arms: Arms, looks: Looks, unit: Unit) -> GroupedTable:
    """Time, tokens, energy, disk and money of each arm."""
    priced = unit.name != "seconds"
    head = ["Arm", "Query p50", "Query p95", "Tokens in", "Tokens out", "Set-up", "of which search", "Set-up energy"]
    head += ["Energy a query", "Disk", "Memory", "A right answer"] + ["Set-up, paid", "Query, paid"] * priced
    rows = []
    for arm in arms:
        paid = [marks.money(arm[cost], unit.name) for cost in ("money", "money_per_query")] if priced else []
        rows.append(
            [
                looks[arm["arm"]],
                _timed(arm["latency"]["p50"]),
                _timed(arm["latency"]["p95"]),
                quiet(marks.number(arm["tokens_in_per_query"])),
                quiet(marks.number(arm["tokens_out_per_query"])),
                quiet(marks.duration(arm["setup_seconds"])),
                quiet(marks.duration(arm["search_seconds"])),
                quiet(marks.energy(arm["joules"])),
                quiet(marks.energy(arm["joules_per_query"])),
                quiet(marks.size(arm["bytes"])),
                _memory(arm["memory"]),
                _right_answer(arm, unit),
                *map(quiet, paid),
            ]
        )
    methods = ", ".join(dict.fromkeys(str(arm["method"]) for arm in arms))
    batched = any(_alike(arm["latency"]["p50"]) for arm in arms)
    over = "questions and training runs" if any(arm["tuned"] for arm in arms) else "questions"
    caption = f"Means over {over}. Memory is the peak of the process. Energy by {methods}. {RIGHT}"
    return table(head, rows, caption + (BATCHED if batched else ""))


def _memory(peaks: Mapping[str, float | None]) -> Cell:
    """The peak while it answered, and below it that of the set-up."""
    answering, setup = marks.size(peaks["answering"]), peaks["preparation"]
    below = "" if setup is None else f"{marks.size(setup)} to set up"
    return Cell(answering, small=below, quiet=answering == UNKNOWN)


def _timed(score: Mapping[str, Any]) -> Cell:
    if score["value"] is None or score["low"] is None or score["high"] is None or _alike(score):
        return quiet(marks.duration(score["value"]))
    ends = f"{marks.duration(score['low'])} to {marks.duration(score['high'])}"
    return Cell(marks.duration(score["value"]), small=ends)


def _alike(score: Mapping[str, Any]) -> bool:
    """Whether an interval is empty, since all queries were given the same time."""
    return score["low"] is not None and score["low"] == score["high"]


def _right_answer(arm: Mapping[str, Any], unit: Unit) -> Cell:
    """The cost of answering over the answers that were right; without end where none was."""
    if arm["correct"]["value"] == 0:
        return Cell("never right")
    score = arm["right_answer"]["seconds" if unit.name == "seconds" else "money"]
    return quiet(unit.told(score["value"]))


def totals(arms: Arms, looks: Looks, unit: Unit) -> GroupedTable:
    """The cost of many queries, set-up included; bold where no other arm is both cheaper and better."""
    best = {queries: {arm["arm"] for arm in front(arms, looks, unit, queries)} for queries in (None, *HORIZONS)}
    rows: list[list[Inline]] = []
    for arm in arms:
        cells = []
        for queries in (None, *HORIZONS):
            cost = unit.told(unit.of(arm, queries))
            cells.append(Cell(cost, bold=arm["arm"] in best[queries], quiet=cost == UNKNOWN))
        rows.append([looks[arm["arm"]], marks.share(arm["correct"]), *cells])
    head = ["Arm", "Right", "One more query", *(f"{queries:,} queries" for queries in HORIZONS)]
    caption = f"Cost in {unit.name}, set-up included. Bold arms are on the Pareto front."
    return table(head, rows, caption)


def complexity(arms: Arms, looks: Looks) -> list[dict[str, Any]]:
    """What someone has to run, keep and do for each arm, counted, and the facts folded beneath."""
    cards = []
    for arm in arms:
        facts, look = arm["complexity"], looks[arm["arm"]]
        if look.control:
            continue
        terms: list[tuple[str, Inline]] = [
            (f"{len(names)} {words[len(names) > 1]}", "; ".join(map(str, names)))
            for part, words in PARTS.items()
            if (names := facts.get(part) or [])
        ]
        if facts.get("steps"):
            terms.append(("in effect after", quiet(marks.duration(facts.get("seconds")))))
        if facts.get("gpu"):
            terms.append(("1 kind of machine", "needs a GPU"))
        count = facts.get("count")
        parts = "moving part" if count == 1 else "moving parts"
        cards.append({"look": look, "count": count, "parts": parts, "terms": terms})
    return cards


def pairs(found: Mapping[str, Any], looks: Looks) -> dict[str, Any]:
    """Every difference between two arms, those against controls apart."""
    service: list[list[Inline]] = []
    controls: list[list[Inline]] = []
    for pair in found["pairs"]:
        a, b = looks[pair["a"]], looks[pair["b"]]
        (controls if a.control or b.control else service).append(_pair(pair, a, b))
    head = [
        "Arms",
        "Difference, points",
        "Interval",
        "Told apart?",
        "p (Holm)",
        "Right alone (McNemar)",
        "Detectable, points",
    ]
    caption = (
        "The share of right answers of the first arm minus that of the second, paired by question. Two arms are told "
        "apart where the interval excludes 0 and p, corrected by Holm over all pairs, is below 0.05. Detectable is the "
        "difference that 8 of 10 such runs would find."
    )
    q = found["cochran"]
    return {
        "service": table(head, service, caption) if service else None,
        "controls": table(head, controls, "Against controls, in the same way") if controls else None,
        "more": len(controls),
        "cochran": quiet(UNKNOWN) if q["p"] is None else f"p {_p(q['p'])}, Q {q['q']:.1f}",
    }


def _pair(pair: Mapping[str, Any], a: Look, b: Look) -> list[Inline]:
    mcnemar, detectable = pair["mcnemar"], pair["detectable"]
    return [
        Versus(a, b),
        marks.points(pair["difference"], bold=pair["decisive"]),
        marks.points_drawn(pair["difference"]),
        "yes" if pair["decisive"] else Cell("not decisive", quiet=True),
        quiet(_p(pair["p"])),
        Cell(f"{mcnemar['a']:g} : {mcnemar['b']:g}", small=f"p {_p(mcnemar['p'])}"),
        quiet(UNKNOWN if detectable is None else f"{100 * detectable:.0f}"),
    ]


def _p(value: float | None) -> str:
    if value is None or value != value:
        return UNKNOWN
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def retrieval(arms: Arms, looks: Looks, found: Mapping[str, Any]) -> GroupedTable | None:
    """What the passages held beside what was made of them, over all questions and by type; None where none were."""
    graders = {name: mark for name, mark in found["graders"].items() if mark["about"] == "passages"}
    groups = []
    for arm in arms:
        look = looks[arm["arm"]]
        known = {name: _mark(arm["marks"][name], mark) for name, mark in graders.items() if arm["marks"][name]["n"]}
        if not known:
            continue
        words = ", ".join(f"{graders[name]['title']} {marks.in_line(cell)}" for name, cell in known.items())
        rows = [
            [
                type_,
                marks.share(part["recall"]),
                marks.drawn(part["recall"], "var(--quiet)"),
                marks.share(arm["types"][type_]),
                marks.drawn(arm["types"][type_], look.colour),
                _where(part["all"]),
                _where(part["less"]),
            ]
            for type_ in found["questions"]
            if (part := arm["found"][type_])["recall"]["value"] is not None
        ]
        groups.append(Group([look, Cell("", small=words)], rows))
    head = [
        "Question type",
        "Evidence found (recall)",
        "Interval",
        "Right",
        "Interval",
        "Right where all was found",
        "Right where some was missed",
    ]
    caption = "Recall is the share of the evidence that was among the passages in the prompt."
    return GroupedTable(head, groups, caption) if groups else None


def _where(score: Mapping[str, Any]) -> Cell:
    """A share over some of the questions, and how many these are."""
    n = score["n"]
    return marks.share(score, more=f", of {n}") if n else Cell("no such question", quiet=True)
