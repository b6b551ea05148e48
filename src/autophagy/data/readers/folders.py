"""Folders: of idx files, of images, or of texts."""

from pathlib import Path

from ...core.errors import DataError
from .arrays import read_idx
from .images import SUFFIXES, read_images
from .rows import FileRows, texts
from .text import decoded
from .unpack import content

TEXT_SUFFIXES = (".txt", ".md", ".text")


def read_folder(folder: Path) -> FileRows:
    """The training pair of idx files where there is one, else all images, else one document a text file."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    idx = [path for path in paths if "images" in path.name and _bare(path).endswith(("ubyte", ".idx"))]
    if idx:
        chosen = next((path for path in idx if "train" in path.name), idx[0])
        rows = read_idx(content(chosen), str(chosen), chosen)
        return FileRows(rows.x, rows.label, rows.unreadable, [*rows.notes, f"Of the folder, {chosen.name} was read."])
    images = [path for path in paths if path.suffix.lower() in SUFFIXES]
    if images:
        return read_images(images, folder)
    documents = [path for path in paths if _bare(path).endswith(TEXT_SUFFIXES)]
    if documents:
        return _read_texts(documents)
    raise DataError(f"{folder} holds no images, texts or idx files: give a folder of one of them, or a file.")


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
