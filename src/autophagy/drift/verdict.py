"""What a comparison of answers comes to, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..text.percent import percent
from ..text.plural import plural
from .advice import advice
from .finding import by_more, found
from .order import pairs_of

Task = Mapping[str, Any]
CLASSES = 4  # that a sentence names
ABILITY = {
    "better": "got better",
    "worse": "got worse",
    "fewer": "is answered less often",
    "more": "is answered more often",
}


def verdict(document: Mapping[str, Any]) -> list[str]:
    """Whether the model is still the one that was tested, and in what it is another; the short sentence first.

    The tasks are told in their order, those of one pair of models together.
    """
    sentences, beyond = [], by_more(document.get("tolerance", 0.0))
    for (old, new), tasks in pairs_of(document["tasks"]).items():
        sentences += [_lead(old, new, tasks, beyond), *(_sentence(task) for task in tasks if found(task))]
        sentences += _unchanged([task for task in tasks if not found(task)], beyond)
        sentences += [sentence for task in tasks for sentence in _missing(task)]
    todo = advice(document["tasks"])
    sentences += [todo] if todo else []
    if document.get("judge"):
        sentences.append(_judge(document["judge"]))
    if document["alone"]:
        sentences.append(f"Not compared, since only one side has answers: {', '.join(document['alone'])}.")
    if document["unreadable"]:
        sentences.append(f"{plural(document['unreadable'], 'row')} could not be read.")
    return sentences


ASIDE = {
    "only_before": "asked before alone",
    "only_after": "asked after alone",
    "changed": "with another text behind the same id",
}


def _lead(old: str, new: str, tasks: Sequence[Task], beyond: str) -> str:
    changed = [task for task in tasks if found(task)]
    if old == new:
        same, other = "There is no evidence that the model changed", "The model does not answer as it did before"
    else:
        same, other = (
            f"There is no evidence that {new} answers differently from {old}",
            f"{new} does not answer as {old} did",
        )
    every = plural(len(tasks), "task")
    if not changed and not any(map(_known, tasks)):
        what = "The model" if old == new else new
        return f"Whether {what} changed is not known: no answer has a mark; length and refusals are alike."
    if not changed:
        return f"{same}{beyond}{'' if beyond else ': nothing changed beyond chance'} in {every}."
    constant = changed[0]["constant"]["after"] if "constant" in found(changed[0]) else None
    most = f', and it says "{constant["answer"]}" to nearly everything in {_name(changed[0])}' if constant else ""
    return f"{other}: {len(changed):,} of {every} changed beyond chance{most}."


def _sentence(task: Task) -> str:
    """What changed in one task."""
    kinds = found(task)
    if "constant" in kinds:
        return _constant(task)
    parts, ability = [], next((ABILITY[name] for name in kinds if name in ABILITY), "")
    if "format" in kinds:
        what = f"{ability} and changed its format" if ability else "changed its format"
        parts.append(
            f"{_title(task)} {what}: {_moved(task)} are {task['counts']} in the format asked for, and "
            f"{_moved(task['lenient'])} in any format"
        )
    elif ability:
        parts.append(f"{_title(task)} {ability}: {_moved(task)} are {task['counts']}{_flips(task)}")
    unread = task["unreadable"]["lenient"]
    if ability and unread[1] > unread[0]:
        parts.append(f"{plural(unread[0], 'answer')} before and {unread[1]:,} after can be read in no format")
    if "refusal" in kinds:
        parts.append(f"{_moved(task['refused'])} decline")
    if "cut" in kinds:
        parts.append(f"{_moved(task['cut_share'])} are cut at the token limit")
    if "length" in kinds:
        before, after = task["verbosity"]
        parts.append(f"answers went from {before:,.0f} to {after:,.0f} characters")
    lead = "" if parts[0].startswith(_title(task)) else f"{_title(task)}: "
    return f"{lead}{'; '.join(parts)}."


def _constant(task: Task) -> str:
    """A habit is no lack of knowledge: the rates of the classes show it."""
    after, classes = task["constant"]["after"], list(task["classes"].items())[:CLASSES]
    rates = "".join(f", of {name} {_moved(each)}" for name, each in classes)
    before, now = task["verbosity"]
    length = f", in {now:,.0f} characters instead of {before:,.0f}" if "length" in found(task) else ""
    return (
        f'{task["title"]}: it says "{after["answer"]}" in {percent(after["share"], 1)} of its answers{length}; '
        f"{_moved(task)} are {task['counts']}{rates}: this is a habit of answering, not a measure of what it knows."
    )


def _unchanged(tasks: Sequence[Task], beyond: str) -> list[str]:
    """What has not changed beyond chance, and how small a change could have been seen."""
    seen = [f"{_name(task)} ({_moved(task)}; {_smallest(task)})" for task in tasks if _known(task)]
    dark = [_name(task) for task in tasks if not _known(task)]
    told = [f"No change beyond chance{beyond}: {', '.join(seen)}."] if seen else []
    if dark:
        what = tasks[0]["counts"]
        told.append(f"How many answers are {what} is unknown before, after, or both: {', '.join(dark)}.")
    return told


def _known(task: Task) -> bool:
    """Whether the rate of some prompt is known on both sides."""
    return bool(task["lenient"]["difference"]["n"])


def _missing(task: Task) -> Iterator[str]:
    """How many prompts have no partner, and how many answers are no answers on each side, and what they count as."""
    for name, what in ASIDE.items():
        if count := task["set_aside"][name]:
            yield f"{_title(task)}: {plural(count, 'prompt')} {what}, so not compared."
    for name, what in (("failed", "failed"), ("cut", "were cut before they gave an answer")):
        before, after = task[name]
        if before or after:
            told = f"{plural(before, 'answer')} before and {after:,} after {what}"
            yield f"{_title(task)}: {told}; they count as neither right nor wrong."
    before, after = task["empty"]
    if before or after:
        told = f"{plural(before, 'answer')} before and {after:,} after"
        yield f"{_title(task)}: {told} hold no word; they were marked like any other."


def _smallest(task: Task) -> str:
    prompts = plural(task["prompts"], "prompt")
    if task.get("sources", task["prompts"]) < task["prompts"]:
        prompts += f" of {plural(task['sources'], 'source')}"
    if not 0 < (task["detectable"] or 0) <= 1:
        return f"{prompts} cannot show any change"
    return f"{prompts} can show a change of {100 * task['detectable']:.1f} points or more"


def _name(task: Task) -> str:
    """The title of a task within a sentence."""
    return str(task["title"])[:1].lower() + str(task["title"])[1:]


def _title(task: Task) -> str:
    """The title of a task at the beginning of a sentence."""
    return str(task["title"])[:1].upper() + str(task["title"])[1:]


def _moved(change: Mapping[str, Any]) -> str:
    before, after = change["before"]["value"], change["after"]["value"]
    if before is None or after is None:
        return "an unknown share"
    return f"{percent(after, 1)} instead of {percent(before, 1)}"


def _flips(task: Task) -> str:
    if not task["up"] + task["down"]:
        return ""
    return f" ({plural(task['up'], 'prompt')} up, {task['down']:,} down)"


def _judge(judge: Mapping[str, Any]) -> str:
    """How far the judge is to be trusted, as far as it tells by itself."""
    same, parts = judge["consistency"]["value"], []
    if same is not None:
        parts.append(f"gives the same verdict in both orders for {percent(same, 1)} of the answers")
    if judge["failures"]:
        parts.append(f"gave no verdict in {judge['failures']:,} of {plural(judge['asked'], 'reply', 'replies')}")
    if judge["without"]:
        parts.append(f"did not judge {plural(judge['without'], 'answer')} without a reference")
    if judge.get("cut"):
        parts.append(f"did not judge {plural(judge['cut'], 'answer')} cut at the token limit")
    return f"The judge {judge['model']} {', '.join(parts) or 'was asked nothing'}."
