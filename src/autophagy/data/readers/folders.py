"""Folders: of idx files, of images, or of texts."""

from dataclasses import replace
from pathlib import Path

from ...core.errors import DataError
from .arrays import read_idx
from .images import read_images
from .pictures import SUFFIXES, is_image
from .rows import FileRows, texts
from .text import decoded
from .unpack import content
from .walk import counted, walk

TEXT_SUFFIXES = (".txt", ".md", ".text")


def read_folder(folder: Path) -> FileRows:
    """The training pair of idx files where there is one, else all images, else one document a text file."""
    found = walk(folder)
    idx = [path for path in found.files if "images" in path.name and _bare(path).endswith(("ubyte", ".idx"))]
    if idx:
        chosen = next((path for path in idx if "train" in path.name), idx[0])
        rows = read_idx(content(chosen), str(chosen), chosen)
        return FileRows(rows.x, rows.label, rows.unreadable, [*rows.notes, f"Of the folder, {chosen.name} was read."])
    images = [path for path in found.files if _is_image(path)]
    documents = [path for path in found.files if _bare(path).endswith(TEXT_SUFFIXES)]
    used = images or documents
    if not used:
        raise DataError(f"{folder} holds no images, texts or idx files: give a folder of one of them, or a file.")
    rows = read_images(images, folder) if images else _read_texts(documents)
    chosen_files = set(used)
    left = [path.relative_to(folder).as_posix() for path in found.files if path not in chosen_files]
    closed = [path.relative_to(folder).as_posix() for path in found.closed]
    notes = [
        counted(left, len(found.files), "files", f"left out as no {'image' if images else 'text'}"),
        counted(closed, len(closed), "folders", "left out for want of the right to read"),
    ]
    return replace(rows, unreadable=rows.unreadable + len(closed), notes=[*rows.notes, *filter(None, notes)])


def _is_image(path: Path) -> bool:
    """Whether the file is called an image, or is one by its first bytes."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return is_image(file.read(32))
    except OSError:
        return False


def _read_texts(paths: list[Path]) -> FileRows:
    parts = []
    for path in paths:
        try:
            parts.append(content(path).strip())
        except DataError:
            continue
    found, _ = decoded(parts)
    bad = len(paths) - len(found)
    notes = [f"{bad} files were set aside because they are empty or not UTF-8 text."] if bad else []
    return texts(found, unreadable=bad, notes=["One document is a file.", *notes])


def _bare(path: Path) -> str:
    return path.name.lower().removesuffix(".gz")
