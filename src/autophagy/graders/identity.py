"""Which judge it was: what its verdicts hang on, as a record keeps it, and how it changed."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..core.questions import Answer, Question
from .judge import RUBRIC, prompt

ASKED = Question("q", "question", ("reference",)), Answer("q", "candidate")  # of which a digest of the prompt is taken
WHAT = {"model": "model", "reports": "name on its server", "build": "build", "weights": "weights", "prompt": "prompt"}
START = 1 << 20  # bytes of a file of weights that its digest reads from either end


def judge_facts(
    model: str, *, weights: Path | None = None, reports: str = "", build: str = "", rubric: str = RUBRIC
) -> dict[str, str]:
    """What the verdicts of a judge hang on: its model, weights on disk, what a server reports, and the prompt.

    `weights` is the file or the folder of a local model; of each file there its name, size and both ends count.
    """
    texts = [prompt(*ASKED, rubric=rubric, turned=turned) for turned in (False, True)]
    return {
        "model": model,
        "reports": reports,
        "build": build,
        "weights": _weights(weights) if weights and weights.exists() else "",
        "prompt": _digest(*(text.encode() for text in texts)),
    }


def judge_change(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """How the judge changed, which voids a comparison of its marks, as half a sentence; empty where it is the same.

    What either side does not know, such as the build of a server that tells none, is no difference.
    """
    if not before and not after:
        return ""
    if not before or not after:
        return f"a judge marked the answers {'before' if before else 'after'} alone: judge both with one"
    told = [
        f"its {words} was {before[name]} and is {after[name]}"
        for name, words in WHAT.items()
        if before.get(name) and after.get(name) and before[name] != after[name]
    ]
    return f"the judge changed ({', '.join(told)}): judge both with one" if told else ""


def _weights(path: Path) -> str:
    files = sorted(each for each in (path.rglob("*") if path.is_dir() else [path]) if each.is_file())
    parts = []
    for file in files:
        size = file.stat().st_size
        with file.open("rb") as opened:
            start = opened.read(START)
            opened.seek(max(0, size - START))
            parts += [f"{file.name}:{size}".encode(), start, opened.read(START)]
    return _digest(*parts)


def _digest(*parts: bytes) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:16]
