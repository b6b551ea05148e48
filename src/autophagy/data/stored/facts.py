"""What a task found in a chunk: arrays by name in one .npz file, texts among them."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from ...core.chunked import Facts
from ...core.files import writing
from ...core.samples import Array

JSON = "json"  # the array that holds a value of another kind
TEXT, ENDS = "text:", "ends:"  # before the names of an array of texts: its bytes, and where each text ends


def write_facts(path: Path, facts: Facts, *, lasting: bool = False) -> None:
    """Write arrays of numbers and (n,) arrays of texts; in a work folder they need not last (see `stored.scratch`)."""
    plain: Facts = {}
    for name, array in facts.items():
        if array.dtype.kind in "TUO":
            encoded = [str(text).encode("utf-8", "surrogatepass") for text in array.tolist()]
            plain[TEXT + name] = np.frombuffer(b"".join(encoded), np.uint8)
            plain[ENDS + name] = np.cumsum([len(each) for each in encoded], dtype=np.int64)
        else:
            plain[name] = array
    with writing(path, lasting=lasting) as file:
        np.savez(file, allow_pickle=False, **plain)


def in_json(value: Any) -> Facts:
    """A value as what a task found, where it is no array; NaN is refused."""
    return {JSON: np.array([json.dumps(value, allow_nan=False)], dtype=np.dtypes.StringDType())}


def of_json(facts: Facts) -> Any:
    """The value that `in_json` was given."""
    return json.loads(str(facts[JSON][0]))


def read_facts(path: Path) -> Facts:
    """What `write_facts` wrote."""
    with np.load(path, allow_pickle=False) as kept:
        names = list(kept.files)
        facts = {name: kept[name] for name in names if not name.startswith((TEXT, ENDS))}
        for name in (each.removeprefix(TEXT) for each in names if each.startswith(TEXT)):
            facts[name] = _texts(kept[TEXT + name].tobytes(), kept[ENDS + name])
    return facts


def _texts(data: bytes, ends: Array) -> Array:
    starts = np.concatenate([[0], ends])
    texts = [data[start:end].decode("utf-8", "surrogatepass") for start, end in zip(starts, ends, strict=False)]
    return np.array(texts, dtype=np.dtypes.StringDType())
