"""The classes of files: the folders that they lie in."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ...core.samples import Array

SPLITS = frozenset(("train", "training", "test", "testing", "val", "valid", "validation", "dev", "eval"))


def classes(owners: Sequence[Path], where: Path, thing: str) -> tuple[Array | None, list[str]]:
    """The class of each file: its folder below the root, or below a folder of a split; None where there is but one."""
    folders = [path.relative_to(where).parts[:-1] for path in owners]
    if not any(folders):
        return None, []
    while all(parts and parts[0] == folders[0][0] and len(parts) > 1 for parts in folders):
        folders = [parts[1:] for parts in folders]  # a folder that holds all the others, as archives unpack to
    splits = {parts[0] for parts in folders if parts and parts[0].lower() in SPLITS}
    notes = []
    if splits and all(parts and parts[0] in splits for parts in folders):
        folders = [parts[1:] for parts in folders]
        notes.append(f"The folders {', '.join(sorted(splits))} were read together, as splits of one data set.")
    if not any(folders):
        return None, notes
    if not all(folders):
        first = next(path for path, parts in zip(owners, folders, strict=True) if not parts)
        notes.append(
            f"There are no classes, for some {thing}s lie beside the folders and not in them, such as {first.name}."
        )
        return None, notes
    if len({parts[0] for parts in folders}) < 2:
        return None, notes
    if deep := next((parts for parts in folders if len(parts) > 1), None):
        notes.append(f"The class of each {thing} is its first folder: those in {'/'.join(deep)} are of {deep[0]}.")
    return np.array([parts[0] for parts in folders], dtype=np.dtypes.StringDType()), notes
