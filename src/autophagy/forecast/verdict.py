"""The verdict of a forecast: what the figures say, in sentences; the first is the answer in short."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..statistics.intervals import Score, figure
from ..text.percent import short_percent
from .families import find
from .laws import FEWEST, FormulaCheck
from .plan import TYPICAL, ForecastPlan
from .profile import Definition
from .target import Target
from .words import amount, count

IN_WORDS = {"mean": "on average", "median": "in the typical chain", "worst_tenth": "in nine chains of ten"}
APART = 0.05  # of the mean: a typical chain that is further off is named beside it


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

    `last` has the figures of the last generation by quantity, its means from closed forms where they hold, and `more`
    are sentences of a map. Fewer than TYPICAL chains are told as what they are, and nothing is said of others.
    """
    half = answers.get("half_life")
    sentences = [_lead(plan, last, targets, answers), _end(plan, last)]
    sentences += [_half(half, plan, _exact(last[half["quantity"]]))] if half and plan.generations > 1 else []
    for target in targets:
        sentences += _answered(_told(plan, target), answers[str(target)])
    for answer in answers.values():
        sentences += answer.get("sentences", [])
    return [*sentences, *more, *_profile(profile), _checked(plan, checks), *find(plan.family).notes(plan)]


def _lead(
    plan: ForecastPlan,
    last: Mapping[str, Any],
    targets: Sequence[Target],
    answers: Mapping[str, Any],
) -> str:
    """What is left at the end and what it takes to keep more, in one sentence."""
    family = find(plan.family)
    name = (
        family.roles.get("variety")
        or family.roles.get("risk")
        or next(name for name in last if name in family.quantities)
    )
    mean, median = last[name]["mean"], last[name]["median"]
    if mean is None or median is None:
        return f"{_mixture(plan)}, the {family.title(name)} at generation {plan.generations} is unknown."
    share = family.quantities[name].is_share
    if share:
        left = f"generation {plan.generations} keeps {short_percent(mean)} of the {family.title(name)}"
    else:
        left = f"the {family.title(name)} at generation {plan.generations} is {figure(mean)}"
    if plan.chains < TYPICAL:
        left += "" if _exact(last[name]) else f" {_few(plan)}"
    elif abs(mean - median) > APART * abs(mean):
        typical = short_percent(median) if share else figure(median)
        left += f" on average and {typical} in the typical chain"
    return f"{_mixture(plan)}, {left}{_remedy(plan, name, targets, answers)}."


def _mixture(plan: ForecastPlan) -> str:
    """What each generation learns from, as the beginning of a sentence."""
    if plan.generations == 1:
        return "Fitted once on real rows"
    rows = plan.rows(2)
    bias = "" if plan.bias == 1 else f" and a sampling bias of {plan.bias:g}"
    if rows.fresh:
        words = f"With {100 * rows.fresh / rows.pool:.3g} % fresh rows"
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
    kept = f"keeping {short_percent(target.value)}" if share and target.at_least and quantity == name else str(target)
    fresh, samples = (answer.get(question, {}).get("mean", {}) for question in ("fresh_share", "samples"))
    ways = [f"{short_percent(fresh['value'])} fresh rows"] if fresh.get("reachable") else []
    ways += [f"{count(samples['value'])} samples a generation"] if samples.get("reachable") else []
    return f"; {kept} needs {' or '.join(ways)}" if ways else ""


def _end(plan: ForecastPlan, last: Mapping[str, Any]) -> str:
    """What is left at the last generation, for the mean and the typical chain."""
    family = find(plan.family)
    name = family.roles.get("variety") or next(name for name in last if name != "generation")
    row, title = last[name], family.title(name)
    if row["mean"] is None or row["median"] is None:
        return f"At generation {plan.generations} the {title} is unknown over {plan.chains:,} simulated chains."
    exact = _exact(row)
    mean = Score(row["mean"], row["mean_low"] or math.nan, row["mean_high"] or math.nan, plan.chains)
    at = f"At generation {plan.generations} the {title} is {amount(row['mean'], 3) if exact else mean}"
    median, low, high = (figure(row[part]) for part in ("median", "low", "high"))
    if plan.chains < TYPICAL:
        simulated = f"the one simulated chain has {median}" if plan.chains == 1 else f"{_few(plan)}, {median}"
        return f"{at} on average, by its closed form; {simulated}." if exact else f"{at} {_few(plan)}."
    spread = "All chains are nearly the same" if low == high else f"Eight chains of ten lie between {low} and {high}"
    by = "by its closed form, " if exact else ""
    typical = f"{by}and {median} in the typical chain" if by else f"and {median} in the typical chain"
    return f"{at} on average{', ' if by else ' '}{typical}, over {plan.chains:,} simulated chains. {spread}."


def _exact(row: Mapping[str, Any]) -> bool:
    """Whether a mean is that of a closed form, which has no interval to speak of."""
    return row["mean"] is not None and row["mean"] == row["mean_low"] == row["mean_high"]


def _few(plan: ForecastPlan) -> str:
    """Where a figure is from when there are too few chains to speak of others."""
    return "in the one simulated chain" if plan.chains == 1 else f"on average over {plan.chains} simulated chains"


def _half(half: Mapping[str, Any], plan: ForecastPlan, exact: bool) -> str:
    """When half of generation 1's variety is gone."""
    what = f"Half of generation 1's {find(plan.family).title(half['quantity'])} is"
    places = {name: half[name] for name in ("mean", "median") if name in half}
    words = IN_WORDS if exact or plan.chains >= TYPICAL else IN_WORDS | {"mean": _few(plan)}
    gone = {words[name]: place["value"] for name, place in places.items() if place["value"] is not None}
    every = " and ".join(words[name] for name in places)
    if not gone:
        return f"{what} still there after {plan.generations} generations, {every}."
    if len(gone) == len(places) and len(set(gone.values())) == 1:
        return f"{what} gone by generation {next(iter(gone.values()))}, {every}."
    when = [f"by generation {place} {name}" for name, place in gone.items()]
    late = [words[name] for name, place in places.items() if place["value"] is None]
    rest = f", and not within {plan.generations} generations {late[0]}" if late else ""
    return f"{what} gone {' and '.join(when)}{rest}."


def _told(plan: ForecastPlan, target: Target) -> str:
    """A target with what its quantity is called in a sentence."""
    family = find(plan.family)
    own = target.of(family)
    title, written = family.title(own.quantity), str(own).removeprefix(own.quantity)
    return str(target) if title == own.quantity else f"{title} {written[:2]} {written[2:]}"


def _answered(target: str, answer: Mapping[str, Any]) -> list[str]:
    """The answers to one target: for the mean, the typical chain and nine chains of ten."""
    now = [
        f"{amount(bounds['value'])} {IN_WORDS[name]} ({'met' if bounds['met'] else 'missed'})"
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


def _levers(question: str, opening: str, target: str, answers: Mapping[str, Any]) -> list[str]:
    known = {name: answer for name, answer in answers.items() if answer["reachable"]}
    amounts = [f"{lever(question, answer)} {IN_WORDS[name]}" for name, answer in known.items()]
    sentences = [f"{opening} {', '.join(amounts)}."] if amounts else []
    best = [
        f"{'nothing that can be run' if value is None else amount(value)} {IN_WORDS[name]}"
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


def lever(question: str, answer: Mapping[str, Any]) -> str:
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


def _checked(plan: ForecastPlan, checks: Sequence[FormulaCheck]) -> str:
    known = [check for check in checks if check.law.approximate is None]
    exact = [check for check in known if check.tested]
    if known and plan.chains < FEWEST:
        chains = "one simulated chain is" if plan.chains == 1 else f"{plan.chains} simulated chains are"
        forms = f"the {len(known)} closed forms" if len(known) > 1 else "the closed form"
        return (
            f"{chains[0].upper()}{chains[1:]} too few to check against {forms} of this plan: {FEWEST} or more can be."
        )
    if known and not exact:
        return "The closed forms of this plan cannot be tested on so many chains: rare ones carry the mean."
    if not exact:
        return "No exact formula is known for this plan, so nothing checks the simulation."
    wrong = [check for check in exact if check.alarm]
    if wrong:
        names = ", ".join(find(plan.family).worded(check.law.label) for check in wrong)
        return f"The simulation disagrees with the closed form of {names}: do not rely on this forecast, and report it."
    worst = max(exact, key=lambda check: abs(check.z))
    forms = f"all {len(exact)} closed forms that hold" if len(exact) > 1 else "the one closed form that holds"
    return (
        f"The simulation agrees with {forms} for this plan "
        f"(largest |z| at the last generation: {abs(worst.z):.1f}, for {find(plan.family).worded(worst.law.label)})."
    )
