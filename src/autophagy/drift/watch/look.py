"""A look: today's answers against the bank and all looks before, as the line that is kept of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...core.files import Line
from ...core.logged import Logged
from ...text.plural import plural
from .bank import TaskBank, numbers
from .designs import FIXED, Design, choose, days, smallest
from .looks import Looks
from .match import Fresh, Matched, match
from .standing import standings

Banks = Mapping[str, TaskBank]
Facts = dict[str, dict[str, str]]
FACTS = {"prompts": "the prompts", "rules": "the rules", "recorded": "the marks of the recorded answers"}


@dataclass(frozen=True)
class LookSettings:
    """What a look is told beside the answers: its date, the decoding, the limits, and why there is no answer."""

    date: str
    decoding: str = ""
    alpha: float = 0.05
    tolerance: float = 0.0
    reason: str = ""


def look(
    banks: Banks, history: Looks, rows: Sequence[Logged], asked: LookSettings, recorded: Sequence[str] = ()
) -> Line:
    """The line of a look at today's `rows`; `recorded` are the digests of the recorded ones.

    A pure function: nothing is asked, read or written.
    """
    matched = match(banks, rows, {*recorded, *history.rows})
    design, stream, facts, begun = _stream(banks, history, matched, asked)
    kept = {name: _task(banks[name], history, design, facts, fresh) for name, fresh in matched.fresh.items()}
    tasks = {name: cells for name, cells in kept.items() if cells["used"]}
    spent = [name for name in kept if name not in tasks]
    line: Line = {
        "date": asked.date,
        "stream": stream,
        "design": design,
        "alpha": asked.alpha,
        "tolerance": asked.tolerance,
        "decoding": asked.decoding,
        "facts": facts,
        "models": list(dict.fromkeys(row.model for row in rows)),
        "fingerprints": list(dict.fromkeys(row.fingerprint for row in rows if row.fingerprint)),
        "reason": "" if tasks else asked.reason or _reason(rows, spent),
        "notes": [*begun, *_notes(banks, history, rows, asked, bool(tasks), spent), *matched.notes],
        "rows": list(matched.rows) if tasks else [],
        "tasks": tasks,
    }
    lines = [each for each in history.lines if each["stream"] == stream]
    found, evidence = standings(banks, [*lines, line], design, asked.alpha, asked.tolerance)
    line["found"] = {name: {} for name in banks}
    for (name, kind), standing in found.items():
        line["found"][name][kind] = standing.json()
    line["evidence"] = round(evidence, 9)
    fixed = banks.items() if design == FIXED else ()
    line["smallest"] = {name: round(smallest(bank, asked.alpha, asked.tolerance), 9) for name, bank in fixed}
    line["days_left"] = _left(banks, Looks([*history.lines, line]), tasks)
    return line


def _notes(
    banks: Banks, history: Looks, rows: Sequence[Logged], asked: LookSettings, counted: bool, spent: Sequence[str]
) -> list[str]:
    """Sentences on a look beside those on its stream and on single answers."""
    return [
        *((f"Not all prompts were asked: {asked.reason.rstrip('.')}.",) if counted and asked.reason else ()),
        *(f"The recorded answers of {name} are used up: record more of them." for name in spent),
        *(_again(history, asked.date) if counted else ()),
        *_unmarked(banks),
        *_identity(banks, rows),
    ]


def _stream(
    banks: Banks, history: Looks, matched: Matched, asked: LookSettings
) -> tuple[Design, int, Facts, list[str]]:
    """The design, the number of the stream, what it depends on, and a sentence where it is a new one."""
    last, begun = history.last, []
    if history.lines and any(line["tasks"] for line in history.current):
        facts = _facts(banks, last["design"])
        differ = [*_changed(last["facts"], facts), *(["the decoding"] if asked.decoding != last["decoding"] else [])]
        if not differ:
            return last["design"], last["stream"], facts, []
        begun = [f"A new stream of evidence begins because {' and '.join(differ)} changed."]
    design = choose(banks, {name: len(fresh) for name, fresh in matched.fresh.items()})
    return design, last.get("stream", 0) + 1, _facts(banks, design), begun


def _facts(banks: Banks, design: Design) -> Facts:
    """What a stream depends on. Pairs are marked together, so that new rules of marking do not touch old pairs."""
    return {name: bank.facts(marked=design == FIXED) for name, bank in banks.items()}


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """What differs between the facts of two streams, in words."""
    for key, words in FACTS.items():
        tasks = [task for task in old.keys() | new.keys() if old.get(task, {}).get(key) != new.get(task, {}).get(key)]
        if tasks:
            yield f"{words} of {', '.join(sorted(tasks))}"


def _task(bank: TaskBank, history: Looks, design: Design, facts: Facts, fresh: Sequence[Fresh]) -> dict[str, Any]:
    """What a look keeps of a task: the answers that were used, and the marks before and after."""
    name, kinds = bank.task.name, bank.marker.kinds
    if design == FIXED:
        used = [[each.prompt, each.row.sample] for each in fresh]
        return {"used": used, **{kind: {"after": numbers(each.marks[kind] for each in fresh)} for kind in kinds}}
    spent = history.used(name, facts[name]["prompts"])
    pairs = []
    for each in fresh:
        recorded = bank.prompts[each.prompt].recorded
        sample = next((sample for sample in sorted(recorded) if (each.prompt, sample) not in spent), None)
        if sample is not None:
            spent.add((each.prompt, sample))
            pairs.append((each, sample))
    marks = {
        kind: {
            "before": numbers(bank.prompts[each.prompt].recorded[sample][kind] for each, sample in pairs),
            "after": numbers(each.marks[kind] for each, _ in pairs),
        }
        for kind in kinds
    }
    return {"used": [[each.prompt, sample] for each, sample in pairs], **marks}


def _left(banks: Banks, history: Looks, tasks: Mapping[str, Any]) -> int | None:
    """For how many looks like this one the recorded answers last; None where they do not run out."""
    last = history.last
    if last["design"] == FIXED or not tasks:
        return None
    used = {name: len(history.used(name, last["facts"][name]["prompts"])) for name in banks}
    return days(banks, {name: len(cells["used"]) for name, cells in tasks.items()}, used)


def _reason(rows: Sequence[Logged], spent: Sequence[str]) -> str:
    """Why a look is no evidence."""
    if not rows:
        return "there was no answer"
    return "the recorded answers are used up" if spent else "no answer counted"


def _again(history: Looks, date: str) -> list[str]:
    dates = [line["date"] for line in history.lines if line["tasks"]]
    return [f"There was a look on {date} already; this one counts as well."] if date in dates else []


def _unmarked(banks: Banks) -> list[str]:
    return [
        f"{name}: {bank.unmarked:,} of {plural(bank.unmarked + len(bank.prompts), 'prompt')} are not watched, because "
        "no recorded answer to them can be marked."
        for name, bank in banks.items()
        if bank.unmarked
    ]


def _identity(banks: Banks, rows: Sequence[Logged]) -> list[str]:
    """A model that calls itself otherwise than it did: told, and no evidence."""
    models = {name for bank in banks.values() for name in bank.models}, {row.model for row in rows}
    builds = {name for bank in banks.values() for name in bank.fingerprints}, {row.fingerprint for row in rows} - {""}
    return [
        f"The {what} is {', '.join(sorted(new - old))} instead of {', '.join(sorted(old))}; by itself that is no "
        "evidence that the answers changed."
        for what, (old, new) in (("model", models), ("fingerprint", builds))
        if old and new - old
    ]
