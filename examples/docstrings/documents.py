"""The documents of the example: what Python says of its own functions, one document a function.

python examples/docstrings/documents.py docstrings.jsonl
python examples/docstrings/documents.py few.jsonl examples/docstrings/questions.jsonl    # those that are asked about
"""

import importlib
import inspect
import json
import sys
from collections.abc import Iterator
from pathlib import Path

MODULES = (
    "base64 bisect codecs contextlib csv difflib fnmatch functools glob heapq html inspect itertools json logging math "
    "random secrets shutil signal statistics string struct tempfile textwrap time unicodedata urllib.parse uuid zlib"
)
SHORTEST = 80  # characters of a text that says more than a name


def documents() -> Iterator[dict[str, str]]:
    """The functions and classes of the modules with their texts, by name."""
    for module in MODULES.split():
        for name, thing in sorted(vars(importlib.import_module(module)).items()):
            text = inspect.getdoc(thing) if callable(thing) and not name.startswith("_") else None
            home = (getattr(thing, "__module__", None) or module).lstrip("_")
            if text and home.startswith(module.partition(".")[0]) and len(text) >= SHORTEST:
                yield {"id": f"{module}.{name}", "title": f"{module}.{name}", "text": f"{module}.{name}\n\n{text}"}


if __name__ == "__main__":
    found = list(documents())
    if len(sys.argv) > 2:
        asked = {json.loads(line).get("document") for line in Path(sys.argv[2]).read_text("utf-8").splitlines()}
        found = [each for each in found if each["id"] in asked]
    Path(sys.argv[1]).write_text("".join(f"{json.dumps(each)}\n" for each in found), encoding="utf-8")
    print(f"{len(found)} documents")  # noqa: T201
