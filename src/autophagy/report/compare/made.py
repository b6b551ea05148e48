"""How a comparison was made: what was tuned, the spec, the machine and the versions."""

import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from ...compare.record import Comparison
from ...core.folder import SPEC
from ...cost.footprint import footprint
from ..table import GroupedTable, table
from . import marks
from .marks import Look

AGAIN = "another-folder"  # of the command that makes a comparison once more
OPTIONS = ("greedy", "max_tokens", "stop", "system", "seed", "n", "logprobs", "usage")


def made(record: Comparison, arms: Sequence[Mapping[str, Any]], looks: Mapping[str, Look]) -> dict[str, Any]:
    """What the section at the end of the page shows."""
    spec = (record.folder / SPEC).read_text(encoding="utf-8", errors="replace")
    known = record.environment()
    versions = known.get("versions") or {}
    pairs = [
        ("Documents", known.get("documents")),
        ("Questions", known.get("questions")),
        ("Digest", str(known.get("digest") or "")[:16]),
        *((f"{model} honours", _honoured(options)) for model, options in (known.get("endpoints") or {}).items()),
        ("Started", known.get("started")),
        ("Processor", known.get("processor")),
        ("Cores", known.get("cores")),
        ("llama.cpp threads", known.get("llama_cpp_threads")),
        ("Memory, GiB", known.get("memory_gib")),
        ("Energy", str(footprint(record.folder))),
        ("Commit", str(known.get("commit") or "")[:12]),
        ("Versions", ", ".join(f"{name} {version}" for name, version in versions.items())),
    ]
    facts = [(term, str(value)) for term, value in pairs if value not in (None, "")]
    again = f"autophagy compare --spec {shlex.quote(str(record.folder / SPEC))} --out {AGAIN}"
    return {"tried": tried(arms, looks), "spec": spec.strip(), "facts": facts, "command": again}


def _honoured(known: Mapping[str, Any]) -> str:
    """What a server does with the options that it is sent, in words."""
    answers: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for option in OPTIONS:
        answers[known.get(option)].append(option)
    words = {True: "", False: "; not ", None: "; unknown: "}
    honoured = "".join(words[how] + ", ".join(options) for how, options in answers.items() if options).lstrip("; ")
    return "; ".join([honoured, *_manners(known.get("manners") or {})])


def _manners(known: Mapping[str, Any]) -> list[str]:
    """What a server wants otherwise than others, in words."""
    renamed = [f"calls {name} {other}" for name, other in (known.get("names") or {}).items()]
    refused = [f"refuses {name}" for name in known.get("refused") or ()]
    return [*renamed, *refused]


def tried(arms: Sequence[Mapping[str, Any]], looks: Mapping[str, Look]) -> GroupedTable | None:
    """The learning rates that were tried, with the loss of each on held-out wordings; None where nothing was tuned."""
    rows = []
    for arm in arms:
        details = arm["details"]
        rates = details.get("tried") if isinstance(details.get("tried"), Mapping) else None
        if details.get("learning_rate") is None:
            continue
        losses = ", ".join(f"{rate}: {marks.number(loss)}" for rate, loss in (rates or {}).items())
        rows.append(
            [
                looks[arm["arm"]],
                f"{details['learning_rate']:g}",
                losses or "given",
                "yes" if details.get("bracketed") else "no",
                f"{marks.number(details.get('best'))} of {marks.number(details.get('stopped'))} readings",
                str(details.get("writer", "unknown")),
            ]
        )
    head = [
        "Arm",
        "Learning rate",
        "Tried: held-out loss",
        "Between two tried rates",
        "Best after",
        "Writer",
    ]
    return table(head, rows, "How the arms were fine-tuned, in their first training run") if rows else None
