"""The slider over the generations of a run, as plain values: a panel a regime, of pictures or of texts."""

from collections.abc import Mapping
from typing import Any

from ...charts.colours import colour
from ...loop.table import Table
from ...statistics.intervals import Score
from ..table import Swatch
from .folder import Run
from .slides import Slides, figures


def text_slider(key: str, player: Mapping[str, Any] | None, hues: Mapping[str, int]) -> dict[str, Any]:
    """What the template shows of texts, those of the last generation; no panels where none are kept."""
    if player is None:
        return {"panels": []}
    return {"key": key, "panels": _panels(player, hues), **_range(player["generations"])}


def picture_slider(
    key: str, run: Run, slides: Slides, player: Mapping[str, Any], baseline: Mapping[str, Score],
    hues: Mapping[str, int],
) -> dict[str, Any]:  # fmt: skip
    """What the template shows of pictures, those of the last generation; no panels where no rows can be drawn."""
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
        "panels": _panels(player, hues),
        "notes": slides.notes,
        **_range(slides.generations),
    }


def _panels(player: Mapping[str, Any], hues: Mapping[str, int]) -> list[dict[str, Any]]:
    """Each panel as it stands before the slider is moved, and where no script runs."""
    return [
        {
            "swatch": Swatch(panel["label"], colour(hues[panel["label"]])),
            "frame": panel["frames"][-1],
            "note": panel["notes"][-1] if panel["frames"][-1] else "not recorded",
            "figures": panel["figures"][-1],
        }
        for panel in player["panels"]
    ]


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
    return {"first": generations[0], "last": generations[-1], "steps": len(generations) - 1}


def _scores(cell: Mapping[str, Mapping[int, float]], run: Run) -> dict[str, Score]:
    return {name: run.legend.score(name, seeds.values()) for name, seeds in cell.items()}
