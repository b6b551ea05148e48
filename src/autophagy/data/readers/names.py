"""Names by which columns and arrays are known, in small letters."""

import re
from collections.abc import Sequence

X_NAMES = ("x", "x_train", "images", "image", "pixels", "data", "features", "arr_0")
LABEL_NAMES = ("label", "labels", "class", "target", "y", "y_train")
TEXT_NAMES = ("text", "document", "content", "story", "article", "messages", "conversations", "sentence", "review")
LIST_NAMES = ("embedding", "embeddings", "vector", "vectors")
INDEX_NAMES = ("", "id", "index", "unnamed: 0")
IDENTIFIER = re.compile(r".*(_id| id|[a-z]I[dD])|[Ii][Dd]")  # "user_id", "order id", "userId", "ID"
KNOWN = frozenset((*X_NAMES, *TEXT_NAMES, *LIST_NAMES, *LABEL_NAMES)) - {"0"}  # names that no cell would be


def first_named(names: Sequence[str], columns: Sequence[str]) -> str | None:
    """The column that is called by the first of the names that any has, whatever its case; None where none is."""
    lower = {column.lower(): column for column in columns}
    return next((lower[name] for name in names if name in lower), None)
