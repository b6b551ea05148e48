"""How a comparison was made: what was tuned, the spec, the machine and the versions."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from ...compare.record import SPEC, Comparison
from ..by_hand_table import table
from . import marks as marks
from .marks import Look

OPTIONS = ("greedy", "max_tokens", "stop", "system", "seed", "n", "logprobs", "usage")


def made(record: Comparison, arms: Sequence[Mapping[str, Any]], looks: Mapping[str, Look]) -> str:
    """The section at the end of the page."""
    spec = (record.folder / SPEC).read_text(encoding="utf-8", errors="replace")
    known = record.environment()
    versions = known.get("versions") or {}
    pairs = [
        ("Documents", known.get("documents")),
        ("Questions", known.get("questions")),
        ("Digest", str(known.get("digest") or "")[:16]),
        *((escape(f"{model} honours"), _honoured(found)) for model, found in (known.get("endpoints") or {}).items()),
        ("Started", known.get("started")),
        ("Processor", known.get("processor")),
        ("Cores", known.get("cores")),
        ("Memory, GiB", known.get("memory_gib")),
        ("Commit", str(known.get("commit") or "")[:12]),
        ("Versions", ", ".join(f"{name} {version}" for name, version in versions.items())),
    ]
    listed = "".join(
        f"<div><dt>{term}</dt><dd>{escape(str(value))}</dd></div>" for term, value in pairs if value not in (None, "")
    )
    return (
        f"<section><h2>How this was made</h2>{tried(arms, looks)}"
        f'<div class="two"><pre>{escape(spec.strip())}</pre><dl>{listed}</dl></div></section>'
    )


def _honoured(found: Mapping[str, Any]) -> str:
    """What a server does with the options that it is sent, in words."""
    told: dict[bool | None, list[str]] = {True: [], False: [], None: []}
    for option in OPTIONS:
        told[found.get(option)].append(option)
    words = {True: "", False: "; not ", None: "; not to be told: "}
    return "".join(words[known] + ", ".join(options) for known, options in told.items() if options).lstrip("; ")


def tried(arms: Sequence[Mapping[str, Any]], looks: Mapping[str, Look]) -> str:
    """The learning rates that were tried, with the loss of each on held-out wordings."""
    rows = []
    for arm in arms:
        details = arm["details"]
        rates = details.get("tried") if isinstance(details.get("tried"), Mapping) else None
        if details.get("learning_rate") is None:
            continue
        losses = ", ".join(f"{escape(str(rate))}: {marks.number(loss)}" for rate, loss in (rates or {}).items())
        rows.append(
            [
                looks[arm["arm"]].html,
                escape(f"{details['learning_rate']:g}"),
                losses or "given",
                "yes" if details.get("bracketed") else "no",
                f"{marks.number(details.get('best'))} of {marks.number(details.get('stopped'))}",
                escape(str(details.get("writer", "unknown"))),
            ]
        )
    head = ["Arm", "Learning rate", "Tried: held-out loss", "Between two others", "Best after, of readings", "Writer"]
    return table(head, rows, "How the arms were tuned, in their first training") if rows else ""
