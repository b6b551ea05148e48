"""Images: the pictures of many files as one array, and what has to be told of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ...core.errors import DataError, Unreadable
from ...core.samples import Array
from .classes import classes
from .pictures import OPAQUE, DecodedImage, read_pictures
from .rows import FileRows
from .walk import counted

TOLD = {
    "turned": "turned upright, as their EXIF says",
    "animated": "read as the first picture of an animation",
    "16-bit grey": "read with 16 bits, so that 65,535 is white",
    "16-bit colour": "read with 8 of their 16 bits a colour",
}
EXAMPLES = 3  # names in a note of what was done to images that were read

Named = tuple[str, DecodedImage]


def read_images(paths: Sequence[Path], where: Path) -> FileRows:
    """All images of the commonest size, grey where all of them are; the folder that one lies in is its label."""
    pictures: list[Named] = []
    owners: list[Path] = []
    aside: list[str] = []
    for path in paths:
        name = path.relative_to(where).as_posix()
        try:
            pages = read_pictures(path, name)
        except Unreadable as error:
            aside.append(f"{name} ({error.reason})")
        else:
            pictures += [(name, page) for page in pages]
            owners += [path] * len(pages)
    if not pictures:
        raise DataError(
            f"{where} holds {len(paths)} image files of which none can be read ({', '.join(aside[:3])}): "
            "check one in a viewer."
        )
    note = counted(aside, len(paths), "image files", "set aside")
    labels, told = classes(owners, where, "image")
    rows = _together(pictures, labels)
    return replace(rows, unreadable=rows.unreadable + len(aside), notes=[*filter(None, [note]), *told, *rows.notes])


def read_pages(path: Path) -> FileRows:
    """The pages of one file; raises DataError where it is one image alone."""
    pages = read_pictures(path, str(path))
    if len(pages) < 2:
        raise DataError(f"{path} is one image: give the folder of all of them.")
    rows = _together([(f"page {number}", page) for number, page in enumerate(pages, 1)], None)
    return replace(rows, notes=["One image is a page of the file.", *rows.notes])


def decode_cells(cells: Sequence[Any], where: str) -> list[Any]:
    """The cells of a column, with images in the form {"bytes": ...} (as hub data sets hold them) as arrays."""
    return decoded_cells(cells, where)[0]


def decoded_cells(cells: Sequence[Any], where: str) -> tuple[list[Any], list[str]]:
    """The same, with what has to be told; a cell whose image cannot be read is None."""
    if not any(isinstance(cell, dict) for cell in cells):
        return list(cells), []
    pictures: dict[int, Named] = {}
    for number, cell in enumerate(cells):
        file = cell.get("bytes") if isinstance(cell, dict) else None
        if isinstance(file, bytes):
            name = f"row {number + 1}"
            try:
                pictures[number] = name, read_pictures(file, name)[0]
            except Unreadable:
                continue
    arrays, notes = _alike(list(pictures.values()))
    by_row = dict(zip(pictures, arrays, strict=True))
    return [by_row.get(number) for number in range(len(cells))], notes


def _together(named: list[Named], labels: Array | None) -> FileRows:
    """The pictures of the commonest kind and size as one array; the others are set aside and told."""
    bounded = Counter(picture.bounded for _, picture in named).most_common(1)[0][0]
    same = [picture.bounded == bounded for _, picture in named]
    sizes = Counter(picture.pixels.shape[:2] for (_, picture), fits in zip(named, same, strict=True) if fits)
    size = sizes.most_common(1)[0][0]
    keep = np.array([fits and pic.pixels.shape[:2] == size for (_, pic), fits in zip(named, same, strict=True)])
    what = "bytes" if bounded else "numbers"
    other = [name for (name, _), fits in zip(named, same, strict=True) if not fits]
    odd = [
        f"{name} ({picture.pixels.shape[1]} x {picture.pixels.shape[0]})"
        for (name, picture), fits, kept in zip(named, same, keep, strict=True)
        if fits and not kept
    ]
    aside = [
        counted(other, len(named), "images", f"set aside for not holding {what}, as most do"),
        counted(odd, len(named), "images", f"set aside for not being {size[1]} x {size[0]} pixels"),
    ]
    arrays, notes = _alike([one for one, kept in zip(named, keep, strict=True) if kept])
    label = None if labels is None else labels[keep]
    return FileRows(np.stack(arrays), label, len(other) + len(odd), [*filter(None, aside), *notes])


def _alike(named: list[Named]) -> tuple[list[Array], list[str]]:
    """The pixels of all pictures with one number of channels and one type, over a ground where they are transparent."""
    total = len(named)
    told = [
        counted([name for name, p in named if fact in p.facts], total, "images", what, EXAMPLES)
        for fact, what in TOLD.items()
    ]
    flat, ground = _opaque(named)
    arrays, channels = _channels([name for name, _ in named], flat)
    if len({array.dtype for array in arrays} & {np.dtype(np.uint8), np.dtype(np.float32)}) > 1:
        arrays = [array / np.float32(OPAQUE) if array.dtype == np.uint8 else array for array in arrays]
    return arrays, [*filter(None, [*told, ground, channels])]


def _opaque(named: list[Named]) -> tuple[list[Array], str]:
    """The pixels of all pictures, those that are transparent laid over white, or black where white would hide them."""
    clear = [name for name, picture in named if picture.alpha is not None]
    if not clear:
        return [picture.pixels for _, picture in named], ""
    over = [_over(picture, OPAQUE) for _, picture in named]
    seen = any(np.ptp(array) for array, (_, picture) in zip(over, named, strict=True) if picture.alpha is not None)
    if not seen:
        over = [_over(picture, 0) for _, picture in named]
    return over, counted(
        clear, len(named), "images", f"transparent and laid over {'white' if seen else 'black'}", EXAMPLES
    )


def _over(picture: DecodedImage, ground: int) -> Array:
    if picture.alpha is None:
        return picture.pixels
    share = picture.alpha.astype(np.float64) / OPAQUE
    share = share if picture.pixels.ndim == 2 else share[..., None]
    return np.rint(share * picture.pixels + (1 - share) * ground).astype(np.uint8)


def _channels(names: list[str], arrays: list[Array]) -> tuple[list[Array], str]:
    """Grey images take three equal channels where others have colour."""
    coloured = [name for name, array in zip(names, arrays, strict=True) if array.ndim == 3]
    grey = len(arrays) - len(coloured)
    if not coloured or not grey:
        return arrays, ""
    note = counted(
        coloured, len(arrays), "images", f"in colour, so that the {grey:,} in grey took three equal channels"
    )
    return [array if array.ndim == 3 else np.repeat(array[..., None], 3, axis=2) for array in arrays], note
