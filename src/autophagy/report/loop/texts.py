"""Text under the slider: what each generation writes, and a real passage with the words that it no longer writes."""

import re
from collections.abc import Iterable
from typing import Any

from ...core.samples import Samples
from ...loop.record import Record
from ...text.words import TOKEN, tokenize
from ..points import thinned
from .folder import Run

Segment = tuple[str, bool]  # a stretch of text, and whether its words are lost

MADE, CHARACTERS, MOST = 2, 700, 60  # passages shown of each generation, their length, and the generations
WORD = re.compile(r"\w")


def player(run: Run) -> dict[str, Any] | None:
    """What the slider shows: by regime and generation what is written and what is lost; None where nothing is kept."""
    real = _texts(Record(run.folder).folder / "samples" / "real.npz")
    generations = thinned(run.generations, MOST)
    if not real or not generations:
        return None
    ends = [_texts(Record(run.folder).samples_path(regime, generations[-1])) for regime in run.regimes]
    written = [_words(texts) for texts in ends]
    passage = max(real, key=lambda text: sum(_lost(text, words) for words in written))
    panels = []
    for regime in run.regimes:
        frames, notes = [], []
        for generation in generations:
            made = _texts(Record(run.folder).samples_path(regime, generation))
            frames.append(
                {"made": [_cut(text) for text in _longest(made)], "real": _marked(passage, made)} if made else None
            )
            notes.append(_note(passage, made))
        panels.append({"label": regime, "frames": frames, "notes": notes, "figures": [""] * len(generations)})
    return {"generations": generations, "panels": panels, "real": _cut(passage)}


def _texts(path: Any) -> list[str]:
    """The texts of the first seed in a samples file; none where it is missing, damaged or holds numbers."""
    from ...core.errors import RecordError

    try:
        rows: Samples = Record(path.parent).read_samples(path)
    except RecordError:
        return []
    if rows.x.dtype.kind != "T":
        return []
    if "seed" in rows.meta and len(rows):
        rows = rows.take(rows.meta["seed"] == rows.meta["seed"][0])
    texts: list[str] = rows.x.tolist()
    return texts


def _longest(texts: Iterable[str]) -> list[str]:
    """A few of the first texts that say something."""
    several = [text for text in texts if text.strip()]
    return [text for text in several if len(text) > 80][:MADE] or several[:MADE]


def _cut(text: str) -> str:
    return text if len(text) <= CHARACTERS else f"{text[:CHARACTERS].rsplit(maxsplit=1)[0]} …"


def _marked(passage: str, made: Iterable[str]) -> list[Segment]:
    """The passage in stretches of words that are still written and of words that are not."""
    passage, known = _cut(passage), _words(made)
    segments: list[Segment] = []
    end = 0
    for found in TOKEN.finditer(passage):
        token = found.group()
        lost = bool(WORD.match(token)) and token not in known
        segments += [(passage[end : found.start()], False), (token, lost)]
        end = found.end()
    merged: list[Segment] = []
    for text, lost in [*segments, (passage[end:], False)]:
        if merged and (merged[-1][1] == lost):
            merged[-1] = (merged[-1][0] + text, lost)
        elif text:
            merged.append((text, lost))
    return merged


def _words(texts: Iterable[str]) -> set[str]:
    return {token for text in texts for token in tokenize(text)}


def _note(passage: str, made: list[str]) -> str:
    words = {token for token in tokenize(_cut(passage)) if WORD.match(token)}
    return f"{_lost(passage, _words(made))} of its {len(words)} different words are no longer written." if made else ""


def _lost(passage: str, known: set[str]) -> int:
    """How many different words of a passage are not among the known ones."""
    return len({token for token in tokenize(_cut(passage)) if WORD.match(token)} - known)
