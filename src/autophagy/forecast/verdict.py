"""The verdict of a forecast: what the figures say, in sentences; the first is the answer in short."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..statistics.intervals import Score, figure
from .families import find
from .laws import FormulaCheck
from .plan import ForecastPlan
from .profile import Definition
from .target import Target

IN_WORDS = {"mean": "on average", "median": "in the typical chain", "worst_tenth": "in nine chains of ten"}
APART = 0.05  # of the mean: a typical chain that is further off is named beside it
POWERS = {10**15: "quadrillion", 10**12: "trillion", 10**9: "billion", 10**6: "million"}


def verdict(
    plan: ForecastPlan,
    last: Mapping[str, Any],
    targets: Sequence[Target],
    answers: Mapping[str, Any],
    profile: Sequence[Definition],
    checks: Sequence[FormulaCheck],
    more: Sequence[str] = (),
) -> list[str]:
    """The answer in short, the end of the loop, the time to half, the answers, the profile, the checks, the notes.

    `last` has the figures of the last generation by quantity, and `more` are sentences of a map.
    """
    half = answers.get("half_life")
    sentences = [_lead(plan, last, targets, answers, checks), _end(plan, last)]
    sentences += [_half(half, plan)] if half and plan.generations > 1 else []
    for target in targets:
        sentences += _answered(target, answers[str(target)])
    for answer in answers.values():
        sentences += answer.get("sentences", [])
    return [*sentences, *more, *_profile(profile), _checked(checks), *find(plan.family).notes(plan)]


def count(number: float) -> str:
    """A number of rows: 1,234 or 44.4 million."""
    if number < 10**6:
        return f"{number:,.0f}"
    power = next((power for power in POWERS if number >= power), 1)
    return f"{number / power:.4g} {POWERS[power]}" if number < 1000 * 10**15 else f"{number:.4g}"


def _lead(
    plan: ForecastPlan,
    last: Mapping[str, Any],
    targets: Sequence[Target],
    answers: Mapping[str, Any],
    checks: Sequence[FormulaCheck],
) -> str:
    """What is left at the end and what it takes to keep more, in one sentence; by the closed form where one holds."""
    family = find(plan.family)
    name = (
        family.roles.get("variety")
        or family.roles.get("risk")
        or next(name for name in last if name in family.quantities)
    )
    mean, median = last[name]["mean"], last[name]["median"]
    if mean is None or median is None:
        return f"{_mixture(plan)}, the {family.title(name)} at generation {plan.generations} is unknown."
    exact = [check.law.expected[-1] for check in checks if check.law.quantity == name and not check.law.approximate]
    mean = next((float(value) for value in exact if math.isfinite(value)), mean)
    share = family.quantities[name].is_share
    if share:
        left = f"generation {plan.generations} keeps {_percent(mean)} of the {family.title(name)}"
    else:
        left = f"the {family.title(name)} at generation {plan.generations} is {figure(mean)}"
    if abs(mean - median) > APART * abs(mean):
        typical = _percent(median) if share else figure(median)
        left += f" on average and {typical} in the typical chain"
    return f"{_mixture(plan)}, {left}{_remedy(plan, name, targets, answers)}."


def _mixture(plan: ForecastPlan) -> str:
    """What each generation learns from, as the beginning of a sentence."""
    if plan.generations == 1:
        return "Fitted once on real rows"
    rows = plan.rows(2)
    bias = "" if plan.bias == 1 else f" and a sampling bias of {plan.bias:g}"
    if rows.fresh:
        words = f"With {_percent(rows.fresh / rows.pool)} fresh rows"
    elif rows.fixed:
        words = "With the same real rows in every generation"
    elif plan.numbers.memory == "all":
        words = "Trained on the output of all earlier generations"
    else:
        words = "Trained only on its own output"
    return words + bias.replace(" and", " with", 1) if words.startswith("Trained") else words + bias


def _remedy(plan: ForecastPlan, name: str, targets: Sequence[Target], answers: Mapping[str, Any]) -> str:
    """What the first target takes, where it is missed and is about what the sentence speaks of."""
    target = targets[0] if targets else None
    if target is None or answers[str(target)]["now"]["mean"]["met"]:
        return ""
    answer, family = answers[str(target)], find(plan.family)
    quantity, share = target.of(family).quantity, family.quantities[name].is_share
    kept = f"keeping {_percent(target.value)}" if share and target.at_least and quantity == name else str(target)
    fresh, samples = (answer.get(question, {}).get("mean", {}) for question in ("fresh_share", "samples"))
    ways = [f"{_percent(fresh['value'])} fresh rows"] if fresh.get("reachable") else []
    ways += [f"{count(samples['value'])} samples a generation"] if samples.get("reachable") else []
    return f"; {kept} needs {' or '.join(ways)}" if ways else ""


def _end(plan: ForecastPlan, last: Mapping[str, Any]) -> str:
    """What is left at the last generation, for the mean and the typical chain."""
    family = find(plan.family)
    name = family.roles.get("variety") or next(name for name in last if name != "generation")
    row, title = last[name], family.title(name)
    chains = f"over {plan.chains:,} simulated chains"
    if row["mean"] is None or row["median"] is None:
        return f"At generation {plan.generations} the {title} is unknown {chains}."
    mean = Score(row["mean"], row["mean_low"] or math.nan, row["mean_high"] or math.nan, plan.chains)
    median, low, high = (figure(row[part]) for part in ("median", "low", "high"))
    spread = "All chains are nearly the same" if low == high else f"Eight chains of ten lie between {low} and {high}"
    means = f"is {mean} on average and {median} in the typical chain"
    return f"At generation {plan.generations} the {title} {means}, {chains}. {spread}."


def _half(half: Mapping[str, Any], plan: ForecastPlan) -> str:
    """When half of generation 1's variety is gone."""
    what = f"Half of generation 1's {find(plan.family).title(half['quantity'])} is"
    mean, median = half["mean"]["value"], half["median"]["value"]
    if mean is None and median is None:
        return f"{what} still there after {plan.generations} generations, on average and in the typical chain."
    if mean == median:
        return f"{what} gone by generation {mean}, on average and in the typical chain."
    when = [f"by generation {place} {IN_WORDS[name]}" for name, place in (("mean", mean), ("median", median)) if place]
    late = [IN_WORDS[name] for name, place in (("mean", mean), ("median", median)) if not place]
    rest = f", and not within {plan.generations} generations {late[0]}" if late else ""
    return f"{what} gone {' and '.join(when)}{rest}."


def _answered(target: Target, answer: Mapping[str, Any]) -> list[str]:
    """The answers to one target: for the mean, the typical chain and nine chains of ten."""
    now = [
        f"{bounds['value']:.4g} {IN_WORDS[name]} ({'met' if bounds['met'] else 'missed'})"
        for name, bounds in answer["now"].items()
        if bounds["value"] is not None
    ]
    sentences = [f"Target {target} at generation {answer['generation']}: {', '.join(now) or 'unknown'}."]
    openings = {
        "fresh_share": f"{target} needs at least this share of fresh rows:",
        "synthetic": f"{target} allows at most this many synthetic rows of each generation:",
        "samples": f"{target} needs at least this many samples a generation:",
    }
    for question, opening in openings.items():
        if answer.get(question):
            sentences += _levers(question, opening, target, answer[question])
    return sentences


def _levers(question: str, opening: str, target: Target, answers: Mapping[str, Any]) -> list[str]:
    known = {name: answer for name, answer in answers.items() if answer["reachable"]}
    amounts = [f"{_amount(question, answer)} {IN_WORDS[name]}" for name, answer in known.items()]
    sentences = [f"{opening} {', '.join(amounts)}."] if amounts else []
    best = [
        f"{'nothing that can be run' if value is None else format(value, '.4g')} {IN_WORDS[name]}"
        for name, value in ((name, answer["best"]["value"]) for name, answer in answers.items() if name not in known)
    ]
    if best:
        levers = {
            "fresh_share": "share of fresh rows",
            "synthetic": "number of synthetic rows",
            "samples": "sample size",
        }
        sentences.append(f"No {levers[question]} reaches {target} here. The best is {', '.join(best)}.")
    return sentences


def _amount(question: str, answer: Mapping[str, Any]) -> str:
    """A share in per cent or a count, with its interval where it has a width."""
    if answer.get("unbounded"):
        return f"{count(answer['value'])} (the most looked at)"
    shown = (lambda number: f"{100 * number:.4g} %") if question == "fresh_share" else count
    text, low, high = (shown(answer[part]) for part in ("value", "low", "high"))
    return text if low == high else f"{text} [{low}, {high}]"


def _profile(profile: Sequence[Definition]) -> list[str]:
    met = [f"{definition.name} (from generation {definition.since})" for definition in profile if definition.met]
    known = sum(definition.met is not None for definition in profile)
    if not known:
        return []
    if not met:
        return [f"None of the {known} definitions of model collapse that apply here is met."]
    are = "is" if len(met) == 1 else "are"
    return [f"Of the {known} definitions of model collapse that apply here, {len(met)} {are} met: {', '.join(met)}."]


def _checked(checks: Sequence[FormulaCheck]) -> str:
    exact = [check for check in checks if check.law.approximate is None and check.tested]
    if not exact:
        return "No exact formula is known for this plan, so nothing checks the simulation."
    wrong = [check for check in exact if check.alarm]
    if wrong:
        names = ", ".join(check.law.label for check in wrong)
        return f"The simulation disagrees with the closed form of {names}: do not rely on this forecast, and report it."
    worst = max(exact, key=lambda check: abs(check.z))
    forms = f"all {len(exact)} closed forms that hold" if len(exact) > 1 else "the one closed form that holds"
    return (
        f"The simulation agrees with {forms} for this plan "
        f"(largest |z| at the last generation: {abs(worst.z):.1f}, for {worst.law.label})."
    )


def _percent(share: float) -> str:
    """A share in whole per cent, or with two digits where it is small."""
    per_cent = 100 * share
    return f"{per_cent:.0f} %" if per_cent >= 10 or per_cent == 0 else f"{per_cent:.2g} %"
