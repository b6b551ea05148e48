"""Images: PNG and JPEG files of one size, in a folder or in the cells of a table."""

import io
import struct
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ...core.errors import DataError, need
from ...core.samples import Array
from .rows import FileRows

SUFFIXES = (".png", ".jpg", ".jpeg")


def read_images(paths: Sequence[Path], where: Path) -> FileRows:
    """All images of the commonest size, grey where all of them are; the folder that one lies in is its label."""
    if not any(path.parent == where for path in paths):
        label = np.array([str(path.parent.relative_to(where)) for path in paths], dtype=np.dtypes.StringDType())
    else:
        label = None
    images = [_decode(path) for path in paths]
    broken = sum(image is None for image in images)
    sizes = Counter(image.shape[:2] for image in images if image is not None)
    if not sizes:
        raise DataError(f"{where} holds {len(paths)} image files of which none can be read: check one in a viewer.")
    size = sizes.most_common(1)[0][0]
    keep = np.array([image is not None and image.shape[:2] == size for image in images])
    odd = len(paths) - broken - int(keep.sum())
    notes = [f"{broken} files were set aside because they cannot be read as images."] if broken else []
    notes += [f"{odd} images were set aside because they are not {size[1]} x {size[0]} pixels."] if odd else []
    x = np.stack(_alike([image for image in images if image is not None and image.shape[:2] == size]))
    return FileRows(x, None if label is None else label[keep], broken + odd, notes)


def decode_cells(cells: Sequence[Any], where: str) -> list[Any]:
    """The cells of a column, with images in the form {"bytes": ...} (as hub data sets hold them) as arrays."""
    if not any(isinstance(cell, dict) for cell in cells):
        return list(cells)
    files = [cell.get("bytes") if isinstance(cell, dict) else None for cell in cells]
    images = [_decode(io.BytesIO(file)) if isinstance(file, bytes) else None for file in files]
    alike = iter(_alike([image for image in images if image is not None]))
    return [None if image is None else next(alike) for image in images]


def _alike(images: list[Array]) -> list[Array]:
    """Grey images take three equal channels where others have colour."""
    if len({image.ndim for image in images}) < 2:
        return images
    return [np.repeat(image[..., None], 3, axis=2) if image.ndim == 2 else image for image in images]


def _decode(file: Path | io.BytesIO) -> Array | None:
    """The pixels (h, w) or (h, w, 3) uint8, or None where the file is no image that can be read."""
    pillow = need("PIL.Image", "reading images")
    try:
        with pillow.open(file) as image:
            return np.asarray(image.convert("L" if image.mode in ("1", "L", "LA") else "RGB"))
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, pillow.DecompressionBombError):
        return None
