"""The slider over the generations of a run, as plain values: a panel a regime, of pictures or of texts."""

from collections.abc import Mapping
from typing import Any

from ...loop.table import Table
from ...statistics.intervals import Score
from ..table import Swatch
from .folder import Run
from .slides import Slides, figures


def text_slider(key: str, player: Mapping[str, Any] | None, hues: Mapping[str, str]) -> dict[str, Any]:
    """What the template shows of texts; no panels where none are kept."""
    if player is None:
        return {"panels": []}
    panels = [Swatch(panel["label"], hues[panel["label"]]) for panel in player["panels"]]
    return {"key": key, "panels": panels, **_range(player["generations"])}


def picture_slider(
    key: str, run: Run, slides: Slides, baseline: Mapping[str, Score], hues: Mapping[str, str]
) -> dict[str, Any]:
    """What the template shows of pictures; no panels where no rows can be drawn."""
    if not slides.generations or slides.real is None:
        return {"panels": [], "notes": slides.notes}
    real = {
        "swatch": Swatch("real, held out", mark="real"),
        "uri": slides.real.uri,
        "note": slides.real.note,
        "figures": figures(baseline, run.legend),
    }
    return {
        "key": key,
        "style": "tiles" if run.data.get("kind") == "image" else "plot",
        "real": real,
        "panels": [Swatch(regime, hues[regime]) for regime in slides.frames],
        "notes": slides.notes,
        **_range(slides.generations),
    }


def picture_player(run: Run, slides: Slides, cells: Table) -> dict[str, Any]:
    """What the script shows: by regime the pictures, notes and headline scores of each drawn generation."""
    panels = [
        {
            "label": regime,
            "frames": [frames[g].uri if g in frames else None for g in slides.generations],
            "notes": [frames[g].note if g in frames else "" for g in slides.generations],
            "figures": [
                figures(_scores(cells.get(regime, {}).get(g, {}), run), run.legend) for g in slides.generations
            ],
        }
        for regime, frames in slides.frames.items()
    ]
    return {"generations": slides.generations, "panels": panels}


def _range(generations: list[int]) -> dict[str, int]:
    return {"last": generations[-1], "steps": len(generations) - 1}


def _scores(cell: Mapping[str, Mapping[int, float]], run: Run) -> dict[str, Score]:
    return {name: run.legend.score(name, seeds.values()) for name, seeds in cell.items()}
