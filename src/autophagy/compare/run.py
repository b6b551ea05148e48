"""A recorded comparison: every arm's answers, written to a run folder as they come."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from ..core.files import Line, append, write_json, write_lines
from ..core.folder import close, mend, opened
from ..core.machine import available_cores, surroundings
from ..core.questions import Graded, Question
from ..core.registry import load_plugin
from .compare import Outcome, Try, compare, refuse, tries
from .examine import probe_all
from .injection import Obeyed
from .leaks import find_leaks
from .record import ANSWERS, ARMS, ORDERS, PASSAGES, SUBJECT, Comparison
from .spec import CompareSpec
from .subject import GENERAL, Subject, load_subject


def run(spec: CompareSpec, out: str | Path, *, resume: bool = False, progress: Any = None) -> Comparison:
    """Run a comparison and record it in the folder `out`; with `resume`, go on without the arms that are done.

    `progress(outcome, left)` is told of each try. Raises AutophagyError; whatever was finished stays in the folder.
    """
    for path in spec.plugins:
        load_plugin(path)
    plan = tries(spec)
    subject = load_subject(spec)
    refuse(spec, subject)
    record = Comparison(out)
    environment = surroundings(spec.plugins, available_cores()) | {"digest": subject.digest}
    with opened(record, spec, environment, resume, partial(_begin, record, spec, subject)):
        mend(record.folder)
        _go_on(record, spec, subject, plan, progress)
    return record


def _go_on(record: Comparison, spec: CompareSpec, subject: Subject, plan: Sequence[Try], progress: Any) -> None:
    done = {(line["arm"], line["seed"]) for line in record.arms()}
    write_lines(record.folder / ANSWERS, record.answers())  # what a killed arm has answered is asked anew
    if (record.folder / ORDERS).exists():
        write_lines(record.folder / ORDERS, record.orders())
    todo = [one for one in plan if (one.arm, one.seed) not in done]
    if progress:
        progress(None, len(todo))
    for number, outcome in enumerate(compare(spec, subject, record.folder, todo), 1):
        append(record.folder / PASSAGES, _new_passages(record, outcome))
        append(record.folder / ANSWERS, list(_rows(outcome, subject)))
        append(record.folder / ORDERS, [_order(outcome, one) for one in outcome.attacked])
        append(record.folder / ARMS, [_arm(outcome)])
        if progress:
            progress(outcome, len(todo) - number)
    close(record.folder)


def _new_passages(record: Comparison, outcome: Outcome) -> list[Line]:
    """The passages that no arm was shown before."""
    known = record.passages()
    return [{"passage": name, "text": text} for name, text in outcome.shown.items() if known.get(name) != text]


def _rows(outcome: Outcome, subject: Subject) -> Iterator[Line]:
    """The lines of the answers of one arm with one seed."""
    layers = {question.id: question.kind for question in subject.questions}
    each = outcome.energy.joules / max(1, len(outcome.graded) + len(outcome.general))
    for graded in outcome.graded:
        yield _row(graded, layers[graded.question], each)
    for graded in outcome.general:
        yield _row(graded, GENERAL, each)


def _row(graded: Graded, kind: str, joules: float) -> Line:
    answer = {name: value for name, value in asdict(graded.answer).items() if name != "question"}
    marks = {name: _shown(value) for name, value in graded.marks.items()}
    row = {"arm": graded.arm, "seed": graded.seed, "question": graded.question, "kind": kind, **answer}
    return {name: _shown(value) for name, value in {**row, "joules": joules}.items()} | {"marks": marks}


def _order(outcome: Outcome, one: Obeyed) -> Line:
    order, question = one.attack.order, one.attack.question
    said = {"fenced": _shown(one.fenced), "bare": _shown(one.bare), "asked": _shown(one.asked), "text": one.text}
    told = {"kind": order.kind, "order": order.text, "canary": order.canary}
    return {"arm": outcome.arm, "seed": outcome.seed, "question": question.id, **told, **said}


def _arm(outcome: Outcome) -> Line:
    setup = outcome.setup
    facts = {name: _shown(value) for name, value in asdict(setup).items() if name != "complexity"}
    energy = {
        "joules": _shown(outcome.energy.joules),
        "seconds": outcome.energy.seconds,
        "method": outcome.energy.method,
    }
    complexity = setup.complexity.json() | {"count": setup.complexity.count}
    setup_facts = {**facts, "complexity": complexity}
    what = {"control": outcome.control, "reads": outcome.reads, "tuned": setup.tokens_trained > 0}
    memory = {"setup": _shown(outcome.setup_memory), "answering": _shown(outcome.memory)}
    told = {"setup": setup_facts, "answering": energy, "memory": memory, "alone": list(outcome.alone)}
    return {"arm": outcome.arm, "seed": outcome.seed, **what, **told}


def _shown(value: Any) -> Any:
    """A value as JSON has it: null for what is unknown."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {name: _shown(part) for name, part in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _begin(record: Comparison, spec: CompareSpec, subject: Subject) -> dict[str, Any]:
    """Ask the addresses once, keep the questions and documents, and look for questions that give themselves away."""
    endpoints = probe_all(spec)
    documents = subject.corpus.documents
    known = {
        "questions": {q.id: _question(q) for q in (*subject.questions, *subject.general)},
        "general": [question.id for question in subject.general],
        "documents": dict(zip(documents.meta["document"].tolist(), documents.x.tolist(), strict=True)),
    }
    write_json(record.folder / SUBJECT, known)
    leaks = find_leaks(subject.corpus, (*subject.questions, *subject.general), spec.embedder)
    return {
        "documents": len(documents),
        "questions": len(subject.questions),
        "leaks": leaks.json(),
        "endpoints": endpoints,
        "notes": [*subject.notes, *leaks.notes(), *_partial(spec)],
    }


def _partial(spec: CompareSpec) -> list[str]:
    """A sentence where the judge is the model that it judges."""
    same = spec.judge == spec.model and spec.judge_url == spec.base_url
    return ["The judge is the model that it judges, which favours its own answers."] if same else []


def _question(question: Question) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(question).items()}
