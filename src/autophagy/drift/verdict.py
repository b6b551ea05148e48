"""What a comparison of answers comes to, in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..text.plural import plural
from .finding import found

Task = Mapping[str, Any]


def verdict(document: Mapping[str, Any]) -> list[str]:
    """Whether the model is still the one that was tested, and in what it is another; the short sentence first."""
    groups: dict[tuple[str, str], list[Task]] = {}
    for task in document["tasks"]:
        groups.setdefault((task["before_model"], task["model"]), []).append(task)
    ranked = sorted(groups.items(), key=lambda group: -max(_weight(task) for task in group[1]))
    sentences = []
    for (old, new), tasks in ranked:
        sentences.append(_lead(old, new, tasks))
        sentences += [_sentence(task) for task in sorted(tasks, key=_weight, reverse=True)]
    if document["alone"]:
        sentences.append(f"On one side alone, and so not compared: {', '.join(document['alone'])}.")
    if document["unreadable"]:
        sentences.append(f"{plural(document['unreadable'], 'row')} could not be read.")
    return sentences


def _weight(task: Task) -> float:
    """How much a task's change says: a model that says one thing to everything, then the size of the change."""
    kinds = found(task)
    sizes = [abs(task[name]["difference"]["value"] or 0.0) for name in ("lenient", "format", "refused")]
    return 2.0 * ("constant" in kinds) + ("format" in kinds) + bool(kinds) * max(sizes)


def _lead(old: str, new: str, tasks: Sequence[Task]) -> str:
    changed = [task for task in tasks if found(task)]
    if old == new:
        old, new = "before", "the model"
        same, other = "The model answers as it did", "The model no longer answers as it did"
    else:
        same, other = f"{new} answers as {old} did", f"{new} does not answer as {old} did"
    if not changed:
        return f"{same}: no change beyond chance in {plural(len(tasks), 'task')}."
    parts = [f"in {len(changed)} of {plural(len(tasks), 'task')} the change is beyond chance"]
    constant = [task for task in changed if "constant" in found(task)]
    if constant:
        answer = constant[0]["constant"]["after"]["answer"]
        parts.append(f'it says "{answer}" to nearly everything in {_titles(constant)}')
    for name, words in (("worse", "fewer answers are right"), ("better", "more answers are right")):
        own = [task for task in changed if name in found(task) and task not in constant]
        if own:
            parts.append(f"{words} in {_titles(own)}")
    formats = [task for task in changed if "format" in found(task) and task not in constant]
    if formats:
        parts.append(f"the format changed in {_titles(formats)}")
    return f"{other}: {', '.join(parts)}."


def _titles(tasks: Sequence[Task]) -> str:
    names = [task["title"].lower() for task in tasks]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _sentence(task: Task) -> str:
    """What changed in one task."""
    kinds, title = found(task), task["title"]
    if "constant" in kinds:
        return _constant(task)
    strict, lenient = _moved(task), _moved(task["lenient"])
    right = _right(task)
    parts = []
    if "format" in kinds:
        better = {"better": "got better and changed its format", "worse": "got worse and changed its format"}
        what = next((better[name] for name in kinds if name in better), "changed its format")
        parts.append(f"{title} {what}: as it stands {right} went {strict}, in whatever format {lenient}")
    elif "better" in kinds or "worse" in kinds:
        parts.append(f"{title} got {'better' if 'better' in kinds else 'worse'}: {right} went {strict}")
    if "refusal" in kinds:
        parts.append(f"{title + ': the' if not parts else 'the'} share that declines went {_moved(task['refused'])}")
    if not parts:
        least = task["detectable"]
        smallest = f", and {plural(task['prompts'], 'prompt')} show {least:.1%} or more" if least else ""
        return f"{title}: no change beyond chance ({right} {strict}{smallest})."
    return f"{'; '.join(parts)}{_flips(task)}{_length(task)}."


def _right(task: Task) -> str:
    return "what is right"


def _constant(task: Task) -> str:
    """A habit is no lack of knowledge: the rates of the classes show it."""
    after = task["constant"]["after"]
    rates = [f"{name} {_moved(each)}" for name, each in list(task["classes"].items())[:4]]
    by_class = f" ({', '.join(rates)})" if rates else ""
    return (
        f'{task["title"]}: the answer is "{after["answer"]}" in {after["share"]:.1%} of cases, so what is right went '
        f"{_moved(task)}{by_class}: that is a habit, and says nothing of what it knows{_length(task)}."
    )


def _moved(change: Mapping[str, Any]) -> str:
    before, after = change["before"]["value"], change["after"]["value"]
    if before is None or after is None:
        return "from unknown to unknown"
    return f"from {before:.1%} to {after:.1%}"


def _flips(task: Task) -> str:
    return f" ({task['up']:,} prompts became right, {task['down']:,} wrong)" if task["up"] + task["down"] else ""


def _length(task: Task) -> str:
    """How much longer or shorter the answers are, where it is twice or half."""
    before, after = task["verbosity"]
    if not before or not after or 0.5 < after / before < 2:
        return ""
    return f"; answers went from {before:,.0f} to {after:,.0f} characters"
