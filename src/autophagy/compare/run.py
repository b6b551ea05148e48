"""A recorded comparison: every arm's answers, written to a run folder as they come."""

import json
import math
import shutil
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

import tomli_w

from ..core.errors import AutophagyError, RecordError
from ..core.files import Line, append, claimed, writing
from ..core.machine import available_cores, surroundings
from ..core.questions import Graded, Question
from ..core.registry import load_plugin
from .compare import Outcome, Try, compare, refuse, tries
from .examine import probe_all
from .injection import Obeyed
from .leaks import find_leaks
from .record import ANSWERS, ARMS, ORDERS, PASSAGES, SPEC, SUBJECT, Comparison, _rewrite
from .spec import CompareSpec
from .subject import GENERAL, Subject, load_subject


def run_comparison(spec: CompareSpec, out: str | Path, *, resume: bool = False, progress: Any = None) -> Comparison:
    """Run a comparison and record it in the folder `out`; with `resume`, go on without the arms that are done.

    `progress(outcome, left)` is told of each try. Raises AutophagyError; whatever was finished stays in the folder.
    """
    for path in spec.plugins:
        load_plugin(path)
    plan = tries(spec)
    subject = load_subject(spec)
    refuse(spec, subject)
    record = Comparison(out)
    try:
        _check(record, spec, subject, resume)
    except OSError as error:
        raise RecordError(f"{out} cannot be read ({error.strerror}): give --out another folder.") from error
    begun = (record.folder / SPEC).exists()
    endpoints = {} if begun else probe_all(spec)
    with claimed(record.folder) as made:
        if not begun:
            _begin(record, spec, subject, endpoints)
        try:
            _go_on(record, spec, subject, plan, progress)
        except AutophagyError:
            if not begun and not record.arms():
                _take_back(record.folder, made)
            raise
    return record


def _go_on(record: Comparison, spec: CompareSpec, subject: Subject, plan: Sequence[Try], progress: Any) -> None:
    done = {(line["arm"], line["seed"]) for line in record.arms()}
    _rewrite(record.folder / ANSWERS, record.answers())  # what a killed arm has answered is asked anew
    if (record.folder / ORDERS).exists():
        _rewrite(record.folder / ORDERS, record.orders())
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
    with writing(record.folder / "DONE"):
        pass


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


def _begin(record: Comparison, spec: CompareSpec, subject: Subject, endpoints: Mapping[str, Any]) -> None:
    documents = subject.corpus.documents
    leaks = find_leaks(subject.corpus, (*subject.questions, *subject.general), spec.embedder)
    environment = surroundings(spec.plugins, available_cores()) | {
        "digest": subject.digest,
        "documents": len(documents),
        "questions": len(subject.questions),
        "leaks": leaks.json(),
        "endpoints": endpoints,
        "notes": [*subject.notes, *leaks.notes(), *_partial(spec)],
    }
    known = {
        "questions": {q.id: _question(q) for q in (*subject.questions, *subject.general)},
        "general": [question.id for question in subject.general],
        "documents": dict(zip(documents.meta["document"].tolist(), documents.x.tolist(), strict=True)),
    }
    for name, value in {"environment.json": environment, SUBJECT: known}.items():
        with writing(record.folder / name) as file:
            file.write(json.dumps(value, indent=1).encode())
    with writing(record.folder / SPEC) as file:
        tomli_w.dump(spec.to_dict(), file)


def _partial(spec: CompareSpec) -> list[str]:
    """A sentence where the judge is the model that it judges."""
    same = spec.judge == spec.model and spec.judge_url == spec.base_url
    return ["The judge is the model that it judges, which favours its own answers."] if same else []


def _question(question: Question) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(question).items()}


def _check(record: Comparison, spec: CompareSpec, subject: Subject, resume: bool) -> None:
    folder = record.folder
    if folder.is_file():
        raise RecordError(f"{folder} is a file: give --out a folder.")
    if not folder.exists() or not any(folder.glob("[!.]*")):
        return
    if not (folder / SPEC).exists():
        if not (folder / "environment.json").exists() or (folder / ARMS).exists():
            raise RecordError(f"{folder} is not empty and no comparison: give --out another folder.")
        return
    try:
        old, digest = tomllib.loads((folder / SPEC).read_text(encoding="utf-8")), record.environment()["digest"]
    except (ValueError, KeyError) as error:
        raise RecordError(f"{folder} has a damaged spec or environment: give --out another folder.") from error
    new = spec.to_dict()
    if old != new:
        changed = ", ".join(sorted(k for k in old.keys() | new.keys() if old.get(k) != new.get(k)))
        raise RecordError(f"{folder} holds a run of another spec ({changed} differ): give --out another folder.")
    if digest != subject.digest:
        raise RecordError(
            f"the documents or questions have changed since {folder} was begun: give --out another folder."
        )
    if not resume:
        state = "finished" if record.done else "unfinished"
        raise RecordError(f"{folder} holds a {state} run of this spec: add --resume, or give --out another folder.")


def _take_back(folder: Path, made: Sequence[Path]) -> None:
    """Remove what a run that finished nothing has written, and the folders that were made for it."""
    for name in ("work", "logs"):
        shutil.rmtree(folder / name, ignore_errors=True)
    with suppress(OSError):
        for name in (SPEC, "environment.json", SUBJECT, ANSWERS, PASSAGES, ORDERS, ".lock"):
            (folder / name).unlink(missing_ok=True)
        for one in made:
            one.rmdir()
