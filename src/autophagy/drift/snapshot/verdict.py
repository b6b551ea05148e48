"""What a snapshot comes to, in sentences."""

import shlex
from collections.abc import Iterator, Mapping
from typing import Any

from ...statistics.intervals import Score, figure
from ...text.percent import percent
from ...text.plural import plural

BEGUN = "No answer is recorded yet."


def verdict(document: Mapping[str, Any], folder: str) -> list[str]:
    """What was recorded and what to compare it with, how noisy the answers are, and what is missing."""
    if not document["tasks"]:
        return [BEGUN]
    sentences = [_first(document, folder)]
    for task in document["tasks"]:
        sentences += [_right(task), *_noise(task)]
    return [*sentences, *_missing(document, folder), *_costs(document), *_builds(document)]


def _first(document: Mapping[str, Any], folder: str) -> str:
    prompts = sum(task["prompts"] for task in document["tasks"])
    told = f"{plural(document['answers']['settled'], 'answer')} of {document['model']} to {plural(prompts, 'prompt')}"
    then = f"autophagy drift {shlex.quote(folder)} AFTER"
    return f"{told} are recorded. Record them again later into another folder, then run `{then}`."


def _right(task: Mapping[str, Any]) -> str:
    lenient, strict, counts = Score.read(task["lenient"]), Score.read(task["strict"]), task["counts"]
    if not lenient.n:
        return f"{task['title']}: how many answers are {counts} is not known."
    told = f"{task['title']}: {_share(lenient)} {counts}"
    alike = not strict.n or task["rules"]["strict"] == task["rules"]["lenient"] or strict.value == lenient.value
    told += "" if alike else f", and {_share(strict)} in the format asked for"
    if task["constant"]:
        return f"{told}; the model says {task['constant']['answer']!r} to nearly everything."
    return f"{told}."


def _share(score: Score) -> str:
    return f"{percent(score.value, 1)} ({percent(score.low, 1)} to {percent(score.high, 1)}, n = {score.n:,})"


def _noise(task: Mapping[str, Any]) -> Iterator[str]:
    """How far the answers to one prompt differ: the noise floor, below which no change is one."""
    title, times = task["title"], task["repeats"]
    same, of = task["same"]["prompts"], task["same"]["of"]
    if not of:
        yield f"{title}: there is only one answer to each prompt, so the noise floor is unknown."
        return
    if same == of:
        yield f"{title}: the {times} answers to each of {plural(of, 'prompt')} are identical, so the noise floor is 0."
        return
    noise = Score.read(task["noise"])
    often = (
        f", and two answers to one prompt are read differently {percent(noise.value, 1)} of the time" if noise.n else ""
    )
    yield f"{title}: the {times} answers differ in their text for {of - same:,} of {plural(of, 'prompt')}{often}."


def _missing(document: Mapping[str, Any], folder: str) -> Iterator[str]:
    """What became of the answers that are none."""
    answers = document["answers"]
    more = f"continue with `autophagy drift record --resume --out {shlex.quote(folder)}`"
    if answers["failed"]:
        reason = next(iter(answers["reasons"]))
        yield f"{plural(answers['failed'], 'answer')} failed, most often with: {reason}; {more}."
    if answers["unasked"]:
        yield f"{plural(answers['unasked'], 'answer')} {_were(answers['unasked'])} not asked for yet; {more}."
    if empty := sum(task["empty"] for task in document["tasks"]):
        told = f"{plural(empty, 'answer')} {'holds' if empty == 1 else 'hold'} no word"
        yield f"{told}: look at the chat template that the model is served with."
    if answers["cut"]:
        cut = f"{plural(answers['cut'], 'answer')} {_were(answers['cut'])} cut at the token limit"
        yield f"{cut}: record them in another folder with a larger --max-tokens."


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _costs(document: Mapping[str, Any]) -> Iterator[str]:
    if document["money"] is not None:
        yield f"The answers cost {figure(document['money'])} {document['currency']}."


def _builds(document: Mapping[str, Any]) -> Iterator[str]:
    """A server that changed while it was asked."""
    if len(document["fingerprints"]) > 1:
        known = ", ".join(document["fingerprints"])
        told = f"The server reported several builds while it was asked ({known})"
        yield f"{told}, so the answers may come from several models."
