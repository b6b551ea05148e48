"""A recorded comparison: every arm's answers, written to a run folder as they come."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ..answering.endpoint import Endpoint
from ..answering.find import reach
from ..answering.size import prompt_form
from ..core.errors import need
from ..core.files import Line, append, write_json, write_lines
from ..core.folder import ASKED, close, opened
from ..core.known import or_null
from ..core.machine import available_cores, surroundings
from ..core.questions import Graded, Question
from ..core.registry import load_plugin
from ..cost.footprint import metered
from ..cost.prices import unpriced
from ..data.dataset import Dataset
from ..trackers.tracking import Figures, Tracking, find_trackers, tracked
from .compare import Asked, Outcome, Trial, check, check_words, compare, trials
from .contamination import find_contamination
from .dataset import GENERAL, load_dataset
from .injection import Attacked
from .judging import find_grading, judge_of
from .record import ANSWERS, ARMS, DATASET, INJECTIONS, PASSAGES, Comparison
from .result import CompareResult
from .spec import CompareSpec
from .tracked import ends, figures

LOG = logging.getLogger(__name__)


def run(
    spec: CompareSpec,
    out: str | Path,
    *,
    resume: bool = False,
    progress: Any = None,
    tell: Callable[[str, Sequence[str]], None] | None = None,
    asked: Asked | None = None,
    log: str | Sequence[str] = (),
) -> Comparison:
    """Run a comparison and record it in the folder `out`; with `resume`, go on without the arms that are done.

    `progress(outcome, done, total)` is told of each trial, `asked(trial, done, total)` of each of its questions, `tell`
    of how documents and questions were read, before any.
    `log` names experiment trackers that are told the figures of each trial; they can end no run.
    Raises AutophagyError; whatever was finished stays in the folder.
    """
    trackers = find_trackers(log)
    for path in spec.plugins:
        load_plugin(path)
    plan = trials(spec)
    check_words(spec)
    for model, address in _addresses(spec):
        reach(Endpoint(model, address))
    dataset = load_dataset(spec)
    if tell:
        tell(spec.documents, dataset.notes)
    check(spec, dataset)
    record = Comparison(out)
    environment = surroundings(spec.plugins, available_cores()) | {"digest": dataset.digest}
    begin = partial(_begin, record, spec, dataset)
    with opened(record, spec, environment, resume, begin), metered(record):
        verdict = partial(_verdict, record)
        with tracked(record, trackers, spec.counts_in, partial(_recorded, record), verdict) as tracking:
            ask = partial(compare, spec, dataset, record.folder, asked=asked)
            _go_on(record, ask, dataset, plan, progress, tracking)
    return record


def _recorded(record: Comparison) -> Figures:
    """The figures of all trials that are done, and at the end those over all of them."""
    yield from figures(record)
    if record.done:
        yield from ends(record)


def _verdict(record: Comparison) -> Sequence[str]:
    return CompareResult(record).verdict


def _go_on(
    record: Comparison,
    ask: Callable[[Sequence[Trial]], Iterator[Outcome]],
    dataset: Dataset,
    plan: Sequence[Trial],
    progress: Any,
    tracking: Tracking,
) -> None:
    done = {(line["arm"], line["seed"]) for line in record.arms()}
    write_lines(record.folder / ANSWERS, record.answers())  # what a killed arm has written, it writes anew
    if (record.folder / INJECTIONS).exists():
        write_lines(record.folder / INJECTIONS, record.injections())
    todo = [trial for trial in plan if (trial.arm, trial.seed) not in done]
    LOG.debug("%d of %d trials are there, %d questions each", len(done), len(plan), len(dataset.questions))
    if progress:
        progress(None, len(done), len(plan))
    for number, outcome in enumerate(ask(todo), len(done) + 1):
        append(record.folder / PASSAGES, _new_passages(record, outcome))
        append(record.folder / ANSWERS, list(_rows(outcome, dataset)))
        append(record.folder / INJECTIONS, [_injection(outcome, attacked) for attacked in outcome.attacked])
        append(record.folder / ARMS, [_arm(outcome)])
        (record.folder / ASKED).unlink(missing_ok=True)
        tracking.log(islice(figures(record), number - 1, None))  # read by a tracker alone
        if progress:
            progress(outcome, number, len(plan))
    if not record.done:
        tracking.log(ends(record))
    close(record)


def _new_passages(record: Comparison, outcome: Outcome) -> list[Line]:
    """The passages that no arm was shown before."""
    known = record.passages()
    shown = {name: text for graded in outcome.graded for name, text in graded.passages.items()}
    return [{"passage": name, "text": text} for name, text in shown.items() if known.get(name) != text]


def _rows(outcome: Outcome, dataset: Dataset) -> Iterator[Line]:
    """The lines of the answers of one arm with one seed."""
    types = {question.id: question.type for question in dataset.questions}
    each = outcome.energy.joules / max(1, len(outcome.graded) + len(outcome.general))
    for graded in outcome.graded:
        yield _row(outcome, graded, types[graded.answer.question], each)
    for graded in outcome.general:
        yield _row(outcome, graded, GENERAL, each)


def _row(outcome: Outcome, graded: Graded, type_: str, joules: float) -> Line:
    answer = {name: value for name, value in asdict(graded.answer).items() if name not in ("question", "searched")}
    marks = {name: _shown(value) for name, value in graded.marks.items()}
    row = {"arm": outcome.arm, "seed": outcome.seed, "question": graded.answer.question, "type": type_, **answer}
    return {name: _shown(value) for name, value in {**row, "joules": joules}.items()} | {"marks": marks}


def _injection(outcome: Outcome, attacked: Attacked) -> Line:
    injection, question = attacked.attack.injection, attacked.attack.question
    return {
        "arm": outcome.arm,
        "seed": outcome.seed,
        "question": question.id,
        "category": injection.category,
        "injection": injection.text,
        "canary": injection.canary,
        "fenced": _shown(attacked.fenced),
        "bare": _shown(attacked.bare),
        "asked": _shown(attacked.asked),
        "text": attacked.text,
    }


def _arm(outcome: Outcome) -> Line:
    preparation, energy = outcome.preparation, outcome.energy
    facts = {name: _shown(value) for name, value in asdict(preparation).items() if name != "complexity"}
    complexity = preparation.complexity.json() | {"count": preparation.complexity.count}
    return {
        "arm": outcome.arm,
        "seed": outcome.seed,
        "control": outcome.control,
        "reads": outcome.reads,
        "tuned": preparation.tokens_trained > 0,
        "preparation": {**facts, "complexity": complexity},
        "answering": {"joules": _shown(energy.joules), "seconds": energy.seconds, "method": energy.method},
        "memory": {"preparation": _shown(outcome.preparation_memory), "answering": _shown(outcome.memory)},
        "latency_sample": list(outcome.latency_sample),
    }


def _shown(value: Any) -> Any:
    """A value as JSON has it: null for what is unknown."""
    if isinstance(value, float):
        return or_null(value)
    if isinstance(value, Mapping):
        return {name: _shown(part) for name, part in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _begin(record: Comparison, spec: CompareSpec, dataset: Dataset) -> dict[str, Any]:
    """Ask the addresses once, keep the questions and documents, and look for questions that give themselves away."""
    endpoints = _probe_all(spec)
    documents = dataset.corpus.documents
    known = {
        "questions": {q.id: _question(q) for q in (*dataset.questions, *dataset.general)},
        "general": [question.id for question in dataset.general],
        "documents": dict(zip(documents.meta["document"].tolist(), documents.x.tolist(), strict=True)),
    }
    write_json(record.folder / DATASET, known)
    contamination = find_contamination(dataset.corpus, (*dataset.questions, *dataset.general), spec.embedder)
    return {
        "documents": len(documents),
        "questions": len(dataset.questions),
        "trials": len(trials(spec)),
        "contamination": contamination.json(),
        "graders": {name: mark.json() for name, mark in find_grading(spec).facts.items()},
        "endpoints": endpoints,
        "prompt": prompt_form(spec.prompt, spec.model, spec.base_url).name,
        "judge": judge_of(spec, endpoints),
        "notes": [*dataset.notes, *contamination.notes(), *_partial(spec), *_drawn(endpoints), *_unpriced(spec)],
    }


def _addresses(spec: CompareSpec) -> list[tuple[str, str]]:
    """The models that a spec names at an address, with that address."""
    named = {spec.model: spec.base_url, spec.judge: spec.judge_url}
    return [(model, address) for model, address in named.items() if model and address]


def _probe_all(spec: CompareSpec) -> dict[str, dict[str, Any]]:
    """What each address of a spec does with the options that it is sent, by model; each is asked a few times, once.

    Raises DataError where one does not answer at all.
    """
    found = {}
    for model, address in _addresses(spec):
        need("aiohttp", f"the served model {model}")
        from ..answering.probe import probe

        found[model] = probe(Endpoint(model, address))
    return found


def _drawn(endpoints: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """A sentence for each server that takes no temperature, so that its answers are drawn."""
    return [
        f"The server of {model} takes no temperature: its answers are drawn, and another run may have others."
        for model, known in endpoints.items()
        if "temperature" in known["manners"]["refused"]
    ]


def _partial(spec: CompareSpec) -> list[str]:
    """A sentence where the judge is the model that it judges."""
    same = spec.judge == spec.model and spec.judge_url == spec.base_url
    return ["The judge is the model that it judges, and models favour their own answers."] if same else []


def _unpriced(spec: CompareSpec) -> list[str]:
    """A sentence where prices were given, and none of them is of the model or the machine that answers."""
    if not spec.prices:
        return []
    return unpriced(spec.prices, spec.model if spec.base_url else "", spec.machine or "")


def _question(question: Question) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(question).items()}
