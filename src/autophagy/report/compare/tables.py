"""The tables of a comparison: how good arms are, what they cost and take to run, and how they differ."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ...core.questions import UNANSWERABLE
from ..by_hand_table import grouped, table
from . import marks as marks
from .costs import HORIZONS, Unit, front
from .marks import UNASKED, UNKNOWN, Look

Arms = Sequence[Mapping[str, Any]]
Looks = Mapping[str, Look]
PARTS = {
    "services": ("service", "services"),
    "artifacts": ("artifact", "artifacts"),
    "settings": ("setting searched", "settings searched"),
    "steps": ("step for a changed document", "steps for a changed document"),
}

RIGHT = "A right answer costs what answering all costs, over the answers that are right; set-up is apart."


def quality(arms: Arms, looks: Looks, layers: Mapping[str, int]) -> str:
    """Shares right, overall and by layer, and what the model has forgotten."""
    refused = any(arm["abstained"]["n"] and arm["abstained"] != arm["layers"].get(UNANSWERABLE) for arm in arms)
    general = any(arm["general"]["n"] for arm in arms)
    head = ["Arm", "Right", "", *(f"{layer} ({count})" for layer, count in layers.items()), "F1"]
    head += ["Abstains where it should"] * refused + ["Known before", "Against closed"] * general
    rows = []
    for arm in arms:
        look = looks[arm["arm"]]
        row = [look.html, marks.share(arm["correct"]), marks.drawn(arm["correct"], look.colour)]
        row += [marks.share(arm["layers"][layer]) for layer in layers]
        row += [marks.share(arm["f1"])]
        if refused:
            row.append(marks.share(arm["abstained"]))
        if general:
            row += [marks.share(arm["general"], UNASKED), _forgotten(arm)]
        rows.append(row)
    caption = "Share of answers that are right, with 95 % intervals over documents and trainings, by layer of questions"
    more = " Known before: right answers to questions that the base model could answer, in points against closed."
    return table(head, rows, f"{caption}.{more if general else ''}")


def _forgotten(arm: Mapping[str, Any]) -> str:
    score = arm["forgetting"]
    if score["value"] is None:
        return UNASKED
    told = marks.points(score)
    lost = score["high"] is not None and score["high"] < 0
    return f"<b>{told}</b>" if lost else told


def costs(arms: Arms, looks: Looks, unit: Unit) -> str:
    """Time, tokens, energy, disk and money of each arm."""
    priced = unit.name != "seconds"
    head = ["Arm", "Query p50", "Query p95", "Tokens in", "Tokens out", "Set-up", "of which search", "Set-up energy"]
    head += ["Energy a query", "Disk", "Memory", "A right answer"] + ["Set-up, paid", "Query, paid"] * priced
    rows = []
    for arm in arms:
        paid = [marks.money(arm[cost], unit.name) for cost in ("money", "money_per_query")] if priced else []
        rows.append(
            [
                looks[arm["arm"]].html,
                _timed(arm["latency"]["p50"]),
                _timed(arm["latency"]["p95"]),
                marks.number(arm["tokens_in_per_query"]),
                marks.number(arm["tokens_out_per_query"]),
                marks.duration(arm["setup_seconds"]),
                marks.duration(arm["search_seconds"]),
                marks.energy(arm["joules"]),
                marks.energy(arm["joules_per_query"]),
                marks.size(arm["bytes"]),
                _memory(arm["memory"]),
                _right_answer(arm, unit),
                *paid,
            ]
        )
    methods = ", ".join(dict.fromkeys(str(arm["method"]) for arm in arms))
    batched = any(_alike(arm["latency"]["p50"]) for arm in arms)
    note = " Queries of a batch share its time alike, so p50 and p95 tell little of a single one." if batched else ""
    return table(
        head,
        rows,
        f"Means over questions and trainings; memory is the process's peak; energy by {methods}. {RIGHT}{note}",
    )


def _memory(peaks: Mapping[str, float | None]) -> str:
    """The peak while it answered, and below it that of the set-up."""
    setup = peaks["setup"]
    below = "" if setup is None else f" <small>{marks.size(setup)} to set up</small>"
    return f"{marks.size(peaks['answering'])}{below}"


def _timed(score: Mapping[str, Any]) -> str:
    if score["value"] is None or score["low"] is None or score["high"] is None or _alike(score):
        return marks.duration(score["value"])
    low, high = marks.duration(score["low"]), marks.duration(score["high"])
    return f"{marks.duration(score['value'])} <small>{low} to {high}</small>"


def _alike(score: Mapping[str, Any]) -> bool:
    """Whether an interval is empty, since all queries were given the same time."""
    return score["low"] is not None and score["low"] == score["high"]


def _right_answer(arm: Mapping[str, Any], unit: Unit) -> str:
    """The cost of answering over the answers that were right; without end where none was."""
    if arm["correct"]["value"] == 0:
        return "never right"
    score = arm["right_answer"]["seconds" if unit.name == "seconds" else "money"]
    return UNKNOWN if score["value"] is None else unit.told(score["value"])


def totals(arms: Arms, looks: Looks, unit: Unit) -> str:
    """The cost of many queries, set-up included; bold where no other arm is both cheaper and better."""
    best = {queries: {arm["arm"] for arm in front(arms, looks, unit, queries)} for queries in (None, *HORIZONS)}
    rows = []
    for arm in arms:
        cells = []
        for queries in (None, *HORIZONS):
            told = unit.told(unit.of(arm, queries))
            cells.append(f"<b>{told}</b>" if arm["arm"] in best[queries] else told)
        rows.append([looks[arm["arm"]].html, marks.share(arm["correct"]), *cells])
    head = ["Arm", "Right", "One more query", *(f"{queries:,} queries" for queries in HORIZONS)]
    return table(
        head, rows, f"Cost in {unit.name}, set-up included. Bold: on the front, no other arm is cheaper and better."
    )


def complexity(arms: Arms, looks: Looks) -> str:
    """What someone has to run, keep and do for each arm, counted, the facts folded beneath."""
    cards = []
    for arm in arms:
        facts, look = arm["complexity"], looks[arm["arm"]]
        if look.control:
            continue
        items = [(words, facts.get(part) or []) for part, words in PARTS.items()]
        listed = "".join(
            f"<dt>{len(names)} {words[len(names) > 1]}</dt><dd>{escape('; '.join(map(str, names)))}</dd>"
            for words, names in items
            if names
        )
        seconds = facts.get("seconds")
        if facts.get("steps"):
            listed += f"<dt>in effect after</dt><dd>{marks.duration(seconds)}</dd>"
        listed += "<dt>1 kind of machine</dt><dd>cannot do without a GPU</dd>" if facts.get("gpu") else ""
        count = facts.get("count")
        told = (
            f"<strong>{count}</strong> {'thing' if count == 1 else 'things'} to look after"
            if count is not None
            else UNKNOWN
        )
        body = f"<details open><summary>{told}</summary><dl>{listed}</dl></details>" if listed else f"<p>{told}</p>"
        cards.append(f'<div class="card facts">{look.html}{body}</div>')
    return f'<div class="charts">{"".join(cards)}</div>' if cards else ""


def pairs(found: Mapping[str, Any], looks: Looks) -> str:
    """Every difference between two arms, those against controls folded."""
    service: list[list[str]] = []
    controls: list[list[str]] = []
    for pair in found["pairs"]:
        a, b = looks[pair["a"]], looks[pair["b"]]
        (controls if a.control or b.control else service).append(_pair(pair, a, b))
    head = ["Arms", "Difference, points", "", "Told apart?", "p (Holm)", "Alone right (McNemar)", "Detectable, points"]
    caption = (
        "Share right of the first less that of the second, paired by question. Told apart: the interval leaves out 0 "
        "and p, by Holm over all pairs, is below 0.05. Detectable: a difference that 8 of 10 such runs would find."
    )
    told = table(head, service, caption) if service else ""
    if controls:
        folded = table(head, controls, "Against controls, in the same way")
        fold = "" if service else " open"
        told += f"<details{fold}><summary>{len(controls)} more against controls</summary>{folded}</details>"
    q = found["cochran"]
    apart = "unknown" if q["p"] is None else f"p {_p(q['p'])}, Q {q['q']:.1f}"
    return f'{told}<p class="quiet">Whether the arms differ at all (Cochran): {apart}.</p>'


def _pair(pair: Mapping[str, Any], a: Look, b: Look) -> list[str]:
    told = marks.points(pair["difference"])
    mcnemar = pair["mcnemar"]
    exact = mcnemar["p"]
    alone = f"{mcnemar['a']:g} : {mcnemar['b']:g} <small>p {_p(exact)}</small>"
    detectable = pair["detectable"]
    return [
        f'<span class="versus"><span>{a.badge} {escape(a.name)}</span> '
        f"<span><small>against</small> {b.badge} {escape(b.name)}</span></span>",
        f"<b>{told}</b>" if pair["decisive"] else told,
        marks.points_drawn(pair["difference"]),
        "yes" if pair["decisive"] else '<span class="unknown">not decisive</span>',
        _p(pair["p"]),
        alone,
        UNKNOWN if detectable is None else f"{100 * detectable:.0f}",
    ]


def _p(value: float | None) -> str:
    if value is None or value != value:
        return UNKNOWN
    return "&lt; 0.001" if value < 0.001 else f"{value:.3f}"


def retrieval(arms: Arms, looks: Looks, layers: Sequence[str]) -> str:
    """What the passages held beside what was made of them, over all questions and by layer."""
    groups = {}
    for arm in arms:
        if arm["retrieval"]["recall"]["value"] is None:
            continue
        measures = arm["retrieval"]
        other = (
            f"MRR {marks.number(measures['reciprocal_rank']['value'])}, nDCG {marks.number(measures['ndcg']['value'])}"
        )
        heading = f"{looks[arm['arm']].html} <small>recall {marks.share(measures['recall'])}, {other}</small>"
        groups[heading] = [
            [
                escape(layer),
                marks.share(part["recall"]),
                marks.drawn(part["recall"], "var(--quiet)"),
                marks.share(arm["layers"][layer]),
                marks.drawn(arm["layers"][layer], looks[arm["arm"]].colour),
                _where(part["all"]),
                _where(part["less"]),
            ]
            for layer in layers
            if (part := arm["found"][layer])["recall"]["value"] is not None
        ]
    head = [
        "Layer",
        "Evidence found (recall)",
        "",
        "Right",
        "",
        "Right where all was found",
        "Right where some was missed",
    ]
    return (
        grouped(head, groups, "Recall is the share of the evidence among the passages in the prompt") if groups else ""
    )


def _where(score: Mapping[str, Any]) -> str:
    """A share over some of the questions, and how many these are."""
    n = score["n"]
    return marks.share(score, more=f", of {n}") if n else '<span class="unknown">no such question</span>'
