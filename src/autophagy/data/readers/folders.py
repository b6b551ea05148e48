"""Folders: of idx files, of images, of texts, or of tables."""

import re
from dataclasses import replace
from pathlib import Path

from ...core.errors import DataError
from ..own import is_run
from .arrays import read_idx
from .classes import classes
from .encodings import decode
from .images import read_images
from .notes import Aside, listed
from .pictures import SUFFIXES, is_image
from .rows import FileRows, texts
from .shards import of_training, other_splits, others_of, read_shards, saved_splits, tables_of
from .text import usable
from .unpack import content
from .walk import counted, walk

ABOUT = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|changelog|changes|citation|contributing|authors|dataset_?card|metadata|"
    r"requirements|description|about|sources?|lies_?mich)\b",
    re.IGNORECASE,
)
TEXT_SUFFIXES = (".txt", ".md", ".text")


def read_folder(folder: Path) -> FileRows:
    """The training pair of idx files where there is one, else all images, one document a text file, or shards.

    Of texts and tables those are read of which there are more. Whatever else lies in the folder is counted and named.
    """
    found = walk(folder, is_run)
    idx = [path for path in found.files if "images" in path.name and _bare(path).endswith(("ubyte", ".idx"))]
    if idx:
        chosen = next((path for path in idx if "train" in path.name), idx[0])
        rows = read_idx(content(chosen), str(chosen), chosen)
        images_alone = [path.name for path in idx if path != chosen]
        left_out = f"; left out: {listed(images_alone, 6)}" if images_alone else ""
        told = f"Of the folder, {chosen.name} was read{left_out}."
        return FileRows(rows.x, rows.label, rows.unreadable, [*rows.notes, told])
    images = [path for path in found.files if _is_image(path)]
    documents = [path for path in found.files if _bare(path).endswith(TEXT_SUFFIXES)]
    tables = tables_of(found.files)
    if images or tables:  # what tells of the data is no data
        documents = [path for path in documents if not ABOUT.match(path.name)]
    if images:
        used, rows, kind = images, read_images(images, folder), "image"
    elif documents and len(documents) >= len(tables):
        used, rows, kind = documents, _read_texts(documents, folder), "text"
    elif tables:
        used, rows, kind = tables, _read_tables(tables, folder), "table"
    else:
        raise DataError(
            f"{folder} holds no images, texts, tables or idx files: give a folder of one of them, or a file."
        )
    taken = set(used)
    left = [path.relative_to(folder).as_posix() for path in found.files if path not in taken]
    others = others_of(found.files) if kind == "table" else []
    beside = sorted({path.relative_to(folder).as_posix() for path in others} & {*left})
    notes = [
        counted([name for name in left if name not in beside], len(found.files), "files", f"left out as no {kind}"),
        counted(beside, len(found.files), "files", "left out, since parquet or Arrow files lie beside them"),
        *found.notes(folder),
    ]
    unread = rows.unreadable + len(found.closed) + len(found.misnamed)
    return replace(rows, unreadable=unread, notes=[*rows.notes, *filter(None, notes)])


def _is_image(path: Path) -> bool:
    """Whether the file is called an image, or is one by its first bytes."""
    if path.suffix.lower() in SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            return is_image(file.read(32))
    except OSError:
        return False


def _read_tables(paths: list[Path], folder: Path) -> FileRows:
    chosen, notes = saved_splits(folder)
    inside = [path for path in paths if chosen == folder or path.is_relative_to(chosen)] or paths
    train, others = of_training(inside)
    rows = read_shards(train, str(folder))
    return FileRows(rows.x, rows.label, rows.unreadable, [*notes, *other_splits(others), *rows.notes])


def _read_texts(paths: list[Path], folder: Path) -> FileRows:
    """One document a file, of the class that its folder says; a file that is empty or no text is set aside."""
    aside = Aside("being empty or holding bytes that are no text", "file")
    found, owners, guessed = [], [], Aside("", "file")
    for path in paths:
        try:
            text, notes = decode(content(path))
        except DataError:
            aside.add(path.name, "")
            continue
        good, broken = usable([text.strip()], [path.name], "file")
        found += good
        owners += [path] * len(good)
        if notes:
            guessed.add(path.name, notes[0])
        if broken.count:
            aside.add(path.name, broken.example)
    told = [aside.note(len(paths), "files")] if aside.count else []
    told += [f"{guessed.count:,} files needed a guess, the first is {guessed.place}: {guessed.example}"] * bool(
        guessed.count
    )
    labels, notes = classes(owners, folder, "text")
    return texts(found, labels, aside.count, ["One document is a file.", *notes, *told])


def _bare(path: Path) -> str:
    return path.name.lower().removesuffix(".gz")
