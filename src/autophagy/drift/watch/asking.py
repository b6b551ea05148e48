"""Asking: today's answers from the model that a snapshot was recorded from, decoded as it was then."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...answering.kept import keeping
from ...core.errors import AutophagyError
from ...core.files import append
from ...core.folder import ASKED
from ...core.logged import Logged
from ...core.registry import load_plugin
from ...data.logs.snapshot import answer_line
from ..snapshot.asking import TaskPrompt, ask
from ..snapshot.model import SnapshotModel
from ..snapshot.record import SnapshotRecord
from ..snapshot.spec import SnapshotSpec
from .bank import TaskBank, digest
from .designs import FIXED, choose
from .looks import Looks

EACH = 50  # prompts of a task that a look asks for where each recorded answer is used once
LOOK = 10_000  # the number of the first look's answers, which no recorded answer has, so that none has its seed
DAILY = "daily.jsonl"  # the answers of all looks, as they came


def decoding_of(folder: Path) -> str:
    """How the answers of a snapshot were decoded, as one text."""
    spec = SnapshotRecord(folder).spec()
    return json.dumps({"temperature": spec.temperature, "max_tokens": spec.max_tokens, "system": spec.system})


def ask_today(
    folder: Path,
    banks: Mapping[str, TaskBank],
    looks: Looks,
    most: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    **limits: Any,
) -> tuple[list[Logged], str]:
    """The answers that came, each to a prompt asked once, and why no more did; they are kept in the folder too.

    What was answered on the same day to a look that was stopped is not asked again, until a look is kept.
    `most` prompts of each task are asked (default: all, or 50 where each recorded answer is used once). `limits` are
    `connections` and `per_minute`, how hard a server is asked.
    """
    spec: SnapshotSpec = SnapshotRecord(folder).spec()
    prompts, rows = to_ask(banks, looks, most), list[Logged]()
    if not prompts:
        return rows, "the recorded answers are used up"
    sample = LOOK + len(looks.lines)
    try:
        for path in spec.plugins:
            load_plugin(path)
        with keeping(folder / ASKED, f"{sample} on {datetime.now(UTC):%Y-%m-%d}"):
            for row in ask(SnapshotModel(spec, **limits).find(), prompts, [sample], spec.decoding):
                rows.append(row)
                append(folder / DAILY, [answer_line(row, spec.decoding.seed_of(row.task, row.question.id, sample))])
                if progress:
                    progress("answers", len(rows), len(prompts))
    except AutophagyError as error:  # such as a server that is down: no evidence either way
        return rows, str(error)
    return rows, ""


def to_ask(banks: Mapping[str, TaskBank], looks: Looks, most: int | None = None) -> list[TaskPrompt]:
    """The prompts of the next look: the same each time, or those whose recorded answers were used least."""
    each = {name: min(most or EACH, len(bank.prompts)) for name, bank in banks.items()}
    begun = any(line["tasks"] for line in looks.current)
    design = looks.last["design"] if begun else choose(banks, each)
    found = []
    for name, bank in banks.items():
        used = looks.used(name, bank.facts(marked=False)["prompts"])
        spent = {key: sum((key, sample) in used for sample in each.recorded) for key, each in bank.prompts.items()}
        if design == FIXED:
            ranked = sorted(bank.prompts, key=digest)[: most or None]
        else:
            left = [key for key, prompt in bank.prompts.items() if spent[key] < len(prompt.recorded)]
            ranked = sorted(left, key=lambda key: (spent[key], digest(key)))[: each[name]]
        found += [TaskPrompt(bank.task, bank.prompts[key].question) for key in ranked]
    return found
