"""Pictures of rows: a grid of tiles for images, dots or bars for vectors; each a PNG as a data URI."""

import base64
import io
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...core.errors import need
from ...core.samples import Array

TILES = 6  # tiles along each side of a grid
TILE = 32  # pixels that a tile may be wide; larger images are shown smaller
SIDE = 320  # pixels along each side of a scatter plot
DOTS = 500  # of a scatter plot: more lie on top of one another
APART = 20.0  # times that columns of one unit hardly ever differ in their deviations
MARGIN = 1.6  # how far the frame reaches, in half-widths of the central 98 % of the real rows


@dataclass(frozen=True)
class Picture:
    """A picture as a data URI, and what it cannot show."""

    uri: str
    note: str = ""


Painter = Callable[[Array, str], Picture]


def painter(kind: str, real: Array) -> tuple[Painter, int] | None:
    """What draws the rows of a run, on scales that its real rows set, and how many rows it wants.

    None where rows of this kind cannot be drawn.
    """
    real = real.astype(np.float64)
    if not len(real) or not np.isfinite(real).all():
        return None
    if kind == "image" and real.ndim in (3, 4):
        low, high = float(real.min()), float(real.max())
        return (lambda x, colour: tiles(x, low, high)), TILES * TILES
    if kind == "vector" and real.ndim == 2 and real.shape[1] >= 1:
        return (_bars(real) if real.shape[1] == 1 else _dots(real)), DOTS
    return None


def tiles(x: Array, low: float, high: float) -> Picture:
    """Images (n, h, w), (n, h, w, c) or (n, c, h, w) as a grid, black at `low` and white at `high`."""
    images = _channels_last(np.nan_to_num(x.astype(np.float64), nan=low, posinf=high, neginf=low))
    shades = np.clip((images - low) / (high - low or 1.0) * 255, 0, 255).round().astype(np.uint8)
    step = math.ceil(max(shades.shape[1:3]) / TILE)
    n, height, width, channels = (shades := shades[: TILES * TILES, ::step, ::step]).shape
    grid = np.zeros((TILES * (height + 1) - 1, TILES * (width + 1) - 1, channels + 1), np.uint8)
    for index, tile in enumerate(shades):
        row, column = divmod(index, TILES)
        place = grid[row * (height + 1) :, column * (width + 1) :][:height, :width]
        place[..., :channels], place[..., channels] = tile, 255
    image = need("PIL.Image", "the report")
    note = "" if n == TILES * TILES else f"only {n} rows"
    return Picture(_uri(image.fromarray(grid, "LA" if channels == 1 else "RGBA")), note)


def _channels_last(x: Array) -> Array:
    if x.ndim == 3:
        return x[..., None]
    if x.shape[-1] not in (1, 3) and x.shape[1] in (1, 3):
        x = np.moveaxis(x, 1, -1)
    return x if x.shape[-1] in (1, 3) else x[..., :1]


def _dots(real: Array) -> Painter:
    """Scatter plots of the plane that the real rows fill most, with the real rows in grey underneath.

    Columns of which one varies far more than another, as a table of many units has, count by their own deviation: the
    largest would else draw a line.
    """
    centre, spread = real.mean(axis=0), real.std(axis=0)
    varied = spread[spread > 0]
    unit = np.where(spread > 0, spread, 1.0) if varied.size and varied.max() > APART * varied.min() else 1.0
    axes = np.eye(2) if real.shape[1] == 2 else np.linalg.svd((real - centre) / unit, full_matrices=False)[2][:2].T
    flat = (real - centre) / unit @ axes
    low, high = np.quantile(flat, [0.01, 0.99], axis=0)
    middle, reach = (low + high) / 2, MARGIN * float((high - low).max()) / 2 or 1.0

    def place(x: Array) -> Array:
        placed: Array = ((x.astype(np.float64) - centre) / unit @ axes - middle) / reach
        return placed

    ground = place(real[:DOTS])

    def draw(x: Array, colour: str) -> Picture:
        x = place(x[:DOTS])
        return Picture(_plot([(ground, "#8a8f9860"), (x, colour)]), _outside(np.abs(x).max(axis=1, initial=0), len(x)))

    return draw


def _plot(layers: list[tuple[Array, str]]) -> str:
    image, draw_on = need("PIL.Image", "the report"), need("PIL.ImageDraw", "the report")
    canvas = image.new("RGBA", (2 * SIDE, 2 * SIDE), (0, 0, 0, 0))
    pen = draw_on.Draw(canvas)
    for points, colour in layers:
        for across, up in points[np.isfinite(points).all(axis=1) & (np.abs(points).max(axis=1, initial=0) <= 1)]:
            x, y = SIDE * (1 + across), SIDE * (1 - up)
            pen.ellipse((x - 5, y - 5, x + 5, y + 5), fill=colour)
    return _uri(canvas.resize((SIDE, SIDE), image.Resampling.LANCZOS).quantize(48, image.Quantize.FASTOCTREE))


def _bars(real: Array) -> Painter:
    """Histograms of the only column, with that of the real rows in grey behind."""
    low, high = np.quantile(real, [0.01, 0.99])
    middle, reach = (low + high) / 2, MARGIN * float(high - low) / 2 or 1.0
    edges = np.linspace(-1, 1, 31)
    ground = np.histogram((real[:, 0] - middle) / reach, edges)[0] / len(real)
    top = 2 * float(ground.max()) or 1.0

    def draw(x: Array, colour: str) -> Picture:
        place = (x[:DOTS, 0].astype(np.float64) - middle) / reach
        shares = np.histogram(place[np.isfinite(place)], edges)[0] / max(1, len(place))
        image, draw_on = need("PIL.Image", "the report"), need("PIL.ImageDraw", "the report")
        canvas = image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
        pen = draw_on.Draw(canvas)
        width = SIDE / len(shares)
        for values, fill, inset in ((ground, "#8a8f9890", 0), (shares, colour, 2)):
            for index, share in enumerate(values):
                height = SIDE * min(1.0, share / top)
                if height >= 1:
                    box = (index * width + inset, SIDE - height, (index + 1) * width - 1 - inset, SIDE)
                    pen.rectangle(box, fill=fill)
        return Picture(_uri(canvas), _outside(np.abs(place), len(place)))

    return draw


def _outside(distance: Array, n: int) -> str:
    outside = n - int(np.count_nonzero(distance <= 1))
    return f"{outside} of {n} rows outside the frame" if outside else ""


def _uri(image: Any) -> str:
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()
